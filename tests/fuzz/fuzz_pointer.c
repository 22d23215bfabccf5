/* A JSON pointer (the first line) and a document (the rest): what is put somewhere is found there,
 * and a pointer that is refused changes nothing. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "json/json.h"
#include "json/pointer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Puts a word; whether it was taken. The document's text is then in `text`. */
static bool put(cJSON **document, const char *pointer, struct buf *text)
{
	struct error error;
	bool taken =
		json_pointer_set(document, pointer, cJSON_CreateString("a put word"), &error) == 0;

	json_print(text, *document, false);
	return taken;
}

static void try(cJSON *document, const char *pointer)
{
	struct buf before = {0}, once = {0}, twice = {0};
	size_t len = strlen(pointer);

	json_print(&before, document, false);
	if (!put(&document, pointer, &once)) {
		if (strcmp(buf_cstr(&before), buf_cstr(&once)) != 0)
			abort();
	} else if (strstr(buf_cstr(&once), "\"a put word\"") == NULL) {
		abort();
	} else if (len == 0 || pointer[len - 1] != '-') {
		/* The place is there now, and it is that one which is replaced: "-" is another. */
		if (!put(&document, pointer, &twice) ||
		    strcmp(buf_cstr(&once), buf_cstr(&twice)) != 0)
			abort();
	}
	cJSON_Delete(document);
	buf_dispose(&before);
	buf_dispose(&once);
	buf_dispose(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	const char *line = size > 0 ? memchr(text, '\n', size) : NULL;
	struct error error;
	struct buf pointer = {0};
	cJSON *document;
	size_t used;

	if (line == NULL)
		return 0;
	buf_add(&pointer, text, (size_t)(line - text));
	used = (size_t)(line - text) + 1;
	document = json_parse(text + used, size - used, "fuzz", NULL, &error);
	if (document != NULL && strlen(buf_cstr(&pointer)) == pointer.len)
		try(document, buf_cstr(&pointer));
	else
		cJSON_Delete(document);
	buf_dispose(&pointer);
	return 0;
}
