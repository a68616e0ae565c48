import TensorFiles
import Testing

struct SHA256Tests {
  /// The vectors of FIPS 180-4 and of NIST's examples.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
        + "lmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ])
  func matchesTheStandard(message: String, digest: String) {
    var hash = SHA256()
    hash.update(Array(message.utf8))
    #expect(hash.hexDigest == digest)
  }

  @Test func doesNotDependOnThePieces() {
    let message = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    for count in [0, 1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 300] {
      var whole = SHA256()
      whole.update(Array(message[..<count]))
      for piece in [1, 3, 63, 64, 65] {
        var hash = SHA256()
        for start in stride(from: 0, to: count, by: piece) {
          hash.update(Array(message[start..<min(start + piece, count)]))
        }
        #expect(hash.digest == whole.digest, "\(count) bytes in pieces of \(piece)")
      }
    }
  }
}
