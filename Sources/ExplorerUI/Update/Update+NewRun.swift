extension ExplorerState {
  // MARK: - The form

  /// Opens the form, filled in like the model that is open.
  mutating func openForm() -> [Effect] {
    let form = NewRunForm(like: model, isOverModels: mode == .models)
    mode = .newRun(form)
    return [.checkData(path: form.text(.data))]
  }

  /// Takes a key while the form is open.
  mutating func press(_ key: Key, in form: NewRunForm) -> [Effect] {
    var form = form
    form.problem = nil
    switch (key, form.focus) {
    case (.escape, _), (.control("c"), _), (.enter, .cancel):
      close(form)
      return []
    case (.control("l"), _): return [.repaint]
    case (.character("?"), _) where form.typedField == nil:
      mode = .newRun(form)
      openHelp()
      return []
    case (.enter, _): return begin(form)
    case (.tab, .field(.data)): return complete(form)
    case (.up, _), (.backTab, _): form.moveFocus(-1)
    case (.down, _), (.tab, _): form.moveFocus(1)
    case (.pageUp, _): form.focus(on: .field(.preset))
    case (.pageDown, _): form.focus(on: .train)
    case (.left, .cancel): form.focus(on: .train)
    case (.right, .train): form.focus(on: .cancel)
    case (_, .train), (_, .cancel): break
    case (.left, .field(let field)) where !field.choices.isEmpty: form.turn(field, -1)
    case (.right, .field(let field)) where !field.choices.isEmpty: form.turn(field, 1)
    case (.character(" "), .field(let field)) where !field.choices.isEmpty: form.turn(field, 1)
    case (_, .field(let field)):
      let before = form.text(field)
      form.edit(field, key)
      if field == .data, form.text(field) != before { return check(form) }
    }
    return show(form)
  }

  /// Takes text that was pasted while the form is open.
  mutating func paste(_ text: String, into form: NewRunForm) -> [Effect] {
    guard let field = form.typedField else { return [] }
    var form = form
    form.problem = nil
    let before = form.text(field)
    form.insert(text, in: field)
    return field == .data && form.text(field) != before ? check(form) : show(form)
  }

  /// Takes what the mouse does while the form is open.
  mutating func receive(_ event: MouseEvent, in form: NewRunForm) -> [Effect] {
    switch event.kind {
    case .scrollUp: return press(.up, in: form)
    case .scrollDown: return press(.down, in: form)
    case .drag, .release: return []
    case .press: break
    }
    var form = form
    form.problem = nil
    switch NewRunLayout(size, form).target(at: event.position) {
    case .field(let field, let step):
      guard form.reasonUnused(field) == nil else { return show(form) }
      if step != 0, form.focus == .field(field) { form.turn(field, step) }
      form.focus(on: .field(field))
      return show(form)
    case .train:
      form.focus(on: .train)
      return begin(form)
    case .cancel:
      close(form)
      return []
    case nil: return []
    }
  }

  /// Shows the form and asks for the names in a directory, where a path is typed.
  private mutating func show(_ form: NewRunForm) -> [Effect] {
    var form = form
    var effects: [Effect] = []
    if form.focus == .field(.data), let directory = Self.directory(of: form.text(.data)),
      directory != form.askedDirectory
    {
      form.askedDirectory = directory
      effects = [.listPaths(directory: directory)]
    }
    mode = .newRun(form)
    return effects
  }

  private mutating func close(_ form: NewRunForm) { mode = form.isOverModels ? .models : .normal }

  /// Has another data set looked at.
  private mutating func check(_ form: NewRunForm) -> [Effect] {
    var form = form
    form.data = .asked
    return [.checkData(path: form.text(.data))] + show(form)
  }

  /// Puts what all paths that fit have in common on the line of the data set; where that is nothing new,
  /// goes on.
  private mutating func complete(_ form: NewRunForm) -> [Effect] {
    var form = form
    guard let longer = form.commonCompletion, longer != form.text(.data) else {
      form.moveFocus(1)
      return show(form)
    }
    form.set(.data, to: longer)
    return check(form)
  }

  // MARK: - Answers

  /// Takes note of what is known of a data set; an empty path stands for the one that is proposed.
  mutating func receive(_ answer: NewRunForm.DataAnswer, forData path: String) {
    guard case .newRun(var form) = mode.underHelp, form.text(.data) == path else { return }
    form.data = answer
    if path.isEmpty, case .found(let data) = answer { form.set(.data, to: data.path) }
    mode.underHelp = .newRun(form)
  }

  /// Opens a new network and trains it.
  mutating func begun(_ model: ModelSummary, upTo epochs: Int) -> [Effect] {
    // What was new and not kept makes room; what can be opened again is gone back to.
    if self.model?.isNew != true { park() }
    open(model)
    if display.view.subject == .runs { show(.about(.epochs)) }
    training.goal = epochs
    let back = parked.map { ", B goes back to \($0.model.name)" } ?? ""
    let effects = startTraining(.upTo(epochs))
    message = Message(
      .notice, "training up to epoch \(epochs): space pauses, w saves it, W discards it\(back)")
    return effects
  }

  /// Says why a network could not be begun, in the form that it was asked for with.
  mutating func refuse(_ reason: String) {
    guard mode == .normal || mode == .models, var form = refusedForm else {
      message = Message(.failure, reason)
      return
    }
    form.problem = reason
    mode = .newRun(form)
  }

  /// Shows a run that was new beside the model before it, once it is kept.
  mutating func adopt(_ path: String) -> [Effect] {
    guard model?.isNew == true else { return [] }
    model?.isNew = false
    model?.path = path
    model?.name = path.split(separator: "/").last.map(String.init) ?? path
    // What is found beside the open run later would take their place.
    comparison.isOpen = true
    var effects: [Effect] = []
    let before = parked?.model.path
    for added in [before, path].compactMap(\.self)
    where !comparison.entries.contains(where: { $0.path == added }) {
      if comparison.entries.count >= Comparison.most,
        let last = comparison.entries.lastIndex(where: { $0.path != before })
      {
        effects.append(.forgetRun(comparison.entries.remove(at: last).path))
      }
      effects += addRun(added)
    }
    return effects
  }

  // MARK: - Beginning and discarding

  private mutating func begin(_ form: NewRunForm) -> [Effect] {
    var form = form
    if let (field, problem) = form.firstProblem {
      form.focus(on: .field(field))
      form.problem = "\(field.title): \(problem)"
      return show(form)
    }
    guard let settings = form.settings else {
      form.problem = "data: still being read"
      return show(form)
    }
    if training.isActive {
      form.problem = "training runs; Esc and then space pauses it"
      return show(form)
    }
    refusedForm = form
    close(form)
    // What was begun here and not kept is replaced; otherwise the model before the one that is open.
    let lost = model?.isNew == true ? timeline : parked?.timeline
    if let lost, lost.unsavedCount > 0 {
      mode = .confirmingDiscard(lost.unsavedCount, for: settings)
      return []
    }
    return begin(settings)
  }

  private mutating func begin(_ settings: RunSettings) -> [Effect] {
    message = Message(.notice, "making the network…")
    return [.beginRun(settings)]
  }

  /// Throws a new network away; asks first where epochs were trained.
  mutating func discard() -> [Effect] {
    if timeline.unsavedCount > 0 {
      mode = .confirmingDiscard(timeline.unsavedCount, for: nil)
      return []
    }
    return discardNow()
  }

  /// Takes the answer to whether trained epochs may be lost.
  mutating func answerDiscard(_ key: Key, for settings: RunSettings?) -> [Effect]? {
    guard key == .character("y") || key == .character("Y") else { return nil }
    return settings.map { begin($0) } ?? discardNow()
  }

  private mutating func discardNow() -> [Effect] {
    if parked != nil { return turnToParked(keepsOpen: false) }
    model = nil
    timeline = Timeline()
    training = TrainingStatus()
    return listModels()
  }
}

extension NewRunForm {
  private var places: [Focus] { usedFields.map { .field($0) } + [.train, .cancel] }

  mutating func moveFocus(_ step: Int) {
    let index = places.firstIndex(of: focus) ?? 0
    focus(on: places[(index + step + places.count) % places.count])
  }
}
