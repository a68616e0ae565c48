extension Convention {
  /// ESPnet's `HighwayNet`.
  static let espnet = Convention(
    name: "espnet", programs: "ESPnet", patterns: [.separate("{k}.projection.0", "{k}.gate.0")])
}
