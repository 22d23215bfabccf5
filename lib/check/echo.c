/* See echo.h. All questions are answered from two maps, by file and by place, so that the work is
 * as much as there are findings. */
#include "check/echo.h"

#include <string.h>

#include "app/app.h"
#include "app/problems.h"
#include "app/unresolved.h"
#include "base/arena.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"

/* Definitions that cannot be read, in one file: there is one, or two at most. */
enum { RANGES = 4 };

/* What was told about a file. */
struct file {
	bool error;      /* of any kind, with a code of ours */
	bool unread;     /* it does not parse, or must not be read: nothing else counts */
	bool suffix;     /* its name is wrong, so that it ends up where it does not belong */
	bool no_default; /* what it should export is not there */
	bool answers;    /* its handler does not return what it must */
	bool no_schema;  /* a settings page without the schema that its types come from */
	bool query;      /* a GraphQL document with an error: it has no types */
	struct {
		size_t start, end;
	} ranges[RANGES]; /* of definitions whose types follow from what is wrong in them */
	size_t range_count;
};

struct echo {
	const struct app *app;
	struct arena *arena;
	bool typed;
	bool resolution; /* it was told that nothing says how imports are found */
	bool no_schema;  /* the settings have none */
	bool no_app;     /* src/app.ts does not export it */
	bool circle;     /* a name leads to itself */
	bool twice;      /* or to two things */
	size_t lib;      /* index of the finding about `lib` among those told, from 1; 0: none */
	struct texts texts;
	struct map files;
	struct map places; /* "file:start" and "file:start:code" -> a finding */
};

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

/* --- what was told ------------------------------------------------------------------------------
 */

static const char *place_key(struct arena *arena, const struct diag *diag, const char *code)
{
	const char *file = diag->place.file != NULL ? diag->place.file : "";

	return arena_printf(arena, "%s:%zu:%s", file, diag->place.start, code);
}

static bool is_one_of(const char *code, const char *const *codes)
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
	static const char *const definitions[] = {"ATT1020", "ATT1030", "ATT5002", NULL};
	struct file *file;

	map_set(&echo->places, place_key(echo->arena, diag, diag->code), diag);
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
	file->answers = file->answers || strcmp(diag->code, "ATT3005") == 0;
	file->query = file->query || str_starts(diag->code, "ATT4");
	echo->circle = echo->circle || str_ends(diag->message, WORDS_CIRCLE);
	echo->twice = echo->twice || str_ends(diag->message, WORDS_TWICE);
	if (strcmp(diag->code, "ATT9006") == 0 && diag->place.end > 0)
		learn_name(echo, diag);
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

static const struct file *told_of(const struct echo *echo, const char *path)
{
	static const struct file nothing;
	const struct file *file = path != NULL ? map_get(&echo->files, path) : NULL;

	return file != NULL ? file : &nothing;
}

static bool is_told_at(const struct echo *echo, const struct diag *diag, const char *code)
{
	return map_get(&echo->places, place_key(echo->arena, diag, code)) != NULL;
}

/* --- the bundler --------------------------------------------------------------------------------
 */

/* It went on through a file that has the wrong name, or none of what it looks for. */
static bool leads_through(const struct echo *echo, const struct diag *diag)
{
	bool through = told_of(echo, diag->place.file)->suffix;

	for (size_t i = 0; !through && i < diag->note_count; i++)
		through = told_of(echo, diag->notes[i].place.file)->suffix;
	return through;
}

/* The import of `module` that the place is in, or NULL; *edge: where it leads. */
static const struct import *import_at(const struct module *module, size_t start,
				      const struct edge **edge)
{
	for (size_t i = 0; module != NULL && i < module->facts.import_count; i++) {
		const struct import *import = &module->facts.imports[i];

		*edge = &module->edges[i];
		if (start >= import->place.start && start < import->place.end)
			return import;
	}
	return NULL;
}

