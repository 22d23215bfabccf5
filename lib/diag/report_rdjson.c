/* reviewdog's diagnostic format. Unlike our other forms its columns count the bytes of UTF-8, and a
 * suggestion always belongs to the finding's own file: a fix that also changes other files would
 * be half a fix there and is left out. */
#include <string.h>

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "base/str.h"
#include "diag/diag.h"
#include "diag/parts.h"
#include "diag/report.h"
#include "diag/text.h"

/* From 1. The byte order mark has no column, as in the other forms. */
static double byte_column(struct texts *texts, struct text *text, struct position at)
{
	size_t len;
	const char *line = text_line(texts, text, at.line, &len);
	size_t start = (size_t)(line - text_shown(text));
	if (at.line == 1 && len >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0)
		start += 3;
	return at.offset > start ? (double)(at.offset - start + 1) : 1;
}

static void add_position(cJSON *range, const char *key, struct texts *texts, struct text *text,
			 struct position at)
{
	cJSON *object = cJSON_AddObjectToObject(range, key);
	cJSON_AddNumberToObject(object, "line", (double)at.line);
	cJSON_AddNumberToObject(object, "column", byte_column(texts, text, at));
}

static void add_range(cJSON *object, const struct report_input *input, const struct place *place,
		      bool edit)
{
	struct span span;
	if (!part_span(place, input->texts, edit, &span))
		return;
	struct text *text = texts_find(input->texts, place->file);
	cJSON *range = cJSON_AddObjectToObject(object, "range");
	add_position(range, "start", input->texts, text, span.start);
	add_position(range, "end", input->texts, text, span.end);
}

static void add_location(cJSON *object, const struct report_input *input, const struct place *place)
{
	cJSON *location = cJSON_AddObjectToObject(object, "location");
	part_add_string(location, "path", part_path(input, place->file));
	add_range(location, input, place, false);
}

static bool fix_fits(const struct report_input *input, const struct diag *diag)
{
	for (size_t i = 0; i < diag->edit_count; i++) {
		struct span span;
		if (!str_equal(diag->edits[i].place.file, diag->place.file) ||
		    !part_span(&diag->edits[i].place, input->texts, true, &span))
			return false;
	}
	return diag->edit_count > 0;
}

static void add_suggestions(cJSON *object, const struct report_input *input,
			    const struct diag *diag)
{
	if (!fix_fits(input, diag))
		return;
	cJSON *array = cJSON_AddArrayToObject(object, "suggestions");
	for (size_t i = 0; i < diag->edit_count; i++) {
		cJSON *item = cJSON_CreateObject();
		add_range(item, input, &diag->edits[i].place, true);
		part_add_string(item, "text", diag->edits[i].text);
		cJSON_AddItemToArray(array, item);
	}
}

static void add_related(cJSON *object, const struct report_input *input, const struct diag *diag)
{
	if (diag->note_count == 0)
		return;
	cJSON *array = cJSON_AddArrayToObject(object, "relatedLocations");
	for (size_t i = 0; i < diag->note_count; i++) {
		cJSON *item = cJSON_CreateObject();
		part_add_string(item, "message", diag->notes[i].message);
		add_location(item, input, &diag->notes[i].place);
		cJSON_AddItemToArray(array, item);
	}
}

static cJSON *finding(const struct report_input *input, const struct diag *diag)
{
	cJSON *object = cJSON_CreateObject();
	struct buf text = {0};
	buf_puts(&text, diag->message);
	if (diag->help != NULL)
		buf_printf(&text, "\nhelp: %s", diag->help);
	part_add_string(object, "message", buf_cstr(&text));
	buf_dispose(&text);
	add_location(object, input, &diag->place);
	cJSON_AddStringToObject(object, "severity",
				diag->severity == SEVERITY_ERROR ? "ERROR" : "WARNING");
	cJSON *code = cJSON_AddObjectToObject(object, "code");
	part_add_string(code, "value", diag->code);
	add_suggestions(object, input, diag);
	add_related(object, input, diag);
	return object;
}

void report_rdjson(struct buf *out, const struct report_input *input)
{
	cJSON *document = cJSON_CreateObject();
	cJSON *source = cJSON_AddObjectToObject(document, "source");
	cJSON_AddStringToObject(source, "name", "attio");
	cJSON *array = cJSON_AddArrayToObject(document, "diagnostics");
	for (size_t i = 0; i < input->diags->count; i++)
		cJSON_AddItemToArray(array, finding(input, &input->diags->items[i]));
	part_put_json(out, document);
}
