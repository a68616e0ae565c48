import Libc

/// A word that a POSIX shell reads as it stands.
func shellQuoted(_ word: String) -> String {
  let plain = word.unicodeScalars.allSatisfy { scalar in
    scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      || "-_./=,@+:".unicodeScalars.contains(scalar)
  }
  if plain && !word.isEmpty { return word }
  return "'"
    + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
    + "'"
}

/// Words as a line for a shell.
func shellLine(_ words: [String]) -> String {
  words.map(shellQuoted).joined(separator: " ")
}

/// Writes text for a shell, with the bytes of paths that are not UTF-8.
func writeShellText(_ text: String) throws {
  try writeOutput(text.systemPath.dropLast().map(UInt8.init(bitPattern:)))
}
