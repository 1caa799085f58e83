#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>

// ---- Landlock ----

// Rights by the ABI that brought them; the numbers are the kernel's own and never change.
#define FS_EXECUTE (1ULL << 0)
#define FS_WRITE_FILE (1ULL << 1)
#define FS_READ_FILE (1ULL << 2)
#define FS_READ_DIR (1ULL << 3)
#define FS_ALL_ABI_1 ((1ULL << 13) - 1)
#define FS_REFER (1ULL << 13)
#define FS_TRUNCATE (1ULL << 14)
#define FS_IOCTL_DEV (1ULL << 15)
#define NET_ALL 3ULL
#define SCOPE_ALL 3ULL

// The structure of ABI 6; older kernels are given the part that they know.
struct ruleset {
    uint64_t fs, net, scoped;
};

int phosphor_landlock_abi(void) {
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

static uint64_t rights_of(int abi) {
    uint64_t rights = FS_ALL_ABI_1;
    if (abi >= 2) rights |= FS_REFER;
    if (abi >= 3) rights |= FS_TRUNCATE;
    if (abi >= 5) rights |= FS_IOCTL_DEV;
    return rights;
}

int phosphor_landlock_begin(int abi) {
    struct ruleset ruleset = {rights_of(abi), abi >= 4 ? NET_ALL : 0, abi >= 6 ? SCOPE_ALL : 0};
    size_t size = abi >= 6 ? sizeof ruleset : abi >= 4 ? 16 : 8;
    return (int)syscall(SYS_landlock_create_ruleset, &ruleset, size, 0);
}

int phosphor_landlock_allow(int ruleset, int abi, const char *path, int writes) {
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0) return -1;
    struct stat status;
    uint64_t rights = FS_READ_FILE | FS_EXECUTE;
    int isFolder = fstat(fd, &status) == 0 && S_ISDIR(status.st_mode);
    if (isFolder) rights |= FS_READ_DIR;
    if (writes) rights = FS_ALL_ABI_1 | FS_REFER | FS_TRUNCATE | FS_IOCTL_DEV;
    // A rule on a file may only speak of what can be done with files.
    if (!isFolder) rights &= FS_READ_FILE | FS_EXECUTE | FS_WRITE_FILE | FS_TRUNCATE | FS_IOCTL_DEV;
    struct landlock_path_beneath_attr rule = {.allowed_access = rights & rights_of(abi), .parent_fd = fd};
    int result = (int)syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    int saved = errno;
    close(fd);
    errno = saved;
    return result;
}

int phosphor_landlock_enter(int ruleset) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) return -1;
    return (int)syscall(SYS_landlock_restrict_self, ruleset, 0);
}

// ---- seccomp ----

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#define CALL(name) {SYS_##name, #name}
struct call {
    int number;
    const char *name;
};

// No driver makes these: whoever does has taken the guest over, and it ends there and then.
static const struct call fatal[] = {
    CALL(execve), CALL(execveat), CALL(ptrace), CALL(process_vm_readv), CALL(process_vm_writev), CALL(mount),
    CALL(umount2), CALL(pivot_root), CALL(chroot), CALL(open_by_handle_at), CALL(name_to_handle_at), CALL(keyctl),
    CALL(add_key), CALL(request_key), CALL(bpf), CALL(perf_event_open), CALL(setns), CALL(unshare),
    CALL(init_module), CALL(finit_module), CALL(delete_module), CALL(kexec_load), CALL(reboot), CALL(swapon),
    CALL(swapoff), CALL(userfaultfd), CALL(pidfd_getfd), CALL(pidfd_send_signal), CALL(kcmp), CALL(acct),
    CALL(settimeofday), CALL(clock_settime), CALL(sethostname), CALL(setdomainname),
};
// Libraries may try these and go on without: they fail with EPERM.
static const struct call refused[] = {
    CALL(socket), CALL(socketpair), CALL(connect), CALL(bind), CALL(listen), CALL(accept), CALL(accept4),
    CALL(pidfd_open), CALL(tkill), CALL(process_madvise), CALL(personality), CALL(quotactl), CALL(syslog),
    CALL(fanotify_init), CALL(io_uring_setup), CALL(mlockall),
};
#define COUNT(list) ((int)(sizeof list / sizeof *list))

const char *phosphor_sandbox_denied(int status) {
    int index = status - PHOSPHOR_SANDBOX_EXIT;
    return index >= 0 && index < COUNT(fatal) ? fatal[index].name : NULL;
}

static volatile sig_atomic_t onlyReports;

void phosphor_sandbox_report_only(int on) { onlyReports = on; }

