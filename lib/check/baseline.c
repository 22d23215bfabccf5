/* See baseline.h. */
#include "check/baseline.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "diag/diag.h"
#include "diag/parts.h"
#include "diag/text.h"
#include "json/json.h"
#include "json/where.h"

static const char schema[] = "attio.baseline/1";

static int compare_entries(const void *a, const void *b)
{
	const struct baseline_entry *x = a, *y = b;
	int order = strcmp(x->file, y->file);

	if (order == 0)
		order = strcmp(x->code, y->code);
	if (order == 0)
		order = x->fingerprint < y->fingerprint ? -1 : x->fingerprint > y->fingerprint;
	return order;
}

/* Sorts, and makes one of entries that mean the same. */
static void tidy(struct baseline *baseline)
{
	size_t kept = 0;

	if (baseline->count == 0)
		return;
	qsort(baseline->entries, baseline->count, sizeof(*baseline->entries), compare_entries);
	for (size_t i = 1; i < baseline->count; i++) {
		struct baseline_entry *last = &baseline->entries[kept];

		if (compare_entries(last, &baseline->entries[i]) == 0) {
			last->count += baseline->entries[i].count;
			last->left += baseline->entries[i].left;
		} else {
			baseline->entries[++kept] = baseline->entries[i];
		}
	}
	baseline->count = kept + 1;
}

static void add(struct baseline *baseline, struct baseline_entry entry)
{
	struct baseline_entry *item =
		arena_push(baseline->arena, &baseline->entries, &baseline->count, sizeof(*item));

	*item = entry;
}

/* --- reading -----------------------------------------------------------------------------------
 */

struct reading {
	struct baseline *baseline;
	const char *text;
	size_t len;
	const char *document;
	struct error *error;
};

/* `path` leads to the wrong value; when that is missing, the place is that of its parent. */
static int complain(struct reading *r, const char **path, size_t depth, const char *message)
{
	struct texts texts;
	struct json_where where;

	while (!json_where(r->text, r->len, path, &where) && depth > 0)
		path[--depth] = NULL;
	texts_init(&texts, r->baseline->arena, "/");
	struct text *text = texts_add(&texts, r->document, r->text, r->len);
	struct position at = text_position(&texts, text, where.start);
	texts_dispose(&texts);
	error_set(r->error, ERROR_USAGE, "%s:%zu:%zu: %s", r->document, at.line, at.column,
		  message);
	return error_fix(r->error, "write the file anew with `attio validate --write-baseline=%s`",
			 r->document);
}

/* Sixteen hexadecimal digits, as baseline_print writes them. */
static bool read_fingerprint(const char *text, uint64_t *value)
{
	*value = 0;
	for (size_t i = 0; i < 16; i++) {
		const char *digits = "0123456789abcdef";
		const char *digit = text[i] != '\0' ? strchr(digits, text[i]) : NULL;

		if (digit == NULL)
			return false;
		*value = *value << 4 | (uint64_t)(digit - digits);
	}
	return text[16] == '\0';
}

static int read_entry(struct reading *r, const cJSON *item, size_t index)
{
	struct arena *arena = r->baseline->arena;
	const char *number = arena_printf(arena, "%zu", index);
	const char *path[] = {"findings", number, NULL, NULL};
	const char *code = json_string_or_null(item, "code");
	const char *file = json_string_or_null(item, "file");
	const char *fingerprint = json_string_or_null(item, "fingerprint");
	struct baseline_entry entry = {.file = "", .code = "", .count = 1};
	struct error ignored;
	long long count = 1;

	if (!cJSON_IsObject(item))
		return complain(r, path, 2, "a finding must be an object");
	if (code == NULL) {
		path[2] = "code";
		return complain(r, path, 3, "a finding needs a `code`");
	}
	if (file == NULL && cJSON_GetObjectItemCaseSensitive(item, "file") != NULL) {
		path[2] = "file";
		return complain(r, path, 3, "`file` must be a string");
	}
	if (fingerprint == NULL || !read_fingerprint(fingerprint, &entry.fingerprint)) {
		path[2] = "fingerprint";
		return complain(r, path, 3, "`fingerprint` must be 16 hexadecimal digits");
	}
	if (cJSON_GetObjectItemCaseSensitive(item, "count") != NULL &&
	    (json_get_int(item, r->document, "count", &count, &ignored) != 0 || count < 1)) {
		path[2] = "count";
		return complain(r, path, 3, "`count` must be a whole number from 1");
	}
	entry.code = arena_strdup(arena, code);
	if (file != NULL)
		entry.file = arena_strdup(arena, file);
	entry.count = entry.left = (size_t)count;
	add(r->baseline, entry);
	return 0;
}

