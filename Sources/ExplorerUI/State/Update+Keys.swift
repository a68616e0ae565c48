extension ExplorerState {
  mutating func receive(_ event: TerminalEvent) -> [Effect] {
    switch event {
    case .key(let key): return press(key)
    case .mouse(let mouse):
      receive(mouse)
      return []
    case .resized(let size):
      self.size = size
      return []
    case .resumed: return [.repaint]
    case .terminate: return [.quit]
    }
  }

  private mutating func press(_ key: Key) -> [Effect] {
    message = nil
    switch mode {
    case .normal: return pressInNormalMode(key)
    case .help(let scroll):
      pressInHelp(key, scroll: scroll)
      return []
    case .prompt(let prompt): return press(key, in: prompt)
    case .confirmingKeep(let path, _):
      mode = .normal
      if key == .character("y") || key == .character("Y") {
        return [.keepRun(path: path, confirmed: true)]
      }
      message = Message(.notice, "nothing was written")
      return []
    case .confirmingLeave:
      mode = .normal
      if let command = Command.bound(to: key), command.id == .leave { return [.quit] }
      return pressInNormalMode(key)
    case .confirmingBranch(let length):
      mode = .normal
      if let command = Command.bound(to: key), [.trainEpoch, .runOrPause].contains(command.id) {
        return startTraining(length)
      }
      return pressInNormalMode(key)
    }
  }

  private mutating func pressInNormalMode(_ key: Key) -> [Effect] {
    guard let command = Command.bound(to: key) else { return [] }
    if let reason = command.availability(self) {
      message = Message(.warning, reason)
      return []
    }
    return perform(command.id)
  }

  private mutating func pressInHelp(_ key: Key, scroll: Int) {
    switch key {
    case .up, .character("k"): mode = .help(scroll: max(0, scroll - 1))
    case .down, .character("j"): mode = .help(scroll: min(scroll + 1, HelpView.lastScroll(self)))
    case .pageUp: mode = .help(scroll: max(0, scroll - 10))
    case .pageDown: mode = .help(scroll: min(scroll + 10, HelpView.lastScroll(self)))
    case .home: mode = .help(scroll: 0)
    case .end: mode = .help(scroll: HelpView.lastScroll(self))
    case .character, .control, .left, .right, .tab, .backTab, .enter, .escape, .backspace, .delete:
      mode = .normal
    }
  }

  private mutating func press(_ key: Key, in prompt: Prompt) -> [Effect] {
    switch key {
    case .escape, .control("c"):
      mode = .normal
      return []
    case .enter:
      mode = .normal
      switch prompt.purpose {
      case .goTo:
        goTo(String(prompt.text))
        return []
      case .keep: return keep(in: String(prompt.text))
      case .addRun:
        let path = trimmed(String(prompt.text))
        return path.isEmpty ? [] : addRun(path)
      case .clamp(let target):
        clamp(target, String(prompt.text))
        return []
      }
    case .character, .control, .up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .tab,
      .backTab, .backspace, .delete:
      var prompt = prompt
      prompt.edit(key)
      mode = .prompt(prompt)
      return []
    }
  }

  /// Goes to `layer`, `layer:unit` or `:unit`; layers are numbered as in the checkpoint.
  private mutating func goTo(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { part in
      String(part.filter { !$0.isWhitespace })
    }
    guard let first = parts.first, parts.count <= 2, parts.contains(where: { !$0.isEmpty }) else {
      message = Message(.warning, "go to: expected layer, layer:unit or :unit, such as 17:23")
      return
    }
    var layer = selection.layer
    if !first.isEmpty {
      guard let number = Int(first), let index = gatedLayers.firstIndex(of: number) else {
        let range = "\(gatedLayers.first ?? 0) to \(gatedLayers.last ?? 0)"
        message = Message(.warning, "go to: no highway layer \(first); they run from \(range)")
        return
      }
      layer = index
    }
    var unit = min(selection.unit, max(0, units(at: layer) - 1))
    if parts.count == 2, !parts[1].isEmpty {
      guard let number = Int(parts[1]), number >= 0, number < units(at: layer) else {
        message = Message(
          .warning,
          "go to: no unit \(parts[1]) in layer \(gatedLayers[layer]); "
            + "they run from 0 to \(units(at: layer) - 1)")
        return
      }
      unit = number
    }
    selection.layer = layer
    selection.unit = unit
  }

  private mutating func keep(in text: String) -> [Effect] {
    let path = trimmed(text)
    guard !path.isEmpty else {
      message = Message(.notice, "nothing was written")
      return []
    }
    if let open = model?.path, trimmed(open) == path {
      let epochs = counted(timeline.keepableCount, "epoch")
      mode = .confirmingKeep(
        path: path, question: "add \(epochs) to \(path), the run that is open? y/n")
      return []
    }
    return [.keepRun(path: path, confirmed: false)]
  }

  /// A path without blanks around it and slashes at its end.
  private func trimmed(_ path: String) -> String {
    var path = path[...]
    while path.first == " " { path.removeFirst() }
    while let last = path.last, last == " " || (last == "/" && path.count > 1) { path.removeLast() }
    return String(path)
  }
}
