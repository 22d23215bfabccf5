/* Linked into a program that is compiled with -fsanitize-coverage=trace-pc: counts its steps. A
 * step is one run through a piece of code without branches, ours or tree-sitter's, or 16 bytes that
 * a function of the C library goes over. The same input takes the same steps on any machine,
 * however busy it is, but for what depends on the moment or on addresses. STEPS_LOG   file that
 * gets the number when the process ends Linux only: calls to the library are led through here by
 * the linker (--wrap). */
#include <fcntl.h>
#include <malloc.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { THREADS = 4096, LINE = 64, BYTES = 16 };

/* One counter a thread: they must not wait for each other. */
static struct {
	_Alignas(LINE) unsigned long long steps;
} counters[THREADS];
static atomic_uint threads;
static _Thread_local unsigned long long *own;

static void count(size_t steps)
{
	if (own == NULL)
		own = &counters[atomic_fetch_add(&threads, 1) % THREADS].steps;
	*own += steps;
}

static void count_bytes(size_t bytes)
{
	count(1 + bytes / BYTES);
}

void __sanitizer_cov_trace_pc(void);
void __sanitizer_cov_trace_pc(void)
{
	count(1);
}

static void tell(void)
{
	const char *path = getenv("STEPS_LOG");
	unsigned long long steps = 0;
	char text[32];

	if (path == NULL)
		return;
	for (size_t i = 0; i < THREADS; i++)
		steps += counters[i].steps;
	int len = snprintf(text, sizeof(text), "%llu\n", steps);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd >= 0 && write(fd, text, (size_t)len) == len)
		close(fd);
}

__attribute__((destructor)) static void end(void)
{
	tell();
}

_Noreturn void __real__exit(int code);
_Noreturn void __wrap__exit(int code);
_Noreturn void __wrap__exit(int code)
{
	tell();
	__real__exit(code);
}

/* What each goes over: as far as it has to, not as far as it may. */
#define WRAP(type, name, parameters, arguments, bytes)                                             \
	type __real_##name parameters;                                                             \
	type __wrap_##name parameters;                                                             \
	type __wrap_##name parameters                                                              \
	{                                                                                          \
		type result = __real_##name arguments;                                             \
		count_bytes(bytes);                                                                \
		return result;                                                                     \
	}

static size_t until(const void *start, const void *found, size_t otherwise)
{
	return found != NULL ? (size_t)((const char *)found - (const char *)start) : otherwise;
}

static size_t common(const char *a, const char *b, size_t len)
{
	size_t i = 0;

	while (i < len && a[i] == b[i] && a[i] != '\0')
		i++;
	return i;
}

WRAP(void *, memcpy, (void *to, const void *from, size_t len), (to, from, len), len)
WRAP(void *, memmove, (void *to, const void *from, size_t len), (to, from, len), len)
WRAP(void *, memset, (void *to, int byte, size_t len), (to, byte, len), len)
WRAP(int, memcmp, (const void *a, const void *b, size_t len), (a, b, len), common(a, b, len))
WRAP(void *, memchr, (const void *text, int byte, size_t len), (text, byte, len),
     until(text, result, len))
WRAP(void *, memrchr, (const void *text, int byte, size_t len), (text, byte, len), len)
WRAP(void *, memmem, (const void *text, size_t len, const void *part, size_t part_len),
     (text, len, part, part_len), until(text, result, len) + part_len)
WRAP(size_t, strlen, (const char *text), (text), result)

/* The rest of a text is gone over only where nothing was found in it. */
static size_t to_found(const char *text, const char *found)
{
	return until(text, found, found == NULL ? __real_strlen(text) : 0);
}

WRAP(size_t, strnlen, (const char *text, size_t len), (text, len), result)
WRAP(int, strcmp, (const char *a, const char *b), (a, b), common(a, b, (size_t)-1))
WRAP(int, strncmp, (const char *a, const char *b, size_t len), (a, b, len), common(a, b, len))
WRAP(int, strcasecmp, (const char *a, const char *b), (a, b), 0)
WRAP(char *, strchr, (const char *text, int byte), (text, byte), to_found(text, result))
WRAP(char *, strrchr, (const char *text, int byte), (text, byte), __real_strlen(text))
WRAP(char *, strstr, (const char *text, const char *part), (text, part), to_found(text, result))
WRAP(char *, strpbrk, (const char *text, const char *set), (text, set), to_found(text, result))
WRAP(size_t, strspn, (const char *text, const char *set), (text, set), result)
WRAP(size_t, strcspn, (const char *text, const char *set), (text, set), result)
WRAP(int, vsnprintf, (char *to, size_t room, const char *format, va_list values),
     (to, room, format, values), (size_t)result)
WRAP(void *, calloc, (size_t items, size_t size), (items, size), items *size)
WRAP(ssize_t, read, (int fd, void *to, size_t room), (fd, to, room),
     result > 0 ? (size_t)result : 0)
WRAP(ssize_t, write, (int fd, const void *from, size_t len), (fd, from, len),
     result > 0 ? (size_t)result : 0)

/* It may have to move everything, each time. */
void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size)
{
	count_bytes(malloc_usable_size(old));
	return __real_realloc(old, size);
}
