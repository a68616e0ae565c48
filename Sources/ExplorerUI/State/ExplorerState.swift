package import HighwayNetworks

/// Everything that is shown.
package struct ExplorerState: Sendable {
  /// What all views look at.
  package struct Selection: Hashable, Sendable {
    /// The index among the layers with gates.
    package var block = 0
    /// The unit of that layer.
    package var unit = 0
    /// The index among the gates of the model.
    package var gate = 0
    /// The row and the column of its map; nil before one is chosen.
    package var position: MapPosition?
    /// The class.
    package var label = 0
    /// The index among the groupings of a text's tokens, whose groups stand in the places of classes.
    package var grouping = 0
    /// The class that it is set against in the classes view; nil for the mean over all samples.
    package var against: Int?
    /// The number of the sample in its split.
    package var sample = 0
    /// The part of the data set.
    package var split = SampleSplit.test
    /// The line that a walk between two codes begins with; nil where there is no walk.
    package var walkStart: WalkStart?
    /// The row of the walk that is looked at; nil before one is chosen.
    package var walkRow: Int?
  }

  /// How it is shown.
  package struct Display: Hashable, Sendable {
    /// The view that is open.
    package var view: View
    /// The heatmap of the overview that the keys act on.
    package var panel = OverviewPanel.gateBias
    /// The heatmap of the sample view that the keys act on.
    package var samplePanel = SamplePanel.sample
    /// The part of the training view that is drawn alone, where one is.
    package var trainingPanel = TrainingPanel.loss
    /// The curves of the lesion view that are drawn alone, where some are.
    package var lesionPanel = LesionPanel.loss
    /// Whether the tokens of a text have the colours of a layer's mean instead of one unit's.
    package var colorsLayers = false
    /// The picture of a map that the keys act on.
    package var mapPanel = MapPanel.transformGate
    /// At which samples the keys for the next and the previous one stop.
    package var sampleFilter = SampleFilter.all
    /// Whether colours span the values that are there, rather than all that could be.
    package var fitsScale = true
    /// For which ground texts and lines are coloured.
    package var theme = ThemeChoice.auto
    /// The colours of values from low to high.
    package var colorMap = ColorMap.viridis
    /// Whether the classes view shows all classes small instead of one large.
    package var showsAllClasses = false
    /// The picture of words by units, which stands in the place of the classes where it is asked for.
    package var wordPicture = WordPicture()
    /// Whether Enter opened what is under the cursor in the place of the view: the unit, or one plot.
    package var isZoomed = false
    /// The plot of the depth view that the keys act on.
    package var depthPlot = DepthPlot.change
    /// Over which samples cells are counted.
    package var cellScope = CellScope.all
    /// Whether views say which keys help; pictures do not.
    package var mentionsKeys = true
    /// Whether the place that the keys act on is marked.
    package var showsCursor = true
    /// Whether the numbers of that place stand beside the view.
    package var showsInspector = true
    /// Whether one panel takes the place of all that the view has.
    package var showsOnePanel = false
    /// What counts as carried and as transformed.
    package var thresholds = Thresholds()
    /// The three-way thresholds to come back to from the two-way split.
    package var threeWayThresholds = Thresholds()
    /// In which order cells and layers are listed; nil for the one that suits what is listed.
    package var rankOrder: RankOrder?
    /// Whether the curves of the lesion view are drawn over a logarithmic axis.
    package var lesionsAreLogarithmic = false

    /// Shows a view as it is shown at first.
    package init(_ view: View) { self.view = view }
  }

  /// The size of the screen.
  package var size: Size
  /// What the terminal can show.
  package var capabilities: Capabilities
  /// What the terminal draws on, as far as it is known.
  package var terminalGround: Ground
  /// The home directory, for which a tilde stands in paths that are typed; nil where there is none.
  package var homeDirectory: String?
  /// The model, once it is open.
  package var model: ModelSummary? {
    didSet { findBlocks() }
  }
  /// The model's highway layers, which every view asks for again and again.
  private(set) var blocks: [Block] = []
  /// What all views look at.
  package var selection = Selection() {
    didSet { if selection.gate != oldValue.gate { findBlocks() } }
  }
  /// The part of the data set that a model is opened with, where there is any of it; nil for the test samples.
  package var preferredSplit: SampleSplit?
  /// How it is shown.
  package var display: Display
  /// The order of the units across; nil where they count up.
  package var arrangement: UnitArrangement?
  /// The colours of the classes view, as they were found last.
  var classScale: ClassScale?
  /// The cell that the cursor stood on before the list of ranked cells was opened; nil while it is closed.
  var rankingHome: Cell?
  /// The cell that the ranking led to last.
  var rankedCell: RankedCell?
  /// The gates that are held in everything that is shown.
  package var clamps = GateClamps()
  /// The changes that can be undone.
  package var history = UndoHistory()
  /// The epochs.
  package var timeline = Timeline()
  /// What was computed.
  package var results = AnswerStore()
  /// What training does.
  package var training = TrainingStatus()
  /// Several runs side by side.
  package var comparison = Comparison()
  /// The model before the one that is open, where one of them was begun here.
  package var parked: ParkedModel?
  /// The tour, while someone is on it.
  package internal(set) var tour: Tour?
  /// Whether the list of models offers the tour.
  package var offersTour = false
  /// Whether the tour was offered or taken, now or earlier.
  package var knowsTour = false
  /// The form that a network was asked for with last, to come back to where it cannot be made.
  var refusedForm: NewRunForm?
  /// What the keyboard acts on.
  package var mode = Mode.normal
  /// The models that there are to open, once they were looked for.
  package var models = ModelList()
  /// Epochs that earlier sessions left unsaved, and nobody was asked about yet.
  var leftovers: [Leftover] = []
  /// For what the sample was last made to fit the filter.
  var quest: SampleQuest?
  /// Whether the mouse was pressed on the timeline and moves along it.
  var isScrubbing = false
  /// The lines that were entered into the palette, the latest last.
  package var paletteHistory: [String] = []
  /// How the connection stands to the machine where the run grows; nil for a run that is here.
  var remote: RemoteStanding?
  /// What the foot says, until the next key.
  package var message: Message?

  /// Creates the state before a model is open.
  package init(size: Size, capabilities: Capabilities, view: View) {
    self.size = size
    self.capabilities = capabilities
    terminalGround = capabilities.ground
    display = Display(view)
  }

  /// Takes the layers of the model that have the gate that is looked at.
  private mutating func findBlocks() {
    let all = model?.blocks ?? []
    blocks = hasSeveralGates ? all.filter { $0.signals.contains(shownGate) } : all
  }

  /// Colours texts and lines for the ground that was chosen, or for the terminal's.
  package mutating func chooseGround() {
    capabilities.ground = display.theme.ground ?? terminalGround
  }
}
