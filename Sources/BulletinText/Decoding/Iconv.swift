import Glibc
import Synchronization

/// Strict conversion by the C library's iconv: what does not convert is reported, never replaced.
package enum Iconv {
    package enum Outcome {
        /// All of the input, converted.
        case converted([UInt8])
        /// The input has no meaning from `offset` on, or the target cannot express it; `output` is what came before.
        case invalid(offset: Int, output: [UInt8])
        /// The input ends within a character that begins at `offset`; `output` is what came before.
        case truncated(offset: Int, output: [UInt8])
        /// The C library knows no such conversion.
        case unsupported
    }

    package static func convert(_ input: UnsafeBufferPointer<UInt8>, from source: String, to target: String) -> Outcome
    {
        guard let descriptor = Pool.take(source, target) else { return .unsupported }
        defer { Pool.giveBack(descriptor, source, target) }
        var output: [UInt8] = []
        // Two bytes of GBK are three of UTF-8; the last call writes what the conversion still holds back.
        var capacity = input.count + input.count / 2 + 64
        // iconv's prototype takes its input as mutable and never writes to it.
        var next = UnsafeMutableRawPointer(mutating: input.baseAddress)?.assumingMemoryBound(to: CChar.self)
        var left = input.count
        while true {
            var errorNumber: Int32 = 0
            let chunk = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                buffer.withMemoryRebound(to: CChar.self) { buffer in
                    var free = buffer.count
                    var end = buffer.baseAddress
                    if iconv(descriptor, &next, &left, &end, &free) == -1 {
                        errorNumber = errno
                    } else if iconv(descriptor, nil, nil, &end, &free) == -1 {
                        errorNumber = errno
                    }
                    count = buffer.count - free
                }
            }
            if output.isEmpty { output = chunk } else { output += chunk }
            let offset = input.count - left
            switch errorNumber {
            case 0: return .converted(output)
            case E2BIG: capacity = left * 3 + 64
            case EINVAL: return .truncated(offset: offset, output: output)
            default: return .invalid(offset: offset, output: output)
            }
        }
    }

    /// Open descriptors, kept because opening one loads a library from disk: far more than converting a bulletin costs.
    private enum Pool {
        /// A descriptor must not be used by two threads at once: it is in `idle` or with one caller, never both. It is
        /// kept as bits because pointers are not Sendable.
        private static let idle = Mutex<[Key: [UInt]]>([:])

        /// More idle descriptors than this for one conversion are closed.
        private static let limit = 8

        private struct Key: Hashable {
            let source: String
            let target: String
        }

        static func take(_ source: String, _ target: String) -> iconv_t? {
            let key = Key(source: source, target: target)
            if let bits = idle.withLock({ $0[key]?.popLast() }), let descriptor = iconv_t(bitPattern: bits) {
                // Whatever state the last conversion left.
                iconv(descriptor, nil, nil, nil, nil)
                return descriptor
            }
            guard let descriptor = iconv_open(target, source), descriptor != iconv_t(bitPattern: -1) else { return nil }
            return descriptor
        }

        static func giveBack(_ descriptor: iconv_t, _ source: String, _ target: String) {
            let bits = UInt(bitPattern: descriptor)
            let isKept = idle.withLock { idle in
                let key = Key(source: source, target: target)
                guard idle[key, default: []].count < limit else { return false }
                idle[key, default: []].append(bits)
                return true
            }
            if !isKept { iconv_close(descriptor) }
        }
    }
}
