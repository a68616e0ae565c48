#include "CTermGuard.h"
#include "platform.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <ucontext.h>
#include <unistd.h>

enum { CRASHES = 6, TERMINATIONS = 4, JOB_CONTROL = 3 };

static const int crash_signals[CRASHES] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE};
// Nobody sends these to a program like this one, but each would end it.
static const int other_signals[] = {SIGUSR1, SIGUSR2, SIGALRM,   SIGPIPE, SIGXCPU, SIGXFSZ,
                                    SIGSYS,  SIGPROF, SIGVTALRM, SIGIO,
#ifdef SIGSTKFLT
                                    SIGSTKFLT,
#endif
#ifdef SIGPWR
                                    SIGPWR,
#endif
};
enum { OTHERS = sizeof other_signals / sizeof other_signals[0] };
static const int termination_signals[TERMINATIONS] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};
static const int job_signals[JOB_CONTROL] = {SIGTSTP, SIGCONT, SIGWINCH};

enum state { IDLE, ARMED, RESTORING };

static _Atomic int state = IDLE;
static _Atomic unsigned requests;
static _Atomic int termination_signal;
static _Atomic int terminations;

static struct sigaction previous[NSIG];
static bool begun;
static bool guards_crashes;
static bool atexit_registered;

static int wake_pipe[2] = {-1, -1};
static int terminal = -1;       // our own descriptor of it: survives a close(1) elsewhere
static int frames = -1;         // where ncurses writes
static int nowhere = -1;        // /dev/null
static int real_error = -1;     // standard error while ours is kept back
static int captured_error = -1; // what is kept back
static struct termios saved_modes;
static unsigned char *restoring_bytes;
static size_t restoring_count;

// MARK: - Giving the terminal back; everything here is async-signal-safe

static void write_all(int descriptor, const unsigned char *bytes, size_t count) {
  while (count > 0) {
    // A terminal that takes nothing (Ctrl-S, a dead line) must not keep the process from dying.
    struct pollfd ready = {.fd = descriptor, .events = POLLOUT};
    if (poll(&ready, 1, 200) <= 0) return;
    ssize_t written = write(descriptor, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    count -= (size_t)written;
  }
}

static void release_error(void) {
  if (real_error < 0) return;
  dup2(real_error, STDERR_FILENO);
  unsigned char block[512];
  off_t position = 0;
  ssize_t count;
  while ((count = pread(captured_error, block, sizeof block, position)) > 0) {
    write_all(STDERR_FILENO, block, (size_t)count);
    position += count;
  }
  close(real_error);
  close(captured_error);
  real_error = captured_error = -1;
}

static void restore(bool dying) {
  int expected = ARMED;
  if (!atomic_compare_exchange_strong(&state, &expected, RESTORING)) {
    // Another thread is at it: let it finish, for the caller is about to end the process.
    for (int tries = 0; tries < 100 && atomic_load(&state) == RESTORING; tries++) poll(NULL, 0, 5);
    return;
  }
  int saved_errno = errno;
  if (dying && nowhere >= 0 && frames >= 0) dup2(nowhere, frames);
  if (dying) write_all(terminal, restoring_bytes, restoring_count);
  tcsetattr(terminal, TCSANOW, &saved_modes);
  release_error();
  errno = saved_errno;
  atomic_store(&state, IDLE);
}

// A handler that came in the middle of a restore on its own thread would wait for itself.
static void restore_undisturbed(bool dying) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  restore(dying);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void restore_at_exit(void) { restore_undisturbed(true); }

// MARK: - Handlers

// Runs the handler that was there before, such as one that prints a backtrace, and then dies: of a
// signal that was sent, that handler may return.
static void die_of(int number, siginfo_t *info, void *context) {
  struct sigaction *before = &previous[number];
  bool takes_info = before->sa_flags & SA_SIGINFO;
  if (takes_info || (before->sa_handler != SIG_DFL && before->sa_handler != SIG_IGN)) {
    // As the kernel would call it: with the signals that were blocked before, and this one.
    sigset_t mask = ((ucontext_t *)context)->uc_sigmask;
    sigaddset(&mask, number);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    if (takes_info) {
      before->sa_sigaction(number, info, context);
    } else {
      before->sa_handler(number);
    }
  }
  signal(number, SIG_DFL);
  raise(number); // blocked until this handler returns
}

static void on_death(int number, siginfo_t *info, void *context) {
  restore(true);
  // A fault happens again on return and finds the previous handler, with its registers as they
  // were. What was sent, or was a trap that returns behind itself, would not.
  bool is_fault = number == SIGSEGV || number == SIGBUS || number == SIGILL || number == SIGFPE;
  if (is_fault && info->si_code > 0) {
    sigaction(number, &previous[number], NULL);
  } else {
    die_of(number, info, context);
  }
}

static void on_termination(int number) {
  int saved_errno = errno;
  if (atomic_fetch_add(&terminations, 1) > 0) {
    restore(true);
    signal(number, SIG_DFL);
    raise(number); // blocked until this handler returns
  } else {
    atomic_store(&termination_signal, number);
    atomic_fetch_or(&requests, TG_TERMINATE);
    tg_wake();
  }
  errno = saved_errno;
}

static void on_job_control(int number) {
  int saved_errno = errno;
  unsigned request = number == SIGTSTP ? TG_STOP : number == SIGCONT ? TG_CONTINUE : TG_RESIZE;
  atomic_fetch_or(&requests, request);
  tg_wake();
  errno = saved_errno;
}

// MARK: - Taking over and giving back

// The kernel kills without a handler where a stack has overflowed and there is no other.
static void provide_crash_stack(void) {
  static _Thread_local unsigned char stack[64 * 1024];
  stack_t current;
  if (sigaltstack(NULL, &current) != 0 || !(current.ss_flags & SS_DISABLE)) return;
  stack_t ours = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&ours, NULL);
}

