import HighwayNetworks
import TensorFiles

/// A view: all that is particular to it, in a folder of its own; a line in ``views`` makes it one of the program's.
///
/// What most views have in common is given below, so that a view says only what is different about it.
protocol ExplorerView: SendableMetatype {
  // MARK: What it is

  /// The title of the tab.
  static var title: String { get }
  /// What it shows, in one line.
  static var help: String { get }
  /// The word for the command that opens it; the title in small letters if left out.
  static var word: String { get }
  /// What it is about; the gates if left out.
  static var subject: View.Subject { get }
  /// Whether Enter shows the unit under the cursor in its place.
  static var showsUnits: Bool { get }
  /// What has to be there before it can draw.
  static var need: ViewNeed { get }
  /// What the inspector beside it shows first.
  static var inspectorFocus: InspectorFocus { get }

  // MARK: What keys do

  /// Those of the commands of some views that it knows.
  static var commands: Set<Command.ID> { get }
  /// The commands that it alone has.
  static var ownCommands: [Command] { get }
  /// The commands that the foot of the screen mentions, the most useful one first.
  static var hints: [Command] { get }
  /// What the foot of the screen calls commands that do something particular here.
  static var hintWords: [Command.ID: String] { get }
  /// The arrow keys and what they change, for the foot of the screen.
  static var arrows: (keys: String, words: String) { get }
  /// Why the keys that move have nothing to move along; nil where they have.
  static func motionProblem(_ state: ExplorerState) -> String?

  /// Moves the cursor.
  static func move(_ motion: Motion, _ state: inout ExplorerState)
  /// What Tab goes through.
  static var panels: Panels? { get }
  /// Goes to the next panel, or to what else Tab goes through here.
  static func turn(_ step: Int, _ state: inout ExplorerState)
  /// Does what Enter does.
  static func zoom(_ state: inout ExplorerState) -> [Effect]
  /// Shows one or all, or counts over others.
  static func changeScope(_ state: inout ExplorerState)
  /// Takes a ``Target/item(_:)`` that was pointed at.
  static func choose(_ item: Int, _ state: inout ExplorerState)

  // MARK: What it draws

  /// Draws it; what it needs is there.
  static func draw(_ state: ExplorerState, on canvas: inout Canvas, in rect: Rect)
  /// What lies under a point, by the layout that it draws with; nil where nothing is to be chosen.
  static func target(at point: Point, _ state: ExplorerState, in rect: Rect) -> Target?
  /// The place of the cursor, then what is to be said about it, the most telling first.
  static func sentence(_ state: ExplorerState) -> [String]
  /// The numbers behind it; those that are not there yet, or not to be had, are null.
  static func table(_ state: ExplorerState) -> NumberTable
  /// The cells, or the layers, by the quantity that is shown, for views that know ``Command/ID/rank``.
  static func ranking(_ state: ExplorerState) -> Shown<Ranking>
  /// What the caption of a picture says besides the model, the epoch and the samples.
  static func caption(_ state: ExplorerState) -> [String]
  /// What the JSON of the view has besides the rows of the table.
  static func members(_ state: ExplorerState) -> [JSON.Member]
}

/// What has to be there before a view can draw.
enum ViewNeed {
  /// A model with highway layers.
  case gates
  /// A model with gates that are learned.
  case learnedGates
  /// A network with highway layers that can be run.
  case weights
  /// A model.
  case model
  /// Nothing.
  case nothing
}
