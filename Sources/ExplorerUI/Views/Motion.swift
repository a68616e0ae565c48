import TensorFiles

/// What a key that moves the cursor asks for; what is positive goes down, right or to the end.
enum Motion: Hashable {
  /// So many rows.
  case vertical(Int)
  /// So many columns.
  case horizontal(Int)
  /// So many pages, of ten rows.
  case page(Int)
  /// To the last row, or to the first.
  case end(Int)

  /// By how many of `count` things it moves, where they lie in one line.
  func steps(of count: Int) -> Int {
    switch self {
    case .vertical(let step), .horizontal(let step): step
    case .page(let step): step * 10
    case .end(let step): step * count
    }
  }
}

/// What Tab goes through in a view, by number.
struct Panels {
  /// Those that there are: the number of each, and what it is called where it can be drawn alone.
  let all: (ExplorerState) -> [(number: Int, name: String?)]
  /// The one that the keys act on.
  let current: (ExplorerState) -> Int
  /// Lets the keys act on another one.
  let set: (inout ExplorerState, Int) -> Void

  /// Goes through what there is of something in the model that is open.
  init(
    all: @escaping (ExplorerState) -> [(number: Int, name: String?)],
    _ path: WritableKeyPath<ExplorerState, Int>
  ) {
    self.all = all
    current = { $0[keyPath: path] }
    set = { $0[keyPath: path] = $1 }
  }

  /// Goes through the values of a part of the state.
  init<Panel: ViewPanel>(
    _ path: WritableKeyPath<ExplorerState, Panel>, named name: ((Panel) -> String)? = nil
  ) {
    all = { state in Panel.shown(by: state).map { ($0.rawValue, name?($0)) } }
    current = { $0.focus(path).rawValue }
    set = { state, index in
      if let panel = Panel(rawValue: index) { state[keyPath: path] = panel }
    }
  }
}

extension ExplorerState {
  /// The words by which people ask for a panel of the view alone; none where it is drawn whole.
  package var panelWords: [String] { namedPanels.map(\.word) }

  private var namedPanels: [(number: Int, word: String)] {
    (view.panels?.all(self) ?? []).compactMap { number, name in
      name.map { (number, $0.split(separator: " ").joined(separator: "-")) }
    }
  }

  /// The numbers of the panels of the view that words name, which have commas between them.
  ///
  /// - Throws: ``LookupError`` where the view has none of a name, with the names that there are.
  package func panels(named words: String) throws(LookupError) -> [Int] {
    // A class may have a comma in its name.
    if let one = try? panel(named: words) { return [one] }
    var numbers: [Int] = []
    for word in words.split(separator: ",") { numbers.append(try panel(named: String(word))) }
    return numbers.isEmpty ? [try panel(named: words)] : numbers
  }

  /// The number of the panel of the view that a word names.
  ///
  /// - Throws: ``LookupError`` where the view has none of that name, with the names that there are.
  package func panel(named word: String) throws(LookupError) -> Int {
    func plain(_ text: String) -> String {
      text.lowercased().filter { $0.isLetter || $0.isNumber }
    }
    guard !panelWords.isEmpty else {
      throw .unavailable(reason: "\(display.view.word) has no panels: it is drawn whole")
    }
    guard let panel = namedPanels.first(where: { plain($0.word) == plain(word) }) else {
      throw .unknown(
        what: "panel", found: word.excerpt, expected: panelWords.joined(separator: ", "))
    }
    return panel.number
  }
}
