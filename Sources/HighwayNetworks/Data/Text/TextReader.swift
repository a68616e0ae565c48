/// A reader of texts, which can be cut into words or characters.
protocol TextReader: DataSetReader {
  /// Where the text is.
  var path: String { get }
  /// What the text is called.
  var name: String { get }
  /// The tokens of the text.
  func corpus(_ unit: TextUnit) throws(DataError) -> TextCorpus
}

extension TextReader {
  func read(name: String?) throws(DataError) -> DataSet { try read(.words, name: name) }

  /// Takes the text, its words read by their characters until a network says otherwise.
  func read(_ unit: TextUnit, name: String?) throws(DataError) -> DataSet {
    let corpus = try corpus(unit)
    guard corpus.train.count > 1 else { throw .noExamples(path: path) }
    return DataSet(
      name: name ?? self.name,
      EncodedText(
        corpus: corpus, encoding: TextEncoding(of: corpus, byCharacters: unit == .words)))
  }
}
