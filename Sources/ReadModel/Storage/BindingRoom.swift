/// Room for the texts that statements are given, until they have run.
///
/// SQLite allocates and frees a copy of each text that it is given, a hundred for a bulletin, unless it may rely on the
/// bytes to stay. Here they stay until ``forgetAll()``. The statements that use it must bind all their values anew before they
/// run again.
final class BindingRoom {
    private let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 15, alignment: 16)
    private var used = 0

    deinit { bytes.deallocate() }

    /// A copy of some text; nil where there is no room for it.
    func keep(_ text: UnsafeBufferPointer<UInt8>) -> UnsafePointer<CChar>? {
        guard let base = bytes.baseAddress, text.count <= bytes.count - used else { return nil }
        let start = base + used
        if let source = text.baseAddress { start.copyMemory(from: source, byteCount: text.count) }
        used += text.count
        return UnsafePointer(start.assumingMemoryBound(to: CChar.self))
    }

    /// All that was kept is given up.
    func forgetAll() { used = 0 }
}

@available(*, unavailable, message: "belongs to the statements that use it")
extension BindingRoom: Sendable {}
