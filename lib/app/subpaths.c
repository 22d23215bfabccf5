/* See subpaths.h. Targets are tried in the order of the file; the longest fitting pattern counts.
 */
#include "app/subpaths.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/percent.h"
#include "base/str.h"
#include "sys/path.h"

#define DEPTH 64 /* of conditions within each other */

/* What a target says. The first two let the next one in a list be tried. */
enum answer {
	ANSWER_UNDEFINED,
	ANSWER_NULL,
	ANSWER_INVALID,
	ANSWER_REFUSED,
	ANSWER_PATH,
	ANSWER_PACKAGE
};

struct target {
	enum answer answer;
	const char *path;
};

struct search {
	struct arena *arena;
	enum subpath_use use;
	bool internal; /* `imports` */
};

static bool is_condition(const struct search *s, const char *name)
{
	if (strcmp(name, "default") == 0 || strcmp(name, "browser") == 0)
		return true;
	if (strcmp(name, "module") == 0)
		return s->use != USE_CONFIG;
	return strcmp(name, s->use == USE_IMPORT ? "import" : "require") == 0;
}

/* Whether a part of the path after the first is ".", ".." or node_modules. */
static bool leaves_package(const char *path)
{
	static const char *const parts[] = {".", "..", "node_modules"};
	const char *at = strpbrk(path, "/\\");

	while (at != NULL) {
		size_t len = strcspn(at + 1, "/\\");

		for (size_t i = 0; i < ARRAY_LEN(parts); i++)
			if (strlen(parts[i]) == len && strncmp(at + 1, parts[i], len) == 0)
				return true;
		at = strpbrk(at + 1, "/\\");
	}
	return false;
}

static const char *with_stars(struct arena *arena, const char *pattern, const char *star)
{
	struct buf out = {0};
	const char *text;

	for (; *pattern != '\0'; pattern++) {
		if (*pattern == '*')
			buf_puts(&out, star);
		else
			buf_putc(&out, *pattern);
	}
	text = arena_strdup(arena, buf_cstr(&out));
	buf_dispose(&out);
	return text;
}

static struct target of_text(const struct search *s, const char *text, const char *rest,
			     bool pattern)
{
	const char *path;

	if (!pattern && rest[0] != '\0' && !str_ends(text, "/"))
		return (struct target){ANSWER_REFUSED, NULL};
	if (!str_starts(text, "./")) {
		if (!s->internal || str_starts(text, "../") || str_starts(text, "/"))
			return (struct target){ANSWER_INVALID, NULL};
		path = pattern ? with_stars(s->arena, text, rest)
			       : arena_printf(s->arena, "%s%s", text, rest);
		return (struct target){ANSWER_PACKAGE, path};
	}
	if (leaves_package(text))
		return (struct target){ANSWER_INVALID, NULL};
	if (leaves_package(rest))
		return (struct target){ANSWER_REFUSED, NULL};
	path = path_join(s->arena, "/", text + 2);
	path = pattern ? with_stars(s->arena, path, rest)
		       : path_join(s->arena, path, rest[0] == '\0' ? "." : rest);
	return (struct target){ANSWER_PATH, path};
}

/* An object must not have both subpaths and conditions as its keys. */
static bool is_mixed(const cJSON *object)
{
	const cJSON *item;

	cJSON_ArrayForEach(item, object)
	{
		if ((item->string[0] == '.') != (object->child->string[0] == '.'))
			return true;
	}
	return false;
}

static struct target of_target(const struct search *s, const cJSON *value, const char *rest,
			       bool pattern, int depth)
{
	struct target last = {ANSWER_UNDEFINED, NULL};
	const cJSON *item;

	if (cJSON_IsString(value))
		return of_text(s, value->valuestring, rest, pattern);
	if (cJSON_IsNull(value) || (cJSON_IsArray(value) && value->child == NULL))
		return (struct target){ANSWER_NULL, NULL};
	if (depth > DEPTH || (!cJSON_IsObject(value) && !cJSON_IsArray(value)) ||
	    (cJSON_IsObject(value) && is_mixed(value)))
		return (struct target){ANSWER_INVALID, NULL};
	cJSON_ArrayForEach(item, value)
	{
		struct target target;

		if (cJSON_IsObject(value) && !is_condition(s, item->string))
			continue;
		target = of_target(s, item, rest, pattern, depth + 1);
		if (target.answer == ANSWER_UNDEFINED)
			continue;
		if (cJSON_IsObject(value) || target.answer > ANSWER_INVALID)
			return target;
		last = target;
	}
	return last;
}

