/* The one door to the heap. Nothing here returns NULL: a command-line tool that cannot get a few
 * kilobytes has nothing better to do than say so and stop (exit 8), so callers need no
 * out-of-memory paths. Libraries that would crash or mistake it for bad input are led through here
 * too: loop_use_mem, json_use_mem, grammar_use_mem, sql_use_mem, libgit2, libcurl, zlib.
 * libmicrohttpd has no way to be led: where it gets no memory there is no server, which is told, or
 * it closes the one connection, whose other end asks again or tells. Sizes from outside input are
 * limited where they enter, not here. */
#ifndef ATTIO_BASE_MEM_H
#define ATTIO_BASE_MEM_H

#include <stddef.h>

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* Uninitialised memory of `size` bytes (at least one byte is reserved). Free with mem_free. */
void *mem_alloc(size_t size);
/* Zeroed memory for `count` items of `size` bytes; the product is checked for overflow. */
void *mem_zalloc(size_t count, size_t size);
/* As realloc; `ptr` may be NULL. */
void *mem_realloc(void *ptr, size_t size);
/* A copy of a NUL-terminated string, or of its first `len` bytes. Free with mem_free. */
char *mem_strdup(const char *text);
char *mem_strndup(const char *text, size_t len);
/* NULL is fine. */
void mem_free(void *ptr);

#endif
