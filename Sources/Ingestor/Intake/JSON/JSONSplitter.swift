internal import Foundation

/// Cuts a stream into the values that it holds: its lines, or the objects that follow each other in it or are the items
/// of one list. Only one value is in memory.
struct JSONSplitter {
    /// How values stand in the stream.
    enum Form {
        /// One a line (https://jsonlines.org).
        case lines
        /// One, several in a row, or the items of a list.
        case values
    }

    /// A value of the stream.
    struct Value {
        var bytes: [UInt8]
        /// The line that it begins in, from 1.
        var line: Int
        /// The byte that it begins at, from 0.
        var offset: Int
        /// Its number among the values, from 1.
        var number: Int
        /// Whether it is longer than allowed; then only its begin is here.
        var isTooLarge = false
        /// Whether it is what remains where no value could begin, or of a value without an end.
        var isBroken = false
    }

    private let stream: PeekableStream
    private let form: Form
    private let limit: Int
    private var chunk: [UInt8] = []
    private var position = 0
    private var offset = 0
    private var line = 1
    private var number = 0
    private var isInList = false
    private var isStarted = false
    private var isDone = false

    init(_ stream: PeekableStream, form: Form, limit: Int) {
        self.stream = stream
        self.form = form
        self.limit = limit
    }

    /// Whether the values are items of a list.
    var isList: Bool { isInList }

    /// The next value; nil at the end.
    mutating func next() throws(IntakeFailure) -> Value? {
        if !isStarted {
            isStarted = true
            if try stream.peek(3).starts(with: [0xEF, 0xBB, 0xBF]) {
                for _ in 0..<3 { _ = try take() }
            }
        }
        guard !isDone else { return nil }
        switch form {
        case .lines: return try nextLine()
        case .values: return try nextValue()
        }
    }

    private mutating func nextLine() throws(IntakeFailure) -> Value? {
        while true {
            var value = Value(bytes: [], line: line, offset: offset, number: number + 1)
            var isBlank = true
            var isEnded = false
            while !isEnded {
                guard try peek() != nil else { break }
                let end = lineBreak() ?? chunk.count
                let part = chunk[position..<end]
                if isBlank { isBlank = part.allSatisfy { $0 <= 0x20 } }
                let room = limit - value.bytes.count
                value.bytes.append(contentsOf: part.prefix(room))
                if part.count > room { value.isTooLarge = true }
                isEnded = end < chunk.count
                offset += part.count
                position = end
                // The line break itself.
                if isEnded { _ = try take() }
            }
            if !isBlank {
                number += 1
                return value
            }
            if !isEnded { return nil }
        }
    }

    /// Whether the next line is in memory to its end: it can be had without waiting for a pipe.
    var hasLineAtHand: Bool { form == .lines && isStarted && lineBreak() != nil }

    /// Where the line at hand ends in the chunk; nil if its end was not read yet.
    private func lineBreak() -> Int? {
        chunk.withUnsafeBytes { bytes in
            guard position < bytes.count, let start = bytes.baseAddress else { return nil }
            return memchr(start + position, 0x0A, bytes.count - position).map { UnsafeRawPointer($0) - start }
        }
    }

    private mutating func nextValue() throws(IntakeFailure) -> Value? {
        while let byte = try peek() {
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D: _ = try take()
            case UInt8(ascii: ",") where isInList && number > 0: _ = try take()
            case UInt8(ascii: "[") where number == 0 && !isInList:
                isInList = true
                _ = try take()
            case UInt8(ascii: "]") where isInList:
                isInList = false
                _ = try take()
            case UInt8(ascii: "{"): return try object()
            default: return try remainder()
            }
        }
        isDone = true
        return nil
    }

    /// From { to the } that closes it; what is in quotes counts for nothing.
    private mutating func object() throws(IntakeFailure) -> Value? {
        number += 1
        var value = Value(bytes: [], line: line, offset: offset, number: number)
        var depth = 0
        var isQuoted = false
        var isEscaped = false
        while let byte = try take() {
            append(byte, to: &value)
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                if byte == UInt8(ascii: "\\") { isEscaped = true }
                if byte == UInt8(ascii: "\"") { isQuoted = false }
            } else {
                switch byte {
                case UInt8(ascii: "\""): isQuoted = true
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    depth -= 1
                    if depth == 0 { return value }
                default: break
                }
            }
        }
        isDone = true
        value.isBroken = true
        return value
    }

    /// Where no value can begin nothing more is looked for.
    private mutating func remainder() throws(IntakeFailure) -> Value? {
        isDone = true
        number += 1
        var value = Value(bytes: [], line: line, offset: offset, number: number, isBroken: true)
        while value.bytes.count < 64, let byte = try take() { value.bytes.append(byte) }
        return value
    }

    private mutating func append(_ byte: UInt8, to value: inout Value) {
        if value.bytes.count < limit { value.bytes.append(byte) } else { value.isTooLarge = true }
    }

    private mutating func peek() throws(IntakeFailure) -> UInt8? {
        if position == chunk.count {
            chunk = try stream.read(upTo: 1 << 16)
            position = 0
            if chunk.isEmpty { return nil }
        }
        return chunk[position]
    }

    private mutating func take() throws(IntakeFailure) -> UInt8? {
        guard let byte = try peek() else { return nil }
        position += 1
        offset += 1
        if byte == 0x0A { line += 1 }
        return byte
    }
}