static void install(int number, struct sigaction *action) {
  sigaction(number, NULL, &previous[number]);
  bool ignored = !(previous[number].sa_flags & SA_SIGINFO) &&
                 previous[number].sa_handler == SIG_IGN;
  if (!ignored) sigaction(number, action, NULL);
}

static struct sigaction death_action(void) {
  struct sigaction action = {.sa_sigaction = on_death, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigfillset(&action.sa_mask);
  return action;
}

void tg_guard_crashes(void) {
  if (guards_crashes) return;
  provide_crash_stack();
  struct sigaction action = death_action();
  for (int i = 0; i < CRASHES; i++) install(crash_signals[i], &action);
  guards_crashes = true;
}

static void uninstall(const int *numbers, int count) {
  for (int i = 0; i < count; i++) sigaction(numbers[i], &previous[numbers[i]], NULL);
}

static int open_wake_pipe(void) {
  if (wake_pipe[0] >= 0) return 0;
  // Never closed: a thread may wake a screen that is gone.
  return tg_open_pipe(wake_pipe) == 0 ? 0 : errno;
}

int tg_begin(int descriptor) {
  if (begun) return EBUSY;
  int failure = open_wake_pipe();
  if (failure) return failure;
  if (tcgetattr(descriptor, &saved_modes) != 0) return errno;
  if ((terminal = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)) < 0) return errno;
  nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  atomic_store(&requests, 0);
  atomic_store(&terminations, 0);
  if (!atexit_registered) atexit_registered = atexit(restore_at_exit) == 0;
  tg_guard_crashes();

  struct sigaction action = death_action();
  for (int i = 0; i < OTHERS; i++) install(other_signals[i], &action);
  for (int number = SIGRTMIN; number <= SIGRTMAX; number++) install(number, &action);
  action = (struct sigaction){.sa_handler = on_termination, .sa_flags = SA_RESTART | SA_ONSTACK};
  sigfillset(&action.sa_mask);
  for (int i = 0; i < TERMINATIONS; i++) install(termination_signals[i], &action);
  action.sa_handler = on_job_control;
  for (int i = 0; i < JOB_CONTROL; i++) install(job_signals[i], &action);
  begun = true;
  return 0;
}

