/* Findings for programs: the `diagnostics` array of the JSON contract, and the whole document in
 * one line. Fields are only ever added here. Every key is always present, except `fix`. */
#include <cjson/cJSON.h>

#include "base/buf.h"
#include "diag/diag.h"
#include "diag/parts.h"
#include "diag/report.h"
#include "diag/text.h"

static void add_position(cJSON *range, const char *key, struct position at)
{
	cJSON *object = cJSON_AddObjectToObject(range, key);
	cJSON_AddNumberToObject(object, "line", (double)at.line);
	cJSON_AddNumberToObject(object, "column", (double)at.column);
	cJSON_AddNumberToObject(object, "offset", (double)at.offset);
}

static void add_place(cJSON *object, const struct place *place, struct texts *texts, bool edit)
{
	struct span span;
	part_add_string(object, "file", place->file);
	if (!part_span(place, texts, edit, &span)) {
		cJSON_AddNullToObject(object, "range");
		return;
	}
	cJSON *range = cJSON_AddObjectToObject(object, "range");
	add_position(range, "start", span.start);
	add_position(range, "end", span.end);
}

static void add_related(cJSON *object, const struct diag *diag, struct texts *texts)
{
	cJSON *related = cJSON_AddArrayToObject(object, "related");
	for (size_t i = 0; i < diag->note_count; i++) {
		cJSON *item = cJSON_CreateObject();
		add_place(item, &diag->notes[i].place, texts, false);
		part_add_string(item, "message", diag->notes[i].message);
		cJSON_AddItemToArray(related, item);
	}
}

static void add_fix(cJSON *object, const struct diag *diag, struct texts *texts)
{
	if (diag->edit_count == 0)
		return;
	cJSON *fix = cJSON_AddObjectToObject(object, "fix");
	cJSON_AddBoolToObject(fix, "safe", diag->fix_is_safe);
	cJSON *edits = cJSON_AddArrayToObject(fix, "edits");
	for (size_t i = 0; i < diag->edit_count; i++) {
		cJSON *item = cJSON_CreateObject();
		/* An edit at 0..0 inserts at the start of the file. */
		add_place(item, &diag->edits[i].place, texts, true);
		part_add_string(item, "text", diag->edits[i].text);
		cJSON_AddItemToArray(edits, item);
	}
}

struct cJSON *report_json(const struct diags *diags, struct texts *texts)
{
	cJSON *array = cJSON_CreateArray();
	for (size_t i = 0; i < diags->count; i++) {
		const struct diag *diag = &diags->items[i];
		cJSON *object = cJSON_CreateObject();
		part_add_string(object, "code", diag->code);
		part_add_string(object, "name", diag->name);
		part_add_string(object, "severity", part_severity(diag->severity));
		part_add_string(object, "message", diag->message);
		add_place(object, &diag->place, texts, false);
		add_related(object, diag, texts);
		part_add_string(object, "help", diag->help);
		add_fix(object, diag, texts);
		part_add_hash(object, "fingerprint", part_fingerprint(diag, texts));
		cJSON_AddItemToArray(array, object);
	}
	return array;
}

void report_document(struct buf *out, const struct report_input *input)
{
	part_print_json(out, input->document);
	buf_putc(out, '\n');
}
