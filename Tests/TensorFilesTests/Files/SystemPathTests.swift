import Libc
import TensorFiles
import Testing

/// Paths that are not UTF-8.
struct SystemPathTests {
  @Test(arguments: [
    Array("plain/ä/三".utf8), [0xFF], [0x61, 0xFF, 0x2F, 0xC3], [0xED, 0xA0, 0x80],
    Array("\u{10FFE9}x\u{10FF7F}".utf8), [0x80, 0xBF, 0xF4, 0x8F, 0xBF], [],
  ])
  func aTextLeadsBackToItsBytes(bytes: [UInt8]) {
    let text = String(systemPath: bytes)
    #expect(text.systemPath == bytes.map(CChar.init(bitPattern:)) + [0])
  }

  @Test func everyPathHasATextOfItsOwn() {
    var texts: Set<String> = []
    for first in UInt8(1)...255 {
      for second in UInt8(1)...255 { texts.insert(String(systemPath: [first, second])) }
    }
    #expect(texts.count == 255 * 255)
  }

  @Test func messagesShowTheBytes() {
    #expect(String(systemPath: [0x61, 0xFF, 0x62]).printablePath == "a\\xffb")
  }
}
