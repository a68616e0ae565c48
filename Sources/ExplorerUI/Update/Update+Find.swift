extension ExplorerState {
  /// Goes to what is named: `17`, `17:23` or `:23` a layer and unit, `c7` or a name a class, `s311` a
  /// sample.
  mutating func find(_ text: String) {
    let text = text.filter { !$0.isWhitespace || $0 == " " }
    let word = String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    do throws(LookupError) {
      try go(to: word)
    } catch {
      message = Message(.warning, "\(error)")
    }
  }

  private mutating func go(to word: String) throws(LookupError) {
    let expected = "layer, layer:unit or :unit such as 17:23, c7 or a class's name, or s311"
    guard let first = word.first else { throw .missing(expected: expected) }
    let number = String(word.dropFirst())
    if first == "c" || first == "C", Int(number) != nil {
      selection.label = try label(number)
      return
    }
    if first == "s" || first == "S", Int(number) != nil {
      goToSample(try sampleNumber(number))
      return
    }
    // A name may begin with a number, as 三毛猫 or 4x4 do; what reads as a place is one, as with digits for names.
    let isPlace = word.allSatisfy { $0.isASCII && ($0.isNumber || ":-. ".contains($0)) }
    let isName = (0..<classCount).contains { className($0).lowercased() == word.lowercased() }
    let beginsPlace = first == ":" || first == "-" || first.isASCII && first.isNumber
    guard isPlace || beginsPlace && !isName else {
      selection.label = try label(word)
      return
    }
    let parts = word.split(separator: ":", omittingEmptySubsequences: false).map { part in
      String(part.filter { $0 != " " })
    }
    guard parts.count <= 2, parts.contains(where: { !$0.isEmpty }) else {
      throw .malformed(what: "place", found: word, expected: expected)
    }
    let block = parts[0].isEmpty ? selection.block : try blockIndex(parts[0])
    var unit = min(selection.unit, max(0, units(at: block) - 1))
    if parts.count == 2, !parts[1].isEmpty { unit = try self.unit(parts[1], inBlock: block) }
    selection.block = block
    selection.unit = unit
  }
}
