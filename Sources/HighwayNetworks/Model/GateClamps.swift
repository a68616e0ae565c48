/// Transform gates that are held at a value, whatever the input.
///
/// Where C is coupled to T, it follows. A layer whose gates are all held at 0 is lesioned: with C = 1 − T it
/// returns its input bit for bit.
public struct GateClamps: Hashable, Sendable {
  /// One thing that is held: a layer, one unit of it, or some that follow each other, such as those of a micro-step.
  public struct Target: Hashable, Sendable {
    /// The layer's number, as in the checkpoint's tensor names.
    public let layer: Int
    /// The units, or nil for all units of the layer.
    public let units: Range<Int>?

    /// The one unit; nil where it is not one alone.
    public var unit: Int? { units.flatMap { $0.count == 1 ? $0.lowerBound : nil } }

    /// Names a layer, or one unit of it.
    public init(layer: Int, unit: Int? = nil) {
      self.init(layer: layer, units: unit.map { $0..<$0 + 1 })
    }

    /// Names some units of a layer; nil names all.
    ///
    /// - Precondition: There is one at least.
    public init(layer: Int, units: Range<Int>?) {
      precondition(units.map { !$0.isEmpty } ?? true, "something is held")
      self.layer = layer
      self.units = units
    }
  }

  /// What is held and at which value, in the order in which it was set; a later one counts more.
  public private(set) var entries: [(target: Target, value: Float)] = []

  /// Creates clamps that hold nothing.
  public init() {}

  /// Creates clamps that hold different targets.
  init(_ entries: [(target: Target, value: Float)]) { self.entries = entries }

  /// Whether nothing is held.
  public var isEmpty: Bool { entries.isEmpty }

  /// Holds a layer or a unit.
  ///
  /// - Precondition: 0 ≤ value ≤ 1.
  public mutating func hold(_ target: Target, at value: Float) {
    precondition((0...1).contains(value), "a gate is held within [0, 1]")
    release(target)
    entries.append((target, value))
  }

  /// Releases a layer or a unit that was held by itself.
  public mutating func release(_ target: Target) {
    entries.removeAll { $0.target == target }
  }

  /// What T of a unit is held at, by itself or with its layer; nil where it is free.
  public func value(layer: Int, unit: Int) -> Float? {
    entries.last {
      $0.target.layer == layer && ($0.target.units?.contains(unit) ?? true)
    }?.value
  }

  /// What T of each unit of a layer is held at, NaN where it is free; nil where all are. `[units]`
  ///
  /// - Precondition: Units that are held are units of the layer.
  func values(layer: Int, units: Int) -> [Float]? {
    var values: [Float]?
    for entry in entries where entry.target.layer == layer {
      var held = values ?? [Float](repeating: .nan, count: units)
      if let own = entry.target.units {
        precondition(
          own.lowerBound >= 0 && own.upperBound <= units, "the units are those of the layer")
        for unit in own { held[unit] = entry.value }
      } else {
        held = [Float](repeating: entry.value, count: units)
      }
      values = held
    }
    return values
  }

  /// Whether two sets hold the same in the same order.
  public static func == (left: GateClamps, right: GateClamps) -> Bool {
    left.entries.elementsEqual(right.entries) { $0 == $1 }
  }

  /// Feeds what is held to a hasher.
  public func hash(into hasher: inout Hasher) {
    for entry in entries {
      hasher.combine(entry.target)
      hasher.combine(entry.value)
    }
  }
}
