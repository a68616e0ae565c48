/// A value inside a JSON document together with where it stands, so that an error can name it.
package struct JSONField {
  /// The value.
  package let value: JSON
  /// Such as `layers[3].units`; empty for the document itself.
  package let path: String

  /// Creates a field; without a path, of a whole document.
  package init(_ value: JSON, path: String = "") {
    self.value = value
    self.path = path
  }

  /// Reads a document.
  ///
  /// - Throws: ``DescriptionError/syntax(_:)``.
  package init(parsing text: String) throws(DescriptionError) {
    do { self.init(try JSON(parsing: text)) } catch { throw .syntax(error) }
  }

  /// The member of an object, or nil where there is none or it is null.
  package func optional(_ key: String) throws(DescriptionError) -> JSONField? {
    guard case .object = value else { throw mismatch("an object") }
    guard let member = value[key], member != .null else { return nil }
    return JSONField(member, path: path.isEmpty ? key : path + "." + key)
  }

  /// The member of an object.
  package func required(_ key: String) throws(DescriptionError) -> JSONField {
    if let field = try optional(key) { return field }
    let place = path.isEmpty ? key : path + "." + key
    if value[key] == .null {
      throw .invalid(path: place, expected: "a value", found: "null")
    }
    throw .missing(path: place)
  }

  /// Refuses members that are not in a list.
  package func allow(_ keys: [String]) throws(DescriptionError) {
    guard case .object(let members) = value else { throw mismatch("an object") }
    for member in members where !keys.contains(member.key) {
      throw .unknown(
        path: path.isEmpty ? member.key : path + "." + member.key,
        expected: keys.joined(separator: ", "))
    }
  }

  /// The items of a list.
  package func items() throws(DescriptionError) -> [JSONField] {
    guard case .array(let items) = value else { throw mismatch("a list") }
    return items.enumerated().map { JSONField($1, path: "\(path)[\($0)]") }
  }

  /// A text.
  package func string() throws(DescriptionError) -> String {
    guard case .string(let text) = value else { throw mismatch("a text") }
    return text
  }

  /// A list of texts.
  package func strings() throws(DescriptionError) -> [String] {
    var result: [String] = []
    for item in try items() { result.append(try item.string()) }
    return result
  }

  /// True or false.
  package func bool() throws(DescriptionError) -> Bool {
    guard case .bool(let value) = value else { throw mismatch("true or false") }
    return value
  }

  /// A number written without fraction and exponent, within a range.
  package func integer(in range: ClosedRange<Int>) throws(DescriptionError) -> Int {
    guard case .number(let number) = value, let integer = number.integer, range.contains(integer)
    else {
      let upper = range.upperBound == .max ? "" : " to \(range.upperBound)"
      throw mismatch(
        "a whole number\(upper.isEmpty ? " of at least" : " from") \(range.lowerBound)\(upper)")
    }
    return integer
  }

  /// A number of things, at most 2⁵³, so that sums of a few of them cannot overflow.
  package func count() throws(DescriptionError) -> Int { try integer(in: 0...1 << 53) }

  /// A whole number of 64 bits without sign.
  package func unsigned() throws(DescriptionError) -> UInt64 {
    guard case .number(let number) = value, let integer = number.unsigned else {
      throw mismatch("a whole number from 0 to \(UInt64.max)")
    }
    return integer
  }

  /// A number that a `Double` can hold.
  package func double() throws(DescriptionError) -> Double {
    guard case .number(let number) = value, let result = number.double else {
      throw mismatch("a finite number")
    }
    return result
  }

  /// A number that a `Float` can hold.
  package func float() throws(DescriptionError) -> Float {
    guard case .number(let number) = value, let result = number.float else {
      throw mismatch("a finite 32-bit number")
    }
    return result
  }

  /// The error that says what was expected here and what is here.
  package func mismatch(_ expected: String) -> DescriptionError {
    .invalid(path: path, expected: expected, found: value.excerpt)
  }
}
