/* Loaded into a program (LD_PRELOAD) to make one of its calls to the system fail, or fall short.
 * run.mjs tells which and looks at what the program makes of it. Linux only.
 *   FAULT       what happens: see `faults` below; unset: nothing, calls are only counted
 *   FAULT_AT    to which call of that kind, counted from 1 after main began
 *   FAULT_LOG   file that gets, at the end of the process, how many calls of each kind there were
 * Not thread-exact: two threads may race for the same number, and one of them gets it.
 *
 * Calls of libuv, but for memory, are left alone: it wakes itself through pipes, which cannot fail
 * in these ways, and aborts when they do. What goes wrong between us and an engine is played by
 * tests/fake. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum call {
	CALL_READ,
	CALL_WRITE,
	CALL_OPEN,
	CALL_MKDIR,
	CALL_RENAME,
	CALL_SYNC,
	CALL_ALLOC,
	CALLS
};

static const char *const call_names[CALLS] = {"read",   "write", "open", "mkdir",
					      "rename", "sync",  "alloc"};

static const struct fault {
	const char *name;
	enum call call;
	int error; /* errno, 0: the call does less than it was asked for */
	int times; /* calls in a row that suffer it */
} faults[] = {
	{"read-short", CALL_READ, 0, 1000000},   {"read-eintr", CALL_READ, EINTR, 3},
	{"read-eio", CALL_READ, EIO, 1},         {"write-short", CALL_WRITE, 0, 1000000},
	{"write-eintr", CALL_WRITE, EINTR, 3},   {"write-enospc", CALL_WRITE, ENOSPC, 1000000},
	{"write-eio", CALL_WRITE, EIO, 1},       {"open-emfile", CALL_OPEN, EMFILE, 1},
	{"mkdir-enospc", CALL_MKDIR, ENOSPC, 1}, {"rename-eio", CALL_RENAME, EIO, 1},
	{"sync-eio", CALL_SYNC, EIO, 1},         {"alloc", CALL_ALLOC, ENOMEM, 1},
};

static const struct fault *wanted;
static long wanted_at;
static atomic_bool counting; /* main has begun */
static atomic_long counts[CALLS];

static bool is_libuv(const void *caller)
{
	Dl_info info;

	return dladdr(caller, &info) != 0 && info.dli_fname != NULL &&
	       strstr(info.dli_fname, "libuv") != NULL;
}

/* Whether this call, which came from `caller`, is the one. */
static bool hit_by(enum call call, const void *caller)
{
	if (!counting || (call != CALL_ALLOC && is_libuv(caller)))
		return false;
	long number = atomic_fetch_add(&counts[call], 1) + 1;
	return wanted != NULL && wanted->call == call && number >= wanted_at &&
	       number < wanted_at + wanted->times;
}

#define hit(call) hit_by(call, __builtin_return_address(0))

/* Half of it, but something. */
static size_t less(size_t len)
{
	return len > 1 ? len / 2 : len;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t read(int fd, void *bytes, size_t len)
{
	static __typeof__(&read) real;
	if (real == NULL)
		real = REAL(read);
	if (hit(CALL_READ)) {
		if (wanted->error != 0) {
			errno = wanted->error;
			return -1;
		}
		len = less(len);
	}
	return real(fd, bytes, len);
}

ssize_t write(int fd, const void *bytes, size_t len)
{
	static __typeof__(&write) real;
	if (real == NULL)
		real = REAL(write);
	if (hit(CALL_WRITE)) {
		if (wanted->error != 0) {
			errno = wanted->error;
			return -1;
		}
		len = less(len);
	}
	return real(fd, bytes, len);
}

static int failed(void)
{
	errno = wanted->error;
	return -1;
}

int open(const char *path, int flags, ...)
{
	static __typeof__(&open) real;
	mode_t mode = 0;
	if (real == NULL)
		real = REAL(open);
	if ((flags & (O_CREAT | O_TMPFILE)) != 0) {
		va_list arguments;
		va_start(arguments, flags);
		mode = va_arg(arguments, mode_t);
		va_end(arguments);
	}
	return hit(CALL_OPEN) ? failed() : real(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
	static __typeof__(&openat) real;
	mode_t mode = 0;
	if (real == NULL)
		real = REAL(openat);
	if ((flags & (O_CREAT | O_TMPFILE)) != 0) {
		va_list arguments;
		va_start(arguments, flags);
		mode = va_arg(arguments, mode_t);
		va_end(arguments);
	}
	return hit(CALL_OPEN) ? failed() : real(folder, path, flags, mode);
}

int mkdir(const char *path, mode_t mode)
{
	static __typeof__(&mkdir) real;
	if (real == NULL)
		real = REAL(mkdir);
	return hit(CALL_MKDIR) ? failed() : real(path, mode);
}

int rename(const char *from, const char *to)
{
	static __typeof__(&rename) real;
	if (real == NULL)
		real = REAL(rename);
	return hit(CALL_RENAME) ? failed() : real(from, to);
}

int fsync(int fd)
{
	static __typeof__(&fsync) real;
	if (real == NULL)
		real = REAL(fsync);
	return hit(CALL_SYNC) ? failed() : real(fd);
}

/* glibc's own names: dlsym may itself allocate. */
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);

static void *no_memory(void)
{
	errno = ENOMEM;
	return NULL;
}

void *malloc(size_t size)
{
	return hit(CALL_ALLOC) ? no_memory() : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return hit(CALL_ALLOC) ? no_memory() : __libc_calloc(count, size);
}

void *realloc(void *ptr, size_t size)
{
	return hit(CALL_ALLOC) ? no_memory() : __libc_realloc(ptr, size);
}

/* _exit and exec keep no promise to run destructors, so the log is written as calls are counted
 * only in a run that asks for it; that run ends normally. */
__attribute__((destructor)) static void tell(void)
{
	const char *path = getenv("FAULT_LOG");
	char text[512];
	int len = 0;

	counting = false;
	if (path == NULL)
		return;
	for (int i = 0; i < CALLS; i++)
		len += snprintf(text + len, sizeof(text) - (size_t)len, "%s %ld\n", call_names[i],
				counts[i]);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd >= 0 && write(fd, text, (size_t)len) == len)
		close(fd);
}

typedef int main_fn(int, char **, char **);
static main_fn *program;

static int counted_main(int argc, char **argv, char **environment)
{
	const char *name = getenv("FAULT"), *at = getenv("FAULT_AT");

	for (size_t i = 0; name != NULL && i < sizeof(faults) / sizeof(*faults); i++)
		if (strcmp(faults[i].name, name) == 0)
			wanted = &faults[i];
	wanted_at = at != NULL ? strtol(at, NULL, 10) : 0;
	counting = true;
	return program(argc, argv, environment);
}

/* Where a C program begins: what its libraries do before main is not ours to disturb. */
int __libc_start_main(main_fn *program_main, int argc, char **argv, void (*init)(void),
		      void (*fini)(void), void (*loader_fini)(void), void *stack_end)
{
	int (*real)(main_fn *, int, char **, void (*)(void), void (*)(void), void (*)(void),
		    void *) = NULL;
	void *found = dlsym(RTLD_NEXT, "__libc_start_main");

	memcpy(&real, &found, sizeof(real));
	program = program_main;
	return real(counted_main, argc, argv, init, fini, loader_fini, stack_end);
}