void tg_end(void) {
  if (!begun) return;
  uninstall(other_signals, OTHERS);
  for (int number = SIGRTMIN; number <= SIGRTMAX; number++) {
    sigaction(number, &previous[number], NULL);
  }
  uninstall(termination_signals, TERMINATIONS);
  uninstall(job_signals, JOB_CONTROL);
  if (nowhere >= 0) close(nowhere);
  close(terminal);
  terminal = nowhere = frames = -1;
  begun = false;
}

static void capture_error(void) {
  if (real_error >= 0 || !isatty(STDERR_FILENO)) return;
  int memory = tg_open_memory();
  int copy = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (memory < 0 || copy < 0 || dup2(memory, STDERR_FILENO) < 0) {
    // Without it stray lines can spoil a frame; no reason not to run.
    if (memory >= 0) close(memory);
    if (copy >= 0) close(copy);
    return;
  }
  captured_error = memory;
  real_error = copy;
}

int tg_arm(const unsigned char *bytes, size_t count, int output) {
  if (!begun || atomic_load(&state) != IDLE) return EBUSY;
  unsigned char *copy = malloc(count ? count : 1);
  if (!copy) return ENOMEM;
  memcpy(copy, bytes, count);
  free(restoring_bytes);
  restoring_bytes = copy;
  restoring_count = count;
  frames = output;
  capture_error();
  atomic_store(&state, ARMED);
  return 0;
}

void tg_disarm(void) { restore_undisturbed(false); }

// MARK: - What the main loop asks

int tg_wake_descriptor(void) { return wake_pipe[0]; }

void tg_wake(void) {
  // A full pipe is readable already.
  if (wake_pipe[1] >= 0) (void)!write(wake_pipe[1], "", 1);
}

void tg_drain_wakes(void) {
  unsigned char bytes[256];
  while (wake_pipe[0] >= 0 && read(wake_pipe[0], bytes, sizeof bytes) > 0) {
  }
}

unsigned tg_take_requests(void) { return atomic_exchange(&requests, 0); }

int tg_termination_signal(void) { return atomic_load(&termination_signal); }

bool tg_can_stop(void) {
  // A session's first process group is orphaned: the kernel does not stop it, for who would continue it?
  if (getpgrp() == getsid(0)) return false;
  struct sigaction current;
  return sigaction(SIGTSTP, NULL, &current) == 0 && current.sa_handler != SIG_IGN;
}

void tg_stop_process_group(void) {
  if (!tg_can_stop()) return;
  struct sigaction ours;
  sigset_t stop, before;
  // First the others, then this thread: raise stops before it returns, kill need not.
  struct sigaction action = {.sa_handler = SIG_IGN};
  sigaction(SIGTSTP, &action, &ours);
  kill(0, SIGTSTP);
  action.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &action, NULL);
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &stop, &before);
  raise(SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  sigaction(SIGTSTP, &ours, NULL);
  tg_await_foreground();
}

void tg_await_foreground(void) {
  // Bounded, because in an orphaned process group the signal does nothing.
  for (int tries = 0; tries < 1000; tries++) {
    pid_t foreground = tcgetpgrp(terminal);
    if (foreground <= 0 || foreground == getpgrp()) break;
    raise(SIGTTOU);
  }
  atomic_fetch_and(&requests, ~(unsigned)(TG_CONTINUE | TG_STOP));
}

void tg_shield_thread(void) {
  provide_crash_stack();
  sigset_t blocked;
  sigfillset(&blocked);
  for (int i = 0; i < CRASHES; i++) sigdelset(&blocked, crash_signals[i]);
  pthread_sigmask(SIG_SETMASK, &blocked, NULL);
}
