extension ExplorerState {
  /// Goes to a sample by its number, also to one that does not pass the filter.
  mutating func goToSample(_ number: Int) {
    selection.sample = number
    quest = currentQuest
    guard let verdicts = verdicts.value,
      !verdicts.passes(number, display.sampleFilter, class: selection.label)
    else { return }
    message = Message(
      .notice, "sample \(number) is outside the filter (\(filterWords)); . goes to the next inside")
  }

  mutating func setFilter(_ filter: SampleFilter) {
    display.sampleFilter = filter
    // A person who asks again wants to be led back.
    quest = nil
    settleFilter()
    // The sample view says it by itself.
    if display.view.subject != .sample { message = Message(.notice, filterStatus) }
  }

  /// Once another filter, class or split is wanted and it is known what passes, goes to the nearest sample
  /// from here on.
  mutating func settleFilter() {
    guard quest != currentQuest else { return }
    guard display.sampleFilter != .all else {
      quest = currentQuest
      return
    }
    guard let verdicts = verdicts.value else { return }
    quest = currentQuest
    let samples = verdicts.passing(display.sampleFilter, class: selection.label)
    guard let found = samples.first(where: { $0 >= selection.sample }) ?? samples.first else {
      return
    }
    selection.sample = found
  }
}
