/// A store that forgets what was used longest ago.
package struct BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Entry: Sendable {
    var value: Value
    var size: Int
    var lastUse: Int
  }

  /// The largest sum of the sizes of the entries kept; the newest is kept whatever its size.
  package let capacity: Int
  private var total = 0
  private var entries: [Key: Entry] = [:]
  private var clock = 0

  /// Creates an empty store.
  ///
  /// - Precondition: `capacity` is positive.
  package init(capacity: Int) {
    precondition(capacity > 0, "a cache holds at least one entry")
    self.capacity = capacity
  }

  /// The number of entries.
  package var count: Int { entries.count }

  /// Looks at an entry without counting it as used.
  package func peek(_ key: Key) -> Value? { entries[key]?.value }

  /// Counts an entry as used.
  package mutating func touch(_ key: Key) {
    clock += 1
    entries[key]?.lastUse = clock
  }

  /// Stores an entry; those used longest ago go where there is no room.
  ///
  /// A size of 1 for each makes the capacity a number of entries.
  package mutating func insert(_ value: Value, for key: Key, size: Int = 1) {
    clock += 1
    total += size - (entries[key]?.size ?? 0)
    entries[key] = Entry(value: value, size: size, lastUse: clock)
    while total > capacity, entries.count > 1,
      let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
    {
      entries[oldest.key] = nil
      total -= oldest.value.size
    }
  }
}
