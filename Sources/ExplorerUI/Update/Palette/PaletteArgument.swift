import HighwayNetworks

/// What is typed after the name of an entry.
struct PaletteArgument: Sendable {
  /// Where the suggestions come from.
  enum Source: Sendable {
    /// The state.
    case state(@Sendable (ExplorerState) -> [PaletteSuggestion])
    /// The file system, which the program is asked for.
    case paths
  }

  /// What it is called in the usage, in capitals.
  let name: String
  /// Where the suggestions come from.
  let source: Source
  /// Whether it can be left out.
  var isOptional = false
  /// Whether it takes all that is left of the line, blanks and all.
  var takesRest = false
}

extension PaletteArgument {
  /// A highway layer, by its number in the checkpoint.
  static let layer = PaletteArgument(
    name: "LAYER",
    source: .state { state in
      state.gatedLayers.enumerated().map { index, number in
        PaletteSuggestion(
          text: state.hasMicroSteps ? state.layerWord(index) : String(number),
          help: "\(state.units(at: index)) units, \(state.gating(at: index)?.name ?? "")")
      }
    })
  /// A unit of the layer that is chosen.
  static let unit = PaletteArgument(
    name: "UNIT",
    source: .state { state in
      (0..<state.units(at: state.selection.block)).map {
        PaletteSuggestion(text: String($0), help: "")
      }
    })
  /// A class, by its name or number.
  static let label = PaletteArgument(
    name: "CLASS",
    source: .state { state in
      (0..<max(0, state.classCount)).map {
        PaletteSuggestion(text: state.className($0), help: state.groupWord + " \($0)")
      }
    }, takesRest: true)
  /// Another class, to set the one that is chosen against.
  static let otherClass = PaletteArgument(
    name: "CLASS", source: label.source, isOptional: true, takesRest: true)
  /// What a text's tokens are grouped by.
  static let grouping = PaletteArgument(
    name: "GROUPING",
    source: .state { state in
      (state.model?.groupings ?? []).map {
        PaletteSuggestion(text: $0.name, help: $0.names.joined(separator: ", "))
      }
    }, isOptional: true)
  /// In which order cells are listed.
  static let rankOrder = PaletteArgument(
    name: "ORDER",
    source: .state { _ in
      RankOrder.allCases.map { PaletteSuggestion(text: $0.rawValue, help: $0.title) }
    }, isOptional: true)
  /// A sample, by its number; there are too many to list.
  static let sample = PaletteArgument(name: "SAMPLE", source: .state { _ in [] })
  /// Which samples to stop at.
  static let filter = PaletteArgument(
    name: "FILTER",
    source: .state { state in
      SampleFilter.allCases.map {
        PaletteSuggestion(text: $0.rawValue, help: $0.words(class: state.chosenClass))
      }
    }, isOptional: true)
  /// A recorded or trained epoch.
  static let epoch = PaletteArgument(
    name: "EPOCH",
    source: .state { state in
      state.timeline.entries.map { entry in
        let accuracy = entry.metrics.map {
          "test accuracy \(NumberFormat.percent($0.testAccuracy, 2))"
        }
        return PaletteSuggestion(text: String(entry.id.number), help: accuracy ?? "")
      }
    })
  /// A layer or unit and the value to hold it at.
  static let clamp = PaletteArgument(
    name: "LAYER:UNIT=VALUE",
    source: .state { state in
      let unit = state.words(state.cursorTarget)
      let layer = state.words(state.layerTarget(state.selection.block))
      return [
        PaletteSuggestion(text: "\(layer)=0", help: "hold this layer at 0"),
        PaletteSuggestion(
          text: "\(layer)-\(state.layerWord(max(0, state.blocks.count - 1)))=0",
          help: "hold this layer and all after it at 0"),
        PaletteSuggestion(text: "\(unit)=0", help: "hold this unit at 0, closed"),
        PaletteSuggestion(text: "\(unit)=1", help: "hold this unit at 1, open"),
      ]
    }, isOptional: true)
  /// A view, by its title.
  static let view = PaletteArgument(
    name: "VIEW",
    source: .state { _ in
      View.allCases.map {
        PaletteSuggestion(text: $0.word, help: "", keys: String($0.number))
      }
    })
  /// For which ground texts are coloured.
  static let theme = PaletteArgument(
    name: "THEME",
    source: .state { _ in
      ThemeChoice.allCases.map {
        PaletteSuggestion(
          text: $0.rawValue, help: $0 == .auto ? "as the terminal says" : "on a \($0) ground")
      }
    })
  /// A colour map for values from low to high.
  static let colorMap = PaletteArgument(
    name: "MAP",
    source: .state { _ in
      ColorMap.sequential.map { PaletteSuggestion(text: $0.rawValue, help: "") }
    })
  /// By what units are ordered.
  static let order = PaletteArgument(
    name: "ORDER",
    source: .state { _ in
      UnitOrder.allCases.map { PaletteSuggestion(text: $0.word, help: $0.title) }
    }, isOptional: true)
  /// A run to compare.
  static let run = PaletteArgument(name: "RUN", source: .paths, isOptional: true, takesRest: true)
  /// What a view can be written as.
  static let format = PaletteArgument(
    name: "FORMAT",
    source: .state { _ in
      PictureFormat.allCases.map { PaletteSuggestion(text: $0.rawValue, help: "") }
    })
  /// How a picture is drawn, and the file to write; no file is proposed, since nothing is to be replaced.
  static let picture = PaletteArgument(
    name: "LOOK… PATH",
    source: .state { state in
      let looks = [
        ("light", "on a light ground"), ("print", "on paper: texts in black"),
        ("dark", "on a dark ground"), ("cursor", "with the cursor"),
        ("inspector", "with the numbers under the cursor"),
      ]
      return looks.map { PaletteSuggestion(text: $0.0, help: $0.1) }
        + state.panelWords.map { PaletteSuggestion(text: "panel=\($0)", help: "this one alone") }
    }, isOptional: true, takesRest: true)
  /// A run directory or a checkpoint.
  static let path = PaletteArgument(name: "PATH", source: .paths, takesRest: true)

  /// A threshold of T.
  static func threshold(_ name: String, isOptional: Bool = false) -> PaletteArgument {
    PaletteArgument(
      name: name,
      source: .state { state in
        let current = state.display.thresholds
        return [
          PaletteSuggestion(
            text: NumberFormat.fixed(name == "LOW" ? current.low : current.high, 2),
            help: "at the moment")
        ]
      }, isOptional: isOptional)
  }
}
