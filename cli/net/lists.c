/* See lists.h. */
#include "cli/net/lists.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/net/client.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "json/json.h"

/* One item a line, so that files compare well. */
static void put_lines(struct buf *text, const cJSON *all)
{
	const cJSON *record;

	buf_puts(text, "[");
	cJSON_ArrayForEach(record, all)
	{
		buf_puts(text, text->len > 1 ? ",\n " : "\n ");
		json_print(text, record, false);
	}
	buf_puts(text, "\n]\n");
}

int list_give(struct cli *cli, const char *file, const char *key, cJSON *all)
{
	int count = cJSON_GetArraySize(all);
	struct error error = {0};
	struct buf text = {0};
	cJSON *document;
	int code = EXIT_OK;

	put_lines(&text, all);
	if (file != NULL) {
		const char *path = path_join(cli->arena, cli->cwd, file);

		if (fs_write_atomic(path, text.ptr, text.len, 0666, &error) != 0)
			code = cli_fail(cli, &error);
		else
			cli_say(cli, "%d %s in `%s`", count, key, file);
	} else if (!cli->json) {
		fwrite(text.ptr, 1, text.len, cli->out);
	}
	buf_dispose(&text);
	if (code != EXIT_OK) {
		cJSON_Delete(all);
		return code;
	}
	document = cJSON_CreateObject();
	cJSON_AddNumberToObject(document, "count", count);
	if (file != NULL)
		cJSON_Delete(all);
	else
		cJSON_AddItemToObject(document, key, all);
	return client_print_json(cli, document, EXIT_OK);
}
