/* See sizes.h. What is in a bundle is said by esbuild's metafile, a JSON document. */
#include "bundle/sizes.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "bundle/bundle.h"
#include "bundle/gzip.h"
#include "diag/frame.h"
#include "sys/path.h"
#include "json/json.h"

enum { TABLE_MODULES = 5 };

/* --- reading -----------------------------------------------------------------------------------
 */

static const char *const document = "esbuild's metafile";

static cJSON *parse(const struct bundle *bundle, struct error *error)
{
	cJSON *meta = json_parse(bundle->meta, bundle->meta_len, document, NULL, error);

	if (meta == NULL)
		error->kind = ERROR_TOOL;
	return meta;
}

/* The one output that is code. */
static const cJSON *code_output(const cJSON *meta)
{
	const cJSON *output;

	cJSON_ArrayForEach(output, cJSON_GetObjectItemCaseSensitive(meta, "outputs"))
	{
		if (!str_ends(output->string, ".map"))
			return output;
	}
	return NULL;
}

/* Inputs that are no files have a name space before a colon. */
static const char *path_of(struct arena *arena, const char *input, bool *generated)
{
	static const char global[] = "global-externals:";

	*generated = true;
	if (str_starts(input, global))
		return arena_printf(arena, "(%s, from the platform)", input + sizeof(global) - 1);
	if (str_starts(input, "attio:"))
		return "(what ties the modules together)";
	if (strcmp(input, "<runtime>") == 0)
		return "(runtime of the bundler)";
	*generated = false;
	return arena_strdup(arena, input);
}

static int by_bytes(const void *a, const void *b)
{
	const struct module_size *x = a, *y = b;

	if (x->bytes != y->bytes)
		return x->bytes < y->bytes ? 1 : -1;
	return strcmp(x->path, y->path);
}

/* Helpers, wrappers, comments, an inline source map. */
static void add_rest(struct arena *arena, struct bundle_size *size)
{
	size_t sum = 0;

	for (size_t i = 0; i < size->count; i++)
		sum += size->modules[i].bytes;
	if (sum >= size->bytes)
		return;
	struct module_size *rest = arena_push(arena, &size->modules, &size->count, sizeof(*rest));
	*rest = (struct module_size){"(added by the bundler)", size->bytes - sum, true};
}

static int read_modules(struct arena *arena, struct bundle_size *size, struct error *error)
{
	cJSON *meta = parse(size->bundle, error);
	const cJSON *input;

	if (meta == NULL)
		return -1;
	const cJSON *inputs = cJSON_GetObjectItemCaseSensitive(code_output(meta), "inputs");
	cJSON_ArrayForEach(input, inputs)
	{
		const cJSON *bytes = cJSON_GetObjectItemCaseSensitive(input, "bytesInOutput");
		struct module_size *module;

		if (!cJSON_IsNumber(bytes) || bytes->valuedouble < 1 ||
		    bytes->valuedouble > (double)size->bytes)
			continue;
		module = arena_push(arena, &size->modules, &size->count, sizeof(*module));
		module->path = path_of(arena, input->string, &module->generated);
		module->bytes = (size_t)bytes->valuedouble;
	}
	cJSON_Delete(meta);
	add_rest(arena, size);
	if (size->count > 1)
		qsort(size->modules, size->count, sizeof(*size->modules), by_bytes);
	return 0;
}

static const char *name_of(struct arena *arena, const struct bundle *bundle)
{
	if (bundle->block != NULL)
		return arena_printf(arena, "block %s", bundle->block);
	return strcmp(bundle->path, "index.js") == 0 ? "client" : "server";
}

int sizes_read(struct arena *arena, const struct bundles *bundles, bool gzip, struct sizes *sizes,
	       struct error *error)
{
	*sizes = (struct sizes){0};
	for (size_t i = 0; i < bundles->count; i++) {
		const struct bundle *bundle = &bundles->items[i];
		struct bundle_size *size =
			arena_push(arena, &sizes->items, &sizes->count, sizeof(*size));

		size->bundle = bundle;
		size->name = name_of(arena, bundle);
		size->bytes = bundle->len;
		if (gzip)
			size->gzip = gzip_size(bundle->bytes, bundle->len);
		if (bundle->meta != NULL && read_modules(arena, size, error) != 0)
			return -1;
	}
	return 0;
}

