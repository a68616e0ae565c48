import Libc
import TensorFiles
import Testing

/// What a person is told of the system's codes.
struct FileErrorTests {
  @Test func aFullDiskIsToldFromOtherLimits() {
    func words(_ code: Int32) -> String {
      FileError(code: code, path: "/tmp/x", operation: "write").description
    }
    #expect(words(ENOSPC).contains("the disk is full"))
    #expect(words(EDQUOT).contains("quota"))
    #expect(words(EFBIG).contains("ulimit -f"))
    #expect(FileError.noFilesLeft(path: "x").description.contains("no inodes"))
  }
}
