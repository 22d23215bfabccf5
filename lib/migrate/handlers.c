/* Blocks, webhooks and events: they move as they are. */
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "migrate/internal.h"
#include "sys/path.h"

static struct job *add_job(struct work *work, const char *from, const char *to)
{
	struct job *job = arena_push(work->arena, &work->jobs, &work->job_count, sizeof(*job));

	job->from = from;
	job->to = to;
	job->module = app_module(work->app, from);
	return job;
}

static const char *new_home(struct work *work, const char *path)
{
	return arena_printf(work->arena, "src/app/%s", path + strlen("src/"));
}

/* All files below a folder of a block; links are not followed. */
static void add_tree(struct work *work, const char *folder)
{
	struct fs_entry *entries;
	struct error ignored;
	size_t count;

	if (files_list(&work->app->texts.files, folder, &entries, &count, &ignored) != 0)
		return;
	for (size_t i = 0; i < count; i++) {
		const char *path = path_join(work->arena, folder, entries[i].name);

		if (entries[i].type == FS_DIR && !entries[i].link)
			add_tree(work, path);
		else
			add_job(work, path, new_home(work, path))->block = true;
	}
}

static void read_blocks(struct work *work)
{
	struct fs_entry *entries;
	struct error ignored;
	size_t count;

	if (files_type(&work->app->texts.files, "src/blocks") != FS_DIR ||
	    files_list(&work->app->texts.files, "src/blocks", &entries, &count, &ignored) != 0)
		return;
	for (size_t i = 0; i < count; i++) {
		const char *from = path_join(work->arena, "src/blocks", entries[i].name);
		const char *to = new_home(work, from);

		if (entries[i].type != FS_DIR || path_is_hidden(from))
			continue;
		if (files_type(&work->app->texts.files, to) != FS_NONE)
			block_plan(work, "destination-collision",
				   arena_printf(work->arena, "`%s` is there already", to), from, to,
				   entries[i].name, NULL);
		else
			add_tree(work, from);
	}
}

static const char *folder_of(enum definition_kind kind)
{
	return kind == DEF_WEBHOOK ? "src/webhooks" : "src/events";
}

/* One of that id below src/app, with whatever extension. */
static bool in_both(const struct work *work, const struct definition *definition)
{
	const struct definition *other;

	for (size_t i = 0; (other = app_definition(work->app, definition->kind, i)) != NULL; i++)
		if (strcmp(other->id, definition->id) == 0 &&
		    path_is_under(other->module->path, "src/app"))
			return true;
	return false;
}

static void read_kind(struct work *work, enum definition_kind kind)
{
	const struct definition *definition;

	for (size_t i = 0; (definition = app_definition(work->app, kind, i)) != NULL; i++) {
		const char *from = definition->module->path;
		const char *to;

		if (!path_is_under(from, folder_of(kind)))
			continue;
		to = new_home(work, from);
		if (files_type(&work->app->texts.files, to) != FS_NONE || in_both(work, definition))
			block_plan(work,
				   kind == DEF_WEBHOOK ? "duplicate-webhook-handler-id"
						       : "duplicate-event-handler-id",
				   arena_printf(work->arena,
						"the handler `%s` is there in both layouts",
						definition->id),
				   from, to, definition->id, NULL);
		add_job(work, from, to);
	}
}

void read_handlers(struct work *work)
{
	read_blocks(work);
	read_kind(work, DEF_EVENT);
	read_kind(work, DEF_WEBHOOK);
}
