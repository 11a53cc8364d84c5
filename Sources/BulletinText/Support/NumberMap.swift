/// A map from numbers other than 0 to numbers: a hash table with open addressing in two flat arrays, for look-ups in hot
/// loops.
///
/// The keys are multiplied by a random number (universal hashing), so that nobody can write a text whose keys collide.
/// The order of its slots shows nowhere.
struct NumberMap<Key: FixedWidthInteger & UnsignedInteger & Sendable, Value: FixedWidthInteger & Sendable>: Sendable {
    private var keys: [Key]
    private var values: [Value]
    private var shift: UInt64
    private(set) var count = 0

    /// An empty map with room for `capacity` keys; it grows beyond.
    init(capacity: Int) {
        var bits: UInt64 = 3
        while 1 << bits < capacity * 2 { bits += 1 }
        keys = [Key](repeating: 0, count: 1 << bits)
        values = [Value](repeating: 0, count: 1 << bits)
        shift = 64 - bits
    }

    /// The value of a key, which is not 0.
    @inline(__always)
    subscript(key: Key) -> Value? {
        let slot = slot(of: key)
        return keys[slot] == 0 ? nil : values[slot]
    }

    /// Whether a key, which is not 0, has a value.
    @inline(__always)
    func contains(_ key: Key) -> Bool { keys[slot(of: key)] != 0 }

    /// Gives a key, which is not 0, the value that `update` makes of the one it has, nil if it has none.
    @inline(__always)
    mutating func update(_ key: Key, _ update: (Value?) -> Value) {
        var slot = slot(of: key)
        if keys[slot] == 0 {
            if (count + 1) * 2 > keys.count {
                grow()
                slot = self.slot(of: key)
            }
            keys[slot] = key
            values[slot] = update(nil)
            count += 1
        } else {
            values[slot] = update(values[slot])
        }
    }

    /// Gives a key, which is not 0, a value.
    @inline(__always)
    mutating func set(_ key: Key, _ value: Value) { update(key) { _ in value } }

    /// Gives a key, which is not 0, the value 1 unless it has one: the map as a set.
    @inline(__always)
    mutating func add(_ key: Key) {
        let slot = slot(of: key)
        if keys[slot] == key { return }
        guard (count + 1) * 2 <= keys.count else { return set(key, 1) }
        keys[slot] = key
        values[slot] = 1
        count += 1
    }

    private mutating func grow() {
        var larger = NumberMap(capacity: keys.count)
        for (key, value) in zip(keys, values) where key != 0 { larger.set(key, value) }
        self = larger
    }

    /// Where a key is or would be.
    @inline(__always)
    private func slot(of key: Key) -> Int {
        var slot = Int(truncatingIfNeeded: (UInt64(key) &* numberMapMultiplier) >> shift)
        while keys[slot] != key, keys[slot] != 0 { slot = (slot + 1) & (keys.count - 1) }
        return slot
    }
}

/// Odd, and another one in each process.
private let numberMapMultiplier = UInt64.random(in: .min ... .max) | 1

/// A set of scalars other than U+0000.
struct ScalarSet: Sendable {
    private var map: NumberMap<UInt32, UInt8>
    /// Bit n is set where a scalar has n as its lowest ten bits: nearly all that are none of the set are told by it.
    private var filter = [UInt64](repeating: 0, count: 16)

    init(_ scalars: some Collection<Unicode.Scalar>) {
        map = NumberMap(capacity: scalars.count)
        for scalar in scalars {
            map.set(scalar.value, 1)
            filter[Int(scalar.value >> 6 & 15)] |= 1 << UInt64(scalar.value & 63)
        }
    }

    var isEmpty: Bool { map.count == 0 }
    var count: Int { map.count }

    @inline(__always)
    func contains(_ scalar: Unicode.Scalar) -> Bool { contains(scalar.value) }

    @inline(__always)
    func contains(_ code: UInt32) -> Bool {
        filter[Int(code >> 6 & 15)] >> UInt64(code & 63) & 1 == 1 && map.contains(code)
    }
}
