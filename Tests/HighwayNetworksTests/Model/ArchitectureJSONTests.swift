import HighwayNetworks
import TensorFiles
import Testing

struct ArchitectureJSONTests {
  private func layers(_ text: String, input: String = "[5]") -> String {
    #"{"input":\#(input),"classes":3,"layers":[\#(text)]}"#
  }

  private func dense(_ units: String) -> String {
    #"{"kind":"dense","units":\#(units),"activation":"tanh"}"#
  }

  @Test func readsTheDocumentedExample() throws {
    let architecture = try Architecture(
      json: """
        {"input":[784],"classes":10,"layers":[
          {"kind":"dense","units":50,"activation":"tanh"},
          {"kind":"highway","units":50,"activation":"tanh","gating":"coupled","gateBias":-4,"count":49}]}
        """)
    #expect(architecture.input == Shape(features: 784))
    #expect(architecture.classes == 10)
    #expect(architecture.layers.count == 50)
    #expect(architecture.layers[0] == .dense(units: 50, activation: .tanh))
    #expect(
      architecture.layers[1...].allSatisfy {
        $0 == .highway(units: 50, activation: .tanh, gating: .coupled, gateBias: -4)
      })
    #expect(
      architecture.json == #"{"input":[784],"classes":10,"layers":["#
        + #"{"kind":"dense","units":50,"activation":"tanh"},"#
        + #"{"kind":"highway","units":50,"activation":"tanh","gating":"coupled","gateBias":-4,"count":49}]}"#
    )
  }

  @Test func readsBackEveryGatingAndActivation() throws {
    var layers: [Architecture.Layer] = [.dense(units: 7, activation: .linear)]
    let gatings: [Gating] = [
      .coupled, .full, .transformOnly, .carryOnly, .residual, .plain, .frozen(p: 0.1),
      .frozen(p: 1),
    ]
    for gating in gatings {
      for activation in Activation.allCases {
        let bias: Float? = gating.learnsTransformGate ? -0.1 : nil
        let layer = Architecture.Layer.highway(
          units: 7, activation: activation, gating: gating, gateBias: bias)
        layers += [layer, layer]
      }
    }
    let architecture = Architecture(
      input: Shape.image(channels: 2, height: 3, width: 4), classes: 1, layers: layers)
    #expect(try Architecture(json: architecture.json) == architecture)
  }

  @Test func readsANetworkWithoutLayers() throws {
    #expect(try Architecture(json: layers("")).layers.isEmpty)
  }

  @Test func foldsOnlyWhatIsEqual() throws {
    let text = layers("\(dense("5")),\(dense("5")),\(dense("4")),\(dense("5"))")
    let architecture = try Architecture(json: text)
    #expect(architecture.layers.count == 4)
    #expect(architecture.json.components(of: "\"kind\"") == 3)
    #expect(try Architecture(json: architecture.json) == architecture)
  }

  @Test(arguments: [
    ("[]", "the value"), ("{}", "input"), (#"{"input":[5],"classes":3}"#, "layers"),
    (#"{"classes":3,"layers":[]}"#, "input"),
    (#"{"input":5,"classes":3,"layers":[]}"#, "input"),
    (#"{"input":[],"classes":3,"layers":[]}"#, "input"),
    (#"{"input":[5,5],"classes":3,"layers":[]}"#, "input"),
    (#"{"input":[0],"classes":3,"layers":[]}"#, "input[0]"),
    (#"{"input":[-5],"classes":3,"layers":[]}"#, "input[0]"),
    (#"{"input":[5.0],"classes":3,"layers":[]}"#, "input[0]"),
    (#"{"input":["5"],"classes":3,"layers":[]}"#, "input[0]"),
    (#"{"input":[2000000000,2000000000,2000000000],"classes":3,"layers":[]}"#, "input"),
    (#"{"input":[9223372036854775807],"classes":3,"layers":[]}"#, "input[0]"),
    (#"{"input":[1e3],"classes":3,"layers":[]}"#, "input[0]"),
    (#"{"input":[5],"classes":0,"layers":[]}"#, "classes"),
    (#"{"input":[5],"classes":-1,"layers":[]}"#, "classes"),
    (#"{"input":[5],"classes":2147483648,"layers":[]}"#, "classes"),
    (#"{"input":[5],"classes":99999999999999999999,"layers":[]}"#, "classes"),
    (#"{"input":[5],"classes":[],"layers":[]}"#, "classes"),
    (#"{"input":[5],"classes":3,"layers":{}}"#, "layers"),
    (#"{"input":[5],"classes":3,"layers":[],"dropout":0.5}"#, "dropout"),
    (#"{"input":[5],"classes":3,"classes":3,"layers":[]}"#, "twice"),
    (#"{"input":[2147483647],"classes":2147483647,"layers":[]}"#, "classes"),
  ])
  func refusesHostileNetworks(json: String, place: String) {
    expectError(json, names: place)
  }

  @Test(arguments: [
    ("7", "layers[0]"), ("null", "layers[0]"), ("{}", "layers[0].kind"),
    (#"{"kind":7}"#, "layers[0].kind"), (#"{"kind":"Dense"}"#, "layers[0].kind"),
    (#"{"kind":"dense"}"#, "layers[0].units"),
    (#"{"kind":"dense","units":5}"#, "layers[0].activation"),
    (#"{"kind":"dense","units":5,"activation":"gelu"}"#, "layers[0].activation"),
    (#"{"kind":"dense","units":5,"activation":1}"#, "layers[0].activation"),
    (#"{"kind":"dense","units":0,"activation":"tanh"}"#, "layers[0].units"),
    (#"{"kind":"dense","units":-1,"activation":"tanh"}"#, "layers[0].units"),
    (#"{"kind":"dense","units":2.5,"activation":"tanh"}"#, "layers[0].units"),
    (#"{"kind":"dense","units":5.0,"activation":"tanh"}"#, "layers[0].units"),
    (#"{"kind":"dense","units":"5","activation":"tanh"}"#, "layers[0].units"),
    (#"{"kind":"dense","units":9223372036854775807,"activation":"tanh"}"#, "layers[0].units"),
    (#"{"kind":"dense","units":1000000000,"activation":"tanh"}"#, "layers[0]"),
    (#"{"kind":"dense","units":5,"activation":"tanh","count":0}"#, "layers[0].count"),
    (#"{"kind":"dense","units":5,"activation":"tanh","count":-3}"#, "layers[0].count"),
    (#"{"kind":"dense","units":5,"activation":"tanh","count":1.5}"#, "layers[0].count"),
    (#"{"kind":"dense","units":5,"activation":"tanh","count":1000000000}"#, "layers[0].count"),
    (
      #"{"kind":"dense","units":5,"activation":"tanh","count":9223372036854775807}"#,
      "layers[0].count"
    ),
    (#"{"kind":"dense","units":20000,"activation":"tanh","count":100000}"#, "layers[0]"),
    (#"{"kind":"dense","units":5,"activation":"tanh","gating":"full"}"#, "layers[0].gating"),
    (#"{"kind":"highway","units":5,"activation":"tanh"}"#, "layers[0].gating"),
    (#"{"kind":"highway","units":6,"activation":"tanh","gating":"full"}"#, "layers[0].units"),
    (#"{"kind":"highway","units":5,"activation":"tanh","gating":"half"}"#, "layers[0].gating"),
    (#"{"kind":"highway","units":5,"activation":"tanh","gating":"frozen"}"#, "layers[0].p"),
    (#"{"kind":"highway","units":5,"activation":"tanh","gating":"frozen","p":1.5}"#, "layers[0].p"),
    (
      #"{"kind":"highway","units":5,"activation":"tanh","gating":"frozen","p":-1e-9}"#,
      "layers[0].p"
    ),
    (#"{"kind":"highway","units":5,"activation":"tanh","gating":"full","p":0.5}"#, "layers[0].p"),
    (
      #"{"kind":"highway","units":5,"activation":"tanh","gating":"full","gateBias":1e300}"#,
      "layers[0].gateBias"
    ),
    (
      #"{"kind":"highway","units":5,"activation":"tanh","gating":"full","gateBias":"-4"}"#,
      "layers[0].gateBias"
    ),
    (
      #"{"kind":"highway","units":5,"activation":"tanh","gating":"full","gate_bias":-4}"#,
      "layers[0].gate_bias"
    ),
  ])
  func refusesHostileLayers(layer: String, place: String) {
    expectError(layers(layer), names: place)
    // The same behind good layers is named by its own place.
    if place.hasPrefix("layers[0]") {
      let moved = "layers[2]" + place.dropFirst("layers[0]".count)
      expectError(layers("\(dense("9")),\(dense("5")),\(layer)"), names: moved)
    }
  }

  @Test func refusesTooManyLayersOverSeveralRuns() {
    let run = #"{"kind":"dense","units":1,"activation":"tanh","count":50001}"#
    expectError(layers("\(run),\(run)"), names: "layers[1].count")
  }

  private func expectError(_ json: String, names place: String) {
    let error = #expect(throws: DescriptionError.self, "\(json)") { try Architecture(json: json) }
    let message = error.map { "\($0)" } ?? ""
    #expect(message.contains(place), "\(json): \(message)")
  }
}

extension String {
  /// The number of times that a text occurs.
  fileprivate func components(of text: String) -> Int { split(separator: text).count - 1 }
}
