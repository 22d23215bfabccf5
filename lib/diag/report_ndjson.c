/* The JSON document in lines, for programs that read while we write: each finding is an object of
 * its own, and the last line is the document without them. */
#include <string.h>

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "diag/parts.h"
#include "diag/report.h"

/* An object with `type` as its first key. */
static void put_line(struct buf *out, const cJSON *object, const char *type)
{
	struct buf text = {0};
	part_print_json(&text, object);
	bool is_empty = strcmp(buf_cstr(&text), "{}") == 0;
	buf_printf(out, "{\"type\":\"%s\"%s", type, is_empty ? "}" : ",");
	if (!is_empty)
		buf_puts(out, text.ptr + 1);
	buf_putc(out, '\n');
	buf_dispose(&text);
}

void report_ndjson(struct buf *out, const struct report_input *input)
{
	cJSON *diagnostics = cJSON_GetObjectItemCaseSensitive(input->document, "diagnostics");
	cJSON *rest = cJSON_CreateObject();
	cJSON *item;
	cJSON_ArrayForEach(item, diagnostics)
	{
		put_line(out, item, "finding");
	}
	cJSON_ArrayForEach(item, input->document)
	{
		if (item != diagnostics)
			cJSON_AddItemReferenceToObject(rest, item->string, item);
	}
	put_line(out, rest, "summary");
	cJSON_Delete(rest);
}
