import ExplorerUI
import TensorFiles
import Testing

@testable import HighwayNetworks

@Suite struct PreferencesTests {
  @Test func whatIsWrittenIsRead() throws {
    var display = ExplorerState.Display()
    display.theme = .light
    display.colorMap = .magma
    display.fitsScale = false
    display.thresholds = Thresholds(low: 0.15, high: 0.85)
    display.view = .cells
    let preferences = try Preferences(json: Preferences(display).json)
    #expect(preferences == Preferences(display))
    var other = ExplorerState.Display()
    preferences.apply(to: &other)
    display.threeWayThresholds = display.thresholds
    #expect(other == display)
  }

  @Test func twoWayThresholdsKeepTheThreeWayOnesToComeBackTo() throws {
    var display = ExplorerState.Display()
    try Preferences(json: #"{"thresholds":{"low":0.5,"high":0.5}}"#).apply(to: &display)
    #expect(display.thresholds == Thresholds(low: 0.5, high: 0.5))
    #expect(display.threeWayThresholds == Thresholds())
  }

  @Test(arguments: [#"{}"#, #"{"view":"Attic","more":[1]}"#])
  func whatIsMissingOrUnknownKeepsItsDefault(text: String) throws {
    #expect(try Preferences(json: text) == Preferences(ExplorerState.Display()))
  }

  @Test(arguments: [
    ("", "not JSON: the text ends inside a value, at byte 0"),
    ("[]", "the value: expected an object, found a list of 0"),
    ("{", "not JSON: the text ends inside a value, at byte 1"),
    (#"{"colorMap":"jet"}"#, #"colorMap: expected viridis, cividis, magma, found "jet""#),
    (#"{"colorMap":"vik"}"#, #"colorMap: expected viridis, cividis, magma, found "vik""#),
    (#"{"theme":"pink"}"#, #"theme: expected auto, dark, light, found "pink""#),
    (#"{"fitsScale":1}"#, "fitsScale: expected true or false, found 1"),
    (
      #"{"thresholds":{"low":0.9,"high":0.1}}"#,
      "thresholds: expected 0 ≤ low ≤ high ≤ 1, found an object"
    ),
    (
      #"{"thresholds":{"low":-1,"high":2}}"#,
      "thresholds: expected 0 ≤ low ≤ high ≤ 1, found an object"
    ),
    (#"{"thresholds":{"low":0.1}}"#, "thresholds.high is missing"),
    (#"{"view":3}"#, "view: expected a text, found 3"),
  ])
  func refusesBrokenSettings(text: String, reason: String) throws {
    let error = #expect(throws: DescriptionError.self) { try Preferences(json: text) }
    let words = try #require(error).description
    #expect(words == reason)
  }
}
