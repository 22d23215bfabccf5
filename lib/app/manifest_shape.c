/* See manifest_shape.h. Sources: docs.npmjs.com, package.json; nodejs.org, Modules: Packages. */
#include "app/manifest_shape.h"

#include <string.h>
#include <strings.h>

#include "app/problems.h"
#include "base/arena.h"
#include "base/str.h"
#include "diag/text.h"
#include "json/twice.h"
#include "json/where.h"

static const char *const lists[] = {"dependencies", "devDependencies", "peerDependencies",
				    "optionalDependencies", NULL};

struct shape {
	const struct text *text;
	struct diags *problems;
};

/* The value at `outer`, or that of its member `inner` (may be NULL): as far as its line goes. */
static struct place place_of(const struct shape *s, const char *outer, const char *inner)
{
	const char *const path[] = {outer, inner, NULL};
	struct place place = {.file = s->text->path};
	struct json_where where;

	if (!json_where(s->text->bytes, s->text->len, path, &where))
		return place;
	place.start = where.start;
	place.end = where.start + strcspn(s->text->bytes + where.start, "\r\n");
	if (place.end > where.end)
		place.end = where.end;
	return place;
}

/* The name of the member itself, where that is what is wrong. */
static struct place place_of_name(const struct shape *s, const char *outer, const char *inner)
{
	const char *const path[] = {outer, inner, NULL};
	struct place place = {.file = s->text->path};
	struct json_where where;

	if (json_where(s->text->bytes, s->text->len, path, &where)) {
		place.start = where.key_start;
		place.end = where.key_end;
	}
	return place;
}

static void warn(const struct shape *s, struct place place, const char *message, const char *help)
{
	diag_add(s->problems, &problem_manifest_missing, place, "%s", message)->help = help;
}

static void tell_list(const struct shape *s, const char *name, const cJSON *list)
{
	struct arena *arena = s->problems->arena;
	const cJSON *item;

	if (list == NULL)
		return;
	if (!cJSON_IsObject(list)) {
		const char *first =
			cJSON_IsString(list->child) ? list->child->valuestring : "attio";

		warn(s, place_of(s, name, NULL),
		     arena_printf(arena, "`%s` must be an object of names and versions", name),
		     arena_printf(
			     arena,
			     "write `\"%s\": {\"%s\": \"*\"}`, with the others beside it, and in "
			     "place of each `*` the versions that will do",
			     name, first));
		return;
	}
	cJSON_ArrayForEach(item, list)
	{
		if (!cJSON_IsString(item))
			warn(s, place_of(s, name, item->string),
			     arena_printf(arena, "the version of `%s` must be a text",
					  item->string),
			     cJSON_IsNumber(item)
				     ? arena_printf(arena, "write it in double quotes: `\"%.15g\"`",
						    item->valuedouble)
				     : "write `\"*\"`, or the versions that will do, in double "
				       "quotes");
	}
}

static void tell_type(const struct shape *s, const cJSON *type)
{
	if (type == NULL || (cJSON_IsString(type) && (str_is(type->valuestring, "module") ||
						      str_is(type->valuestring, "commonjs"))))
		return;
	warn(s, place_of(s, "type", NULL), "`type` must be `module` or `commonjs`",
	     "write `\"type\": \"module\"`: Node reads any other value as `commonjs`");
}

static void tell_imports(const struct shape *s, const cJSON *imports)
{
	const cJSON *item;

	if (imports != NULL && !cJSON_IsObject(imports)) {
		warn(s, place_of(s, "imports", NULL), "`imports` must be an object",
		     "write `\"imports\": {\"#name\": \"./src/name.ts\"}`");
		return;
	}
	cJSON_ArrayForEach(item, imports)
	{
		if (item->string[0] != '#')
			warn(s, place_of_name(s, "imports", item->string),
			     arena_printf(s->problems->arena,
					  "`%s` in `imports` does not begin with `#`",
					  item->string),
			     arena_printf(s->problems->arena,
					  "write `\"#%s\"` here and where it is imported",
					  item->string));
	}
}

static void tell_exports(const struct shape *s, const cJSON *exports)
{
	if (exports == NULL || cJSON_IsNull(exports) || cJSON_IsString(exports) ||
	    cJSON_IsObject(exports) || cJSON_IsArray(exports))
		return;
	warn(s, place_of(s, "exports", NULL), "`exports` must be a path or an object of paths",
	     "an app needs none: leave it out");
}

/* The list of packages that a member was probably meant to be; NULL: none. */
static const char *meant_list(const cJSON *document, const cJSON *item)
{
	const char *near = NULL;

	if (!cJSON_IsObject(item))
		return NULL;
	for (size_t i = 0; lists[i] != NULL; i++)
		if (strcmp(lists[i], item->string) == 0)
			return NULL;
	for (size_t i = 0; near == NULL && lists[i] != NULL; i++)
		if (strcasecmp(lists[i], item->string) == 0)
			near = lists[i];
	if (near == NULL)
		near = str_nearest(item->string, lists);
	return near == NULL || cJSON_GetObjectItemCaseSensitive(document, near) != NULL ? NULL
											: near;
}

void manifest_shape_tell(const struct text *text, const cJSON *document, struct diags *problems)
{
	struct shape shape = {text, problems};
	const cJSON *item;

	for (size_t i = 0; lists[i] != NULL; i++)
		tell_list(&shape, lists[i], cJSON_GetObjectItemCaseSensitive(document, lists[i]));
	tell_type(&shape, cJSON_GetObjectItemCaseSensitive(document, "type"));
	tell_imports(&shape, cJSON_GetObjectItemCaseSensitive(document, "imports"));
	tell_exports(&shape, cJSON_GetObjectItemCaseSensitive(document, "exports"));
	cJSON_ArrayForEach(item, document)
	{
		const char *meant = meant_list(document, item);

		if (meant != NULL)
			warn(&shape, place_of_name(&shape, item->string, NULL),
			     arena_printf(problems->arena, "nobody reads `%s`", item->string),
			     arena_printf(problems->arena, "did you mean `%s`?", meant));
	}
	names_twice_tell(text, text->bytes, &problem_manifest_missing, problems);
}

void names_twice_tell(const struct text *text, const char *json, const struct rule_info *rule,
		      struct diags *problems)
{
	size_t count;
	const struct json_twice *twice = json_twice_find(json, text->len, problems->arena, &count);

	for (size_t i = 0; i < count; i++) {
		struct diag *diag =
			diag_add(problems, rule,
				 (struct place){text->path, twice[i].again, twice[i].again_end},
				 "`%s` stands twice in one object", twice[i].name);

		diag->severity = SEVERITY_WARNING;
		diag->help = "remove one of the two: the last one counts";
		diag_note(problems, diag,
			  (struct place){text->path, twice[i].first, twice[i].first_end},
			  "the first one is here");
	}
}
