/// Where a data set is, and how it is read where its files do not say.
public struct DataPlace: Hashable, Sendable {
  /// A file or a directory.
  public var path: String
  /// How it is read.
  public var choice: DataChoice

  /// Names a place.
  public init(_ path: String, choice: DataChoice = DataChoice()) {
    self.path = path
    self.choice = choice
  }
}

/// What a person says of a data set where its files do not.
public struct DataChoice: Hashable, Sendable {
  /// Whether rows and columns of pictures are exchanged when they are read, as EMNIST needs.
  public var transposes: Bool
  /// The column of a CSV file that holds the labels; nil where it is to be found out.
  public var labelColumn: LabelColumn?
  /// What is done to pixels in the place of what the model says; nil for that.
  public var normalization: Normalization?

  /// Makes a choice.
  public init(
    transposes: Bool = false, labelColumn: LabelColumn? = nil, normalization: Normalization? = nil
  ) {
    self.transposes = transposes
    self.labelColumn = labelColumn
    self.normalization = normalization
  }
}

/// The column of a CSV file that holds the labels.
public enum LabelColumn: Hashable, Sendable {
  /// There is none.
  case none
  /// The column of a number, counted from 1.
  case number(Int)
  /// The last column.
  case last
  /// The column of that name in the header line.
  case name(String)

  /// Reads `none`, a number from 1, `last`, or a name.
  public init(_ text: String) {
    if let number = Int(text), number > 0 {
      self = .number(number)
    } else {
      self = text == "none" ? .none : text == "last" ? .last : .name(text)
    }
  }

  /// What ``init(_:)`` reads.
  public var text: String {
    switch self {
    case .none: "none"
    case .number(let number): "\(number)"
    case .last: "last"
    case .name(let name): name
    }
  }
}
