/// A layer, bound to its place in the parameters.
///
/// Activations are `[examples × positions, features]`, row-major. A layer holds no state: the caller
/// provides the memory. A sequence has steps for positions, and an example may have fewer than there is room for:
/// what stands behind its end means nothing.
protocol Layer: Sendable {
  /// The shape of one example's input.
  var input: Shape { get }
  /// The shape of one example's output.
  var output: Shape { get }
  /// Where the layer's parameters lie in the network's.
  var parameters: Range<Int> { get }
  /// The number of values per example that a forward pass leaves for the backward pass, apart from the
  /// output.
  var cachePerExample: Int { get }

  /// The widths of the vectors by which a layer goes on where a text was cut; none for most.
  var stateWidths: [Int] { get }

  /// What the layer makes of its weights once, for passes that do not change them; nil where that would
  /// not help.
  func prepared(_ parameters: FloatSlice) -> (any PreparedMap)?

  /// Whether it takes the cells of the layer below.
  var takesCells: Bool { get }

  /// Computes the output, and the cells where it has any.
  func forward(_ memory: LayerMemory)

  /// Computes the gradients.
  ///
  /// `gradient` is ∂loss/∂output; its contents are lost, and so are the cache's. `inputGradient`
  /// receives ∂loss/∂input unless it is nil. `parameterGradient` has the extent of ``parameters`` and
  /// receives ∂loss/∂parameters, whatever it held before.
  func backward(
    _ memory: LayerMemory, gradient: FloatSlice, inputGradient: FloatSlice?,
    parameterGradient: FloatSlice)
}

extension Layer {
  var takesCells: Bool { false }
  var stateWidths: [Int] { [] }

  /// Whether what the layer returns can be compared with what it is given.
  var keepsShape: Bool { input == output }
}

/// What a layer works on.
struct LayerMemory {
  /// The number of examples.
  let examples: Int
  /// The layer's own parameters.
  let parameters: FloatSlice
  /// The input; `[examples × positions, features]`.
  var input: FloatSlice
  /// The output; `[examples × positions, features]`.
  let output: FloatSlice
  /// What the backward pass needs; `cachePerExample` values for each example, in the layer's own order.
  var cache: FloatSlice
  /// What the layer made of its weights, where it has.
  var prepared: (any PreparedMap)?
  /// The number of the layer.
  var layer = 0
  /// The step of training that the pass belongs to; nil in evaluation.
  var pass: TrainingPass?
  /// The number of steps of each example of sequences; `[examples]`.
  var lengths: BufferSlice<Int32>?
  /// The state that the text before has left, `[examples, width]` of each of the layer's widths; none where examples
  /// begin by themselves.
  var start: [FloatSlice] = []
  /// Where the state goes that the examples leave.
  var end: [FloatSlice] = []
  /// Beside the output, what a layer with cells hands on; `[examples × positions, cells]`.
  var cells: FloatSlice?
  /// The cells of the layer below.
  var lowerCells: FloatSlice?
  /// ∂loss/∂cells, where the layer above takes them.
  var cellGradient: FloatSlice?
  /// Where ∂loss/∂lowerCells goes.
  var lowerCellGradient: FloatSlice?
  /// What the network reads, for a layer that uses parameters of another; `[examples × positions, features]`.
  var networkInput: FloatSlice?
  /// The parameters of another layer that this one uses beside its own.
  var shared: FloatSlice?
  /// ∂loss/∂shared, to which the layer adds.
  var sharedGradient: FloatSlice?
  /// Whether a layer above uses this one's parameters too and has added to their gradient.
  var isShared = false
}

/// A layer with gates.
protocol GatedLayer: Layer {
  /// The signals that it computes: its gates, and what they act on.
  var signals: [Signal] { get }
  /// Whether it returns its input, bit for bit, where its transform gates are held at 0.
  var returnsInputWhenClosed: Bool { get }
  /// One of ``signals``, by its index, after a forward pass.
  func values(ofSignal index: Int, in memory: LayerMemory) -> SignalValues
}

/// The values of one signal after a forward pass.
enum SignalValues {
  /// A row `[units]` for each example and position; the rows are `stride` apart.
  case rows(FloatSlice, stride: Int)
  /// The same `[units]` for every example and position.
  case constant(FloatSlice)
  /// 1 − the transform gate.
  case complement
}
