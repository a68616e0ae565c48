import Libc

extension PseudoTerminal {
  /// Not imported from spawn.h: the child leads a session of its own.
  private static let setSession: Int16 = 0x80

  /// Starts a program whose controlling terminal is `terminal`.
  ///
  /// Tests run on threads that block all signals, which a child inherits: its mask is cleared.
  static func spawn(
    _ arguments: [String], _ environment: [String: String], terminal: Int32
  ) throws -> pid_t {
    var name = [CChar](repeating: 0, count: 128)
    guard unsafe ttyname_r(terminal, &name, name.count) == 0 else {
      throw HarnessError.system(call: "ttyname_r", code: errno)
    }
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
    unsafe posix_spawnattr_setflags(
      &attributes,
      setSession | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
    // The first terminal that a session's leader opens becomes its controlling terminal.
    unsafe posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, 0, 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, 0, 2)

    var argv = unsafe arguments.map { unsafe strdup($0) } + [nil]
    var envp = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      for index in unsafe argv.indices { unsafe free(argv[index]) }
      for index in unsafe envp.indices { unsafe free(envp[index]) }
    }
    var process: pid_t = 0
    let failure = unsafe posix_spawn(
      &process, arguments[0], &actions, &attributes, &argv, &envp)
    guard failure == 0 else {
      throw HarnessError.system(call: "posix_spawn \(arguments[0])", code: failure)
    }
    return process
  }
}
