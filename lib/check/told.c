/* See told.h. */
#include "check/told.h"

#include <string.h>

#include "app/problems.h"
#include "app/unresolved.h"
#include "base/arena.h"
#include "base/str.h"

struct echo *echo_new(const struct app *app, struct arena *arena, bool typed)
{
	struct echo *echo = arena_alloc(arena, sizeof(*echo));

	*echo = (struct echo){.app = app, .arena = arena, .typed = typed};
	texts_over(&echo->texts, arena, &app->texts);
	return echo;
}

void echo_free(struct echo *echo)
{
	map_dispose(&echo->files);
	map_dispose(&echo->places);
	texts_dispose(&echo->texts);
}

static const char *place_key(struct arena *arena, const struct diag *diag, const char *code)
{
	const char *file = diag->place.file != NULL ? diag->place.file : "";

	return arena_printf(arena, "%s:%zu:%s", file, diag->place.start, code);
}

bool is_one_of(const char *code, const char *const *codes)
{
	for (size_t i = 0; codes[i] != NULL; i++)
		if (strcmp(code, codes[i]) == 0)
			return true;
	return false;
}

/* The compiler points at a property's name, or at an argument, where ours is at the value or at
 * what is called. */
static struct place whole_place(const struct echo *echo, struct place place)
{
	const struct module *module = app_module(echo->app, place.file);
	struct node node, parent;

	if (module == NULL || place.end == 0)
		return place;
	node = syntax_node_at(&module->syntax, place.start, place.end);
	parent = node_parent(node);
	return node_is(parent, NODE_PAIR) || node_is(parent, NODE_CALL_EXPRESSION)
		       ? node_place(&module->syntax, parent)
		       : place;
}

static struct file *file_of(struct echo *echo, const char *path)
{
	struct file *file = map_get(&echo->files, path);

	if (file == NULL) {
		file = arena_alloc(echo->arena, sizeof(*file));
		*file = (struct file){0};
		map_set(&echo->files, path, file);
	}
	return file;
}

/* The name that an import does not get. */
static void learn_name(struct echo *echo, const struct diag *diag)
{
	struct text *text = texts_find(&echo->texts, diag->place.file);

	if (text == NULL || diag->place.end > text->len)
		return;
	map_set(&echo->places,
		arena_printf(echo->arena, "%s\n%.*s", diag->place.file,
			     (int)(diag->place.end - diag->place.start),
			     text->bytes + diag->place.start),
		diag);
}

static void learn(struct echo *echo, const struct diag *diag)
{
	static const char *const exports[] = {"ATT1002", "ATT1020", "ATT1030", "ATT3001", "ATT5002",
					      "ATT5010", "ATT5016", "ATT5017", NULL};
	static const char *const wrong[] = {"ATT9006", "ATT5012", "ATT5014", NULL};
	static const char *const definitions[] = {"ATT1020", "ATT1030", "ATT5002", NULL};
	static const char *const blocks[] = {"ATT5012", "ATT5013", "ATT5015", NULL};
	struct file *file;

	map_set(&echo->places, place_key(echo->arena, diag, diag->code), diag);
	echo->engine = echo->engine || strcmp(diag->code, "ATT9007") == 0;
	echo->no_app = echo->no_app || strcmp(diag->code, problem_app_export.code) == 0;
	if (diag->place.file == NULL)
		return;
	file = file_of(echo, diag->place.file);
	if (diag->severity != SEVERITY_ERROR)
		return;
	if (diag->place.end > 0)
		map_set(&echo->places, place_key(echo->arena, diag, ""), diag);
	file->error = true;
	file->unread = file->unread || strcmp(diag->code, problem_syntax.code) == 0 ||
		       strcmp(diag->code, problem_file_unreadable.code) == 0;
	file->suffix = file->suffix || strcmp(diag->code, "ATT1012") == 0;
	file->no_default = file->no_default || is_one_of(diag->code, exports);
	file->no_schema = file->no_schema || strcmp(diag->code, problem_settings_schema.code) == 0;
	echo->no_schema = echo->no_schema || file->no_schema;
	file->misplaced = file->misplaced || is_one_of(diag->code, blocks);
	file->answers = file->answers || strcmp(diag->code, "ATT3005") == 0;
	file->query = file->query || str_starts(diag->code, "ATT4");
	echo->async = echo->async || strcmp(diag->code, "ATT2016") == 0;
	echo->circle = echo->circle || str_ends(diag->message, WORDS_CIRCLE);
	echo->twice = echo->twice || str_ends(diag->message, WORDS_TWICE);
	if (strcmp(diag->code, "ATT9006") == 0 && diag->place.end > 0)
		learn_name(echo, diag);
	if (is_one_of(diag->code, wrong) && diag->place.end > 0)
		*(size_t *)arena_push(echo->arena, &file->wrong, &file->wrong_count,
				      sizeof(*file->wrong)) = diag->place.start;
	/* One key in many places: the finding is at the first. */
	for (size_t i = 0; strcmp(diag->code, "ATT6004") == 0 && i < diag->note_count; i++) {
		const struct diag note = {.place = diag->notes[i].place};

		map_set(&echo->places, place_key(echo->arena, &note, ""), diag);
	}
	if (is_one_of(diag->code, definitions) && file->range_count < RANGES) {
		struct place place = whole_place(echo, diag->place);

		file->ranges[file->range_count].start = place.start;
		file->ranges[file->range_count++].end = place.end;
	}
}

void echo_learn(struct echo *echo, const struct diags *told)
{
	for (size_t i = 0; i < told->count; i++)
		learn(echo, &told->items[i]);
}

void told_missing(struct echo *echo, const struct diag *type)
{
	map_set(&echo->places, place_key(echo->arena, type, CODE_MISSING), type);
}

void told_mistyped(struct echo *echo, const char *path)
{
	file_of(echo, path)->mistyped = true;
}

const struct file *told_of(const struct echo *echo, const char *path)
{
	static const struct file nothing;
	const struct file *file = path != NULL ? map_get(&echo->files, path) : NULL;

	return file != NULL ? file : &nothing;
}

bool is_told_at(const struct echo *echo, const struct diag *diag, const char *code)
{
	return map_get(&echo->places, place_key(echo->arena, diag, code)) != NULL;
}

const struct import *import_at(const struct module *module, size_t start, const struct edge **edge)
{
	for (size_t i = 0; module != NULL && i < module->facts.import_count; i++) {
		const struct import *import = &module->facts.imports[i];

		*edge = &module->edges[i];
		if (start >= import->place.start && start < import->place.end)
			return import;
	}
	return NULL;
}

bool is_of_schema(const struct echo *echo, const struct diag *diag)
{
	const struct edge *edge;
	const struct import *import =
		import_at(app_module(echo->app, diag->place.file), diag->place.start, &edge);

	return import != NULL &&
	       unresolved_is_schema(echo->app, echo->arena, diag->place.file, import->specifier);
}

bool file_is_told(const struct echo *echo, const struct edge *edge)
{
	const struct file *file =
		told_of(echo, edge->module != NULL ? edge->module->path : edge->file);

	return file->unread || file->no_default || file->query || file->suffix;
}

bool is_missing(const struct diag *type)
{
	static const char *const no_module[] = {"TS2307", "TS2792", "TS7016", "TS2306",
						"TS2614", "TS2305", "TS2613", "TS1192",
						"TS2724", "TS2834", "TS2835", NULL};

	return is_one_of(type->code, no_module);
}
