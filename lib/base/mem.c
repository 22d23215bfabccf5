/* The heap behind functions that cannot fail: when the machine has no memory left the program says
 * so and stops. This file and none other in lib/ may end the process, and it writes with write(2)
 * because stdio may itself need memory. */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* EXIT_SYSTEM of cli/exit.h: it is the machine that lacks something, not we who are wrong. */
enum { EXIT_NO_MEMORY = 8 };

static _Noreturn void out_of_memory(void)
{
	static const char text[] = "error[system]: this machine has no memory left for attio\n";
	ssize_t written = write(STDERR_FILENO, text, sizeof(text) - 1);
	(void)written;
	_exit(EXIT_NO_MEMORY);
}

void *mem_alloc(size_t size)
{
	void *ptr = malloc(size != 0 ? size : 1);
	if (ptr == NULL)
		out_of_memory();
	return ptr;
}

void *mem_zalloc(size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		out_of_memory();
	size_t total = count * size;
	void *ptr = calloc(1, total != 0 ? total : 1);
	if (ptr == NULL)
		out_of_memory();
	return ptr;
}

void *mem_realloc(void *ptr, size_t size)
{
	void *moved = realloc(ptr, size != 0 ? size : 1);
	if (moved == NULL)
		out_of_memory();
	return moved;
}

char *mem_strdup(const char *text)
{
	return mem_strndup(text, strlen(text));
}

char *mem_strndup(const char *text, size_t len)
{
	if (len == SIZE_MAX)
		out_of_memory();
	char *copy = mem_alloc(len + 1);
	if (len != 0)
		memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

void mem_free(void *ptr)
{
	free(ptr);
}
