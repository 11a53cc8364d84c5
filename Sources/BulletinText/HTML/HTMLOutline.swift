import CLibXML2

/// A page's elements and lines of text, with what is needed to tell the body from what surrounds it.
struct HTMLOutline {
    /// An element that makes a block.
    struct Block {
        let parent: Int
        /// Whether its class or id names the text of an article, or what surrounds one.
        let hint: Hint
        /// The scalars of text in it, of which `linked` are links.
        var text = 0
        var linked = 0
        /// How much of it reads like an article.
        var value = 0.0
    }

    enum Hint {
        case none, article, surroundings
    }

    /// A line of text within a block.
    struct Line {
        var text: String
        let block: Int
        var length: Int
        var linked: Int
        let isHeading: Bool
    }

    private(set) var title: String?
    private(set) var headings: [String] = []
    private(set) var metas: [String: String] = [:]
    /// The first is the page. Parents stand before their children.
    private(set) var blocks: [Block] = [Block(parent: -1, hint: .none)]
    private(set) var lines: [Line] = []

    private var current: [UInt8] = []
    private var linkedInCurrent = 0
    private var linkDepth = 0
    private var headingLevel = 0
    private var preformatted = 0

    /// Elements nested deeper are passed over: the parser itself stops at 256.
    private static let maximumDepth = 300

    mutating func read(_ root: xmlNodePtr) {
        read(root, block: 0, depth: 0)
        flush(block: 0)
        rate()
    }

    private mutating func read(_ node: xmlNodePtr, block: Int, depth: Int) {
        switch node.pointee.type {
        case XML_TEXT_NODE, XML_CDATA_SECTION_NODE, XML_ENTITY_REF_NODE:
            if let content = node.pointee.content {
                append(UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content))), block: block)
            }
        case XML_ELEMENT_NODE:
            guard depth < Self.maximumDepth, let name = node.pointee.name else { return }
            readElement(node, HTMLElement.named(String(cString: name)), block: block, depth: depth)
        default:
            break
        }
    }

    private mutating func readChildren(_ node: xmlNodePtr, block: Int, depth: Int) {
        var child = node.pointee.children
        while let next = child {
            read(next, block: block, depth: depth + 1)
            child = next.pointee.next
        }
    }

    private mutating func readElement(_ node: xmlNodePtr, _ element: HTMLElement, block: Int, depth: Int) {
        switch element {
        case .skipped:
            break
        case .title:
            if title == nil { title = Self.content(of: node) }
        case .meta:
            readMeta(node)
        case .lineBreak:
            flush(block: block)
        case .inline:
            if !isHidden(node) { readChildren(node, block: block, depth: depth) }
        case .link:
            if isHidden(node) { break }
            linkDepth += 1
            readChildren(node, block: block, depth: depth)
            linkDepth -= 1
        case .cell:
            // The cells of a row stay on its line, apart.
            if isHidden(node) { break }
            append([0x20], block: block)
            readChildren(node, block: newBlock(node, in: block), depth: depth)
            append([0x20], block: block)
        case .block, .heading, .preformatted:
            if isHidden(node) { break }
            flush(block: block)
            let inner = newBlock(node, in: block)
            let outer = (headingLevel, preformatted)
            if case .heading(let level) = element { headingLevel = level }
            if element == .preformatted { preformatted += 1 }
            readChildren(node, block: inner, depth: depth)
            flush(block: inner)
            (headingLevel, preformatted) = outer
        }
    }

    private mutating func newBlock(_ node: xmlNodePtr, in parent: Int) -> Int {
        blocks.append(
            Block(parent: parent, hint: HTMLElement.hint(Self.attribute(node, "class"), Self.attribute(node, "id")))
        )
        return blocks.count - 1
    }

    private mutating func readMeta(_ node: xmlNodePtr) {
        guard let name = Self.attribute(node, "name") ?? Self.attribute(node, "property") else { return }
        let key = name.lowercased()
        guard !key.isEmpty, metas[key] == nil, metas.count < 200, let content = Self.attribute(node, "content") else {
            return
        }
        let value = Self.collapse(Array(content.utf8))
        if !value.isEmpty { metas[key] = value }
    }

    private func isHidden(_ node: xmlNodePtr) -> Bool {
        if node.pointee.properties == nil { return false }
        if Self.attribute(node, "hidden") != nil { return true }
        guard let style = Self.attribute(node, "style") else { return false }
        let compact = style.lowercased().filter { !$0.isWhitespace }
        return compact.contains("display:none") || compact.contains("visibility:hidden")
    }

    // MARK: Text

    private mutating func append(_ text: some Collection<UInt8>, block: Int) {
        let before = current.count
        if preformatted > 0 {
            for byte in text {
                if byte == 0x0A { flush(block: block) } else { current.append(byte) }
            }
        } else {
            current.append(contentsOf: text)
        }
        if linkDepth > 0, current.count > before { linkedInCurrent += current.count - before }
    }

    private mutating func flush(block: Int) {
        defer {
            current.removeAll(keepingCapacity: true)
            linkedInCurrent = 0
        }
        guard !current.isEmpty else { return }
        let text = Self.collapse(current)
        guard !text.isEmpty else { return }
        let length = text.unicodeScalars.count
        let linked = min(length, length * linkedInCurrent / current.count)
        if headingLevel == 1 || headingLevel == 2 { headings.append(text) }
        lines.append(Line(text: text, block: block, length: length, linked: linked, isHeading: headingLevel > 0))
    }

    private mutating func rate() {
        for line in lines {
            blocks[line.block].text += line.length
            blocks[line.block].linked += line.linked
            blocks[line.block].value += HTMLBody.value(of: line)
        }
        // Children stand after their parents: from the last to the first, each is complete before it is added.
        for index in blocks.indices.reversed() {
            switch blocks[index].hint {
            case .none: break
            case .article: blocks[index].value *= 1.5
            case .surroundings: blocks[index].value *= 0.2
            }
            let parent = blocks[index].parent
            guard parent >= 0 else { continue }
            blocks[parent].text += blocks[index].text
            blocks[parent].linked += blocks[index].linked
            blocks[parent].value += blocks[index].value
        }
    }

    /// The value of an attribute; empty if it has none, nil if the element does not carry it.
    private static func attribute(_ node: xmlNodePtr, _ name: String) -> String? {
        guard node.pointee.properties != nil, let attribute = xmlHasProp(node, name) else { return nil }
        return String(decoding: text(in: attribute.pointee.children), as: UTF8.self)
    }

    private static func content(of node: xmlNodePtr) -> String? {
        let text = collapse(text(in: node.pointee.children))
        return text.isEmpty ? nil : text
    }

    /// The text of a node and its siblings.
    private static func text(in first: xmlNodePtr?) -> [UInt8] {
        var bytes: [UInt8] = []
        var node = first
        while let next = node {
            if let content = next.pointee.content, next.pointee.type != XML_COMMENT_NODE {
                bytes.append(contentsOf: UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content))))
            }
            node = next.pointee.next
        }
        return bytes
    }
}
