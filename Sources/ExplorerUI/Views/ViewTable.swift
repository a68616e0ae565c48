package import TensorFiles

/// The views, in the order of their keys: a view is a folder and a line here.
let views: [any ExplorerView.Type] = [
  OverviewView.self,
  ClassesView.self,
  CellsView.self,
  SampleView.self,
  LesionView.self,
  TrainingView.self,
  CompareView.self,
  DepthView.self,
]

extension View: CaseIterable {
  /// Every view, in the order of their numbers.
  package static let allCases: [View] = views.map { $0.view }

  /// The view that is opened first.
  package static var first: View { allCases[0] }

  /// The first view that is about something.
  static func about(_ subject: Subject) -> View {
    allCases.first { $0.subject == subject } ?? first
  }
}

extension ExplorerState {
  /// What is particular to the view that is open.
  var view: any ExplorerView.Type {
    let index = display.view.number - 1
    return views.indices.contains(index) ? views[index] : views[0]
  }

  /// Creates the state before a model is open, with the first view.
  package init(size: Size, capabilities: Capabilities = Capabilities()) {
    self.init(size: size, capabilities: capabilities, view: .first)
  }
}

extension ExplorerState.Display {
  /// Shows the first view as it is shown at first.
  package init() { self.init(.first) }
}

extension Preferences {
  /// Reads what ``json`` wrote; what is missing or unknown keeps its default.
  ///
  /// - Throws: ``DescriptionError`` where it is no JSON or a value is not what it should be.
  package init(json text: String) throws(DescriptionError) {
    try self.init(json: text, defaults: ExplorerState.Display(), views: View.allCases)
  }
}
