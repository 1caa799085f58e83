#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// The calls of Linux that Swift cannot make itself: variadic functions, macros, structures laid out by macros, and
// functions that glibc shows only under _GNU_SOURCE (which must never be defined in a header that Swift imports).

// ---- Shared memory (memfd_create(2), fcntl(2)) ----

/// A new anonymous file of `size` bytes that can be sealed, close-on-exec; -1 with errno on failure.
int phosphor_memfd(const char *name, size_t size);
/// Adds F_SEAL_SHRINK|GROW|SEAL, so that no holder can make the other's mapping fault. 0 or -1 with errno.
int phosphor_memfd_seal(int fd);
/// Also forbids writing, for a payload that is handed over. The caller must have unmapped it. 0 or -1 with errno.
int phosphor_memfd_freeze(int fd);
/// The file's size if it carries the seals of phosphor_memfd_seal, else -1.
int64_t phosphor_memfd_sealed_size(int fd);
/// The file's size if it carries the seals of phosphor_memfd_freeze, else -1.
int64_t phosphor_memfd_frozen_size(int fd);
/// Makes sure that nobody can take `bytes` of shared memory away from under those who read it: a file must be that large
/// and is sealed against shrinking; memory of a graphics card cannot shrink. 0, or -1 where it cannot be relied on.
int phosphor_keep_size(int fd, uint64_t bytes);

// ---- Atomics over shared memory (C11 stdatomic) ----

uint32_t phosphor_atomic_load_u32(const void *address);
void phosphor_atomic_store_u32(void *address, uint32_t value);
uint64_t phosphor_atomic_load_u64(const void *address);
void phosphor_atomic_store_u64(void *address, uint64_t value);

// ---- Messages with descriptors (unix(7), SOCK_SEQPACKET) ----

/// Makes a connected pair of SOCK_SEQPACKET sockets, close-on-exec, the first non-blocking, each with room for
/// `buffer` bytes. 0 or -1 with errno.
int phosphor_socket_pair(int out[2], int buffer);
/// Sends one message and, where `fd` is not -1, a descriptor with it. Never raises SIGPIPE and never blocks.
/// Bytes sent, or -1 with errno (EAGAIN: full).
ssize_t phosphor_send(int socket, const void *bytes, size_t length, int fd);
/// Receives one message; `*fd` gets a descriptor that came with it, close-on-exec, or -1. Blocks only where the
/// socket does. Bytes received, 0 at the end, -1 with errno; a message longer than `capacity` gives EMSGSIZE.
ssize_t phosphor_receive(int socket, void *bytes, size_t capacity, int *fd);

// ---- Processes ----

/// Spawns `path` with posix_spawn: descriptors 0 to 2 as they are, `socket` as 3, nothing else. `path` may be
/// /proc/self/exe. Signal mask and handlers are reset. The pid, or -1 with errno.
pid_t phosphor_spawn(const char *path, char *const argv[], char *const envp[], int socket);
/// Waits for a child without blocking unless `block`. 0 still running; 1 ended, with `*status` the exit code, or 128
/// plus the signal; -1 no such child.
int phosphor_reap(pid_t pid, int block, int *status);
/// Waits until a process, a child or not, has ended: 1, or 0 where it has not after so many milliseconds, or -1 with
/// errno (pidfd_open(2)).
int phosphor_wait_ended(pid_t pid, int milliseconds);
/// Asks for SIGKILL when the parent dies, then checks that `parent` still is the parent: 0, or -1 if it is gone.
int phosphor_die_with_parent(pid_t parent);
/// CPU time that a process has used, in nanoseconds, or -1 if it is gone (clock_getcpuclockid(3)).
int64_t phosphor_cpu_nanoseconds(pid_t pid);
/// Lowers this process's priority to `nice` (setpriority(2)). 0 or -1 with errno.
int phosphor_set_nice(int nice);

