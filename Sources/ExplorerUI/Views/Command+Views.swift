extension Command {
  /// Every command: the bindings, the foot of the screen, the help and the README come from here.
  package static let table: [Command] = {
    let opening = views.map { Command(opening: $0.view, name: $0.word) }
    let all = opening + common + views.flatMap { $0.ownCommands }
    return Chapter.allCases.flatMap { chapter in all.filter { $0.chapter == chapter } }
  }()

  /// The command that a key calls; on the tour some keys are the tour's.
  package static func bound(to key: Key, onTour: Bool = false) -> Command? {
    (onTour ? byTourKey[key] : nil) ?? byKey[key]
  }

  /// Whether its keys are its own on the tour alone, and another command's elsewhere.
  package var isForTour: Bool {
    [.tourNext, .tourBack, .tourLeave].contains(id)
  }

  private static let byKey = keyed(table.filter { !$0.isForTour })
  private static let byTourKey = keyed(table.filter(\.isForTour))

  private static func keyed(_ commands: [Command]) -> [Key: Command] {
    Dictionary(
      commands.flatMap { command in command.keys.map { ($0, command) } }, uniquingKeysWith: { $1 })
  }

  /// The commands with these names, for the hints of a view.
  static func common(_ ids: ID...) -> [Command] {
    ids.compactMap { id in common.first { $0.id == id } }
  }

  /// Whether the command works in a view: all do, but those that are another view's.
  func works(in view: any ExplorerView.Type) -> Bool {
    isKnown(to: view) || !views.contains { isKnown(to: $0) }
  }

  /// The commands that share the command's mention in a view, itself among them: `[` and `]` go to classes.
  func partners(in view: any ExplorerView.Type) -> [Command] {
    Self.table.filter { $0.title == title && $0.chapter == chapter && $0.works(in: view) }
  }

  private func isKnown(to view: any ExplorerView.Type) -> Bool {
    id.map(view.commands.contains) ?? view.ownCommands.contains { $0.name == name }
  }

  /// Why the command does nothing at the moment; nil where it does something.
  package func availability(_ state: ExplorerState) -> String? {
    let view = state.view
    if !works(in: view) {
      let names = views.filter(works).map { "\($0.view.number) \($0.title)" }
      return "\(title): works in \(names.joined(separator: ", "))"
    }
    if let problem = problem(state) { return problem }
    return id.map(Self.movesCursor.contains) == true ? view.motionProblem(state) : nil
  }

  /// The commands that need something to move along.
  private static let movesCursor: Set<ID> = [
    .moveUp, .moveDown, .moveLeft, .moveRight, .pageUp, .pageDown, .first, .last, .goTo, .nextPanel,
    .previousPanel, .changeScope, .zoomIn,
  ]

  /// The list of keys as a Markdown table.
  package static var markdownTable: String {
    let lines = table.map { command in
      let keys = command.keys.map { "`\($0.label)`" }.joined(separator: " ")
      return "| \(keys) | \(command.help) |"
    }
    return (["| keys | what they do |", "| --- | --- |"] + lines).joined(separator: "\n") + "\n"
  }
}

extension ExplorerView {
  /// The commands that the foot of the screen mentions: the view's own hints, then what helps everywhere.
  static var allHints: [Command] {
    let general = Command.common(.palette, .export, .help, .leave)
    return hints + general.filter { command in !hints.contains { $0.name == command.name } }
  }
}
