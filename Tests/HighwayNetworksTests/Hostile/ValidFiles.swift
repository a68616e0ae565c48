import TensorFiles
import TestSupport

@testable import HighwayNetworks

/// Small files that are right, for hostile ones to be made of.
enum ValidFiles {
  static let architecture = """
    {"input":[2],"classes":3,"layers":[{"kind":"dense","units":2,"activation":"tanh"},\
    {"kind":"highway","units":2,"activation":"relu","gating":"coupled","gateBias":-4,"count":2},\
    {"kind":"highway","units":2,"activation":"linear","gating":"frozen","p":0.5}]}
    """

  static let description = """
    {"architecture":\(architecture),"data":{"name":"MNIST","files":[{"name":"a","sha256":"00"}],\
    "normalization":{"mean":0.1307,"std":[0.3081]},"classes":["a","b","c"],\
    "trainingExamples":7,"testExamples":2},"hyperparameters":{"batchSize":10,"learningRate":0.1,\
    "schedule":{"kind":"steps","after":[2,3],"factor":0.5},"momentum":0.9,"nesterov":true,\
    "weightDecay":0},"seed":18446744073709551615,"version":"1.0","command":"tollgate \\u00e9"}
    """

  static let metrics = """
    {"epoch":0,"step":0,"learningRate":0,"trainLoss":2.3,"trainAccuracy":0.1,"testLoss":null,\
    "testAccuracy":0.1,"seconds":0}
    {"epoch":1,"step":7,"learningRate":0.1,"trainLoss":1.1e-3,"trainAccuracy":1,"testLoss":1,\
    "testAccuracy":0.75,"seconds":0.5}

    """

  static func layout() throws(DescriptionError) -> ParameterLayout {
    ParameterLayout(try Architecture(json: architecture))
  }

