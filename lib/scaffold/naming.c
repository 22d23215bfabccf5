/* See naming.h. The text is edited, not printed anew: people and tools have their own ways to lay
 * out a package.json. */
#include "scaffold/naming.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "app/manifest.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "json/json.h"
#include "json/where.h"

static void put_string(struct buf *out, const char *text)
{
	buf_put_json_string(out, text, strlen(text));
}

/* Puts `value` in the place of the member's, or in front of all members when there is none. */
static char *set_member(struct arena *arena, const char *text, const char *key, const char *value)
{
	const char *const path[] = {key, NULL};
	size_t len = strlen(text);
	struct json_where where;
	struct buf out = {0};
	char *result;

	if (json_where(text, len, path, &where)) {
		buf_add(&out, text, where.start);
		put_string(&out, value);
		buf_puts(&out, text + where.end);
	} else {
		const char *brace = strchr(text, '{') + 1;
		bool alone = brace[strspn(brace, " \t\r\n")] == '}';

		buf_add(&out, text, (size_t)(brace - text));
		buf_puts(&out, "\n  ");
		put_string(&out, key);
		buf_puts(&out, ": ");
		put_string(&out, value);
		buf_puts(&out, alone ? "" : ",");
		buf_puts(&out, brace);
	}
	result = arena_strdup(arena, buf_cstr(&out));
	buf_dispose(&out);
	return result;
}

static int bad_manifest(struct error *error, const char *path)
{
	char why[sizeof(error->why)];

	memcpy(why, error->message, sizeof(why));
	why[sizeof(why) - 1] = '\0';
	error_set(error, ERROR_USAGE, "the app's slug cannot be written into `%s`", path);
	error_why(error, "%s", why);
	return error_fix(error, "make it a JSON object");
}

static int new_text(struct arena *arena, const char *path, const char *text, const char *slug,
		    const char **changed, struct error *error)
{
	cJSON *document = json_parse(text, strlen(text), "package.json", NULL, error);
	const char *name;

	if (document == NULL)
		return bad_manifest(error, path);
	if (!cJSON_IsObject(document)) {
		cJSON_Delete(document);
		error_set(error, ERROR_USAGE, "package.json is not an object");
		return bad_manifest(error, path);
	}
	name = json_string_or_null(document, "name");
	*changed = text;
	if (name == NULL || strcmp(name, slug) != 0)
		*changed = set_member(arena, *changed, "name", slug);
	cJSON_Delete(document);
	return 0;
}

int naming_write(struct arena *arena, const char *root, const char *slug, bool *changed,
		 struct error *error)
{
	const char *path = path_join(arena, root, "package.json");
	char *text;
	const char *wanted = NULL;
	size_t len;

	*changed = false;
	if (fs_type(path) == FS_NONE) {
		wanted = set_member(arena, "{\n}\n", "name", slug);
		*changed = true;
		return fs_write_atomic(path, wanted, strlen(wanted), 0666, error);
	}
	if (fs_read(arena, path, MANIFEST_LIMIT, &text, &len, error) != 0 ||
	    new_text(arena, path, text, slug, &wanted, error) != 0)
		return -1;
	if (strcmp(wanted, text) == 0)
		return 0;
	*changed = true;
	return fs_rewrite(path, wanted, strlen(wanted), error);
}
