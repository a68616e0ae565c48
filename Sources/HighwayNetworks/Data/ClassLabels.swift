/// The classes of some examples as files tell them: numbers, or names.
struct ClassLabels {
  /// The most classes that are told apart.
  static let mostClasses = 1_024

  /// The class of each example: its number, or the place of its name in ``names``; `[examples]`.
  let values: [Int32]
  /// The names that were met, in no order; nil where classes are numbers.
  let names: [String]?

  /// Takes numbers, each at least 0.
  init(numbers: [Int32]) {
    values = numbers
    names = nil
  }

  /// Takes texts by their places in a list; texts that are all whole numbers from 0 on are numbers.
  init(_ places: [Int32], of texts: [String]) {
    let numbers = texts.compactMap(Self.number)
    if numbers.count == texts.count {
      values = places.map { numbers[Int($0)] }
      names = nil
    } else {
      values = places
      names = texts
    }
  }

  /// The class of a text such as `7` or `7.0`; nil where it is no whole number from 0 to 1,023.
  static func number(_ text: String) -> Int32? {
    guard let value = Double(text), 0..<Double(mostClasses) ~= value else { return nil }
    return Int32(exactly: value)
  }

  /// The names of classes in the order in which they are numbered: by value where all are numbers, otherwise by
  /// their characters.
  static func ordered(_ names: some Sequence<String>) -> [String] {
    let distinct = Array(Set(names))
    let values = distinct.compactMap { Double($0) }.filter(\.isFinite)
    guard values.count == distinct.count else {
      return distinct.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    }
    return zip(values, distinct).sorted { $0 < $1 }.map(\.1)
  }
}

/// Different texts in the order in which they were met.
struct TextList {
  private(set) var texts: [String] = []
  private var places: [String: Int32] = [:]

  /// The place of a text, which is added where it is new; nil where there is no room for more.
  mutating func place(of text: String) -> Int32? {
    if let place = places[text] { return place }
    guard texts.count < ClassLabels.mostClasses else { return nil }
    let place = Int32(texts.count)
    places[text] = place
    texts.append(text)
    return place
  }
}
