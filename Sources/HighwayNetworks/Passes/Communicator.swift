/// Carries bytes between the processes that work on one network together.
///
/// One thread at a time uses it, and all processes make the same calls in the same order. Where one of them has
/// ended, a call need not return: whoever connected the processes ends the program.
package protocol Communicator: Sendable {
  /// The number of this process, from 0.
  var rank: Int { get }
  /// The number of processes.
  var count: Int { get }

  /// Sends and receives messages; returns when all of them have gone and come.
  ///
  /// What one process sends to another comes there in the order in which both list it, with the same numbers of
  /// bytes.
  func exchange(_ messages: [Message])
}

/// Bytes in memory that go to another process or come from it.
@safe
package struct Message: @unchecked Sendable {
  /// The way of a message.
  package enum Way: Sendable { case toPeer, fromPeer }

  /// The number of the other process.
  package let peer: Int
  package let way: Way
  /// Where the bytes stand, or are written to.
  package let bytes: UnsafeMutableRawBufferPointer
  /// Keeps the memory.
  private let owner: AnyObject

  /// Takes the place of some numbers.
  init<Element>(_ way: Way, _ peer: Int, _ values: BufferSlice<Element>) {
    self.way = way
    self.peer = peer
    owner = values.memory
    unsafe bytes = UnsafeMutableRawBufferPointer(
      start: values.base, count: values.count * MemoryLayout<Element>.stride)
  }
}