/* --- between builds ----------------------------------------------------------------------------
 */

void sizes_keep(struct buf *out, const struct bundles *bundles)
{
	for (size_t i = 0; i < bundles->count; i++)
		buf_printf(out, "%zu %s\n", bundles->items[i].len, bundles->items[i].path);
}

void sizes_recall(struct arena *arena, const char *text, size_t len, struct past_sizes *past)
{
	const char *end = text + len;

	*past = (struct past_sizes){0};
	while (text < end) {
		const char *start = text, *line = text;
		const char *lf = memchr(text, '\n', (size_t)(end - text));
		size_t bytes = 0;

		text = lf != NULL ? lf + 1 : end;
		while (line < text && *line >= '0' && *line <= '9' && bytes < (size_t)1 << 40)
			bytes = bytes * 10 + (size_t)(*line++ - '0');
		/* A line that is no size, or whose end is missing. */
		if (lf == NULL || line == start || *line != ' ')
			continue;
		struct past_size *item =
			arena_push(arena, &past->items, &past->count, sizeof(*item));
		item->path = arena_strndup(arena, line + 1, (size_t)(lf - line - 1));
		item->bytes = bytes;
	}
}

const struct past_size *past_size_of(const struct past_sizes *past, const char *path)
{
	for (size_t i = 0; i < past->count; i++) {
		if (strcmp(past->items[i].path, path) == 0)
			return &past->items[i];
	}
	return NULL;
}

/* --- for people --------------------------------------------------------------------------------
 */

void sizes_put(struct buf *out, size_t bytes)
{
	if (bytes < 1024)
		buf_printf(out, "%zu B", bytes);
	else if (bytes < (size_t)1024 * 1024)
		buf_printf(out, "%.1f KiB", (double)bytes / 1024);
	else
		buf_printf(out, "%.1f MiB", (double)bytes / (1024 * 1024));
}

static char *size_text(struct arena *arena, const char *sign, size_t bytes)
{
	struct buf buf = {0};
	char *text;

	buf_puts(&buf, sign);
	sizes_put(&buf, bytes);
	text = arena_strdup(arena, buf_cstr(&buf));
	buf_dispose(&buf);
	return text;
}

static const char *change_text(struct arena *arena, const struct bundle_size *size,
			       const struct past_sizes *past)
{
	const struct past_size *before = past_size_of(past, size->bundle->path);

	if (past->count == 0)
		return "";
	if (before == NULL)
		return "new";
	if (before->bytes == size->bytes)
		return "same";
	if (before->bytes < size->bytes)
		return size_text(arena, "+", size->bytes - before->bytes);
	return size_text(arena, "-", before->bytes - size->bytes);
}

/* Names of files may hold what a terminal would obey. */
static const char *shown(struct arena *arena, const char *lead, const char *name)
{
	struct buf buf = {0};
	const char *text;

	buf_puts(&buf, lead);
	frame_put_text(&buf, name);
	text = arena_strdup(arena, buf_cstr(&buf));
	buf_dispose(&buf);
	return text;
}

struct row {
	const char *cells[4]; /* the first to the left, the others to the right */
};

/* Columns as wide as their widest cell; nothing behind the last cell of a line. */
static void put_rows(struct buf *out, const struct row *rows, size_t count)
{
	size_t widths[4] = {0};

	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < ARRAY_LEN(widths); k++) {
			const char *cell = rows[i].cells[k];
			size_t width = utf8_width(cell, strlen(cell), 1);

			if (width > widths[k])
				widths[k] = width;
		}
	}
	for (size_t i = 0; i < count; i++) {
		const char *name = rows[i].cells[0];
		size_t width = utf8_width(name, strlen(name), 1);

		buf_printf(out, "%s%*s", name, (int)(widths[0] - width), "");
		for (size_t k = 1; k < ARRAY_LEN(widths); k++) {
			if (widths[k] > 0)
				buf_printf(out, "  %*s", (int)widths[k], rows[i].cells[k]);
		}
		while (out->len > 0 && out->ptr[out->len - 1] == ' ')
			out->ptr[--out->len] = '\0';
		buf_putc(out, '\n');
	}
}

