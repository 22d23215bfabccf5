/* Printing of JSON. cJSON's own printer is not used: it indents with tabs, and strings that are not
 * UTF-8 would go out as they are. Ours gives the same bytes for the same document everywhere. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "json/json.h"

static void print_value(struct buf *out, const cJSON *value, bool pretty, size_t depth);

/* As buf_put_json_string, but what is valid UTF-8 stays as it is. */
static void print_string(struct buf *out, const char *text)
{
	size_t len = strlen(text);
	buf_putc(out, '"');
	for (size_t at = 0; at < len;) {
		uint32_t c;
		bool valid;
		size_t step = utf8_decode(text + at, len - at, &c, &valid);
		if (c == '\n')
			buf_puts(out, "\\n");
		else if (c == '\t')
			buf_puts(out, "\\t");
		else if (c == '\r')
			buf_puts(out, "\\r");
		else if (c < 0x20 || c == 0x7f)
			buf_printf(out, "\\u%04x", (unsigned)c);
		else if (c == '"' || c == '\\')
			buf_printf(out, "\\%c", (char)c);
		else
			buf_put_char(out, c);
		at += step;
	}
	buf_putc(out, '"');
}

/* Whole numbers without a fraction; others with the fewest digits that read back the same. */
static void print_number(struct buf *out, double number)
{
	char text[40];
	if (!isfinite(number)) {
		buf_puts(out, "null"); /* as JSON.stringify does */
		return;
	}
	if (number > -1e15 && number < 1e15 && (double)(long long)number == number) {
		buf_printf(out, "%lld", (long long)number);
		return;
	}
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, number);
		if (strtod(text, NULL) == number)
			break;
	}
	buf_puts(out, text);
}

static void new_line(struct buf *out, bool pretty, size_t depth)
{
	if (!pretty)
		return;
	buf_putc(out, '\n');
	for (size_t i = 0; i < depth; i++)
		buf_puts(out, "  ");
}

static void print_members(struct buf *out, const cJSON *value, bool pretty, size_t depth)
{
	bool object = cJSON_IsObject(value);
	buf_putc(out, object ? '{' : '[');
	const cJSON *item;
	cJSON_ArrayForEach(item, value)
	{
		if (item != value->child)
			buf_putc(out, ',');
		new_line(out, pretty, depth + 1);
		if (object) {
			print_string(out, item->string != NULL ? item->string : "");
			buf_puts(out, pretty ? ": " : ":");
		}
		print_value(out, item, pretty, depth + 1);
	}
	if (value->child != NULL)
		new_line(out, pretty, depth);
	buf_putc(out, object ? '}' : ']');
}

static void print_value(struct buf *out, const cJSON *value, bool pretty, size_t depth)
{
	if (cJSON_IsObject(value) || cJSON_IsArray(value))
		print_members(out, value, pretty, depth);
	else if (cJSON_IsString(value))
		print_string(out, value->valuestring != NULL ? value->valuestring : "");
	else if (cJSON_IsNumber(value))
		print_number(out, value->valuedouble);
	else if (cJSON_IsBool(value))
		buf_puts(out, cJSON_IsTrue(value) ? "true" : "false");
	else if (cJSON_IsRaw(value))
		buf_puts(out, value->valuestring != NULL ? value->valuestring : "null");
	else
		buf_puts(out, "null");
}

void json_print(struct buf *out, const cJSON *value, bool pretty)
{
	print_value(out, value, pretty, 0);
}
