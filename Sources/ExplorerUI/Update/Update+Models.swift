extension ExplorerState {
  /// Looks for models to open.
  mutating func listModels() -> [Effect] {
    message = Message(.notice, "looking for models…")
    return [.listModels]
  }

  /// Takes note of the models that there are and shows them, where there is a choice.
  mutating func list(_ entries: [ModelEntry], left: Int, preferred: String?) {
    message = nil
    let isOnlyOpen = model != nil && entries.allSatisfy { $0.path == model?.path }
    if offersTour { knowsTour = true }
    models = ModelList(entries, left: left, preferred: model?.path ?? preferred)
    guard !isOnlyOpen else {
      message = Message(.notice, "there are no other models here; :open PATH opens one elsewhere")
      return
    }
    // What is being typed or asked meanwhile comes first.
    if mode == .normal { mode = .models }
  }

  /// Says why a model could not be opened; where none is open, there is another choice.
  mutating func openingFailed(_ reason: String) {
    message = Message(.failure, reason)
    if !showsTourModel { tour = nil }
    if model == nil, mode == .normal { mode = .models }
  }

  /// Takes a key while the list of models is shown.
  mutating func pressInModels(_ key: Key) -> [Effect] {
    if case .character(let character) = key {
      guard models.filter == nil else {
        models.search((models.filter ?? "") + String(character))
        return []
      }
      return command(character)
    }
    switch key {
    case .up: models.move(to: models.cursor - 1)
    case .down: models.move(to: models.cursor + 1)
    case .pageUp: models.move(to: models.cursor - 10)
    case .pageDown: models.move(to: models.cursor + 10)
    case .home: models.move(to: 0)
    case .end: models.move(to: models.entries.count)
    case .enter: return openCurrentModel()
    case .escape:
      if models.filter != nil {
        models.search(nil)
      } else if model != nil {
        mode = .normal
      } else {
        message = Message(.notice, "nothing to cancel; q leaves")
      }
    case .backspace:
      models.search(models.filter.flatMap { $0.isEmpty ? nil : String($0.dropLast()) })
    case .control("c"): return leave()
    case .control("l"): return [.repaint]
    case .control("z"): return [.suspend]
    case .tab, .backTab:
      let orders = ModelList.Order.allCases
      let step = key == .tab ? 1 : -1
      models.sort(by: orders[turned(models.order.rawValue, by: step, of: orders.count)])
    case .character, .control, .left, .right, .delete, .function: say(nothingDoneBy: key)
    }
    return []
  }

  /// Does what a letter stands for while nothing is searched for.
  private mutating func command(_ character: Character) -> [Effect] {
    switch character {
    case "k": models.move(to: models.cursor - 1)
    case "j": models.move(to: models.cursor + 1)
    case "/" where !models.entries.isEmpty: models.search("")
    case ":": return perform(.palette)
    case "?": openHelp()
    case "N": return openForm()
    case "T": return [.findTour]
    case "M" where model != nil: mode = .normal
    case "q": return leave()
    default: say(nothingDoneBy: .character(character))
    }
    return []
  }

  /// Takes what the mouse does while the list of models is shown.
  mutating func receiveInModels(_ event: MouseEvent) -> [Effect] {
    switch event.kind {
    case .scrollUp: models.move(to: models.cursor - 1)
    case .scrollDown: models.move(to: models.cursor + 1)
    case .press:
      let layout = ModelsLayout(self)
      if let order = ModelsView.order(at: event.position, self, in: layout.head) {
        models.sort(by: order)
        break
      }
      guard let index = layout.index(at: event.position, count: models.shown.count) else { break }
      if index == models.cursor { return openCurrentModel() }
      models.move(to: index)
    case .drag, .release: break
    }
    return []
  }

  private mutating func openCurrentModel() -> [Effect] {
    guard let entry = models.current else { return [] }
    if let problem = entry.problem {
      message = Message(.failure, problem)
      return []
    }
    mode = .normal
    return entry.path == model?.path ? [] : open(path: entry.path)
  }
}
