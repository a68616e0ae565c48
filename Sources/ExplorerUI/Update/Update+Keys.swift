extension ExplorerState {
  mutating func receive(_ event: TerminalEvent) -> [Effect] {
    switch event {
    case .key(let key): return press(key)
    case .mouse(let mouse):
      return receive(mouse)
    case .pasted(let text): return paste(text)
    case .resized(let size):
      self.size = size
      return []
    case .ground(let ground):
      terminalGround = ground
      return []
    case .resumed: return [.repaint]
    case .terminate: return [.quit]
    }
  }

  private mutating func press(_ key: Key) -> [Effect] {
    message = nil
    if key == .function(1) {
      if case .help(let help) = mode { mode = help.below } else { openHelp() }
      return []
    }
    switch mode {
    case .normal: return pressInNormalMode(key)
    case _ where mode.isQuestion && key == .escape: return cancelQuestion()
    case .help(let help):
      press(key, in: help)
      return []
    case .models: return pressInModels(key)
    case .palette(let palette): return press(key, in: palette)
    case .newRun(let form): return press(key, in: form)
    case .prompt(let prompt): return press(key, in: prompt)
    case .confirmingKeep(let path, _):
      mode = .normal
      if key == .character("y") || key == .character("Y") {
        return [.keepRun(path: path, confirmed: true)]
      }
      message = Message(.notice, "nothing was written")
      return []
    case .confirmingExport(let path, let options):
      mode = .normal
      if key == .character("y") || key == .character("Y") {
        return [.export(path: path, options, replaces: true)]
      }
      message = Message(.notice, "nothing was written")
      return []
    case .confirmingLeave:
      mode = .normal
      if let command = Command.bound(to: key), command.id == .leave { return [.quit] }
      return pressInNormalMode(key)
    case .confirmingRecovery(let leftover): return answer(key, about: leftover)
    case .confirmingOpen(let path):
      mode = .normal
      if key == .character("y") || key == .character("Y") {
        message = Message(.notice, "opening \(path)…")
        return [.openModel(path: path)]
      }
      return pressInNormalMode(key)
    case .confirmingDiscard(_, let settings):
      mode = .normal
      return answerDiscard(key, for: settings) ?? pressInNormalMode(key)
    case .confirmingBranch(let length):
      mode = .normal
      if let command = Command.bound(to: key), [.trainEpoch, .runOrPause].contains(command.id) {
        return startTraining(length)
      }
      return pressInNormalMode(key)
    }
  }

  private mutating func pressInNormalMode(_ key: Key) -> [Effect] {
    guard let command = Command.bound(to: key, onTour: takesTourKeys) else {
      say(nothingDoneBy: key)
      return []
    }
    if let reason = command.availability(self) {
      message = Message(.warning, reason)
      return []
    }
    return perform(command)
  }

  /// Says that a key does nothing, and where those are listed that do something.
  mutating func say(nothingDoneBy key: Key) {
    message = Message(.notice, "\(key.label) does nothing; ? lists the keys")
  }

  /// Leaves a question as if it had not been asked.
  private mutating func cancelQuestion() -> [Effect] {
    if case .confirmingRecovery(let leftover) = mode { return answer(.escape, about: leftover) }
    mode = .normal
    message = Message(.notice, "cancelled")
    return []
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
        find(String(prompt.text))
        return []
      case .command, .field: return []
      case .keep: return keep(in: String(prompt.text))
      case .addRun:
        let path = path(typed: String(prompt.text))
        return path.isEmpty ? [] : addRun(path)
      case .clamp(let target):
        clamp(target, String(prompt.text))
        return []
      case .export: return export(to: String(prompt.text))
      }
    case .character, .control, .up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .tab,
      .backTab, .backspace, .delete, .function:
      var prompt = prompt
      prompt.edit(key)
      mode = .prompt(prompt)
      return []
    }
  }

  private mutating func keep(in text: String) -> [Effect] {
    let path = path(typed: text)
    guard !path.isEmpty else {
      message = Message(.notice, "nothing was written")
      return []
    }
    if let model, !model.isNew, self.path(typed: model.path) == path {
      let epochs = counted(timeline.keepableCount, "epoch")
      mode = .confirmingKeep(
        path: path, question: "add \(epochs) to \(path), the run that is open? y/n")
      return []
    }
    return [.keepRun(path: path, confirmed: false)]
  }

  /// A path that somebody typed: without blanks around it and slashes at its end, and with the home directory in
  /// place of a tilde.
  func path(typed text: String) -> String {
    var text = text[...]
    while text.first == " " { text.removeFirst() }
    while let last = text.last, last == " " || (last == "/" && text.count > 1) { text.removeLast() }
    return expandingHome(String(text))
  }

  /// A path with the home directory in place of a tilde at its beginning, as a shell has it.
  package func expandingHome(_ path: String) -> String {
    ExplorerUI.expandingHome(path, to: homeDirectory)
  }

  /// A path with a tilde in place of the home directory at its beginning.
  package func abbreviatingHome(_ path: String) -> String {
    guard let home = homeDirectory, home.count > 1, path == home || path.hasPrefix(home + "/")
    else { return path }
    return "~" + path.dropFirst(home.count)
  }
}

/// A path with the home directory, where it is known, in place of a tilde at its beginning.
package func expandingHome(_ path: String, to home: String?) -> String {
  guard path == "~" || path.hasPrefix("~/"), let home else { return path }
  return home + path.dropFirst()
}
