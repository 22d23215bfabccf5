/* attio help, completion and the hidden __manual: the commands that print what is generated from
 * the table. */
#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/commands.h"
#include "cli/complete.h"
#include "cli/help.h"
#include "cli/manual.h"

int help_run(struct cli *cli, const void *options)
{
	const struct help_options *o = options;
	char *words = arena_strdup(cli->arena, "");

	for (size_t i = 0; o->words != NULL && o->words[i] != NULL; i++)
		words = arena_printf(cli->arena, "%s%s%s", words, i == 0 ? "" : " ", o->words[i]);
	return help_words(cli, words);
}

/* Prints generated text, or under --json a document with the text in it. */
static int print_text(struct cli *cli, struct buf *text)
{
	if (cli->json) {
		cJSON *document = cli_json(cli, EXIT_OK);
		cJSON_AddStringToObject(document, "text", buf_cstr(text));
		cli_print_json(cli, document);
	} else {
		fwrite(buf_cstr(text), 1, text->len, cli->out);
	}
	buf_dispose(text);
	return EXIT_OK;
}

int completion_run(struct cli *cli, const void *options)
{
	const struct completion_options *o = options;
	struct buf text = {0};

	if (strcmp(o->shell, "bash") == 0)
		complete_bash(&text);
	else if (strcmp(o->shell, "zsh") == 0)
		complete_zsh(&text);
	else
		complete_fish(&text);
	return print_text(cli, &text);
}

int manual_run(struct cli *cli, const void *options)
{
	const struct manual_options *o = options;
	struct buf text = {0};
	struct error error;

	if (o->page == NULL) {
		manual_list(cli->arena, &text);
		return print_text(cli, &text);
	}
	if (manual_page(cli->arena, &text, o->page, &error) != 0) {
		buf_dispose(&text);
		return cli_fail(cli, &error);
	}
	return print_text(cli, &text);
}
