#define _GNU_SOURCE
#include "CSystem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// Reads a file of proc(5) that is like /proc/PID/stat, and finds its field 3, the state; null if it is not there.
static char *read_state(const char *path, char *text, size_t size) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return NULL;
    ssize_t count = read(fd, text, size - 1);
    close(fd);
    if (count <= 0) return NULL;
    text[count] = 0;
    // The name may hold anything, blanks and brackets included: fields are counted behind its last bracket.
    char *at = strrchr(text, ')');
    return at && at[1] == ' ' ? at + 2 : NULL;
}

int phosphor_is_runnable(pid_t pid) {
    char path[64], text[1024];
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    DIR *folder = opendir(path);
    if (!folder) return 0;
    int found = 0;
    struct dirent *entry;
    while (!found && (entry = readdir(folder))) {
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "/proc/%d/task/%.16s/stat", pid, entry->d_name);
        char *state = read_state(path, text, sizeof text);
        found = state && *state == 'R';
    }
    closedir(folder);
    return found;
}

int phosphor_process_look(pid_t pid, char *state, int64_t *resident) {
    char path[32], text[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    char *at = read_state(path, text, sizeof text);
    if (!at) return -1;
    *state = *at;
    for (int field = 3; field < 24; field++) {
        at = strchr(at, ' ');
        if (!at) return -1;
        at++;
    }
    *resident = strtoll(at, NULL, 10) * sysconf(_SC_PAGESIZE);
    return 0;
}

int phosphor_offer_to_oom(void) {
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd < 0) return -1;
    ssize_t written = write(fd, "1000", 4);
    close(fd);
    return written == 4 ? 0 : -1;
}

void phosphor_forbid_priority(void) {
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_RTPRIO, &none);
    setrlimit(RLIMIT_NICE, &none);
}

static pid_t mainThread;

// Half a second of processor time without one sleep: a frame loop that does that is broken, and would starve the machine.
static void calm_down(int signal) {
    (void)signal;
    struct sched_param none = {0};
    sched_setscheduler(mainThread, SCHED_OTHER | SCHED_RESET_ON_FORK, &none);
}

int phosphor_raise_priority(int *value) {
    struct rlimit limit;
    mainThread = (pid_t)syscall(SYS_gettid);
    // What the system allows but did not give by itself.
    if (getrlimit(RLIMIT_RTPRIO, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_RTPRIO, &limit);
    }
    if (getrlimit(RLIMIT_NICE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NICE, &limit);
    }
    struct sigaction action = {.sa_handler = calm_down, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    struct rlimit time = {500000, RLIM_INFINITY}, old;
    struct sched_param lowest = {.sched_priority = 1};
    *value = 1;
    // Without the safety of the time limit no real-time priority is asked for.
    if (sigaction(SIGXCPU, &action, NULL) == 0 && getrlimit(RLIMIT_RTTIME, &old) == 0) {
        time.rlim_max = old.rlim_max;
        if (time.rlim_cur > time.rlim_max) time.rlim_cur = time.rlim_max;
        if (setrlimit(RLIMIT_RTTIME, &time) == 0
            && sched_setscheduler(0, SCHED_RR | SCHED_RESET_ON_FORK, &lowest) == 0)
            return 2;
    }
    struct sched_param none = {0};
    sched_setscheduler(0, SCHED_OTHER | SCHED_RESET_ON_FORK, &none);
    for (*value = -10; *value < 0; *value += 5)
        if (setpriority(PRIO_PROCESS, 0, *value) == 0) return 1;
    *value = getpriority(PRIO_PROCESS, 0);
    return 0;
}
