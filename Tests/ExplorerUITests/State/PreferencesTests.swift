import ExplorerUI
import TensorFiles
import Testing

@testable import HighwayNetworks

@Suite struct PreferencesTests {
  @Test func whatIsWrittenIsRead() throws {
    var display = ExplorerState.Display()
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
    "", "[]", "{", #"{"colorMap":"jet"}"#, #"{"colorMap":"vik"}"#, #"{"fitsScale":1}"#,
    #"{"thresholds":{"low":0.9,"high":0.1}}"#, #"{"thresholds":{"low":-1,"high":2}}"#,
    #"{"thresholds":{"low":0.1}}"#, #"{"view":3}"#,
  ])
  func brokenSettingsAreRefused(text: String) {
    #expect(throws: DescriptionError.self) { try Preferences(json: text) }
  }
}
