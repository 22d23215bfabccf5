/* See dev_told.h. */
#include "cli/net/dev_told.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "app/app.h"
#include "app/dotenv.h"
#include "base/arena.h"
#include "base/buf.h"
#include "cli/net/dev_builder.h"
#include "diag/diag.h"
#include "diag/report.h"
#include "diag/text.h"
#include "local/clock.h"
#include "rules/environment.h"
#include "json/json.h"

/* More are read by nobody; the terminal has them. */
enum { FRAMES_MOST = 1000 };

void dev_told_frames(cJSON *list, const struct diags *findings, struct texts *texts)
{
	const struct report_look plain = {0};
	struct buf text = {0};
	size_t at = 0;
	cJSON *item;

	cJSON_ArrayForEach(item, list)
	{
		const struct diags one = {.items = &findings->items[at], .count = 1};

		buf_clear(&text);
		if (at++ < FRAMES_MOST)
			report_human(&text, &one, texts, &plain);
		cJSON_AddStringToObject(item, "frame", buf_cstr(&text));
	}
	buf_dispose(&text);
}

/* ---- the environment ---- */

static cJSON *variable_of(cJSON *items, const char *name)
{
	cJSON *item;

	cJSON_ArrayForEach(item, items)
	{
		if (strcmp(json_string_or_null(item, "name"), name) == 0)
			return item;
	}
	item = cJSON_CreateObject();
	cJSON_AddStringToObject(item, "name", name);
	cJSON_AddArrayToObject(item, "files");
	cJSON_AddArrayToObject(item, "read");
	cJSON_AddItemToArray(items, item);
	return item;
}

static void add_files(const struct app *app, cJSON *files, cJSON *items)
{
	for (size_t i = 0; i < app->env_file_count; i++) {
		const struct env_file *file = &app->env_files[i];
		cJSON *object = cJSON_CreateObject(), *names;

		cJSON_AddStringToObject(object, "file", file->path);
		names = cJSON_AddArrayToObject(object, "names");
		cJSON_AddItemToArray(files, object);
		for (size_t k = 0; k < file->entry_count; k++) {
			const char *name = file->entries[k].key;

			cJSON_AddItemToArray(names, cJSON_CreateString(name));
			cJSON_AddItemToArray(cJSON_GetObjectItem(variable_of(items, name), "files"),
					     cJSON_CreateString(file->path));
		}
	}
}

static void add_reads(const struct app *app, struct texts *texts, struct arena *arena, cJSON *items)
{
	struct diags found = {.arena = arena};

	environment_reads(app, &found);
	for (size_t i = 0; i < found.count; i++) {
		const struct diag *read = &found.items[i];
		struct text *text = texts_find(texts, read->place.file);
		struct position at;
		cJSON *place;

		if (text == NULL)
			continue;
		at = text_position(texts, text, read->place.start);
		place = cJSON_CreateObject();
		cJSON_AddStringToObject(place, "file", read->place.file);
		cJSON_AddNumberToObject(place, "line", (double)at.line);
		cJSON_AddNumberToObject(place, "column", (double)at.column);
		cJSON_AddItemToArray(cJSON_GetObjectItem(variable_of(items, read->message), "read"),
				     place);
	}
}

const char *dev_told_environment(const struct app *app, struct texts *texts, struct arena *arena)
{
	cJSON *document = cJSON_CreateObject();
	cJSON *files = cJSON_AddArrayToObject(document, "files");
	cJSON *items = cJSON_AddArrayToObject(document, "items");
	struct buf text = {0};
	const char *copy;

	add_files(app, files, items);
	add_reads(app, texts, arena, items);
	json_print(&text, document, false);
	cJSON_Delete(document);
	copy = arena_strndup(arena, text.ptr, text.len);
	buf_dispose(&text);
	return copy;
}

/* ---- findings ---- */

void dev_told_findings(struct buf *out, const struct dev_build *build)
{
	bool failed = build->news == DEV_FAILED;
	char now[CLOCK_TEXT_SIZE];

	clock_text(&clock_machine, now);
	buf_printf(out, "{\"step\":\"%s\",\"ok\":%s,\"checking\":%s,\"ms\":%ld",
		   failed                       ? "failed"
		   : build->news == DEV_CHECKED ? "check"
						: "build",
		   failed || build->errors > 0 ? "false" : "true",
		   build->checking ? "true" : "false", build->ms);
	buf_put_json_member(out, "at", now);
	buf_printf(out, ",\"errors\":%zu,\"warnings\":%zu,\"items\":%s,\"error\":", build->errors,
		   build->warnings, build->shown);
	if (build->error != NULL) {
		buf_puts(out, build->error);
	} else if (failed) {
		buf_puts(out, "{\"kind\":\"system\"");
		buf_put_json_member(out, "message", build->failure);
		buf_putc(out, '}');
	} else {
		buf_puts(out, "null");
	}
	buf_putc(out, '}');
}
