internal import BulletinParser
internal import HTTPService
internal import Ingestor

extension Refusal {
    /// A parse error with line and offset.
    init(_ error: ParseError, in bytes: [UInt8]) {
        let code: Code = error.code == .tooLarge ? .tooLarge : .parseFailed
        let place = Place(error.location, in: bytes)
        self.init(code, "\(error.problem); \(error.advice)", line: place.line, offset: place.offset)
    }

    /// A JSON document that is none, or lacks what it needs.
    init(_ problem: JSONProblem, in bytes: [UInt8]) {
        let place = Place(offset: min(problem.offset, bytes.count), in: bytes)
        self.init(.parseFailed, problem.message, line: place.line, offset: place.offset)
    }

    /// A file of the watched folder that cannot be read, or holds something that cannot.
    init(_ failure: IntakeFailure) {
        self.init(.parseFailed, failure.message)
    }

    /// A file of the watched folder that was being read each time the service came to a bad end.
    static func bringsTheServiceDown(times: Int) -> Refusal {
        Refusal(
            .parseFailed,
            "the service ended \(times) times while it read this file; report it with the service's log,"
                + " and put the file back to have it read once more"
        )
    }

    /// A place in a document, by what a parse error says of it: `byte 1200` or `line 3`.
    private struct Place {
        var line: Int?
        var offset: Int?

        init(_ location: String?, in bytes: [UInt8]) {
            let words = (location ?? "").split(separator: " ")
            guard words.count >= 2, let number = Int(words[1].prefix { $0.isNumber }) else {
                // The document as a whole.
                (line, offset) = (1, 0)
                return
            }
            switch words[0] {
            case "byte":
                let place = Place(offset: min(number, bytes.count), in: bytes)
                (line, offset) = (place.line, place.offset)
            case "line":
                line = number
                offset = Self.start(of: number, in: bytes)
            default:
                line = 1
                offset = 0
            }
        }

        init(offset: Int, in bytes: [UInt8]) {
            self.offset = offset
            line = bytes.prefix(offset).reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
        }

        private static func start(of line: Int, in bytes: [UInt8]) -> Int {
            var left = line - 1
            for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
                left -= 1
                if left == 0 { return index + 1 }
            }
            return 0
        }
    }
}
