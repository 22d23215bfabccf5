/* A JSON pointer (the first line) and a document (the rest): what is put somewhere is found there,
 * and a pointer that is refused changes nothing. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "json/json.h"
#include "json/pointer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try(cJSON *document, const char *pointer)
{
	struct error error;
	struct buf before = {0};
	struct buf after = {0};
	size_t len = strlen(pointer);
	cJSON *value = cJSON_CreateString("put");

	json_print(&before, document, false);
	if (json_pointer_set(&document, pointer, value, &error) == 0) {
		cJSON *found = json_pointer_get(document, pointer);

		/* "-" names the place behind the end, which is another one now. */
		if (found != value && (len == 0 || pointer[len - 1] != '-'))
			abort();
	} else {
		json_print(&after, document, false);
		if (strcmp(buf_cstr(&before), buf_cstr(&after)) != 0)
			abort();
	}
	cJSON_Delete(document);
	buf_dispose(&before);
	buf_dispose(&after);
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
