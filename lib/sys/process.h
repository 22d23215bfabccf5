/* What the engines that we run as child processes have in common, however they are started. */
#ifndef ATTIO_SYS_PROCESS_H
#define ATTIO_SYS_PROCESS_H

#include <stddef.h>

/* Our environment without our secrets, with which an engine has no business, and with `settings`
 * ("NAME=value", ends with NULL; NULL: none) where the user has not set them. The strings are
 * borrowed; free the list with mem_free. */
char **process_environment(const char *const *settings);

/* How a process ended, in a few words: "exit code 2", "SIGKILL". `signal` is 0 when none ended it.
 */
void process_how(char *text, size_t size, long long code, int signal);

/* The most telling line of what it said on standard error, printable; "" when there is none. That
 * is the first one that begins with one of `marks` (ends with NULL), else the last one. */
void process_complaint(char *text, size_t size, const char *said, const char *const *marks);

#endif
