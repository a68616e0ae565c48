extension HighwayConvention {
  /// ESPnet's `HighwayNet`.
  static let espnet = HighwayConvention(
    name: "espnet", programs: "ESPnet", patterns: [.separate("{k}.projection.0", "{k}.gate.0")])
}