static void put_modules(struct arena *arena, struct buf *out, const struct bundle_size *size)
{
	struct row *rows = NULL;
	size_t count = 0, rest = 0;

	for (size_t i = 0; i < size->count; i++) {
		const struct module_size *module = &size->modules[i];

		if (i >= TABLE_MODULES) {
			rest += module->bytes;
			continue;
		}
		struct row *row = arena_push(arena, &rows, &count, sizeof(*row));
		*row = (struct row){
			{shown(arena, "  ", module->path), size_text(arena, "", module->bytes),
			 arena_printf(arena, "%.0f%%",
				      100.0 * (double)module->bytes / (double)size->bytes),
			 ""}};
	}
	if (count == 0)
		return;
	if (size->count > TABLE_MODULES) {
		struct row *row = arena_push(arena, &rows, &count, sizeof(*row));
		*row = (struct row){
			{arena_printf(arena, "  %zu more", size->count - TABLE_MODULES),
			 size_text(arena, "", rest),
			 arena_printf(arena, "%.0f%%", 100.0 * (double)rest / (double)size->bytes),
			 ""}};
	}
	buf_printf(out, "\n%s\n", shown(arena, "", size->name));
	put_rows(out, rows, count);
}

void sizes_table(struct buf *out, const struct sizes *sizes, const struct past_sizes *past)
{
	struct arena *arena = arena_new();
	struct row *rows = NULL, *row;
	size_t count = 0;

	row = arena_push(arena, &rows, &count, sizeof(*row));
	*row = (struct row){{"bundle", "size", "gzip", past->count > 0 ? "change" : ""}};
	for (size_t i = 0; i < sizes->count; i++) {
		const struct bundle_size *size = &sizes->items[i];

		row = arena_push(arena, &rows, &count, sizeof(*row));
		*row = (struct row){
			{shown(arena, "", size->name), size_text(arena, "", size->bytes),
			 size_text(arena, "", size->gzip), change_text(arena, size, past)}};
	}
	put_rows(out, rows, count);
	for (size_t i = 0; i < sizes->count; i++)
		put_modules(arena, out, &sizes->items[i]);
	arena_free(arena);
}

/* --- for esbuild's tools -----------------------------------------------------------------------
 */

static bool imports_some(const cJSON *input)
{
	return cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(input, "imports")) > 0;
}

/* What is in several bundles is told once. In the client a server function is a proxy, which
 * imports nothing: what it really is the server's bundles tell. */
static void move_inputs(cJSON *from, cJSON *to)
{
	cJSON *item;

	while (from != NULL && (item = from->child) != NULL) {
		cJSON *known = cJSON_GetObjectItemCaseSensitive(to, item->string);

		cJSON_DetachItemViaPointer(from, item);
		if (known == NULL)
			cJSON_AddItemToObject(to, item->string, item);
		else if (!imports_some(known) && imports_some(item))
			cJSON_ReplaceItemInObjectCaseSensitive(to, known->string, item);
		else
			cJSON_Delete(item);
	}
}

static void move_outputs(cJSON *from, cJSON *to, const char *path)
{
	struct buf name = {0};
	cJSON *item;

	while (from != NULL && (item = from->child) != NULL) {
		cJSON_DetachItemViaPointer(from, item);
		buf_clear(&name);
		buf_printf(&name, "%s%s", path, str_ends(item->string, ".map") ? ".map" : "");
		cJSON_AddItemToObject(to, buf_cstr(&name), item);
	}
	buf_dispose(&name);
}

int sizes_metafile(struct buf *text, const struct bundles *bundles, const char *out,
		   struct error *error)
{
	cJSON *whole = cJSON_CreateObject();
	cJSON *inputs = cJSON_AddObjectToObject(whole, "inputs");
	cJSON *outputs = cJSON_AddObjectToObject(whole, "outputs");
	struct arena *arena = arena_new();
	int result = 0;

	for (size_t i = 0; i < bundles->count && result == 0; i++) {
		cJSON *meta = parse(&bundles->items[i], error);

		if (meta == NULL) {
			result = -1;
			break;
		}
		move_inputs(cJSON_GetObjectItemCaseSensitive(meta, "inputs"), inputs);
		move_outputs(cJSON_GetObjectItemCaseSensitive(meta, "outputs"), outputs,
			     path_join(arena, out, bundles->items[i].path));
		cJSON_Delete(meta);
	}
	if (result == 0) {
		json_print(text, whole, false);
		buf_putc(text, '\n');
	}
	arena_free(arena);
	cJSON_Delete(whole);
	return result;
}
