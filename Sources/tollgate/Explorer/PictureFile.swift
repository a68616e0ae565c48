import ExplorerUI
import HighwayNetworks
import Libc
import TensorFiles

/// A file that what is shown is written to from inside the explorer.
struct PictureFile {
  private static let worker = SerialWorker()

  let path: String
  /// How the picture differs from the screen.
  let options: PictureOptions
  /// Whether a file that is there already may be replaced.
  let replaces: Bool

  /// Writes behind the screen; answers as ``Effect/export(path:replaces:)`` says.
  func write(_ state: ExplorerState, answeringTo mailbox: Mailbox) {
    Self.worker.perform { mailbox.post(write(state)) }
  }

  private func write(_ state: ExplorerState) -> Action {
    do {
      if !replaces {
        // A link that leads nowhere is there too.
        var status = stat()
        if unsafe lstat(path.systemPath, &status) == 0 {
          return .exportNeedsConfirmation(path: path, options)
        }
      }
      guard let format = PictureFormat(path: path) else {
        throw Failure("\(path.excerpt): expected a name that ends in \(PictureFormat.endings)")
      }
      let capabilities = Capabilities(colors: format.colors, ground: state.capabilities.ground)
      let picture = ViewPicture(
        state, size: state.size, capabilities: capabilities, options: options)
      try AtomicFile.write(path, picture.contents(format))
      let folder = Directory.parent(of: absolute(path))
      let name = Directory.name(of: path)
      return .noticed(Message(.notice, "wrote \(name) in \(state.abbreviatingHome(folder))"))
    } catch {
      return .noticed(Message(.failure, Failure(error).line))
    }
  }
}
