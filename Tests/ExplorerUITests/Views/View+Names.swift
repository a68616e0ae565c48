@testable import ExplorerUI

/// The views by name, for tests of what each of them shows.
extension View {
  static let overview = OverviewView.view
  static let classes = ClassesView.view
  static let cells = CellsView.view
  static let sample = SampleView.view
  static let lesion = LesionView.view
  static let training = TrainingView.view
  static let compare = CompareView.view
  static let depth = DepthView.view
}
