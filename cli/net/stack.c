/* See stack.h. */
#include "cli/net/stack.h"

#include <string.h>

#include "base/arena.h"
#include "cli/cli.h"

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
		if (strncmp(line, "at ", 3) == 0 && strstr(line, "./attio:") == NULL) {
			cli_detail(cli, "at", line + 3);
			count++;
		}
		stack += len + (stack[len] == '\n');
	}
}
