extension HighwayConvention {
  /// Layers with parts `H` and `T`, or `h` and `t`, in PyTorch: Mozilla's and Coqui's Tacotron and many more.
  static let headsHT = HighwayConvention(
    name: "ht", programs: "Coqui and Mozilla TTS, and others with parts H and T",
    patterns: [.separate("{k}.H", "{k}.T"), .separate("{k}.h", "{k}.t")])
}
