/* See stack.h. */
#include "cli/net/stack.h"

#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "cli/cli.h"

const char *stack_hint(const char *code)
{
	static const char *const hints[][2] = {
		{"no-workspace-connection",
		 "connect it: `attio connection add --workspace --value-env NAME`"},
		{"no-user-connection",
		 "connect it: `attio connection add --user --value-env NAME`"},
		{"connection-expired",
		 "connect it again: `attio connection add` with `--workspace` or `--user`"},
	};

	for (size_t i = 0; i < ARRAY_LEN(hints); i++)
		if (strcmp(hints[i][0], code) == 0)
			return hints[i][1];
	return "";
}

/* A stack begins with the message, then come frames. */
void stack_say(struct cli *cli, const char *stack)
{
	enum { FRAMES = 12 };
	int count = 0;

	while (*stack != '\0' && count < FRAMES) {
		size_t len = strcspn(stack, "\n");
		const char *line = arena_strndup(cli->arena, stack, len);

		line += strspn(line, " ");
		/* Not the frames of what the bundle adds around the app. */
		if (strncmp(line, "at ", 3) == 0 && strstr(line, "./attio:") == NULL &&
		    strstr(line, "<anonymous>") == NULL) {
			cli_detail(cli, "at", line + 3);
			count++;
		}
		stack += len + (stack[len] == '\n');
	}
}
