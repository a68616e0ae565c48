internal import CHDF5

/// What libhdf5 found in a file: a list that the other process wrote, trusted no more than the file.
struct HDF5List {
  /// A data set.
  struct Dataset {
    let name: String
    let type: ElementType
    let shape: [Int]
    /// Where its elements begin in the file; nil where only the library can read them.
    let offset: Int?
    /// How many bytes its elements are.
    let count: Int
    /// How many bytes of the file they take.
    let stored: Int
  }

  private(set) var datasets: [Dataset] = []
  private(set) var refused: [(name: String, error: HDF5Error)] = []
  /// The texts of attributes by the group's name, a space and the attribute's.
  private(set) var texts: [String: [String]] = [:]

  /// Reads the list.
  ///
  /// - Throws: ``HDF5Error/damaged(detail:)`` where it is not whole.
  init(_ bytes: [UInt8]) throws(HDF5Error) {
    var fields = ByteFields(bytes)
    func text() -> String { String(decoding: fields.take(Int(fields.u32())), as: UTF8.self) }
    var isWhole = false
    while fields.left > 0, !fields.isCutOff, !isWhole {
      switch Int(fields.u8()) {
      case TG_HDF5_DATASET:
        let name = text()
        let kind = Int(fields.u8())
        let bits = Int(fields.u32())
        let isBigEndian = fields.u8() == 1
        let rank = Int(fields.u32())
        guard rank <= TG_HDF5_MAXIMUM_RANK, bits > 0 else { throw Self.cutOff }
        let shape = (0..<rank).map { _ in Int(clamping: fields.u64()) }
        let offset = fields.u64()
        datasets.append(
          Dataset(
            name: name, type: Self.type(kind, bits: bits, isBigEndian: isBigEndian), shape: shape,
            offset: offset == .max ? nil : Int(clamping: offset),
            count: Int(clamping: fields.u64()),
            stored: Int(clamping: fields.u64())))
      case TG_HDF5_REFUSED:
        let name = text()
        let reason = Int(fields.u8())
        refused.append((name, Self.error(reason, Int(clamping: fields.u64()))))
      case TG_HDF5_TEXTS:
        let key = text() + " " + text()
        let count = Int(fields.u32())
        guard count <= TG_HDF5_MAXIMUM_OBJECTS else { throw Self.cutOff }
        texts[key] = (0..<count).map { _ in text() }
      case TG_HDF5_END: isWhole = true
      default: throw Self.cutOff
      }
    }
    guard isWhole, !fields.isCutOff else { throw Self.cutOff }
  }

  private static let cutOff = HDF5Error.damaged(detail: "libhdf5 did not come to an end")

  private static func type(_ kind: Int, bits: Int, isBigEndian: Bool) -> ElementType {
    func made(_ letter: String, _ kind: ElementType.Kind, sizes: [Int]) -> ElementType? {
      guard sizes.contains(bits) else { return nil }
      return ElementType("\(letter)\(bits)", kind, bits: bits, isBigEndian: isBigEndian)
    }
    let type =
      switch kind {
      case TG_HDF5_SIGNED: made("I", .signed, sizes: [8, 16, 32, 64])
      case TG_HDF5_UNSIGNED: made("U", .unsigned, sizes: [8, 16, 32, 64])
      case TG_HDF5_FLOAT: made("F", .float, sizes: [16, 32, 64])
      case TG_HDF5_BRAIN_FLOAT: made("BF", .brainFloat, sizes: [16])
      default: nil as ElementType?
      }
    return type ?? ElementType("other", .other, bits: bits)
  }

  private static func error(_ reason: Int, _ number: Int) -> HDF5Error {
    switch reason {
    case TG_HDF5_EXTERNAL_LINK: .externalLink
    case TG_HDF5_SOFT_LINK: .softLink
    case TG_HDF5_EXTERNAL_DATA: .externalData
    case TG_HDF5_VIRTUAL: .virtual
    case TG_HDF5_FILTER: .filter(number: number)
    case TG_HDF5_NO_DATA: .noData
    default: .unreadable
    }
  }
}
