/* The SDK's values beside the table of statements; see the header. */
#include "local/parity/parity.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "local/parity/statements.h"
#include "local/parity/surface.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "json/json.h"

static const char *const words[] = {"exact", "approximate", "unsupported"};

static bool fits(const struct statement *statement, const struct sdk_value *value)
{
	size_t len = strlen(statement->name);

	if (strcmp(statement->module, value->module) != 0)
		return false;
	if (statement->name[len - 1] == '*')
		return strncmp(statement->name, value->name, len - 1) == 0;
	return strcmp(statement->name, value->name) == 0;
}

static struct statement find_statement(const struct sdk_value *value)
{
	for (size_t i = 0; i < statement_count; i++) {
		if (fits(&statements[i], value))
			return statements[i];
	}
	return (struct statement){.status = PARITY_UNSUPPORTED,
				  .reason = "this version of the local platform does not know it"};
}

static void put_items(struct buf *out, const struct sdk_value *values, size_t count)
{
	size_t counts[3] = {0};

	buf_puts(out, "\"items\":[");
	for (size_t i = 0; i < count; i++) {
		struct statement statement = find_statement(&values[i]);

		counts[statement.status]++;
		buf_puts(out, i > 0 ? ",{" : "{");
		buf_put_json_member(out, "module", values[i].module);
		buf_put_json_member(out, "name", values[i].name);
		buf_printf(out, ",\"status\":\"%s\"", words[statement.status]);
		if (statement.reason != NULL)
			buf_put_json_member(out, "reason", statement.reason);
		buf_putc(out, '}');
	}
	buf_puts(out, "],\"counts\":{");
	for (size_t i = 0; i < 3; i++)
		buf_printf(out, "%s\"%s\":%zu", i > 0 ? "," : "", words[i], counts[i]);
	buf_putc(out, '}');
}

static void put_approximations(struct buf *out)
{
	buf_puts(out, ",\"approximations\":[");
	for (size_t i = 0; i < approximation_count; i++) {
		buf_puts(out, i > 0 ? ",{" : "{");
		buf_put_json_member(out, "fact", approximations[i].fact);
		buf_put_json_member(out, "choice", approximations[i].choice);
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

/* "1.0.4"; "" when the package does not say. */
static const char *version_of(struct arena *arena, const char *package)
{
	const char *path = path_join(arena, package, "package.json");
	struct error ignored;
	cJSON *manifest = NULL;
	const char *version = NULL;
	char *text;
	size_t len;

	if (fs_read(arena, path, (size_t)1 << 20, &text, &len, &ignored) == 0)
		manifest = json_parse(text, len, path, NULL, &ignored);
	if (manifest != NULL)
		version = json_string_or_null(manifest, "version");
	version = arena_strdup(arena, version != NULL ? version : "");
	cJSON_Delete(manifest);
	return version;
}

static int print(struct arena *arena, const char *root, struct buf *out, struct error *error)
{
	const char *found = fs_find_up(arena, root, "node_modules/attio/package.json", FS_FILE);
	struct sdk_value *values;
	struct bounds bounds;
	const char *package;
	size_t count;
	int result;

	if (found == NULL) {
		error_set(error, ERROR_NOT_FOUND,
			  "the app has no SDK: `node_modules/attio` is not "
			  "there");
		return error_fix(error, "install the app's packages");
	}
	package = path_join(arena, found, "node_modules/attio");
	bounds_find(&bounds, arena, root);
	result = surface_read(arena, &bounds, package, &values, &count, error);
	bounds_dispose(&bounds);
	if (result != 0)
		return -1;
	buf_putc(out, '{');
	buf_put_json_member(out, "sdk", version_of(arena, package));
	buf_putc(out, ',');
	put_items(out, values, count);
	put_approximations(out);
	buf_putc(out, '}');
	return 0;
}

int parity_print(const char *root, struct buf *out, struct error *error)
{
	struct arena *arena = arena_new();
	int result = print(arena, root, out, error);

	arena_free(arena);
	return result;
}
