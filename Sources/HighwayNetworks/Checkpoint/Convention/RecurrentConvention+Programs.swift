extension RecurrentConvention {
  /// PyTorch's `nn.LSTM`.
  static let torchLSTM = RecurrentConvention(
    name: "torch-lstm", programs: "PyTorch's nn.LSTM", names: Names.torch, isOneModule: true)

  /// PyTorch's `nn.GRU`.
  static let torchGRU = RecurrentConvention(
    name: "torch-gru", programs: "PyTorch's nn.GRU", names: Names.torch, cell: .gru,
    isOneModule: true)

  /// PyTorch's `nn.LSTMCell`, also in lists of cells such as OpenNMT's decoders have.
  static let lstmCell = RecurrentConvention(
    name: "lstm-cell", programs: "PyTorch's nn.LSTMCell, OpenNMT", names: [Names.cell])

  /// PyTorch's `nn.GRUCell`, and the arrays of g2p_en.
  static let gruCell = RecurrentConvention(
    name: "gru-cell", programs: "PyTorch's nn.GRUCell, g2p_en",
    names: [
      Names.cell,
      Names(input: "{k}_w_ih", recurrent: "{k}_w_hh", biases: ["{k}_b_ih", "{k}_b_hh"]),
    ], cell: .gru)

  /// Keras' `LSTM`, and its `CuDNNLSTM` with biases of 8 units.
  static let kerasLSTM = RecurrentConvention(
    name: "keras-lstm", programs: "Keras", names: Names.keras, orientation: .inputsFirst,
    remark: kerasRemark)

  /// Keras' `GRU` with `reset_after`, gates in the order z r h, and its `CuDNNGRU` with biases of 6 units.
  static let kerasGRU = RecurrentConvention(
    name: "keras-gru", programs: "Keras", names: Names.keras, cell: .gru, gateOrder: [1, 0, 2],
    orientation: .inputsFirst, remark: kerasRemark)

  private static let kerasRemark =
    "gates are logistic; Keras before 2.3 had hard_sigmoid where nothing else was said"
}

extension RecurrentConvention.Names {
  /// The names of PyTorch's modules of several layers and directions.
  fileprivate static let torch = ["", "_reverse"].map { end in
    Self(
      input: "weight_ih_l{k}" + end, recurrent: "weight_hh_l{k}" + end,
      biases: ["bias_ih_l{k}" + end, "bias_hh_l{k}" + end], projection: "weight_hr_l{k}" + end,
      isReverse: !end.isEmpty)
  }

  /// The names of PyTorch's cells.
  fileprivate static let cell = Self(
    input: "{k}.weight_ih", recurrent: "{k}.weight_hh", biases: ["{k}.bias_ih", "{k}.bias_hh"])

  /// The names of Keras' layers, those of `.h5` files and those of `.keras` archives.
  fileprivate static let keras = [
    Self(input: "{k}.kernel", recurrent: "{k}.recurrent_kernel", biases: ["{k}.bias"]),
    Self(input: "{k}.cell.vars.0", recurrent: "{k}.cell.vars.1", biases: ["{k}.cell.vars.2"]),
  ]
}
