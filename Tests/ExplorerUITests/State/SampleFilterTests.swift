import HighwayNetworks
import Testing

@testable import ExplorerUI

/// Going from sample to sample through a filter: 74, 111, 148 … are taken for another class, and sample i is
/// of class i mod 3.
@Suite struct SampleFilterTests {
  private let network = SyntheticNetwork(layers: 5, units: 6, classes: 3)

  private func ready(_ keys: String = "", view: View = .sample) -> ExplorerState {
    var state = ExplorerState.ready(network, epochs: 8)
    let number = Character(String(view.number))
    for key in "\(number)" + keys {
      state.play([.terminal(.key(.character(key)))], with: network)
    }
    return state
  }

  private func type(_ text: String, _ state: inout ExplorerState) {
    for character in text { state.press(.character(character)) }
    state.play([.terminal(.key(.enter))], with: network)
  }

  @Test func theKeyTurnsThroughAllFilters() {
    var state = ready()
    for filter in [SampleFilter.misclassified, .oneClass, .both, .all] {
      state.press(.character("f"))
      #expect(state.display.sampleFilter == filter)
    }
  }

  @Test func choosingAFilterGoesToTheNextSampleThatPasses() {
    #expect(ready("f").selection.sample == 37)
    #expect(ready("f").filterStatus == "misclassified: 1 of 27")
    #expect(ready("ff").selection.sample == 39, "39 is the next of class 0")
    #expect(ready("fff").selection.sample == 111)
    #expect(ready("fff").filterStatus == "misclassified of class 0: 1 of 9")
    #expect(ready("ffff").filterStatus == "all 1,000, 27 misclassified")
  }

  @Test func stepsStopAtSamplesThatPassAndWrap() {
    #expect(ready("f.").selection.sample == 74)
    #expect(ready("f.,").selection.sample == 37)
    #expect(ready("f,").selection.sample == 999, "the last of them")
    #expect(ready("f,.").selection.sample == 37)
    #expect(ready("ff,").selection.sample == 36)
    #expect(ready(",").selection.sample == 999)
    #expect(ready(",.").selection.sample == 0)
  }

  @Test func theFilterFollowsTheClass() {
    #expect(ready("ff]").selection.sample == 40, "39 is no sample of class 1")
    #expect(ready("fff]").selection.sample == 148)
    #expect(ready("f]").selection.sample == 37, "the class does not count")
  }

  @Test func whereNoneMatchesItIsSaid() {
    var state = ready("fff")
    var verdicts = network.verdicts(state.verdictsRequest ?? .any)
    verdicts.isWrong = verdicts.isWrong.map { _ in false }
    let at = state.selection.sample
    _ = update(
      &state,
      with: .answered(.verdicts(state.verdictsRequest ?? .any), .success(.verdicts(verdicts))))
    #expect(state.filterStatus == "no sample is misclassified of class 0")
    state.press(.character("."))
    #expect(state.message?.text == "no test sample is misclassified of class 0")
    #expect(state.selection.sample == at)
  }

  @Test func samplesOutsideTheFilterAreReachedAndSaid() {
    for keys in ["/s311", ":sample 311"] {
      var state = ready("f")
      type(keys, &state)
      #expect(state.selection.sample == 311)
      #expect(
        state.message?.text
          == "sample 311 is outside the filter (misclassified); . goes to the next inside")
      #expect(state.filterStatus == "not one of the 27 misclassified")
      #expect(state.screen.textRows().joined().contains("not one of the 27"))
      state.press(.character("."))
      #expect(state.selection.sample == 333)
    }
    var inside = ready("f")
    type("/s333", &inside)
    #expect(inside.message == nil && inside.filterStatus == "misclassified: 9 of 27")
  }

  @Test func thePaletteNamesFilters() {
    var state = ready()
    type(":filter both", &state)
    #expect(state.display.sampleFilter == .both)
    type(":filter wrong", &state)
    #expect(state.screen.textRows().joined().contains("no filter wrong; expected all, misclassi"))
    state.press(.escape)
    type(":filter all", &state)
    #expect(state.display.sampleFilter == .all)
    type(":filter", &state)
    #expect(state.display.sampleFilter == .misclassified)
  }

  @Test func whatIsWrongIsAskedForOnceAndWaitedFor() {
    var state = ExplorerState.ready(network, epochs: 8)
    #expect(!state.press(.character("2")).contains { $0.isJudging })
    let request = VerdictsRequest(epoch: .recorded(8), split: .test, clamps: GateClamps())
    #expect(state.press(.character("4")).questions?.contains(.verdicts(request)) == true)
    #expect(!state.press(.character("f")).contains { $0.isJudging })
    #expect(state.screen.textRows().joined().contains("misclassified: computing…"))
    #expect(state.selection.sample == 0)
    state.press(.character("."))
    #expect(
      state.message?.text == "the samples that are misclassified are still being worked out")
    _ = update(
      &state, with: .answered(.verdicts(request), .success(.verdicts(network.verdicts(request)))))
    #expect(state.selection.sample == 37, "goes there once it is known")
  }

  @Test func aSampleThatWasNamedMeanwhileStays() {
    var state = ExplorerState.ready(network, epochs: 8)
    state.press(.character("4"), .character("f"))
    for character in "/s5" { state.press(.character(character)) }
    state.press(.enter)
    let request = state.verdictsRequest ?? .any
    _ = update(
      &state, with: .answered(.verdicts(request), .success(.verdicts(network.verdicts(request)))))
    #expect(state.selection.sample == 5)
  }

  @Test func anotherEpochAndWhatIsHeldAreAskedForAnew() {
    var state = ready("f")
    var held = state.verdictsRequest ?? .any
    held.clamps.hold(.init(layer: 1), at: 0)
    #expect(state.press(.character("x")).questions?.contains(.verdicts(held)) == true)
    #expect(state.selection.sample == 37, "the sample that is looked at stays")
    state.press(.character("u"))
    #expect(state.press(.character("<")).contains { $0.isJudging })
    #expect(state.press(.character(">")).allSatisfy { !$0.isJudging }, "known already")
  }

  @Test func theFilterCountsInOtherViewsToo() {
    var state = ready("f")
    state.play("1.".map { .terminal(.key(.character($0))) }, with: network)
    #expect(state.selection.sample == 74)
    #expect(state.message?.text == "misclassified: 2 of 27")
  }

  @Test func verdictsOfAnotherDataSetAreRefused() {
    var state = ExplorerState.ready(network, epochs: 8)
    state.press(.character("4"))
    let request = state.verdictsRequest ?? .any
    _ = update(
      &state,
      with: .answered(
        .verdicts(request), .success(.verdicts(SampleVerdicts(labels: [0], isWrong: [true])))))
    #expect(state.verdicts.note == "the verdicts do not fit this data set")
  }

  @Test func failureIsShownAndRetriedOnRepaint() {
    var state = ExplorerState.ready(network, epochs: 8)
    state.press(.character("4"), .character("f"))
    let request = state.verdictsRequest ?? .any
    _ = update(&state, with: .failed(.verdicts(request), "file is gone"))
    #expect(state.filterStatus == "misclassified: file is gone")
    #expect(state.press(.character(".")).isEmpty)
    #expect(state.press(.control("l")).questions?.contains(.verdicts(request)) == true)
  }
}

extension VerdictsRequest {
  fileprivate static let any = VerdictsRequest(
    epoch: .recorded(0), split: .test, clamps: GateClamps())
}

extension Effect {
  fileprivate var isJudging: Bool {
    questions?.contains { if case .verdicts = $0 { true } else { false } } ?? false
  }
}