/// Asks for turns of this length on the processor, for the calling thread and those that it starts
/// (sched_setattr(2), `sched_runtime` of a SCHED_OTHER thread, from Linux 6.12; older kernels ignore it). A thread with
/// short turns is let in sooner when it wakes. glibc before 2.41 has no such function. 0, or -1 with errno.
int phosphor_set_slice(uint64_t nanoseconds);
/// This process's priority, from -20 to 19 (getpriority(2)).
int phosphor_nice(void);
/// Makes standard output print whole lines at once (setvbuf(3)), as another program that reads it wants.
void phosphor_line_buffered_output(void);
/// How many words `main` was given, and the words: without those of a loader that the program was started through,
/// which come first in /proc/self/cmdline. NULL before this library's start.
int phosphor_argument_count(void);
char **phosphor_arguments(void);
/// The environment of this process, as posix_spawn wants it.
char **phosphor_environment(void);

// ---- Time and waiting ----

/// ppoll(2): waits until a descriptor is ready or `nanoseconds` have gone by (negative: for ever).
struct pollfd;
int phosphor_poll(struct pollfd *entries, unsigned long count, int64_t nanoseconds);
/// eventfd(2), non-blocking and close-on-exec: readable once something was written to it.
int phosphor_event_descriptor(void);
/// timerfd_create(2) on CLOCK_MONOTONIC, non-blocking and close-on-exec; glibc's module map has no sys/timerfd.h.
int phosphor_timer_descriptor(void);
/// timerfd_settime(2): readable after `first` nanoseconds (1 at least), then every `interval` ones, or with 0 not again.
/// 0 or -1 with errno.
int phosphor_timer_start(int timer, uint64_t first, uint64_t interval);
/// accept4(2) of a non-blocking, close-on-exec descriptor; -1 with errno where nobody waits.
int phosphor_accept(int listener);

/// CLOCK_MONOTONIC in nanoseconds.
uint64_t phosphor_now(void);
/// A descriptor that becomes readable when SIGINT, SIGTERM or SIGHUP arrives; these no longer end the process.
int phosphor_signal_descriptor(void);

// ---- Limits (Limits.c) ----

/// A process's state as proc(5) has it ('T' for stopped) and its resident memory in bytes. 0, or -1 if it is gone.
int phosphor_process_look(pid_t pid, char *state, int64_t *resident);
/// 1 if one of a process's threads runs or waits for a processor, 0 if all sleep or it is gone.
int phosphor_is_runnable(pid_t pid);
/// Makes this process the first that the kernel ends where memory runs out (oom_score_adj 1000). 0 or -1.
int phosphor_offer_to_oom(void);
/// Gives up for good what this process could raise its priority by.
void phosphor_forbid_priority(void);
/// Asks for the lowest real-time priority for the calling thread alone (SCHED_RR 1, reset on fork), else for a lower
/// nice value. 2 real-time, 1 nice with `*value`, 0 neither. A thread that runs half a second without a sleep loses it.
int phosphor_raise_priority(int *value);

// ---- Sandbox (Sandbox.c; landlock(7), seccomp(2)) ----

/// The version of Landlock that the kernel has, from 1; -1 for none.
int phosphor_landlock_abi(void);
/// A ruleset that denies the whole file system, and what else this version can deny; its descriptor, or -1 with errno.
int phosphor_landlock_begin(int abi);
/// Allows to read and map what lies under `path`, or with `writes` everything there. 0, or -1 where there is no such path.
int phosphor_landlock_allow(int ruleset, int abi, const char *path, int writes);
/// Puts the calling thread, and every thread that it makes from now on, under the ruleset. 0 or -1 with errno.
int phosphor_landlock_enter(int ruleset);
/// Denies all threads of this process system calls that no driver needs. 0 or -1 with errno.
///
/// Some fail with EPERM; those that only an intruder makes end the process with an exit code of their own.
int phosphor_seccomp_enter(void);
/// The name of the system call that ended a guest with this exit code; NULL for another reason.
const char *phosphor_sandbox_denied(int status);
/// The first of those exit codes; there are less than sixty.
#define PHOSPHOR_SANDBOX_EXIT 64
/// Lets forbidden calls fail with EPERM instead of ending the process, for a test of the sandbox.
void phosphor_sandbox_report_only(int on);
/// Tries execve(2) of a file that does not exist; errno. EPERM means denied.
int phosphor_try_exec(void);
/// Tries to make a process; errno, 0 where it was made.
int phosphor_try_process(void);
/// Tries to read the memory of another process; errno, 0 where it was read.
int phosphor_try_trace(pid_t pid);
