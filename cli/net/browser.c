#include "cli/net/browser.h"

#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "cli/cli.h"
#include "cli/net/account.h"
#include "sys/spawn.h"

#ifdef __APPLE__
#define SYSTEM_OPENER "open"
#else
#define SYSTEM_OPENER "xdg-open"
#endif

enum { WORDS_MAX = 32 };

/* One word with the address in place of "%s". */
static const char *fill(struct arena *arena, const char *word, size_t len, const char *url,
			bool *filled)
{
	const char *copy = arena_strndup(arena, word, len);
	const char *mark = strstr(copy, "%s");

	if (mark == NULL)
		return copy;
	*filled = true;
	return arena_printf(arena, "%.*s%s%s", (int)(mark - copy), copy, url, mark + 2);
}

/* Starts what stands in the first `len` bytes of `command`. */
static bool start(struct cli *cli, const char *command, size_t len, const char *url)
{
	const char *words[WORDS_MAX + 2] = {NULL};
	const char *end = command + len;
	size_t count = 0;
	bool filled = false;

	while (command < end && count < WORDS_MAX) {
		size_t word = strcspn(command, " :");

		if (word > 0)
			words[count++] = fill(cli->arena, command, word, url, &filled);
		command += word + 1;
	}
	if (count == 0)
		return false;
	if (!filled)
		words[count] = url;
	return spawn_detached(words) == 0;
}

bool browser_open(struct cli *cli, const char *url)
{
	const char *named = cli_env(cli, "BROWSER");

	if (named == NULL)
		return account_has_screen(cli) &&
		       start(cli, SYSTEM_OPENER, strlen(SYSTEM_OPENER), url);
	while (*named != '\0') {
		size_t len = strcspn(named, ":");

		if (start(cli, named, len, url))
			return true;
		named += len + (named[len] == ':');
	}
	return false;
}
