/* See ask.h. */
#include "cli/net/ask.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "cli/cli.h"

#define LINE_LIMIT 4096 /* bytes */

/* Byte by byte, so that what follows the line stays for the next question. */
static const char *read_line(struct cli *cli)
{
	struct buf line = {0};
	ssize_t got = 0;
	char *text, *end;
	char c;

	while (line.len < LINE_LIMIT && (got = read(STDIN_FILENO, &c, 1)) == 1 && c != '\n')
		buf_putc(&line, c);
	if (got <= 0 && line.len == 0) {
		buf_dispose(&line);
		return NULL;
	}
	text = arena_strdup(cli->arena, buf_cstr(&line));
	buf_dispose(&line);
	while (isspace((unsigned char)*text) != 0)
		text++;
	for (end = text + strlen(text); end > text && isspace((unsigned char)end[-1]) != 0; end--)
		end[-1] = '\0';
	return text;
}

const char *ask_line(struct cli *cli, const char *question, const char *fallback)
{
	const char *line;

	if (*fallback != '\0')
		fprintf(cli->err, "%s [%s]: ", question, fallback);
	else
		fprintf(cli->err, "%s: ", question);
	fflush(cli->err);
	line = read_line(cli);
	return line != NULL && *line == '\0' ? fallback : line;
}

bool ask_yes(struct cli *cli, const char *question, bool fallback)
{
	const char *line;

	fprintf(cli->err, "%s [%s] ", question, fallback ? "Y/n" : "y/N");
	fflush(cli->err);
	line = read_line(cli);
	if (line == NULL)
		return false;
	if (*line == '\0')
		return fallback;
	return strcasecmp(line, "y") == 0 || strcasecmp(line, "yes") == 0;
}
