/* See realtime_entry.h. */
#include "platform/realtime_entry.h"

#include <ctype.h>
#include <string.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "json/json.h"

#define EVENT_NAME "app-dev-log-emitted"

/* "2026-11-29T00:37:40.123Z"; seconds and their parts may be missing. */
static bool is_time(const char *text)
{
	static const char form[] = "0000-00-00T00:00";
	size_t i = 0;

	for (; form[i] != '\0'; i++)
		if (form[i] == '0' ? !isdigit((unsigned char)text[i]) : text[i] != form[i])
			return false;
	if (text[i] == ':') {
		if (!isdigit((unsigned char)text[i + 1]) || !isdigit((unsigned char)text[i + 2]))
			return false;
		i += 3;
		if (text[i] == '.')
			i += 1 + strspn(text + i + 1, "0123456789");
	}
	return text[i] == 'Z' && text[i + 1] == '\0';
}

static bool read_level(const char *severity, enum realtime_level *level)
{
	static const char *const names[] = {"INFO", "WARNING", "ERROR"};

	for (size_t i = 0; severity != NULL && i < ARRAY_LEN(names); i++)
		if (strcmp(severity, names[i]) == 0) {
			*level = (enum realtime_level)i;
			return true;
		}
	return false;
}

cJSON *realtime_parse(const char *text, size_t len)
{
	struct error ignored;

	return json_parse_answer(text, len, "a message of the log service", &ignored);
}

/* The last word of an encoding ("json/utf-8/base64"), which is taken off. */
static bool take_coding(char *encoding, const char **coding)
{
	char *slash = strrchr(encoding, '/');

	*coding = slash != NULL ? slash + 1 : encoding;
	if (**coding == '\0')
		return false;
	if (slash != NULL)
		*slash = '\0';
	return true;
}

/* Undoes the encodings, the last one first, down to a document: NULL when one is not known. */
static cJSON *decode(const cJSON *message)
{
	const char *data = json_string_or_null(message, "data");
	const char *encoding = json_string_or_null(message, "encoding");
	char *left;
	const char *coding;
	struct buf bytes = {0}, plain = {0};
	cJSON *document = NULL;
	bool known = true;

	if (data == NULL || encoding == NULL)
		return cJSON_Duplicate(cJSON_GetObjectItemCaseSensitive(message, "data"), true);
	left = mem_strdup(encoding);
	buf_puts(&bytes, data);
	while (known && document == NULL && take_coding(left, &coding)) {
		bool last = coding == left;

		if (strcmp(coding, "base64") == 0) {
			known = base64_read(buf_cstr(&bytes), bytes.len, &plain);
			buf_dispose(&bytes);
			bytes = plain;
			plain = (struct buf){0};
		} else if (strcmp(coding, "json") == 0) {
			document = realtime_parse(buf_cstr(&bytes), bytes.len);
			known = document != NULL;
		} else {
			known = strcmp(coding, "utf-8") == 0;
		}
		if (last)
			break;
	}
	mem_free(left);
	buf_dispose(&bytes);
	buf_dispose(&plain);
	return document;
}

bool realtime_read_entry(const cJSON *message, struct realtime_event *event)
{
	const char *name = json_string_or_null(message, "name");
	const cJSON *entry;
	const char *text, *time;
	bool known;
	cJSON *data;

	if (name == NULL || strcmp(name, EVENT_NAME) != 0)
		return false;
	data = decode(message);
	entry = cJSON_GetObjectItemCaseSensitive(data, "data");
	text = json_string_or_null(entry, "message");
	time = json_string_or_null(entry, "timestamp");
	known = text != NULL && time != NULL && is_time(time) &&
		read_level(json_string_or_null(entry, "severity"), &event->level);
	if (known) {
		event->text = mem_strdup(text);
		event->time = mem_strdup(time);
	}
	cJSON_Delete(data);
	return known;
}
