import ArgumentParser
import ExplorerUI

/// How a picture differs from the screen of the explorer.
struct PictureLookOptions: ParsableArguments {
  @Option(help: "dark, light, or print: on paper, with texts in black.")
  var theme = Ground.dark

  @Option(
    help: ArgumentHelp(
      """
      One heatmap or plot alone, such as mean-T, or several side by side, such as mean-T,sample-T; an unknown \
      name lists them.
      """, valueName: "names"))
  var panel: String?

  @Flag(help: "Mark the layer and unit under the cursor.")
  var cursor = false

  @Flag(help: "Add the numbers of the layer and unit under the cursor.")
  var inspector = false

  /// The same for a state whose view has its panels.
  ///
  /// - Throws: ``Failure`` where the view has no such panel.
  func options(in state: ExplorerState) throws -> PictureOptions {
    var options = PictureOptions(
      ground: theme, showsCursor: cursor, showsInspector: inspector)
    do throws(LookupError) {
      if let panel { options.panels = try state.panels(named: panel) }
    } catch {
      throw Failure.usage("--panel: \(error)")
    }
    return options
  }
}

extension Ground: ExpressibleByArgument {}
