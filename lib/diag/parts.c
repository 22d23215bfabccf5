/* See parts.h. */
#include "diag/parts.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "diag/report.h"
#include "sys/path.h"

enum { LONG_LINE = 2048 /* bytes */ };

const char *part_severity(enum severity severity)
{
	if (severity == SEVERITY_ERROR)
		return "error";
	return severity == SEVERITY_WARNING ? "warning" : "off";
}

bool part_span(const struct place *place, struct texts *texts, bool edit, struct span *span)
{
	bool whole = place->start == 0 && place->end == 0 && !edit;
	struct text *text = place->file != NULL && !whole ? texts_find(texts, place->file) : NULL;
	if (text == NULL)
		return false;
	span->start = text_position(texts, text, place->start);
	span->end = text_position(texts, text, place->end);
	return true;
}

const char *part_path(const struct report_input *input, const char *file)
{
	if (file == NULL)
		return input->prefix[0] != '\0' ? input->prefix : ".";
	return input->prefix[0] != '\0' ? path_join(input->texts->arena, input->prefix, file)
					: file;
}

void part_add_string(cJSON *object, const char *key, const char *text)
{
	if (text == NULL) {
		cJSON_AddNullToObject(object, key);
		return;
	}
	struct buf valid = {0};
	buf_put_utf8(&valid, text, strlen(text));
	cJSON_AddStringToObject(object, key, buf_cstr(&valid));
	buf_dispose(&valid);
}

void part_print_json(struct buf *out, const cJSON *document)
{
	char *text = cJSON_PrintUnformatted(document);
	const char *shown = text != NULL ? text : "null";

	buf_put_utf8(out, shown, strlen(shown));
	cJSON_free(text);
}

void part_put_json(struct buf *out, cJSON *document)
{
	part_print_json(out, document);
	buf_putc(out, '\n');
	cJSON_Delete(document);
}

uint64_t part_hash(uint64_t hash, const char *bytes, size_t len)
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

uint64_t part_fingerprint(const struct diag *diag, struct texts *texts)
{
	const char *file = diag->place.file != NULL ? diag->place.file : "";
	const char *line = "";
	size_t len = 0;
	bool whole = diag->place.start == 0 && diag->place.end == 0;
	struct text *text =
		diag->place.file != NULL && !whole ? texts_find(texts, diag->place.file) : NULL;
	if (text != NULL) {
		size_t number = text_line_number(texts, text, diag->place.start);
		line = text_line(texts, text, number, &len);
		size_t at = diag->place.start - (size_t)(line - text_shown(text));
		/* Of a minified file's line what is near: it is hashed for each of its findings. */
		if (len > LONG_LINE) {
			size_t from = at > LONG_LINE / 2 ? at - LONG_LINE / 2 : 0;
			if (from > len - LONG_LINE)
				from = len - LONG_LINE;
			line += from;
			len = LONG_LINE;
		}
	}
	while (len != 0 && is_space(line[len - 1]))
		len--;
	while (len != 0 && is_space(*line)) {
		line++;
		len--;
	}
	uint64_t hash = part_hash(PART_HASH_START, diag->code, strlen(diag->code));
	hash = part_hash(hash, file, strlen(file));
	hash = part_hash(hash, line, len);
	return part_hash(hash, diag->message, strlen(diag->message));
}

void part_add_hash(cJSON *object, const char *key, uint64_t hash)
{
	struct buf hex = {0};
	buf_printf(&hex, "%016llx", (unsigned long long)hash);
	cJSON_AddStringToObject(object, key, buf_cstr(&hex));
	buf_dispose(&hex);
}
