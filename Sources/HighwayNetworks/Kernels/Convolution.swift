private import CKernels
private import Synchronization

/// What a convolution of feature maps goes over.
struct ConvolutionExtents: Hashable, Sendable {
  /// The rows of the input.
  let height: Int
  /// The columns of the input.
  let width: Int
  /// The channels of the input.
  let channels: Int
  /// The channels of the output.
  let outputs: Int
  /// The rows and columns of the kernel.
  let kernel: Int
  /// How far windows are apart.
  let stride: Int
  /// The rows and columns of zeros on each side.
  let padding: Int

  /// The number of rows of the output.
  var rows: Int { (height + 2 * padding - kernel) / stride + 1 }
  /// The number of columns of the output.
  var columns: Int { (width + 2 * padding - kernel) / stride + 1 }
  /// The number of weights, `[outputs, kernel, kernel, channels]`.
  var weightCount: Int { outputs * kernel * kernel * channels }
}

/// One pass of a convolution over so many examples, ready to be run by one thread at a time.
@safe
final class ConvolutionPass: @unchecked Sendable {
  /// What is computed.
  enum Kind: Hashable, Sendable {
    /// The output.
    case output
    /// The gradient of the input, or what is added to one that is there.
    case inputGradient(adding: Bool)
    /// The gradient of the weights.
    case weightGradient
  }

  private let handle: OpaquePointer
  private let weightCount: Int
  private let fromCount: Int
  private let toCount: Int

  init(_ extents: ConvolutionExtents, _ kind: Kind, examples: Int) {
    var shape = tg_convolution_shape(
      examples: examples, height: extents.height, width: extents.width, channels: extents.channels,
      outputs: extents.outputs, kernel: extents.kernel, stride: extents.stride,
      padding: extents.padding)
    let input = examples * extents.height * extents.width * extents.channels
    let output = examples * extents.rows * extents.columns * extents.outputs
    let pass: tg_convolution_pass
    var adding = false
    switch kind {
    case .output:
      pass = TG_FORWARD
      (fromCount, toCount) = (input, output)
    case .inputGradient(let adds):
      pass = TG_INPUT_GRADIENT
      adding = adds
      (fromCount, toCount) = (output, input)
    case .weightGradient:
      pass = TG_WEIGHT_GRADIENT
      (fromCount, toCount) = (input, output)
    }
    // The library plans for the threads that it has when a pass is made.
    useOneThreadPerProduct()
    guard let made = unsafe tg_convolution_create(&shape, pass, adding ? 1 : 0) else {
      preconditionFailure("oneDNN computes a convolution of valid extents")
    }
    unsafe handle = made
    weightCount = extents.weightCount
  }

  deinit { unsafe tg_convolution_destroy(handle) }

  /// The number of values of arranged weights.
  var arrangedCount: Int { unsafe tg_convolution_arranged_count(handle) }

  /// Whether arranged weights of another pass serve this one too.
  func arrangesAlike(_ other: ConvolutionPass) -> Bool {
    unsafe tg_convolution_arranges_alike(handle, other.handle) != 0
  }

  /// arranged ← weights in the library's order; without a place the pass keeps them itself.
  func arrange(_ weights: FloatSlice, into arranged: FloatSlice? = nil) {
    precondition(weights.count == weightCount, "the extents agree")
    precondition(arranged.map { $0.count == arrangedCount } ?? true, "the extents agree")
    let status = unsafe tg_convolution_arrange(handle, weights.base, arranged?.base)
    precondition(status != 0, "oneDNN arranges weights of valid extents")
  }

  /// Runs a pass to an output or an input gradient, with arranged weights or those that it keeps.
  func run(_ from: FloatSlice, arranged: FloatSlice? = nil, into to: FloatSlice) {
    precondition(from.count == fromCount && to.count == toCount, "the extents agree")
    precondition(arranged.map { $0.count == arrangedCount } ?? true, "the extents agree")
    let status = unsafe tg_convolution_run(handle, from.base, arranged?.base, to.base)
    precondition(status != 0, "oneDNN computes a convolution of valid extents")
  }

  /// Adds the gradient of the weights of some examples to what is kept, or begins with it.
  func accumulate(_ input: FloatSlice, gradient: FloatSlice, isFirst: Bool) {
    precondition(input.count == fromCount && gradient.count == toCount, "the extents agree")
    let status = unsafe tg_convolution_accumulate(
      handle, input.base, gradient.base, isFirst ? 1 : 0)
    precondition(status != 0, "oneDNN computes a convolution of valid extents")
  }

  /// weightGradient ← what was accumulated, or += it where `adding`.
  func collect(_ weightGradient: FloatSlice, adding: Bool) {
    precondition(weightGradient.count == weightCount, "the extents agree")
    let status = unsafe tg_convolution_collect(handle, weightGradient.base, adding ? 1 : 0)
    precondition(status != 0, "oneDNN arranges weights of valid extents")
  }
}

/// The passes of one convolution that were made ready, for as many threads as use them at once.
final class ConvolutionPasses: Sendable {
  private struct Key: Hashable {
    let kind: ConvolutionPass.Kind
    let examples: Int
  }

  let extents: ConvolutionExtents
  private let idle = Mutex<[Key: [ConvolutionPass]]>([:])

  init(_ extents: ConvolutionExtents) { self.extents = extents }

  /// A pass that nobody else uses until it is given back.
  func take(_ kind: ConvolutionPass.Kind, examples: Int) -> ConvolutionPass {
    let found = idle.withLock { $0[Key(kind: kind, examples: examples), default: []].popLast() }
    return found ?? ConvolutionPass(extents, kind, examples: examples)
  }

  /// Keeps a pass for the next who asks.
  func give(_ pass: ConvolutionPass, _ kind: ConvolutionPass.Kind, examples: Int) {
    idle.withLock { $0[Key(kind: kind, examples: examples), default: []].append(pass) }
  }
}