static int read_document(struct reading *r, const cJSON *document)
{
	const char *path[] = {NULL, NULL};
	const char *name = json_string_or_null(document, "schema");
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(document, "findings"), *item;
	size_t index = 0;

	if (!str_equal(name, schema)) {
		path[0] = "schema";
		return complain(r, path, 1,
				"this is no baseline: `schema` must be `attio.baseline/1`");
	}
	if (!cJSON_IsArray(list)) {
		path[0] = "findings";
		return complain(r, path, 1, "`findings` must be an array");
	}
	cJSON_ArrayForEach(item, list)
	{
		if (read_entry(r, item, index++) != 0)
			return -1;
	}
	return 0;
}

int baseline_parse(struct baseline *baseline, struct arena *arena, const char *text, size_t len,
		   const char *document, struct error *error)
{
	struct reading reading = {.baseline = baseline,
				  .text = text,
				  .len = len,
				  .document = document,
				  .error = error};

	*baseline = (struct baseline){.arena = arena};
	cJSON *json = json_parse(text, len, document, NULL, error);
	if (json == NULL) {
		error->kind = ERROR_USAGE;
		return error_fix(error,
				 "write the file anew with `attio validate --write-baseline=%s`",
				 document);
	}
	int result = read_document(&reading, json);
	cJSON_Delete(json);
	tidy(baseline);
	return result;
}

/* --- writing -----------------------------------------------------------------------------------
 */

void baseline_make(struct baseline *baseline, struct arena *arena, const struct diags *diags,
		   struct texts *texts)
{
	*baseline = (struct baseline){.arena = arena};
	for (size_t i = 0; i < diags->count; i++) {
		const struct diag *diag = &diags->items[i];

		add(baseline, (struct baseline_entry){
				      .file = diag->place.file != NULL ? diag->place.file : "",
				      .code = diag->code,
				      .fingerprint = part_fingerprint(diag, texts),
				      .count = 1,
				      .left = 1});
	}
	tidy(baseline);
}

void baseline_print(struct buf *out, const struct baseline *baseline)
{
	buf_printf(out, "{\n  \"schema\": \"%s\",\n  \"findings\": [", schema);
	for (size_t i = 0; i < baseline->count; i++) {
		const struct baseline_entry *entry = &baseline->entries[i];

		buf_puts(out, i == 0 ? "\n    {\"file\": " : ",\n    {\"file\": ");
		buf_put_json_string(out, entry->file, strlen(entry->file));
		buf_puts(out, ", \"code\": ");
		buf_put_json_string(out, entry->code, strlen(entry->code));
		buf_printf(out, ", \"fingerprint\": \"%016llx\", \"count\": %zu}",
			   (unsigned long long)entry->fingerprint, entry->count);
	}
	buf_puts(out, baseline->count > 0 ? "\n  ]\n}\n" : "]\n}\n");
}

/* --- using -------------------------------------------------------------------------------------
 */

bool baseline_take(struct baseline *baseline, const struct diag *diag, struct texts *texts)
{
	struct baseline_entry wanted = {
		.file = diag->place.file != NULL ? diag->place.file : "",
		.code = diag->code,
		.fingerprint = part_fingerprint(diag, texts),
	};
	struct baseline_entry *entry = NULL;

	if (baseline->count > 0)
		entry = bsearch(&wanted, baseline->entries, baseline->count, sizeof(wanted),
				compare_entries);
	if (entry == NULL || entry->left == 0)
		return false;
	entry->left--;
	return true;
}

void baseline_rewind(struct baseline *baseline)
{
	for (size_t i = 0; i < baseline->count; i++)
		baseline->entries[i].left = baseline->entries[i].count;
}

size_t baseline_left(const struct baseline *baseline)
{
	size_t left = 0;

	for (size_t i = 0; i < baseline->count; i++)
		left += baseline->entries[i].left;
	return left;
}
