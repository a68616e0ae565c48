/// The line that trains an experiment's trials with GNU parallel, on this machine or on several.
///
/// It asks for the trials that are left when it is run, so the same line goes on with an experiment that was stopped.
struct ParallelLine {
  /// The words of the experiment's command, without the program's name and without what asked for this line.
  let arguments: [String]
  /// The directory that relative paths among them start from.
  let directory: String
  /// Where the trials are trained; empty for this machine.
  let hosts: [String]
  /// How many at once on each host; nil for one a core.
  let jobs: Int?

  /// The line, and its end.
  var text: String {
    var words = ["parallel", "--retries", "3"]
    if let jobs { words += ["--jobs", "\(jobs)"] }
    if !hosts.isEmpty { words += ["--sshlogin", hosts.joined(separator: ",")] }
    let list = [programPath()] + arguments + ["--list"]
    return "cd \(shellQuoted(directory)) && \(shellLine(list)) | \(shellLine(words))\n"
  }

  /// The words of a command without those that ask for a line, and what follows one of them.
  static func rest(of words: [String]) -> [String] {
    var rest: [String] = []
    var isValue = false
    for word in words {
      if isValue {
        isValue = false
      } else if word == "--hosts" {
        isValue = true
      } else if word != "--gnu-parallel", !word.hasPrefix("--hosts=") {
        rest.append(word)
      }
    }
    return rest
  }

  /// The hosts of an option, which parallel gives to ssh; nil where one is not a name but an option, or a command.
  static func hosts(_ text: String) -> [String]? {
    let hosts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let isFit = hosts.allSatisfy { host in
      !host.isEmpty && !host.hasPrefix("-")
        && host.unicodeScalars.allSatisfy { scalar in
          scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            || "-_.:@/[]".unicodeScalars.contains(scalar)
        }
    }
    return isFit ? hosts : nil
  }
}
