/* See process.h. */
#include "sys/process.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

extern char **environ;

static bool is_set(const char *setting)
{
	size_t name = strcspn(setting, "=");

	for (char **have = environ; *have != NULL; have++)
		if (strncmp(*have, setting, name) == 0 && (*have)[name] == '=')
			return true;
	return false;
}

char **process_environment(const char *const *settings)
{
	size_t count = 0, more = 0, kept = 0;
	char **list;

	while (environ[count] != NULL)
		count++;
	while (settings != NULL && settings[more] != NULL)
		more++;
	list = mem_zalloc(count + more + 1, sizeof(*list));
	for (size_t i = 0; i < count; i++)
		if (!str_starts(environ[i], "ATTIO_TOKEN"))
			list[kept++] = environ[i];
	for (size_t i = 0; i < more; i++)
		if (!is_set(settings[i]))
			list[kept++] = (char *)settings[i];
	return list;
}

void process_how(char *text, size_t size, long long code, int signal)
{
	static const struct {
		int number;
		const char *name;
	} signals[] = {
		{SIGKILL, "SIGKILL"}, {SIGTERM, "SIGTERM"}, {SIGINT, "SIGINT"},
		{SIGHUP, "SIGHUP"},   {SIGSEGV, "SIGSEGV"}, {SIGABRT, "SIGABRT"},
		{SIGBUS, "SIGBUS"},   {SIGILL, "SIGILL"},   {SIGTRAP, "SIGTRAP"},
		{SIGFPE, "SIGFPE"},   {SIGQUIT, "SIGQUIT"}, {SIGXCPU, "SIGXCPU"},
	};

	if (signal == 0) {
		snprintf(text, size, "exit code %lld", code);
		return;
	}
	snprintf(text, size, "signal %d", signal);
	for (size_t i = 0; i < ARRAY_LEN(signals); i++)
		if (signals[i].number == signal)
			snprintf(text, size, "%s", signals[i].name);
}

static bool is_marked(const char *line, const char *const *marks)
{
	for (; *marks != NULL; marks++)
		if (str_starts(line, *marks))
			return true;
	return false;
}

void process_complaint(char *text, size_t size, const char *said, const char *const *marks)
{
	const char *line = said, *best = said;
	size_t len = 0;

	while (*line != '\0') {
		size_t here = strcspn(line, "\n");

		if (strspn(line, " \t\r") < here) {
			best = line;
			len = here;
		}
		if (is_marked(line, marks))
			break;
		line += here + (line[here] == '\n');
	}
	if (len >= size)
		len = size - 1;
	memcpy(text, best, len);
	text[len] = '\0';
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
			text[i] = ' ';
	while (len > 0 && text[len - 1] == ' ')
		text[--len] = '\0';
}