/* An import of the settings schema that is not there. */
static bool is_of_schema(const struct echo *echo, const struct diag *diag)
{
	const struct edge *edge;
	const struct import *import =
		import_at(app_module(echo->app, diag->place.file), diag->place.start, &edge);

	return import != NULL &&
	       unresolved_is_schema(echo->app, echo->arena, diag->place.file, import->specifier);
}

bool echo_of_bundler(const struct echo *echo, const struct diag *diag)
{
	const struct file *file = told_of(echo, diag->place.file);
	bool exports = strcmp(diag->code, "ATT9006") == 0 || strcmp(diag->code, "ATT9010") == 0;

	if (is_told_at(echo, diag, diag->code))
		return true;
	if (diag->place.end > 0 && is_told_at(echo, diag, ""))
		return true;
	if (echo->no_schema && diag->place.file != NULL && is_of_schema(echo, diag))
		return true;
	if ((echo->circle && str_starts(diag->message, "detected cycle while resolving import")) ||
	    (echo->twice && str_starts(diag->message, "ambiguous import")))
		return true;
	/* Two parsers may lose their way in different places of one file. */
	if (file->unread && strcmp(diag->code, problem_syntax.code) == 0)
		return true;
	if (exports && diag->place.end == 0 &&
	    (file->no_default || (diag->place.file == NULL && echo->no_app)))
		return true;
	/* The compiler reads the same options, and knows more of them. */
	if (echo->typed && strcmp(diag->code, "ATT9010") == 0 &&
	    str_equal(diag->place.file, "tsconfig.json"))
		return true;
	return diag->severity == SEVERITY_ERROR && leads_through(echo, diag);
}

/* --- the compiler -------------------------------------------------------------------------------
 */

static const char *const no_module[] = {"TS2307", "TS2792", "TS7016", "TS2306", "TS2614", "TS2305",
					"TS2613", "TS1192", "TS2724", "TS2834", "TS2835", NULL};

/* TS1000 to TS1999. */
static bool is_syntax(const struct diag *type)
{
	return str_starts(type->code, "TS1") && strlen(type->code) == strlen("TS1000");
}

/* A name of an import that the file it leads to does not have: what else is wrong with it waits. */
static bool lacks_name(const struct echo *echo, const struct module *module,
		       const struct import *import)
{
	for (size_t i = 0; module != NULL && i < import->name_count; i++) {
		const struct diag name = {.place = import->names[i].place};

		if (name.place.file != NULL && is_told_at(echo, &name, "ATT9006"))
			return true;
	}
	return false;
}

/* What has no type because something before it has none. */
static bool is_untyped(const struct diag *type)
{
	static const char *const implicit[] = {"TS7005", "TS7006",  "TS7019", "TS7031",
					       "TS7034", "TS18046", "TS2571", NULL};

	return is_one_of(type->code, implicit) ||
	       (strcmp(type->code, "TS2339") == 0 && str_ends(type->message, "type 'unknown'"));
}

/* An import of what is wrong itself. */
static bool leads_to_told(const struct echo *echo, const struct edge *edge)
{
	const struct file *file =
		told_of(echo, edge->module != NULL ? edge->module->path : edge->file);

	return file->unread || file->no_default || file->query || file->suffix;
}

static bool is_in_range(const struct file *file, size_t start)
{
	for (size_t i = 0; i < file->range_count; i++)
		if (start >= file->ranges[i].start && start < file->ranges[i].end)
			return true;
	return false;
}

/* What the model told about tsconfig.json. */
static bool is_of_config(const struct echo *echo, const struct diag *type)
{
	static const char *const jsx[] = {"TS17004", "TS6142", "TS7026", "TS2686", "TS2875", NULL};
	static const char *const base[] = {"TS5083", "TS6053", NULL};
	const struct tsconfig *tsconfig = &echo->app->tsconfig;

	return (tsconfig->lacks_jsx && is_one_of(type->code, jsx)) ||
	       (tsconfig->lacks_base && is_one_of(type->code, base));
}

