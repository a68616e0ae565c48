extension HighwayConvention {
  /// WaveRNN's and ForwardTacotron's `HighwayNetwork`: `W1` is H, `W2` the gate.
  static let waveRNN = HighwayConvention(
    name: "wavernn", programs: "WaveRNN, ForwardTacotron, Real-Time Voice Cloning",
    patterns: [.separate("{k}.W1", "{k}.W2")])
}
