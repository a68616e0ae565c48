import Libc

/// What the standard input, output and error of a child are.
package enum StandardStreams {
  /// A terminal, by its path, which becomes the child's controlling one.
  case terminal(String)
  /// Nothing to read, and two descriptors to write to.
  case descriptors(output: Int32, error: Int32)
}

/// Not imported from spawn.h: the child leads a session of its own.
private let setSession: Int16 = 0x80

/// Starts a program; `environment` has `NAME=VALUE`.
///
/// Tests run on threads that block all signals, which a child inherits: its mask is cleared.
///
/// - Returns: the process.
/// - Throws: ``HarnessError/system(call:code:)`` if the program cannot be started.
package func spawn(
  _ arguments: [String], environment: [String], streams: StandardStreams
) throws -> Int32 {
  var attributes = posix_spawnattr_t()
  var actions = unsafe posix_spawn_file_actions_t()
  unsafe posix_spawnattr_init(&attributes)
  unsafe posix_spawn_file_actions_init(&actions)
  defer {
    unsafe posix_spawnattr_destroy(&attributes)
    unsafe posix_spawn_file_actions_destroy(&actions)
  }
  var none = sigset_t()
  var all = sigset_t()
  unsafe sigemptyset(&none)
  unsafe sigfillset(&all)
  unsafe posix_spawnattr_setsigmask(&attributes, &none)
  unsafe posix_spawnattr_setsigdefault(&attributes, &all)
  var flags = Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
  switch streams {
  case .terminal(let path):
    // The first terminal that a session's leader opens becomes its controlling terminal.
    flags |= setSession
    unsafe posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, 0, 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, 0, 2)
  case .descriptors(let output, let error):
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, error, 2)
  }
  unsafe posix_spawnattr_setflags(&attributes, flags)

  var argv = unsafe arguments.map { unsafe strdup($0) } + [nil]
  var envp = unsafe environment.map { unsafe strdup($0) } + [nil]
  defer {
    for index in unsafe argv.indices { unsafe free(argv[index]) }
    for index in unsafe envp.indices { unsafe free(envp[index]) }
  }
  var process: Int32 = 0
  let failure = unsafe posix_spawn(&process, arguments[0], &actions, &attributes, &argv, &envp)
  guard failure == 0 else {
    throw HarnessError.system(call: "posix_spawn \(arguments[0])", code: failure)
  }
  return process
}