/* A property of what the runtime does not have, `process.cwd`, or `require` of what it has not. */
static bool is_of_told(const struct echo *echo, const struct diag *type)
{
	static const char *const properties[] = {"TS2339", "TS2551", NULL};
	static const char *const names[] = {"TS2304", "TS2580", "TS2591", NULL};
	const struct module *module = app_module(echo->app, type->place.file);
	struct diag whole = *type;
	struct node parent;

	if (module == NULL)
		return false;
	parent = node_parent(syntax_node_at(&module->syntax, type->place.start, type->place.end));
	if (node_is(parent, NODE_CALL_EXPRESSION) && is_one_of(type->code, names))
		parent = node_down_named(node_field(parent, FIELD_ARGUMENTS));
	else if (!node_is(parent, NODE_MEMBER_EXPRESSION) || !is_one_of(type->code, properties))
		return false;
	if (node_is_null(parent))
		return false;
	whole.place = node_place(&module->syntax, parent);
	return is_told_at(echo, &whole, "");
}

/* A use of a name that the module it comes from has no value for, as was told at the import. */
static bool is_type_only(const struct echo *echo, const struct diag *type)
{
	size_t len = strcspn(type->message + 1, "'");

	return strcmp(type->code, "TS2693") == 0 && type->message[0] == '\'' &&
	       map_get(&echo->places, arena_printf(echo->arena, "%s\n%.*s", type->place.file,
						   (int)len, type->message + 1)) != NULL;
}

/* What ours only warns of, the compiler refuses at the same place. */
static bool is_same_fault(const struct diag *ours, const struct diag *type)
{
	static const struct {
		const char *ours;
		const char *types[3];
	} pairs[] = {
		{"ATT2007", {"TS5097", NULL}},
		{"ATT9010", {"TS2339", "TS2551", NULL}},
	};

	for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
		if (strcmp(ours->code, pairs[i].ours) == 0 && is_one_of(type->code, pairs[i].types))
			return true;
	return false;
}

/* It is the warning then that becomes the error: it has the remedy. */
static bool raise_warning(const struct echo *echo, const struct diag *type, struct diags *told)
{
	static const char *const codes[] = {"ATT2007", "ATT9010", NULL};
	bool there = false;

	for (size_t i = 0; !there && codes[i] != NULL; i++)
		there = is_told_at(echo, type, codes[i]);
	for (size_t i = 0; there && i < told->count; i++) {
		struct diag *diag = &told->items[i];

		if (diag->place.start != type->place.start ||
		    !str_equal(diag->place.file, type->place.file) || !is_same_fault(diag, type))
			continue;
		diag->severity = SEVERITY_ERROR;
		diag_note(told, diag, type->place, "%s", type->message);
		return true;
	}
	return false;
}

static bool is_echo(const struct echo *echo, const struct diag *type)
{
	static const char *const returns[] = {"TS2355", "TS2366", "TS7030", NULL};
	const struct file *file = told_of(echo, type->place.file);
	const struct import *import;
	const struct edge *edge;
	const struct module *module;

	if (is_of_config(echo, type))
		return true;
	if (type->place.file == NULL)
		return false;
	if (file->unread || file->no_schema)
		return true;
	if (echo->circle && strcmp(type->code, "TS2303") == 0)
		return true;
	/* A package that is not listed: its types come with it, or in a package of theirs. */
	if (strcmp(type->code, "TS7016") == 0 && is_told_at(echo, type, "ATT9008"))
		return true;
	if (type->place.end > 0 &&
	    (is_told_at(echo, type, "") || is_of_told(echo, type) || is_type_only(echo, type)))
		return true;
	if ((file->answers && is_one_of(type->code, returns)) ||
	    is_in_range(file, type->place.start) || (file->error && is_untyped(type)))
		return true;
	if (!is_one_of(type->code, no_module))
		return false;
	module = app_module(echo->app, type->place.file);
	if (echo->no_schema && is_of_schema(echo, type))
		return true;
	import = import_at(module, type->place.start, &edge);
	return import != NULL && (leads_to_told(echo, edge) || lacks_name(echo, module, import));
}

