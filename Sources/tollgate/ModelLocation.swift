import ExplorerUI
import HighwayNetworks
import Libc
import TensorFiles

/// Where the models and data sets are that come with the program or the system.
enum ModelLocation {
  /// The model that opens when none is named.
  private static let defaultModel = TourModels.name

  /// The path of the model that opens when none is named.
  ///
  /// It is looked for in `models` of the working directory, of the directories above the program and of
  /// `share/tollgate` beside the program's `bin`.
  static func defaultPath() -> String? {
    modelDirectories().map { "\($0)/\(defaultModel)" }.first { exists("\($0)/run.json") }
  }

  /// The runs of the tour; nil where the one that it goes through is not here.
  ///
  /// Where that one is open, it keeps the path by which it was opened.
  static func tour(open path: String? = nil) -> TourModels? {
    guard let found = defaultPath() else { return nil }
    let directory = Directory.parent(of: found)
    let isOpen = path.map { isSame($0, found) } ?? false
    return TourModels(
      path: isOpen ? path ?? found : found,
      compared: TourModels.comparedNames.map { "\(directory)/\($0)" })
  }

  /// What is said where the tour has no run to go through.
  static let tourProblem =
    "the tour needs models/\(defaultModel), which comes with tollgate and is neither here nor beside the "
    + "program nor in ../share/tollgate from there; start tollgate in its own directory"

  /// More runs than this are not listed.
  private static let mostRuns = 500

  /// The runs there are, each once: in the working directory, in `models` and `runs` there, in `models` of the
  /// directories above the program, and where a package installs them.
  ///
  /// What is beyond the number that is listed is counted.
  static func runs() -> (listed: [String], left: Int) {
    var left = 0
    var found: [String] = []
    var seen: Set<FileIdentity> = []
    for place in modelDirectories() + ["runs", "."] {
      // A directory that is not there or cannot be read holds no runs.
      for name in (try? Directory.names(in: place)) ?? [] {
        let path = place == "." ? name : "\(place)/\(name)"
        guard exists("\(path)/run.json"), let identity = FileIdentity(path),
          seen.insert(identity).inserted
        else { continue }
        if found.count < mostRuns { found.append(path) } else { left += 1 }
      }
    }
    return (found, left)
  }

  /// What tells whether two paths lead to the same place.
  private struct FileIdentity: Hashable {
    let device: dev_t
    let number: ino_t

    init?(_ path: String) {
      var status = stat()
      guard unsafe stat(path.systemPath, &status) == 0 else { return nil }
      (device, number) = (status.st_dev, status.st_ino)
    }
  }

  /// Directories that may hold a data set of a name, the likelier first.
  ///
  /// Only known names are turned into paths: the name may come from a stranger's file.
  static func dataDirectories(name: String, near path: String) -> [String] {
    let bible = DataSet.kingJamesBible
    let folders = [
      "MNIST": "mnist", "Fashion-MNIST": "fashion-mnist", "JapaneseVowels": "japanese-vowels",
      bible.name: "king-james-bible", "Spoken verses": "spoken-verses",
    ]
    guard let folder = folders[name] else { return [] }
    let own = ["\(path)/../data/\(folder)"]
    let shipped = modelDirectories().map { "\($0)/data/\(folder)" }
    // The whole Bible before the verses that ship.
    if name == bible.name { return ([bible.path] + own + shipped).filter(exists) }
    return (own + shipped + ["/usr/share/datasets/\(folder)"]).filter(exists)
  }

  /// A path without a step down and up again, where that leads to the same place.
  static func shortened(_ path: String) -> String {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard let up = parts.firstIndex(of: ".."), up > 0 else { return path }
    parts.removeSubrange(up - 1...up)
    let short = parts.joined(separator: "/")
    return isSame(short, path) ? short : path
  }

  private static func modelDirectories() -> [String] {
    ["models"] + (programDirectory().map { modelDirectories(program: $0) } ?? [])
  }

  /// Where models may be for a program in a directory: beside it, above it and, where it is a `bin`, in
  /// `share/tollgate` of the same prefix.
  static func modelDirectories(program: String) -> [String] {
    var places: [String] = []
    var directory: String? = program
    while let found = directory, found.count > 1 {
      places.append("\(found)/models")
      directory = parent(of: found)
    }
    if program.hasSuffix("/bin") {
      places.append("\(program.dropLast("/bin".count))/share/tollgate/models")
    }
    return places
  }

  /// Whether something is at a path.
  static func exists(_ path: String) -> Bool { unsafe access(path.systemPath, F_OK) == 0 }

  /// Whether two paths lead to the same place.
  static func isSame(_ one: String, _ other: String) -> Bool {
    guard let one = FileIdentity(one) else { return false }
    return one == FileIdentity(other)
  }

  private static func programDirectory() -> String? {
    guard let resolved = unsafe realpath("/proc/self/exe", nil) else { return nil }
    defer { unsafe free(resolved) }
    return parent(of: unsafe String(systemPath: resolved))
  }

  private static func parent(of path: String) -> String? {
    path.lastIndex(of: "/").map { String(path[..<$0]) }
  }
}
