/* See host_early.h. */
#include "local/run/host_early.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/error.h"
#include "base/hash.h"
#include "sys/node.h"

/* Node reads its own files and those of the host, and has its pipes. */
enum { DESCRIPTORS = 40 };

struct child_command host_command(const char *const *words)
{
	return (struct child_command){.name = "node",
				      .words = words,
				      .descriptors = DESCRIPTORS,
				      .input = true,
				      .bare = true,
				      .settings = node_host_settings,
				      .limit = HOST_FRAMES_LIMIT};
}

static unsigned long long hash_words(const char *const *words)
{
	unsigned long long hash = 0;

	for (; *words != NULL; words++)
		hash = hash_bytes(hash, *words, strlen(*words) + 1);
	return hash;
}

void host_early_start(struct host_early *early, const char *const *words)
{
	const struct child_command command = host_command(words);
	struct error ignored;
	char place[128];

	*early = (struct host_early){.words = hash_words(words)};
	if (child_launch(&early->child, &command, &ignored) != 0)
		return;
	snprintf(place, sizeof(place), "%ld %d %d %d %llu", (long)early->child.pid, early->child.in,
		 early->child.out, early->child.err, early->words);
	if (!child_keep(&early->child, true) || setenv(HOST_EARLY, place, 1) != 0)
		host_early_end(early);
}

static bool is_pipe(int fd)
{
	struct stat info;

	return fstat(fd, &info) == 0 && (S_ISFIFO(info.st_mode) || S_ISSOCK(info.st_mode));
}

/* Anybody can set a variable; a child of this process, which has started none yet, was there before
 * it was this program. */
static bool is_child(const struct child_launched *child)
{
	int status;

	return child->pid > 1 && waitpid(child->pid, &status, WNOHANG) == 0 && is_pipe(child->in) &&
	       is_pipe(child->out) && is_pipe(child->err) && child_keep(child, false);
}

/* The next number of the place, or -1. */
static long number_of(const char **place, long most)
{
	char *end;
	long number = strtol(*place, &end, 10);

	if (end == *place || number < 0 || number > most)
		return -1;
	*place = end;
	return number;
}

void host_early_take(struct host_early *early, const char *place)
{
	struct child_launched *child = &early->child;

	*early = (struct host_early){0};
	if (place == NULL)
		return;
	child->pid = (pid_t)number_of(&place, INT_MAX);
	child->in = (int)number_of(&place, INT_MAX);
	child->out = (int)number_of(&place, INT_MAX);
	child->err = (int)number_of(&place, INT_MAX);
	early->words = strtoull(place, NULL, 10);
	if (!is_child(child))
		*early = (struct host_early){0};
	unsetenv(HOST_EARLY);
}

bool host_early_fits(const struct host_early *early, const char *const *words)
{
	return early->child.pid != 0 && early->child.in >= 0 && early->words == hash_words(words);
}

void host_early_end(struct host_early *early)
{
	child_end_launched(&early->child);
}