  static func checkpoint() throws(DescriptionError) -> [UInt8] {
    let layout = try layout()
    return SafetensorsContents(
      tensors: layout.contents(values(layout)),
      metadata: [
        ("architecture", architecture), ("epoch", "3"), ("classes", #"["a","b","c"]"#),
        ("normalization", #"{"mean":0.5,"std":0.25}"#), ("run", description), ("format", "pt"),
      ]
    ).encoded
  }

  static func state() throws(DescriptionError) -> [UInt8] {
    let layout = try layout()
    let words = LittleEndian.bytes([1, 2, 3, 4] as [UInt64])
    return SafetensorsContents(
      tensors: layout.contents(values(layout), prefix: "parameters.")
        + layout.contents(values(layout), prefix: "moments.")
        + [SafetensorsContents.Tensor("random", .u64, [4], words)],
      metadata: [("epoch", "3"), ("step", "21")]
    ).encoded
  }

  private static func values(_ layout: ParameterLayout) -> [Float] {
    (0..<layout.count).map { Float($0) / 8 - 1 }
  }

  static let safetensorsData = SafetensorsContents(
    tensors: [
      SafetensorsContents.Tensor("images", .u8, [2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 255]),
      SafetensorsContents.Tensor("labels", .u8, [2], [0, 1]),
      SafetensorsContents.Tensor(
        "test.images", .f32, [1, 1, 2, 2],
        LittleEndian.bytes([0, 0.5, 1, 0.25] as ArraySlice<Float>)),
      SafetensorsContents.Tensor(
        "test.labels", .i64, [1, 1], LittleEndian.bytes([1] as [UInt64])),
    ], metadata: [("classes", #"["a","b"]"#)]
  ).encoded

  static let recordingDescription = """
    {"version":1,"blocks":[{"name":"h.0","units":2,"positions":[3],"gating":"coupled","stack":"h",\
    "activation":"relu","signals":[{"name":"T","role":"transform"},{"name":"H","role":"state"},\
    {"name":"y","role":"state"}]},{"name":"l","units":2,"signals":[{"name":"i","role":"transform"},\
    {"name":"f","role":"carry","range":[-1,1]},{"name":"o","role":"output"},{"name":"d","role":"depth"}]},\
    {"name":"r","units":1,"gating":"frozen","p":0.5,"signals":[]}]}
    """

  /// A recording of two samples as blocks are described; nil where it would hold too many values.
  static func recording(
    _ description: String, _ blocks: [RecordedBlock], mostValues: Int = 1_000
  ) -> [UInt8]? {
    var tensors: [SafetensorsContents.Tensor] = []
    var left = mostValues
    for (number, block) in blocks.enumerated() {
      let (count, overflow) = block.units.multipliedReportingOverflow(by: block.positionCount)
      guard !overflow, count <= left / (2 * max(1, block.signals.count)) else { return nil }
      left -= 2 * count * block.signals.count
      for signal in block.signals {
        let values = (0..<2 * count).map { Float($0 % 9) / 8 }
        tensors.append(
          SafetensorsContents.Tensor(
            "block.\(number).\(signal.signal.symbol)", .f32,
            [2] + block.positions + [block.units], LittleEndian.bytes(values[...])))
      }
    }
    guard !tensors.isEmpty else { return nil }
    tensors += [
      SafetensorsContents.Tensor("labels", .u8, [2], [0, 1]),
      SafetensorsContents.Tensor("lengths", .u8, [2], [1, 0]),
      SafetensorsContents.Tensor("inputs", .u8, [2, 2], [0, 1, 1, 0]),
    ]
    return SafetensorsContents(
      tensors: tensors,
      metadata: [
        ("recording", description), ("classes", #"["a","b"]"#), ("vocabulary", #"["a","b"]"#),
        ("metrics", #"{"testLoss":0.5}"#), ("epoch", "2"),
      ]
    ).encoded
  }

  /// Vectors with a header, a row counter and names of classes; pictures; neither.
  static let csv = [
    "id,a,b,class\r\n0,1.5,-2e-3,\"x, \"\"y\"\"\"\r\n1,3,4,z\r\n",
    "label,pixel0,pixel1,pixel2,pixel3\n7,0,255,3,4\n0,1,2,3,4\n", "1;2\n3;4", "0\t1\t2\n1\t2\t3\n",
  ]

  /// Gray, interlaced, in colours, with a palette.
  static let pictures: [PNGBuilder] = {
    var interlaced = PNGBuilder([[1, 2], [3, 4]])
    interlaced.interlace = 1
    interlaced.rows = [0, 1, 0, 2, 0, 3, 4]
    var colors = PNGBuilder([[1, 2, 3, 4, 5, 6]])
    (colors.color, colors.width) = (2, 2)
    var palette = PNGBuilder([[0b0001_1000]])
    (palette.color, palette.depth, palette.width) = (3, 2, 3)
    palette.others = [("PLTE", [1, 2, 3, 4, 5, 6, 7, 8, 9])]
    return [PNGBuilder([[1, 2, 3], [4, 5, 255]]), interlaced, colors, palette]
  }()

  static let idxImages: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3] + Array(0..<12)

  static let idxLabels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 2, 3, 1]

  /// A gzip member whose one block is stored as it is.
  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    let count = UInt16(bytes.count)
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1] + le(count) + le(~count) + bytes
      + le(ZipBuilder.checksum(bytes)) + le(UInt32(bytes.count))
  }

  /// One image of CIFAR-10 (one label byte) or CIFAR-100 (two).
  static func cifar(labels: [UInt8]) -> [UInt8] {
    labels + (0..<3_072).map { UInt8(truncatingIfNeeded: $0) }
  }

  static let npyImages = npy(npyHeader("|u1", "(2, 2, 2)"), Array(1...8))

  static let npyLabels = npy(npyHeader("<i8", "(2,)"), le(Int64(1)) + le(Int64(0)))

  static let npyFloats = npy(
    npyHeader(">f4", "(1, 2, 2, 1)", fortran: "True"),
    [Float(0), 0.5, 1, 0.25].flatMap { le($0.bitPattern.byteSwapped) }, version: 2)

  static let npyStructure = npy(
    "{'descr': [('a', '<f4', (2, 2)), ('b', [('c', '|S3')])], 'fortran_order': False, 'shape': ()}",
    [UInt8](repeating: 0, count: 19), version: 3)

  /// An archive of a data set, its members stored as they are.
  static func npz(isWide: Bool = false) -> [UInt8] {
    var builder = ZipBuilder(members: [
      ZipBuilder.Member("x_train.npy", npyImages), ZipBuilder.Member("y_train.npy", npyLabels),
    ])
    builder.isWide = isWide
    return builder.bytes
  }
}

extension String {
  /// Whether this is one line with nothing that a terminal would obey.
  var isPrintable: Bool {
    unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
        .paragraphSeparator:
        false
      default: true
      }
    }
  }

  /// Whether this is what an error may say to a person: something, and not too much.
  var isErrorLine: Bool { !isEmpty && utf8.count < 8_192 && isPrintable }
}