static struct target of_map(const struct search *s, const struct subpaths *map, const char *wanted,
			    bool *inexact)
{
	const cJSON *best;
	size_t base;

	if (!str_ends(wanted, "/") && strchr(wanted, '*') == NULL) {
		best = patterns_exact(&map->keys, wanted);
		if (best != NULL)
			return of_target(s, best, "", false, 0);
	}
	best = patterns_best(&map->keys, wanted, true);
	if (best == NULL)
		return (struct target){ANSWER_NULL, NULL};
	base = strcspn(best->string, "*");
	*inexact = best->string[base] == '\0';
	if (*inexact)
		return of_target(s, best, wanted + base, false, 0);
	return of_target(s, best,
			 arena_strndup(s->arena, wanted + base,
				       strlen(wanted) - base - strlen(best->string + base + 1)),
			 true, 0);
}

/* Paths are those of URLs: `%20` is a blank. A slash that is hidden in an escape makes it none. */
static bool hides_slash(const char *path)
{
	for (; (path = strchr(path, '%')) != NULL; path++)
		if (strncasecmp(path, "%2f", 3) == 0 || strncasecmp(path, "%5c", 3) == 0)
			return true;
	return false;
}

static struct subpath finish(struct arena *arena, struct target target, bool inexact)
{
	const char *path = target.path;

	if (target.answer == ANSWER_PACKAGE)
		return (struct subpath){SUBPATH_PACKAGE, path};
	if (target.answer != ANSWER_PATH)
		return (struct subpath){SUBPATH_NONE, NULL};
	if (hides_slash(path))
		return (struct subpath){SUBPATH_NONE, NULL};
	path = percent_decode(arena, path, strlen(path), PERCENT_PLUS_IS_PLUS);
	if (path == NULL || str_ends(path, "/") || str_ends(path, "\\"))
		return (struct subpath){SUBPATH_NONE, NULL};
	return (struct subpath){inexact ? SUBPATH_INEXACT : SUBPATH_EXACT, path};
}

struct subpaths *subpaths_read(struct arena *arena, const cJSON *value)
{
	struct subpaths *subpaths;
	const cJSON *item;

	if (value == NULL || cJSON_IsNull(value))
		return NULL;
	subpaths = arena_alloc(arena, sizeof(*subpaths));
	subpaths->value = value;
	if (!cJSON_IsObject(value))
		return subpaths;
	subpaths->mixed = is_mixed(value);
	cJSON_ArrayForEach(item, value) patterns_add(
		&subpaths->keys, arena, item->string,
		strchr(item->string, '*') == NULL && str_ends(item->string, "/"), item);
	patterns_settle(&subpaths->keys, arena);
	return subpaths;
}

struct subpath subpath_export(struct arena *arena, const struct subpaths *exports,
			      const char *subpath, enum subpath_use use)
{
	struct search s = {arena, use, false};
	struct target target = {ANSWER_NULL, NULL};
	const cJSON *value = exports->value;
	bool inexact = false;
	bool by_path =
		cJSON_IsObject(value) && value->child != NULL && value->child->string[0] == '.';

	if (exports->mixed)
		return (struct subpath){SUBPATH_NONE, NULL};
	if (strcmp(subpath, ".") == 0) {
		const cJSON *entry = by_path ? patterns_exact(&exports->keys, ".") : value;

		if (entry != NULL)
			target = of_target(&s, entry, "", false, 0);
	} else if (by_path) {
		target = of_map(&s, exports, subpath, &inexact);
	}
	return finish(arena, target, inexact);
}

struct subpath subpath_import(struct arena *arena, const struct subpaths *imports,
			      const char *specifier, enum subpath_use use)
{
	struct search s = {arena, use, true};
	bool inexact = false;

	if (!cJSON_IsObject(imports->value) || imports->mixed || strcmp(specifier, "#") == 0)
		return (struct subpath){SUBPATH_NONE, NULL};
	return finish(arena, of_map(&s, imports, specifier, &inexact), inexact);
}

const char *subpath_package(struct arena *arena, const char *specifier, const char **subpath)
{
	size_t len = strcspn(specifier, "/");

	if (specifier[0] == '@') {
		if (specifier[len] == '\0')
			return NULL;
		len += 1 + strcspn(specifier + len + 1, "/");
	}
	if (len == 0 || specifier[0] == '.' || strcspn(specifier, "\\%") < len)
		return NULL;
	*subpath = arena_printf(arena, ".%s", specifier + len);
	return arena_strndup(arena, specifier, len);
}
