private import CTermGuard

/// Keeps all signals but those of a crash out of the calling thread; the first thing a worker does.
///
/// Signals then reach the thread that waits for them, and system calls of workers are not
/// interrupted. The thread also gets a stack to handle the overflow of its own.
package func blockSignalsInThisThread() {
  tg_shield_thread()
}

/// Sees to it that a crash signal ends the program, also one that was sent: a handler that prints a backtrace
/// returns then, and the program would go on.
package func endAfterCrashSignals() { tg_guard_crashes() }
