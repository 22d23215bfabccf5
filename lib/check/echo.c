/* See echo.h. */
#include "check/echo.h"

#include <string.h>

#include "app/problems.h"
#include "base/arena.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "check/advice.h"
#include "check/hollow.h"
#include "check/remarks.h"
#include "check/told.h"

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

/* The file that is imported has the wrong name, which is told there. */
static bool leads_to_suffix(const struct echo *echo, const struct diag *diag)
{
	const struct module *module = app_module(echo->app, diag->place.file);
	const struct edge *edge;

	return module != NULL && import_at(module, diag->place.start, &edge) != NULL &&
	       edge->module != NULL && told_of(echo, edge->module->path)->suffix;
}

bool echo_of_bundler(const struct echo *echo, const struct diag *diag)
{
	const struct file *file = told_of(echo, diag->place.file);
	bool exports = strcmp(diag->code, "ATT9006") == 0 || strcmp(diag->code, "ATT9010") == 0;

	if (is_told_at(echo, diag, diag->code))
		return true;
	if (diag->place.end > 0 &&
	    (is_told_at(echo, diag, "") || is_told_at(echo, diag, "ATT8004")))
		return true;
	if (strcmp(diag->code, "ATT2010") == 0 && leads_to_suffix(echo, diag))
		return true;
	if (echo->no_schema && diag->place.file != NULL && is_of_schema(echo, diag))
		return true;
	if ((echo->circle && str_starts(diag->message, "detected cycle while resolving import")) ||
	    (echo->twice && str_starts(diag->message, "ambiguous import")))
		return true;
	if (echo->app->tsconfig.lacks_jsx && echo->app->tsconfig.jsx_source != NULL &&
	    strcmp(diag->code, "ATT9001") == 0 &&
	    strstr(diag->message,
		   arena_printf(echo->arena, "`%s", echo->app->tsconfig.jsx_source)) != NULL)
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

/* Where a component is used that gives a promise, which was told where it is made. */
static bool is_of_async(const struct echo *echo, const struct diag *type)
{
	static const char *const fits[] = {"TS2322", "TS2345", "TS2769", "TS2786", NULL};

	return echo->async && is_one_of(type->code, fits) &&
	       (strstr(type->message, "Promise<Element>") != NULL ||
		strstr(type->message, "Promise<ReactNode>") != NULL ||
		strstr(type->message, "Promise<JSX.Element>") != NULL);
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
	static const char *const base[] = {"TS5083", "TS6053", "TS5024", NULL};
	static const char *const paths[] = {"TS5061", "TS5062", "TS5063", "TS5064",
					    "TS5066", "TS5090", NULL};
	const struct tsconfig *tsconfig = &echo->app->tsconfig;

	if ((tsconfig->lacks_jsx && strcmp(type->code, "TS6046") == 0 &&
	     strstr(type->message, "'--jsx'") != NULL) ||
	    (tsconfig->wrong_path_count > 0 && is_one_of(type->code, paths)) ||
	    (strcmp(type->code, "TS5092") == 0 && told_of(echo, "tsconfig.json")->error))
		return true;
	if (strcmp(type->code, "TS5024") == 0 && strstr(type->message, "'extends'") == NULL)
		return false;
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

/* Parameters have no types where the compiler does not know what they are given to: what the key
 * before them means, or which of several signatures fits. */
static bool has_wrong_key(const struct echo *echo, const struct diags *types, size_t at)
{
	static const char *const codes[] = {"TS2353", "TS2561", "TS2345", "TS2322", "TS2769", NULL};
	const struct diag *type = &types->items[at], *before = at > 0 ? type - 1 : NULL;
	const struct module *module;
	struct node pair;

	if (before == NULL || !is_untyped(type) || !is_one_of(before->code, codes) ||
	    !str_equal(before->place.file, type->place.file) ||
	    (module = app_module(echo->app, type->place.file)) == NULL)
		return false;
	pair = node_parent(syntax_node_at(&module->syntax, before->place.start, before->place.end));
	return (node_is(pair, NODE_PAIR) || node_is(pair, NODE_METHOD_DEFINITION) ||
		node_is(pair, NODE_ARGUMENTS)) &&
	       type->place.start >= node_start(pair) && type->place.start < node_end(pair);
}

static bool is_echo(const struct echo *echo, const struct diag *type)
{
	static const char *const returns[] = {"TS2355", "TS2366", "TS7030", NULL};
	const struct file *file = told_of(echo, type->place.file);
	const struct import *import;
	const struct edge *edge;
	const struct module *module;

	if (is_of_config(echo, type) || is_of_async(echo, type))
		return true;
	if (type->place.file == NULL)
		return echo->engine && strstr(type->message, "isposable'") != NULL;
	if (file->unread || file->no_schema)
		return true;
	if (echo->circle && strcmp(type->code, "TS2303") == 0)
		return true;
	/* A file that is not what it is for: its name, its kind, what it is made of. */
	if (file->misplaced && type->place.end > 0)
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
	if (!is_missing(type))
		return false;
	module = app_module(echo->app, type->place.file);
	if (echo->no_schema && is_of_schema(echo, type))
		return true;
	import = import_at(module, type->place.start, &edge);
	return import != NULL && (app_alias_is_told(echo->app, import->specifier) ||
				  file_is_told(echo, edge) || lacks_name(echo, module, import));
}

static bool is_unknown_name(const struct diag *type)
{
	static const char *const unknown[] = {"TS2304", "TS2503", "TS2552", "TS2580", "TS2584",
					      "TS2591", "TS2686", "TS2451", NULL};

	return is_one_of(type->code, unknown);
}

/* What says something about types, and not about names or where they are found. */
static bool is_about_types(const struct diag *type)
{
	return type->severity == SEVERITY_ERROR && !is_syntax(type) && !is_unknown_name(type) &&
	       !is_missing(type);
}

/* It is said at each of the places. */
static bool is_twice(const struct diag *type)
{
	static const char *const codes[] = {"TS2300", "TS2392", "TS2393", "TS2528", NULL};

	return is_one_of(type->code, codes);
}

/* The key under which findings of one fault come together, or NULL: names that one import does not
 * get, and one name that is not known in a file, or declared twice. */
static const char *common_key(const struct echo *echo, const struct diag *type)
{
	const struct import *import;
	const struct edge *edge;

	if (type->place.file == NULL || type->severity != SEVERITY_ERROR)
		return NULL;
	if (is_syntax(type))
		return type->place.file;
	/* What JSX needs in every file. */
	if ((strcmp(type->code, "TS7016") == 0 || strcmp(type->code, "TS2875") == 0) &&
	    strstr(type->message, "/jsx-runtime'") != NULL)
		return type->code;
	if (is_unknown_name(type) || is_twice(type))
		return arena_printf(echo->arena, "%s\n%s", type->place.file, type->message);
	if (!is_missing(type))
		return NULL;
	import = import_at(app_module(echo->app, type->place.file), type->place.start, &edge);
	return import == NULL
		       ? NULL
		       : arena_printf(echo->arena, "%s:%zu", type->place.file, import->place.start);
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
		if (is_missing(type)) {
			map_set(missing, type->place.file, echo);
			told_missing(echo, type);
		}
		if (is_syntax(type))
			map_set(broken, type->place.file, echo);
		if (is_about_types(type))
			told_mistyped(echo, type->place.file);
	}
}

static bool follows(const struct diag *type, const struct map *missing, const struct map *broken)
{
	const char *file = type->place.file;

	return file != NULL && ((is_untyped(type) && map_get(missing, file) != NULL) ||
				(!is_syntax(type) && map_get(broken, file) != NULL));
}

/* Notes where in `told` what comes under a key is. */
static void set_common(const struct echo *echo, struct map *common, const char *key, size_t at)
{
	size_t *place = arena_alloc(echo->arena, sizeof(*place));

	*place = at;
	map_set(common, key, place);
}

/* Warnings that become errors take what the compiler says again with them. Which of `types` are
 * told by that. */
static bool *raise_warnings(const struct echo *echo, const struct diags *types, struct diags *told,
			    struct map *common)
{
	bool *raised = arena_alloc(echo->arena, types->count + 1);
	struct remarks *remarks = remarks_find(told, echo->arena);

	memset(raised, 0, types->count + 1);
	for (size_t i = 0; i < types->count; i++) {
		const struct diag *type = &types->items[i];
		size_t at;

		if (type->severity != SEVERITY_ERROR || !remarks_raise(remarks, type, told, &at))
			continue;
		raised[i] = true;
		if (is_twice(type))
			set_common(echo, common, common_key(echo, type), at);
	}
	return raised;
}

/* Without React there is no JSX: that it is missing was told. */
static bool raise_packages(const struct diag *type, struct diags *told)
{
	for (size_t i = 0; i < told->count; i++) {
		struct diag *diag = &told->items[i];

		if (strcmp(diag->code, problem_packages.code) != 0)
			continue;
		diag->severity = SEVERITY_ERROR;
		diag_note(told, diag, type->place, "%s", type->message);
		return true;
	}
	return false;
}

void echo_compiler(struct echo *echo, const struct diags *types, struct diags *told)
{
	struct map missing = {0}, broken = {0}, common = {0};
	struct hollow *hollow;
	const bool *raised = raise_warnings(echo, types, told, &common);

	find_missing(echo, types, &missing, &broken);
	hollow = hollow_find(echo);
	for (size_t i = 0; i < types->count; i++) {
		const struct diag *type = &types->items[i];
		const size_t *first;
		const char *key;

		if (raised[i] || is_echo(echo, type) || has_wrong_key(echo, types, i) ||
		    follows(type, &missing, &broken) ||
		    (is_about_types(type) && hollow_has(hollow, type)))
			continue;
		if (strcmp(type->code, "TS2875") == 0 && raise_packages(type, told))
			continue;
		if (strcmp(type->code, "TS2792") == 0) {
			tell_resolution(echo, told);
			continue;
		}
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
		if (key != NULL)
			set_common(echo, &common, key, told->count);
		diags_append(told, &(const struct diags){.items = &types->items[i], .count = 1});
		if (type->place.file != NULL)
			advise_sdk(echo, types, i, told);
		advise(echo->app, told);
	}
	map_dispose(&missing);
	map_dispose(&broken);
	map_dispose(&common);
	hollow_free(hollow);
}
