import TensorFiles

/// What layers of LSTM cells are set to.
struct LSTMSettings: Hashable, Sendable {
  static let members = ["units", "projection", "peephole", "biases", "forgetBias"]

  /// The number of cells.
  let units: Int
  /// The width to which outputs are projected, by which they are fed back too; nil where they are not.
  let projection: Int?
  /// Whether i, f and o see the cell through a diagonal.
  let hasPeepholes: Bool
  /// The number of biases of the gates: 2 as in PyTorch, or 1.
  let biases: Int
  /// What the biases of f, whose sum counts, start at; of the others they start at 0.
  let forgetBias: Float?

  /// The width of the output.
  var width: Int { projection ?? units }

  init(_ field: JSONField, input: Shape) throws(DescriptionError) {
    units = try field.cells(of: input)
    projection = try field.optional("projection")?.integer(in: 1...Parameter.maximumCount)
    hasPeepholes = try field.optional("peephole")?.bool() ?? false
    biases = try field.optional("biases")?.integer(in: 1...2) ?? 2
    forgetBias = try field.optional("forgetBias")?.float()
    try field.expectRoom(for: width, of: input)
  }

  var document: [JSON.Member] {
    [JSON.Member("units", .integer(units))]
      + (projection.map { [JSON.Member("projection", .integer($0))] } ?? [])
      + (hasPeepholes ? [JSON.Member("peephole", .bool(true))] : [])
      + (biases == 2 ? [] : [JSON.Member("biases", .integer(biases))])
      + (forgetBias.map { [JSON.Member("forgetBias", .real($0))] } ?? [])
  }

  var text: String {
    "\(units) cells" + (projection.map { ", projected to \($0)" } ?? "")
      + (hasPeepholes ? ", peepholes" : "") + (forgetBias.map { ", forget bias from \($0)" } ?? "")
  }

  /// The shape of the output; nil where the input is no sequence.
  func output(of input: Shape) -> Shape? {
    input.isSequence ? Shape(positions: input.positions, features: width, cells: units) : nil
  }

  /// Weights start uniform within ±1/√units, biases at 0, but for those of f where there is a `forgetBias`.
  func parameters(of input: Shape, hasDepthGate: Bool) -> [Parameter] {
    let role = Parameter.Role.uniform(bound: 1 / Float(units).squareRoot())
    func weight(_ name: String, _ shape: [Int]) -> Parameter { Parameter(name, role, shape) }
    func bias(_ name: String, _ count: Int, forget: Float = 0) -> Parameter {
      let role: Parameter.Role =
        forget == 0 ? .bias(initial: 0) : .biases(initial: [0, forget, 0, 0])
      return Parameter(name, role, [count])
    }
    return [
      weight("weight_ih", [4 * units, input.features]), weight("weight_hh", [4 * units, width]),
    ]
      + (projection == nil ? [] : [weight("weight_hr", [width, units])])
      + (hasDepthGate ? [weight("depth.weight", [units, input.features])] : [])
      + (hasPeepholes ? Self.peepholes.map { weight($0, [units]) } : [])
      + (hasDepthGate ? Self.diagonals.map { weight($0, [units]) } : [])
      + [bias("bias_ih", 4 * units, forget: forgetBias ?? 0)]
      + (biases == 2 ? [bias("bias_hh", 4 * units)] : [])
      + (hasDepthGate ? [bias("depth.bias", units)] : [])
  }

  /// The diagonals by which i, f and o see the cell.
  static let peepholes = ["peephole.input", "peephole.forget", "peephole.output"]
  /// The diagonals by which d sees the cell and the one of the layer below.
  static let diagonals = ["depth.cell", "depth.lower"]

  /// The signals of a layer, those of its cells first: g, i, f, o, d, c, and h where it is as wide as they are.
  func signals(hasDepthGate: Bool) -> [Signal] {
    [
      Signal("g", .state), Signal("i", .transform), Signal("f", .carry), Signal("o", .output),
    ]
      + (hasDepthGate ? [Signal("d", .depth)] : []) + [Signal("c", .state)]
      + (projection == nil ? [Signal("h", .state)] : [])
  }
}

extension JSONField {
  /// The member `units`: a number of cells that read a sequence.
  func cells(of input: Shape) throws(DescriptionError) -> Int {
    guard input.isSequence else {
      throw .invalid(
        path: path, expected: "a layer whose input is a sequence; see the member task",
        found: "an input of \(input)")
    }
    let cells = try units()
    try expectRoom(for: cells, of: input)
    return cells
  }

  /// Refuses a layer whose output of so many features a step would have too many values.
  func expectRoom(for width: Int, of input: Shape) throws(DescriptionError) {
    let (count, overflow) = input.positionCount.multipliedReportingOverflow(by: width)
    guard !overflow, count <= Parameter.maximumCount else {
      throw .invalid(
        path: path + ".units",
        expected: "at most \(Parameter.maximumCount) values of a layer's output", found: "more")
    }
  }
}
