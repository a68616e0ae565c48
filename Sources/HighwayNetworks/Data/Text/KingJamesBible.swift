import Libc
import TensorFiles

/// The King James Bible as Debian's package bible-kjv brings it: its compressed text, read by its program.
///
/// A verse is a line. Every 19th and 20th verse are for validation and testing.
struct KingJamesBible: TextReader {
  static let expectation = "/usr/lib/bible.data of the package bible-kjv"

  /// Where the text lies, and what it begins with.
  static let place = "/usr/lib/bible.data"
  private static let magic = Array("EC02Compressed D".utf8)
  private static let program = "/usr/bin/bible"
  /// The greatest text that is taken from the program; it has 4.4 MB.
  private static let limit = 1 << 24

  let format = "King James Bible (bible-kjv)"
  let namesClasses = true
  /// What the text is called.
  static let name = "King James Bible"
  var name: String { Self.name }
  let path: String

  var files: [String] { [path] }

  init?(_ location: DataSetLocation) throws(DataError) {
    guard !location.isDirectory, location.prefix == Self.magic else { return nil }
    // The program reads the package's own file; it is not given those of strangers.
    guard location.path == Self.place else {
      throw .notRecognized(
        path: location.path, expected: Self.expectation, found: "another compressed text")
    }
    path = location.path
  }

  func corpus(_ unit: TextUnit) throws(DataError) -> TextCorpus {
    guard let bytes = Self.output(limit: Self.limit) else {
      throw .missingFile(path: path, present: path, missing: Self.program)
    }
    var corpus = TextCorpus(unit)
    for (number, verse) in try TextFiles.text(bytes, path: path).split(separator: "\n").enumerated()
    {
      // "Ge1:1 In the beginning …"
      guard let space = verse.firstIndex(of: " ") else { continue }
      let tokens = try TextTokens(
        String(verse[verse.index(after: space)...]), unit == .words ? .words : .characters,
        path: path)
      corpus.add(
        tokens, to: number % 20 == 18 ? .validation : number % 20 == 19 ? .test : .train)
    }
    return corpus
  }

  /// All verses as the program writes them, a line each; nil where it cannot be run.
  private static func output(limit: Int) -> [UInt8]? {
    var ends: [Int32] = [0, 0]
    guard unsafe pipe(&ends) == 0 else { return nil }
    defer { close(ends[0]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    let arguments: [String] = [program, "-f", "gen1:1-rev22:21"]
    var words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) }
    unsafe words.append(nil)
    defer { for index in unsafe words.indices { unsafe free(words[index]) } }
    var process: pid_t = 0
    let code = unsafe posix_spawn(&process, program, &actions, nil, words, environ)
    close(ends[1])
    guard code == 0 else { return nil }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = unsafe Libc.read(ends[0], &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += piece[..<count]
    }
    if bytes.count > limit { kill(process, SIGKILL) }
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0 && errno == EINTR {}
    return status == 0 && bytes.count <= limit ? bytes : nil
  }
}

extension DataSet {
  /// The King James Bible, by its name and where a system may have it.
  package static let kingJamesBible = (name: KingJamesBible.name, path: KingJamesBible.place)
}
