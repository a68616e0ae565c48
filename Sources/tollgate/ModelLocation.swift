import HighwayNetworks

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Where the models and data sets are that come with the program or the system.
enum ModelLocation {
  /// The model that opens when none is named.
  private static let defaultModel = "mnist-highway-50"

  /// The path of the model that opens when none is named.
  ///
  /// It is looked for in `models` of the working directory and of the directories above the program.
  static func defaultPath() throws -> String {
    let places = modelDirectories()
    for place in places where exists("\(place)/\(defaultModel)/run.json") {
      return "\(place)/\(defaultModel)"
    }
    throw Failure.usage(
      "no model named and none found as models/\(defaultModel) here or beside the program; "
        + "give the path of a run directory or a .safetensors checkpoint")
  }

  /// Directories that may hold a data set of a name, the likelier first.
  ///
  /// Only known names are turned into paths: the name may come from a stranger's file.
  static func dataDirectories(name: String, near path: String) -> [String] {
    let folders = ["MNIST": "mnist", "Fashion-MNIST": "fashion-mnist"]
    guard let folder = folders[name] else { return [] }
    let own = ["\(path)/../data/\(folder)"]
    let shipped = modelDirectories().map { "\($0)/data/\(folder)" }
    return (own + shipped + ["/usr/share/datasets/\(folder)"]).filter(exists)
  }

  private static func modelDirectories() -> [String] {
    var places = ["models"]
    var directory = programDirectory()
    while let found = directory, found.count > 1 {
      places.append("\(found)/models")
      directory = parent(of: found)
    }
    return places
  }

  /// Whether something is at a path.
  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Whether two paths lead to the same place.
  static func isSame(_ one: String, _ other: String) -> Bool {
    var (a, b) = (stat(), stat())
    guard unsafe stat(one, &a) == 0, unsafe stat(other, &b) == 0 else { return false }
    return a.st_dev == b.st_dev && a.st_ino == b.st_ino
  }

  private static func programDirectory() -> String? {
    guard let resolved = unsafe realpath("/proc/self/exe", nil) else { return nil }
    defer { unsafe free(resolved) }
    return parent(of: unsafe String(cString: resolved))
  }

  private static func parent(of path: String) -> String? {
    path.lastIndex(of: "/").map { String(path[..<$0]) }
  }
}
