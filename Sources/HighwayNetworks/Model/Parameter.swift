/// One tensor of parameters of a layer, as the layer's kind describes it.
public struct Parameter: Hashable, Sendable {
  /// What a tensor is for, and what it starts with.
  public enum Role: Hashable, Sendable {
    /// Weights from `fanIn` inputs to `fanOut` outputs, which a ReLU may follow.
    case weight(fanIn: Int, fanOut: Int, beforeRectifier: Bool)
    /// Weights of a recurrent layer or an embedding, which start uniform within ±bound.
    case uniform(bound: Float)
    /// A bias that starts at a value.
    case bias(initial: Float)
    /// The biases of several gates, as many of each, which start at a value for each gate.
    case biases(initial: [Float])
    /// What a norm's values are multiplied by, which starts at a value.
    case scale(initial: Float)
    /// A running statistic that starts at a value; it is not trained and has no moments.
    case running(initial: Float)
  }

  /// The greatest number of parameters of a network that is read from a description, 2³¹.
  public static let maximumCount = 1 << 31

  /// The name within the layer, such as `gate.weight`.
  public let name: String
  /// What it is for.
  public let role: Role
  /// The extents as a checkpoint stores them, outermost first, such as `[outputs, inputs]`.
  public let shape: [Int]
  /// Where channels stand before positions in a checkpoint and behind them in memory: how many of each.
  public let channelOrder: ChannelOrder?
  /// The row of what stands for nothing, which stays 0; nil where there is none.
  public let padding: Int?

  /// Channels and positions whose order is exchanged between a file and memory.
  public struct ChannelOrder: Hashable, Sendable {
    /// The number of channels.
    public let channels: Int
    /// The number of positions of each.
    public let positions: Int
  }

  /// Describes a tensor.
  public init(
    _ name: String, _ role: Role, _ shape: [Int], channelOrder: ChannelOrder? = nil,
    padding: Int? = nil
  ) {
    self.padding = padding
    self.name = name
    self.role = role
    self.shape = shape
    self.channelOrder = channelOrder
  }

  /// The number of values; nil where it exceeds what an Int holds.
  var count: Int? {
    var product = 1
    for extent in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      guard !overflow else { return nil }
      product = next
    }
    return product
  }
}
