/// Removes what no reader sees: zero-width, control and private-use characters; makes line ends uniform.
enum InvisibleCharacters {
    struct Result {
        var bytes: [UInt8]
        var zeroWidth = 0
        var control = 0
        var privateUse = 0
    }

    static func remove(_ bytes: UnsafeBufferPointer<UInt8>) -> Result {
        var result = Result(bytes: [])
        result.bytes.reserveCapacity(bytes.count)
        // Everything from here to `position` is kept, and copied in one go when something is not.
        var kept = 0
        var position = 0
        var previous: UInt32 = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte >= 0x20, byte < 0x7F || (byte >= 0xE3 && byte <= 0xED) {
                position += byte < 0x80 ? 1 : 3
                previous = 0
                continue
            }
            guard let (scalar, length) = UTF8Bytes.scalar(bytes, at: position) else { break }
            let next = position + length
            switch kind(scalar.value, after: previous) {
            case .kept:
                break
            case .lineEnd:
                result.bytes.append(contentsOf: bytes[kept..<position])
                kept = next
                // The line feed of a pair is kept by itself.
                let isPair = scalar.value == 0x0D && next < bytes.count && bytes[next] == 0x0A
                if !isPair { result.bytes.append(0x0A) }
            case .zeroWidth:
                result.bytes.append(contentsOf: bytes[kept..<position])
                kept = next
                result.zeroWidth += 1
            case .control:
                result.bytes.append(contentsOf: bytes[kept..<position])
                kept = next
                result.control += 1
            case .privateUse:
                result.bytes.append(contentsOf: bytes[kept..<position])
                kept = next
                result.privateUse += 1
            }
            previous = scalar.value
            position = next
        }
        result.bytes.append(contentsOf: bytes[kept...])
        return result
    }

    private enum Kind {
        case kept, lineEnd, zeroWidth, control, privateUse
    }

    @inline(__always)
    private static func kind(_ code: UInt32, after previous: UInt32) -> Kind {
        switch code {
        case 0x0A, 0x09: .kept
        case 0x0B...0x0D, 0x85, 0x2028, 0x2029: .lineEnd
        case 0x00...0x1F, 0x7F...0x9F, 0xFFF9...0xFFFB: .control
        // A joiner between emoji makes one picture of them.
        case 0x200D:
            previous >= 0x1F000 || previous == 0xFE0F || previous == 0x2640 || previous == 0x2642 ? .kept : .zeroWidth
        case 0xAD, 0x34F, 0x180E, 0x200B, 0x200C, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF: .zeroWidth
        case 0xE000...0xF8FF, 0xF0000...0x10FFFF: .privateUse
        case 0xFDD0...0xFDEF, 0xFFFE, 0xFFFF: .control
        default: .kept
        }
    }
}
