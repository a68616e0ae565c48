import Libc
import TensorFiles

/// A run or a recording on another machine, as `ssh://[user@]host[:port]/path` names it.
struct RemotePlace: Hashable, Sendable {
  /// What is said of an address that cannot be used.
  struct Problem: Error, CustomStringConvertible, Hashable {
    let address: String
    let found: String

    var description: String {
      "\(address.printablePath): expected ssh://[user@]host[:port]/path, \(found)"
    }
  }

  /// What ssh is given: `host` or `user@host`; a host by its number is in brackets.
  let host: String
  let port: Int?
  /// From the root or, where the address has `/~/`, from the home directory there.
  let path: String

  /// Whether an argument is such an address rather than a path here.
  static func isOne(_ argument: String) -> Bool { argument.hasPrefix("ssh://") }

  /// Reads an address.
  ///
  /// In the path, `%` and two digits of a hexadecimal number stand for a byte, as in any address.
  init(_ address: String) throws(Problem) {
    func problem(_ found: String) -> Problem { Problem(address: address, found: found) }
    let rest = address.dropFirst("ssh://".count)
    // As bytes: in a text, a slash with an accent is another character.
    guard let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) else {
      throw problem("found no path")
    }
    let (host, port) = try Self.authority(rest[..<slash], problem)
    guard var path = Self.decoded(rest[slash...]) else {
      throw problem("found a % that no two hexadecimal digits follow; %25 stands for it")
    }
    while path.hasSuffix("/") { path.removeLast() }
    if path.hasPrefix("/~/") { path = String(path.dropFirst(3)) }
    let parts = path.split(separator: "/")
    guard let last = parts.last, last != ".", !parts.contains(".."), path != "/~" else {
      throw problem("found a path without the name of a run or a file")
    }
    guard !path.utf8.contains(0) else { throw problem("found a zero byte in the path") }
    self.host = host
    self.port = port
    self.path = path
  }

  private static func authority(
    _ text: Substring, _ problem: (String) -> Problem
  ) throws(Problem) -> (host: String, port: Int?) {
    var place = text
    var port: Int?
    // A host by its number has colons of its own, in brackets.
    if let colon = text.lastIndex(of: ":"), !text[colon...].contains("]") {
      guard let number = Int(text[text.index(after: colon)...]), (1...65_535).contains(number)
      else {
        throw problem("found a port that is no number from 1 to 65535")
      }
      port = number
      place = text[..<colon]
    }
    let names = place.split(separator: "@", omittingEmptySubsequences: false)
    // What begins with a hyphen would be an option of ssh.
    let areFit = names.allSatisfy { name in
      !name.isEmpty && !name.hasPrefix("-")
        && name.unicodeScalars.allSatisfy { scalar in
          scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            || "-_.:[]%".unicodeScalars.contains(scalar)
        }
    }
    guard (1...2).contains(names.count), areFit else {
      throw problem("found a host or a user that is no name")
    }
    return (String(place), port)
  }

  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = String(text).systemPath.dropLast().map(UInt8.init(bitPattern:))[...]
    while let first = rest.popFirst() {
      guard first == UInt8(ascii: "%") else {
        bytes.append(first)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }),
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(systemPath: bytes)
  }

  /// The last part of the path: what the run or the file is called.
  var name: String { Directory.name(of: path) }

  /// The address as it is shown.
  var words: String {
    let start = path.hasPrefix("/") ? path : "/~/" + path
    return "ssh://\(host)\(port.map { ":\($0)" } ?? "")\(start)".printablePath
  }

  /// What rsync copies; a path from the home directory must not look like an option or a host.
  var source: String { "\(host):\(path.hasPrefix("/") ? path : "./" + path)" }
}