/* The key under which findings of one fault come together, or NULL: names that one import does not
 * get, and one name that is not known in a file. */
static const char *common_key(const struct echo *echo, const struct diag *type)
{
	static const char *const unknown[] = {"TS2304", "TS2503", "TS2552", "TS2580", "TS2584",
					      "TS2591", "TS2686", "TS2451", NULL};
	const struct import *import;
	const struct edge *edge;

	if (type->place.file == NULL || type->severity != SEVERITY_ERROR)
		return NULL;
	if (is_syntax(type))
		return type->place.file;
	if (is_one_of(type->code, unknown))
		return arena_printf(echo->arena, "%s\n%s", type->place.file, type->message);
	if (!is_one_of(type->code, no_module))
		return NULL;
	import = import_at(app_module(echo->app, type->place.file), type->place.start, &edge);
	return import == NULL
		       ? NULL
		       : arena_printf(echo->arena, "%s:%zu", type->place.file, import->place.start);
}

/* A name that every runtime of Attio has, and that `lib` leaves out. */
static bool is_of_lib(const struct echo *echo, const struct diag *type)
{
	static const char *const codes[] = {"TS2304", "TS2552", "TS2580", "TS2584", "TS2318", NULL};
	static const char *const names[] = {"'console'",
					    "'Request'",
					    "'Response'",
					    "'Headers'",
					    "'fetch'",
					    "'URL'",
					    "'FormData'",
					    "'URLSearchParams'",
					    "'Blob'",
					    "'setTimeout'",
					    "'clearTimeout'",
					    "'setInterval'",
					    "'clearInterval'",
					    "'TextEncoder'",
					    "'TextDecoder'",
					    "'crypto'",
					    "'atob'",
					    "'btoa'",
					    "'RequestInit'",
					    "'BodyInit'",
					    NULL};

	if (!echo->app->tsconfig.lib_without_dom || !is_one_of(type->code, codes))
		return false;
	for (size_t i = 0; names[i] != NULL; i++)
		if (strstr(type->message, names[i]) != NULL)
			return true;
	return false;
}

/* One finding for all of them. */
static void tell_lib(struct echo *echo, const struct diag *type, struct diags *told)
{
	struct place place = {.file = "tsconfig.json"};
	struct text *text = texts_find(&echo->texts, place.file);
	const char *lib = text != NULL ? strstr(text->bytes, "\"lib\"") : NULL;
	struct diag *diag;

	if (echo->lib == 0) {
		if (lib != NULL) {
			place.start = (size_t)(lib - text->bytes);
			place.end = place.start + strlen("\"lib\"");
		}
		diag_add(told, &problem_tsconfig, place,
			 "`lib` leaves out names that every runtime of Attio has")
			->help = "add `\"DOM\"` to it";
		echo->lib = told->count;
	}
	diag = &told->items[echo->lib - 1];
	diag_note(told, diag, type->place, "%s", type->message);
}

/* For TypeScript 5 it is an error that nothing says how imports are found, in each of them. */
static void tell_resolution(struct echo *echo, struct diags *told)
{
	static const char message[] = "`tsconfig.json` does not say how imports are found";
	struct diag *diag = NULL;

	if (echo->resolution)
		return;
	echo->resolution = true;
	for (size_t i = 0; i < told->count; i++)
		if (strcmp(told->items[i].message, message) == 0)
			diag = &told->items[i];
	if (diag == NULL) {
		diag = diag_add(told, &problem_tsconfig, (struct place){.file = "tsconfig.json"},
				"%s", message);
		diag->help = "add `\"moduleResolution\": \"bundler\"` to `compilerOptions`";
	}
	diag->severity = SEVERITY_ERROR;
}

