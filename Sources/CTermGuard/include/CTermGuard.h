#ifndef TOLLGATE_CTERMGUARD_H
#define TOLLGATE_CTERMGUARD_H

#include <stdbool.h>
#include <stddef.h>

// What must run inside signal handlers: giving the terminal back however the process ends.
//
// One terminal at a time. Between tg_arm and tg_disarm the terminal is ours; any way out of the
// process in that time writes the restoring bytes, sets the saved modes and shows what was written
// to standard error meanwhile. Only kill -9 goes past this.

/// What a signal asked for since tg_take_requests was last called.
enum tg_request {
  TG_TERMINATE = 1,  ///< SIGTERM, SIGHUP, SIGINT or SIGQUIT came.
  TG_STOP = 2,       ///< SIGTSTP came from outside.
  TG_CONTINUE = 4,   ///< The process was stopped and goes on.
  TG_RESIZE = 8,     ///< The window changed its size.
};

/// From here on a crash signal ends the process, also one that was sent and whose handler returns.
///
/// tg_begin calls it; a program without a terminal calls it alone. It lasts until the process ends.
void tg_guard_crashes(void);

/// Saves the modes of the terminal and takes over the signals.
///
/// A signal that was ignored stays ignored. Returns 0, or an errno value and changes nothing.
int tg_begin(int terminal);

/// Gives the signals back to whoever had them before tg_begin. Disarm first.
void tg_end(void);

/// The screen is ours from here on.
///
/// Copies the bytes that leave it. `output` is the descriptor that frames are written to: it is
/// turned to /dev/null when the process dies of a signal, so that no frame follows the restoring
/// bytes. Standard error, if it is a terminal, is kept back until the screen is given up.
/// Returns 0 or an errno value.
int tg_arm(const unsigned char *restoring_bytes, size_t count, int output);

/// The caller has left the screen in order: restores modes and standard error only.
void tg_disarm(void);

/// The end of the wake pipe to poll; -1 before the first tg_begin.
int tg_wake_descriptor(void);

/// Makes the wake pipe readable. Any thread, any signal handler.
void tg_wake(void);

/// Empties the wake pipe.
void tg_drain_wakes(void);

/// Takes the tg_request bits that have gathered.
unsigned tg_take_requests(void);

/// The last signal behind TG_TERMINATE.
int tg_termination_signal(void);

/// Whether SIGTSTP stops this process; false where the parent has no job control or is not in this session.
bool tg_can_stop(void);

/// Stops the process group as the terminal's own Ctrl-Z would; returns when it is continued in the
/// foreground.
///
/// Returns at once where nobody could continue it (an orphaned process group).
void tg_stop_process_group(void);

/// Stops until the process has the terminal, for when it was continued in the background.
void tg_await_foreground(void);

/// Blocks all signals but those of a crash in the calling thread and gives it a stack for them.
void tg_shield_thread(void);

#endif