// Only what may be called in a handler: the name goes out by write(2), the index in the exit code.
static void denied(int signal, siginfo_t *info, void *context) {
    (void)signal;
    ucontext_t *state = context;
    if (onlyReports) {
#if defined(__x86_64__)
        state->uc_mcontext.gregs[REG_RAX] = -EPERM;
#elif defined(__aarch64__)
        state->uc_mcontext.regs[0] = (unsigned long long)-EPERM;
#endif
        return;
    }
    for (int i = 0; i < COUNT(fatal); i++) {
        if (fatal[i].number != info->si_syscall) continue;
        static const char head[] = "phosphor guest: denied by the sandbox: ";
        (void)!write(2, head, sizeof head - 1);
        (void)!write(2, fatal[i].name, strlen(fatal[i].name));
        (void)!write(2, "\n", 1);
        _exit(PHOSPHOR_SANDBOX_EXIT + i);
    }
    _exit(PHOSPHOR_SANDBOX_EXIT + COUNT(fatal));
}

// The longest filter: six instructions before the lists, three a call at most, and the special cases.
struct filter {
    struct sock_filter code[320];
    int count;
};

static void add(struct filter *f, struct sock_filter one) { f->code[f->count++] = one; }
static void load(struct filter *f, size_t offset) {
    add(f, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}
static void answer(struct filter *f, uint32_t action) {
    add(f, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action));
}
// The next `skip` instructions are for the loaded value alone.
static void unless_equal(struct filter *f, uint32_t value, int skip) {
    add(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, (uint8_t)skip));
}

#define NUMBER offsetof(struct seccomp_data, nr)
#define LOW(index) (offsetof(struct seccomp_data, args) + 8 * (index))
#define REFUSE (SECCOMP_RET_ERRNO | EPERM)

// Allows a call only where its first argument is this process (or, for prlimit64, none).
static void only_self(struct filter *f, int number, int orZero) {
    unless_equal(f, (uint32_t)number, orZero ? 7 : 5);
    load(f, LOW(0));
    unless_equal(f, (uint32_t)getpid(), 1);
    answer(f, SECCOMP_RET_ALLOW);
    if (orZero) {
        unless_equal(f, 0, 1);
        answer(f, SECCOMP_RET_ALLOW);
    }
    answer(f, REFUSE);
    load(f, NUMBER);
}

int phosphor_seccomp_enter(void) {
#ifndef ARCHITECTURE
    errno = ENOSYS;
    return -1;
#else
    struct filter f = {.count = 0};
    load(&f, offsetof(struct seccomp_data, arch));
    add(&f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0));
    answer(&f, SECCOMP_RET_KILL_PROCESS);
    load(&f, NUMBER);
#if defined(__x86_64__)
    // The x32 calls have numbers of their own, by which all else could be had.
    add(&f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1));
    answer(&f, SECCOMP_RET_KILL_PROCESS);
    unless_equal(&f, SYS_fork, 1);
    answer(&f, REFUSE);
    unless_equal(&f, SYS_vfork, 1);
    answer(&f, REFUSE);
#endif
    for (int i = 0; i < COUNT(fatal); i++) {
        unless_equal(&f, (uint32_t)fatal[i].number, 1);
        answer(&f, SECCOMP_RET_TRAP);
    }
    for (int i = 0; i < COUNT(refused); i++) {
        unless_equal(&f, (uint32_t)refused[i].number, 1);
        answer(&f, REFUSE);
    }
    // A filter cannot look into clone3's structure; without it glibc takes clone, which makes threads and nothing else.
    unless_equal(&f, SYS_clone3, 1);
    answer(&f, SECCOMP_RET_ERRNO | ENOSYS);
    unless_equal(&f, SYS_clone, 5);
    load(&f, LOW(0));
    add(&f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1));
    answer(&f, SECCOMP_RET_ALLOW);
    answer(&f, REFUSE);
    load(&f, NUMBER);
    only_self(&f, SYS_kill, 0);
    only_self(&f, SYS_tgkill, 0);
    only_self(&f, SYS_rt_sigqueueinfo, 0);
    only_self(&f, SYS_rt_tgsigqueueinfo, 0);
    only_self(&f, SYS_prlimit64, 1);
    answer(&f, SECCOMP_RET_ALLOW);

    struct sigaction action = {.sa_sigaction = denied, .sa_flags = SA_SIGINFO | SA_NODEFER};
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGSYS, &action, NULL) < 0) return -1;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) return -1;
    struct sock_fprog program = {.len = (unsigned short)f.count, .filter = f.code};
    // TSYNC: the driver's threads run already, and are held to it, too.
    long result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
    if (result > 0) errno = ESRCH;  // the thread that could not follow
    return result == 0 ? 0 : -1;
#endif
}

// ---- Attempts, for the doctor ----

int phosphor_try_exec(void) {
    // Where it is not denied it fails too, for the want of such a file: only the reason differs.
    char *const none[] = {NULL};
    execve("/nonexistent/phosphor", none, none);
    return errno;
}

int phosphor_try_process(void) {
    long pid = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    if (pid == 0) _exit(0);
    return pid < 0 ? errno : 0;
}

int phosphor_try_trace(pid_t pid) {
    char byte;
    struct iovec here = {&byte, 1}, there = {(void *)0x1000, 1};
    return process_vm_readv(pid, &here, 1, &there, 1, 0) < 0 ? errno : 0;
}
