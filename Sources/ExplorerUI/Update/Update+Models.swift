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
    if model == nil, mode == .normal { mode = .models }
  }

  /// Takes a key while the list of models is shown.
  mutating func pressInModels(_ key: Key) -> [Effect] {
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
      }
    case .backspace:
      models.search(models.filter.flatMap { $0.isEmpty ? nil : String($0.dropLast()) })
    case .control("c"): return leave()
    case .control("l"): return [.repaint]
    case .control("z"): return [.suspend]
    case .character("N") where models.filter == nil: return openForm()
    case .character("q") where models.filter == nil: return leave()
    // Where there is nothing, there is nothing to search.
    case .character where models.entries.isEmpty: break
    case .character("/") where models.filter == nil: models.search("")
    case .character(let character): models.search((models.filter ?? "") + String(character))
    case .tab, .backTab:
      let orders = ModelList.Order.allCases
      let step = key == .tab ? 1 : -1
      models.sort(by: orders[turned(models.order.rawValue, by: step, of: orders.count)])
    case .control, .left, .right, .delete: break
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
