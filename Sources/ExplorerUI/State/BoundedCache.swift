/// A store that forgets what was used longest ago.
package struct BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Entry: Sendable {
    var value: Value
    var lastUse: Int
  }

  /// The largest number of entries kept.
  package let capacity: Int
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

  /// Stores an entry; the one used longest ago goes where there is no room.
  package mutating func insert(_ value: Value, for key: Key) {
    clock += 1
    entries[key] = Entry(value: value, lastUse: clock)
    guard entries.count > capacity else { return }
    if let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })?.key {
      entries[oldest] = nil
    }
  }
}
