/* GitLab's code quality report: a small part of what Code Climate once defined. A finding without a
 * place is put on the app's folder, because GitLab drops findings without a path and a line. */
#include <cjson/cJSON.h>

#include "base/buf.h"
#include "base/mem.h"
#include "diag/diag.h"
#include "diag/parts.h"
#include "diag/report.h"

/* GitLab shows one of several findings with the same fingerprint, so equal ones on equal lines of a
 * file are numbered; and the path counts, because the reports of several apps may be merged. */
static uint64_t unique_fingerprint(const uint64_t *own, size_t index, const char *path)
{
	size_t before = 0;
	for (size_t i = 0; i < index; i++)
		before += own[i] == own[index];
	struct buf text = {0};
	buf_printf(&text, "%016llx %zu ", (unsigned long long)own[index], before);
	buf_puts(&text, path);
	uint64_t hash = part_hash(PART_HASH_START, text.ptr, text.len);
	buf_dispose(&text);
	return hash;
}

static cJSON *finding(const struct report_input *input, size_t index, const uint64_t *own)
{
	const struct diag *diag = &input->diags->items[index];
	const char *path = part_path(input, diag->place.file);
	struct span span = {.start = {.line = 1}, .end = {.line = 1}};
	struct buf text = {0};
	cJSON *object = cJSON_CreateObject();

	part_span(&diag->place, input->texts, false, &span);
	buf_puts(&text, diag->message);
	if (diag->help != NULL)
		buf_printf(&text, " (help: %s)", diag->help);
	part_add_string(object, "description", buf_cstr(&text));
	buf_clear(&text);
	buf_printf(&text, "%s %s", diag->code, diag->name);
	part_add_string(object, "check_name", buf_cstr(&text));
	buf_dispose(&text);
	part_add_hash(object, "fingerprint", unique_fingerprint(own, index, path));
	cJSON_AddStringToObject(object, "severity",
				diag->severity == SEVERITY_ERROR ? "major" : "minor");
	cJSON *location = cJSON_AddObjectToObject(object, "location");
	part_add_string(location, "path", path);
	cJSON *lines = cJSON_AddObjectToObject(location, "lines");
	cJSON_AddNumberToObject(lines, "begin", (double)span.start.line);
	cJSON_AddNumberToObject(lines, "end", (double)span.end.line);
	return object;
}

void report_gitlab(struct buf *out, const struct report_input *input)
{
	const struct diags *diags = input->diags;
	uint64_t *own = mem_zalloc(diags->count, sizeof(*own));
	cJSON *array = cJSON_CreateArray();
	for (size_t i = 0; i < diags->count; i++)
		own[i] = part_fingerprint(&diags->items[i], input->texts);
	for (size_t i = 0; i < diags->count; i++)
		cJSON_AddItemToArray(array, finding(input, i, own));
	mem_free(own);
	part_put_json(out, array);
}
