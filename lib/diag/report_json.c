/* Findings for programs: the `diagnostics` array of the JSON contract. Fields are only ever added
 * here. Every key is always present, except `fix`. */
#include <stdint.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "diag/diag.h"
#include "diag/report.h"
#include "diag/text.h"

/* A copy (mem_free) in which what is not UTF-8 is replaced: file names and messages may carry any
 * bytes, JSON may not. */
static char *valid_utf8(const char *text)
{
	struct buf buf = {0};
	size_t len = strlen(text);
	for (size_t at = 0; at < len;) {
		size_t good = utf8_invalid_at(text + at, len - at);
		buf_add(&buf, text + at, good);
		at += good;
		if (at < len) {
			buf_puts(&buf, "\xef\xbf\xbd");
			at++;
		}
	}
	return buf_take(&buf);
}

static void add_string(cJSON *object, const char *key, const char *text)
{
	if (!text) {
		cJSON_AddNullToObject(object, key);
		return;
	}
	char *valid = valid_utf8(text);
	cJSON_AddStringToObject(object, key, valid);
	mem_free(valid);
}

static void add_position(cJSON *range, const char *key, struct position at)
{
	cJSON *object = cJSON_AddObjectToObject(range, key);
	cJSON_AddNumberToObject(object, "line", (double)at.line);
	cJSON_AddNumberToObject(object, "column", (double)at.column);
	cJSON_AddNumberToObject(object, "offset", (double)at.offset);
}

static void add_place(cJSON *object, const struct place *place, struct texts *texts,
		      bool whole_file_has_range)
{
	add_string(object, "file", place->file);
	bool whole = place->start == 0 && place->end == 0 && !whole_file_has_range;
	struct text *text = place->file && !whole ? texts_find(texts, place->file) : NULL;
	if (!text) {
		cJSON_AddNullToObject(object, "range");
		return;
	}
	cJSON *range = cJSON_AddObjectToObject(object, "range");
	add_position(range, "start", text_position(texts, text, place->start));
	add_position(range, "end", text_position(texts, text, place->end));
}

static uint64_t hash_bytes(uint64_t hash, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
	/* A separator, so that "ab","c" and "a","bc" differ. */
	return (hash ^ 0xff) * UINT64_C(1099511628211);
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The same for the same finding after lines were added above it or the line was indented: baselines
 * rely on that, so this must never change within a major version (FNV-1a, 64 bits). */
static uint64_t fingerprint(const struct diag *diag, struct texts *texts)
{
	const char *file = diag->place.file ? diag->place.file : "";
	const char *line = "";
	size_t len = 0;
	bool whole = diag->place.start == 0 && diag->place.end == 0;
	struct text *text = diag->place.file && !whole ? texts_find(texts, diag->place.file) : NULL;
	if (text) {
		struct position at = text_position(texts, text, diag->place.start);
		line = text_line(texts, text, at.line, &len);
	}
	while (len && is_space(line[len - 1]))
		len--;
	while (len && is_space(*line)) {
		line++;
		len--;
	}
	uint64_t hash = UINT64_C(14695981039346656037);
	hash = hash_bytes(hash, diag->code, strlen(diag->code));
	hash = hash_bytes(hash, file, strlen(file));
	hash = hash_bytes(hash, line, len);
	return hash_bytes(hash, diag->message, strlen(diag->message));
}

static void add_related(cJSON *object, const struct diag *diag, struct texts *texts)
{
	cJSON *related = cJSON_AddArrayToObject(object, "related");
	for (size_t i = 0; i < diag->note_count; i++) {
		cJSON *item = cJSON_CreateObject();
		add_place(item, &diag->notes[i].place, texts, false);
		add_string(item, "message", diag->notes[i].message);
		cJSON_AddItemToArray(related, item);
	}
}

static void add_fix(cJSON *object, const struct diag *diag, struct texts *texts)
{
	if (!diag->edit_count)
		return;
	cJSON *fix = cJSON_AddObjectToObject(object, "fix");
	cJSON_AddBoolToObject(fix, "safe", diag->fix_is_safe);
	cJSON *edits = cJSON_AddArrayToObject(fix, "edits");
	for (size_t i = 0; i < diag->edit_count; i++) {
		cJSON *item = cJSON_CreateObject();
		/* An edit at 0..0 inserts at the start of the file. */
		add_place(item, &diag->edits[i].place, texts, true);
		add_string(item, "text", diag->edits[i].text);
		cJSON_AddItemToArray(edits, item);
	}
}

static const char *severity_name(enum severity severity)
{
	if (severity == SEVERITY_ERROR)
		return "error";
	return severity == SEVERITY_WARNING ? "warning" : "off";
}

struct cJSON *report_json(const struct diags *diags, struct texts *texts)
{
	cJSON *array = cJSON_CreateArray();
	for (size_t i = 0; i < diags->count; i++) {
		const struct diag *diag = &diags->items[i];
		cJSON *object = cJSON_CreateObject();
		add_string(object, "code", diag->code);
		add_string(object, "name", diag->name);
		add_string(object, "severity", severity_name(diag->severity));
		add_string(object, "message", diag->message);
		add_place(object, &diag->place, texts, false);
		add_related(object, diag, texts);
		add_string(object, "help", diag->help);
		add_fix(object, diag, texts);
		struct buf hex = {0};
		buf_printf(&hex, "%016llx", (unsigned long long)fingerprint(diag, texts));
		add_string(object, "fingerprint", buf_cstr(&hex));
		buf_dispose(&hex);
		cJSON_AddItemToArray(array, object);
	}
	return array;
}
