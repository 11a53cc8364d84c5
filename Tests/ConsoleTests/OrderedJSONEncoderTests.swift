import Foundation
import Testing

@testable import Console

@Suite("JSON in declared order")
struct OrderedJSONEncoderTests {
    struct Inner: Codable, Equatable {
        var zulu = 1
        var alpha: String?
    }

    struct Record: Codable, Equatable {
        var title = "a/b \"c\" \\ 區"
        var count = 3
        var missing: Int?
        var flag = true
        var ratio = 0.5
        var inner = Inner()
        var list = [Inner(zulu: 2, alpha: "x")]
        var names: [String] = []
        var places: [String: Int] = ["b": 2, "a": 1, "c": 3]
        var empty: [String: Int] = [:]
        var date = Date(timeIntervalSince1970: 1_602_921_600)
        var url = URL(string: "https://example.org/a?b=1")
        var data = Data([1, 2, 3])
    }

    @Test("Fields keep their order, absent ones are null, slashes are not escaped")
    func keepsOrder() throws {
        let json = try OrderedJSONEncoder().encode(Record())
        #expect(
            json
                == #"{"title":"a/b \"c\" \\ 區","count":3,"missing":null,"flag":true,"ratio":0.5,"#
                + #""inner":{"zulu":1,"alpha":null},"list":[{"zulu":2,"alpha":"x"}],"names":[],"#
                + #""places":{"a":1,"b":2,"c":3},"empty":{},"date":"2020-10-17T08:00:00Z","#
                + #""url":"https://example.org/a?b=1","data":"AQID"}"#
        )
    }

    @Test("What Foundation reads back is what was written")
    func roundTrips() throws {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        let record = Record()
        for isPretty in [false, true] {
            let json = try OrderedJSONEncoder(isPretty: isPretty).encode(record)
            #expect(try decoder.decode(Record.self, from: Data(json.utf8)) == record)
        }
    }

    @Test("Indented output")
    func isPretty() throws {
        #expect(
            try OrderedJSONEncoder(isPretty: true).encode([Inner()]) == """
                [
                  {
                    "zulu": 1,
                    "alpha": null
                  }
                ]
                """
        )
        #expect(try OrderedJSONEncoder(isPretty: true).encode([String]()) == "[]")
    }

    @Test("Every character survives, and none that is unsafe is written as it is")
    func escapesControls() throws {
        for value in Array(0...0x2FF) + Array(0x2000...0x20FF) + [0xFEFF, 0xE0041, 0x1F600] {
            let scalar = try #require(Unicode.Scalar(UInt32(value)))
            let text = "x\(scalar)y"
            let json = try OrderedJSONEncoder().encode([text])
            #expect(!json.unicodeScalars.contains { TerminalText.isUnsafe($0) })
            #expect(try JSONDecoder().decode([String].self, from: Data(json.utf8)) == [text])
        }
    }

    @Test("A quotation mark with an accent on it is still escaped")
    func escapesByScalar() throws {
        #expect(try OrderedJSONEncoder().encode("\"\u{301}") == "\"\\\"\u{301}\"")
    }

    @Test("Single values are JSON too; what JSON cannot hold is refused")
    func singleValues() throws {
        #expect(try OrderedJSONEncoder().encode("a") == #""a""#)
        #expect(try OrderedJSONEncoder().encode(Int?.none) == "null")
        #expect(try OrderedJSONEncoder().encode([1.0, 1e20, -0.25]) == "[1.0,1e+20,-0.25]")
        #expect(throws: EncodingError.self) { try OrderedJSONEncoder().encode([Double.nan]) }
    }

    @Test("Hand-written encode(to:) with nested containers")
    func nestedContainers() throws {
        struct Nested: Encodable {
            enum Key: String, CodingKey { case outer, inner, list }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Key.self)
                var list = container.nestedUnkeyedContainer(forKey: .list)
                try list.encode(1)
                var outer = container.nestedContainer(keyedBy: Key.self, forKey: .outer)
                try outer.encode("x", forKey: .inner)
                try list.encodeNil()
                var deep = list.nestedContainer(keyedBy: Key.self)
                try deep.encode(true, forKey: .inner)
                var empty = list.nestedUnkeyedContainer()
                #expect(empty.count == 0)
                try empty.encode(2)
            }
        }
        let json = try OrderedJSONEncoder().encode(Nested())
        #expect(json == #"{"list":[1,null,{"inner":true},[2]],"outer":{"inner":"x"}}"#)
    }
}
