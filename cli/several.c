/* See several.h. */
#include "cli/several.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/project.h"
#include "cli/term.h"
#include "sys/path.h"

int several_find(struct cli *cli, const char *const *paths, struct project_groups *groups,
		 struct error *error)
{
	*groups = (struct project_groups){0};
	if (paths == NULL || paths[0] == NULL || paths[1] == NULL)
		return 0;
	if (project_split(cli, paths, groups, error) != 0)
		return -1;
	if (groups->count < 2)
		groups->count = 0;
	return 0;
}

const char *several_first(const char *const *paths)
{
	return paths != NULL ? paths[0] : NULL;
}

bool several_ask_git(struct cli *cli, const char *const *paths)
{
	struct project_groups groups;
	struct error ignored = {0};

	if (several_find(cli, paths, &groups, &ignored) != 0)
		return false;
	if (groups.count > 0)
		return groups_ask_git(cli, &groups);
	return project_asks_git(cli, project_root(cli, several_first(paths), &ignored));
}

int several_refuse(const struct single_option *options, struct error *error)
{
	for (; options->name != NULL; options++) {
		if (!options->given)
			continue;
		error_set(error, ERROR_USAGE, "`%s` is for one app, and several are named",
			  options->name);
		return error_fix(error, "name one app, or leave `%s` out", options->name);
	}
	return 0;
}

/* --- one list of findings ----------------------------------------------------------------------
 */

void gathered_init(struct gathered *gathered, struct cli *cli, const struct project_groups *groups)
{
	const char *root = groups->items[0].root;

	for (size_t i = 1; i < groups->count; i++)
		while (strcmp(root, groups->items[i].root) != 0 &&
		       !path_is_under(groups->items[i].root, root))
			root = path_dir(cli->arena, root);
	*gathered = (struct gathered){.root = root, .findings = {.arena = cli->arena}};
	texts_init(&gathered->texts, cli->arena, root);
	clock_gettime(CLOCK_MONOTONIC, &gathered->start);
}

void gathered_dispose(struct gathered *gathered)
{
	if (gathered != NULL)
		texts_dispose(&gathered->texts);
}

struct copying {
	struct gathered *gathered;
	struct arena *arena;
	struct app *app;
	const char *prefix; /* of the app, seen from the folder that holds all */
};

static const char *copy_string(const struct copying *copying, const char *text)
{
	return text != NULL ? arena_strdup(copying->arena, text) : NULL;
}

/* The text as people may see it: its secrets stay masked. */
static void copy_text(const struct copying *copying, const char *path, const char *file)
{
	const struct text *from = texts_find(&copying->app->texts, file);
	struct texts *texts = &copying->gathered->texts;
	struct text *text;

	if (from == NULL || map_get(&texts->by_path, path) != NULL)
		return;
	text = texts_add(texts, path, arena_strndup(copying->arena, from->bytes, from->len),
			 from->len);
	text->searched = from->searched;
	if (from->shown != NULL)
		text->shown = arena_strndup(copying->arena, from->shown, from->len);
}

static struct place copy_place(const struct copying *copying, const struct place *from)
{
	struct place place = *from;

	if (from->file == NULL) {
		place.file = copying->prefix;
		return place;
	}
	place.file = path_join(copying->arena, copying->prefix, from->file);
	copy_text(copying, place.file, from->file);
	return place;
}

static void copy_finding(const struct copying *copying, const struct diag *from)
{
	struct diags *findings = &copying->gathered->findings;
	struct diag diag = *from;

	diag.message = copy_string(copying, from->message);
	diag.label = copy_string(copying, from->label);
	diag.help = copy_string(copying, from->help);
	diag.code = copy_string(copying, from->code);
	diag.name = copy_string(copying, from->name);
	diag.place = copy_place(copying, &from->place);
	diag.notes = NULL;
	diag.note_count = 0;
	for (size_t i = 0; i < from->note_count; i++) {
		struct note *note =
			arena_push(copying->arena, &diag.notes, &diag.note_count, sizeof(*note));

		note->place = copy_place(copying, &from->notes[i].place);
		note->message = copy_string(copying, from->notes[i].message);
	}
	diag.edits = NULL;
	diag.edit_count = 0;
	for (size_t i = 0; i < from->edit_count; i++) {
		struct edit *edit =
			arena_push(copying->arena, &diag.edits, &diag.edit_count, sizeof(*edit));

		edit->place = copy_place(copying, &from->edits[i].place);
		edit->text = copy_string(copying, from->edits[i].text);
	}
	const struct diags one = {.items = &diag, .count = 1};
	diags_append(findings, &one);
}

void gathered_add(struct gathered *gathered, struct app *app, const struct diags *findings)
{
	struct arena *arena = gathered->findings.arena;
	const struct copying copying = {.gathered = gathered,
					.arena = arena,
					.app = app,
					.prefix = path_relative(arena, gathered->root, app->root)};

	gathered->files += app->module_count;
	for (size_t i = 0; i < findings->count; i++)
		copy_finding(&copying, &findings->items[i]);
}

/* --- all of them -------------------------------------------------------------------------------
 */

int several_run(struct cli *cli, const struct project_groups *groups,
		int (*one)(struct cli *cli, const char *const *paths, void *data), void *data)
{
	int worst = EXIT_OK;

	cli->documents = cJSON_CreateArray();
	for (size_t i = 0; i < groups->count; i++) {
		cli->app = groups->items[i].name;
		int code = one(cli, groups->items[i].paths, data);
		worst = code > worst ? code : worst;
	}
	cli->app = NULL;
	return worst;
}

struct cJSON *several_document(struct cli *cli, int code)
{
	struct cJSON *document = cli_json(cli, code);

	cJSON_AddItemToObject(document, "apps", cli->documents);
	cli->documents = NULL;
	return document;
}

void several_head(struct cli *cli)
{
	struct buf line = {0};

	if (cli->app == NULL || cli->json)
		return;
	if (cli->out_color)
		buf_puts(&line, "\x1b[1m");
	term_escape(&line, cli->app);
	buf_puts(&line, cli->out_color ? ":\x1b[0m\n" : ":\n");
	fwrite(buf_cstr(&line), 1, line.len, cli->out);
	buf_dispose(&line);
}