/* Files in which the compiler misses something, so that types are missing behind it; and those in
 * which something stands where it cannot, so that what follows means little. */
static void find_missing(struct echo *echo, const struct diags *types, struct map *missing,
			 struct map *broken)
{
	for (size_t i = 0; i < types->count; i++) {
		const struct diag *type = &types->items[i];

		if (type->place.file == NULL || type->severity != SEVERITY_ERROR)
			continue;
		if (is_one_of(type->code, no_module))
			map_set(missing, type->place.file, echo);
		if (is_syntax(type))
			map_set(broken, type->place.file, echo);
	}
}

static bool follows(const struct diag *type, const struct map *missing, const struct map *broken)
{
	const char *file = type->place.file;

	return file != NULL && ((is_untyped(type) && map_get(missing, file) != NULL) ||
				(!is_syntax(type) && map_get(broken, file) != NULL));
}

/* How many names an import does not get: findings of one file follow each other. */
static size_t count_missing(const struct diags *types, size_t first, const struct import *import)
{
	const char *file = types->items[first].place.file;
	size_t count = 0;

	for (size_t i = first; i < types->count; i++) {
		const struct diag *type = &types->items[i];

		if (!str_equal(type->place.file, file) || type->place.start >= import->place.end)
			break;
		count += is_one_of(type->code, no_module);
	}
	return count;
}

/* The names of the client's and the server's SDK are not in `attio` itself. When all that is
 * imported is missing there, it is the path that is wrong. */
static void advise_sdk(const struct echo *echo, const struct diags *types, size_t at,
		       struct diags *told)
{
	const struct diag *type = &types->items[at];
	struct diag *diag = &told->items[told->count - 1];
	const struct module *module = app_module(echo->app, type->place.file);
	const struct edge *edge;
	const struct import *import;
	const char *instead;

	if (!is_one_of(type->code, no_module) || diag->help != NULL ||
	    (import = import_at(module, type->place.start, &edge)) == NULL ||
	    strcmp(import->specifier, "attio") != 0)
		return;
	instead = (module->runtimes & RUNTIME_CLIENT) != 0 ? "attio/client" : "attio/server";
	diag->help = arena_printf(told->arena, "import it from `%s`", instead);
	if (count_missing(types, at, import) == import->name_count)
		diag_edit(told, diag, import->specifier_place,
			  arena_printf(told->arena, "%c%s%c",
				       module->text->bytes[import->specifier_place.start], instead,
				       module->text->bytes[import->specifier_place.start]));
}

void echo_compiler(struct echo *echo, const struct diags *types, struct diags *told)
{
	struct map missing = {0}, broken = {0}, common = {0};

	find_missing(echo, types, &missing, &broken);
	for (size_t i = 0; i < types->count; i++) {
		const struct diag *type = &types->items[i];
		const size_t *first;
		const char *key;

		if (is_echo(echo, type) || follows(type, &missing, &broken))
			continue;
		if (strcmp(type->code, "TS2792") == 0) {
			tell_resolution(echo, told);
			continue;
		}
		if (type->place.end > 0 && raise_warning(echo, type, told))
			continue;
		if (is_of_lib(echo, type)) {
			tell_lib(echo, type, told);
			continue;
		}
		key = common_key(echo, type);
		first = key != NULL ? map_get(&common, key) : NULL;
		if (first != NULL) {
			diag_note(told, &told->items[*first], type->place, "%s", type->message);
			continue;
		}
		if (key != NULL) {
			size_t *place = arena_alloc(echo->arena, sizeof(*place));

			*place = told->count;
			map_set(&common, key, place);
		}
		diags_append(told, &(const struct diags){.items = &types->items[i], .count = 1});
		if (type->place.file != NULL)
			advise_sdk(echo, types, i, told);
	}
	map_dispose(&missing);
	map_dispose(&broken);
	map_dispose(&common);
}
