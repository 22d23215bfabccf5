/* A secret's value (the first line) and a document (the rest): without the secret it is a document
 * still, and a text in it has the secret no more where nothing else has such a value. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "local/run/redact.h"
#include "local/run/secret.h"
#include "json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try(const struct redactor *redactor, enum redact_document what, const char *value,
		const char *json, size_t len)
{
	struct buf clean = {0};
	struct error error;
	cJSON *document;

	redact_json(redactor, what, json, len, &clean);
	document = json_parse(buf_cstr(&clean), clean.len, "fuzz", NULL, &error);
	if (document == NULL)
		abort();
	if (cJSON_IsString(document) && secret_value(value) == SECRET_OWN &&
	    strpbrk(value, "{}") == NULL && strstr(document->valuestring, value) != NULL)
		abort();
	cJSON_Delete(document);
	buf_dispose(&clean);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	const char *line = size > 0 ? memchr(text, '\n', size) : NULL;
	struct redactor redactor = {0};
	struct buf value = {0}, back = {0};
	struct error error;
	cJSON *document;
	size_t used;

	if (line == NULL)
		return 0;
	buf_add(&value, text, (size_t)(line - text));
	used = (size_t)(line - text) + 1;
	document = json_parse(text + used, size - used, "fuzz", NULL, &error);
	if (document != NULL && strlen(buf_cstr(&value)) == value.len &&
	    utf8_invalid_at(buf_cstr(&value), value.len) == value.len) {
		redact_learn(&redactor, buf_cstr(&value), "KEY");
		redact_learn_variable(&redactor, buf_cstr(&value), "VARIABLE");
		for (int what = REDACT_DATA; what <= REDACT_THROWN; what++)
			try(&redactor, (enum redact_document)what, buf_cstr(&value), text + used,
			    size - used);
		redact(&redactor, REDACT_SAID, text, size, &back);
		redact_reveal(&redactor, text, size, &back);
		redact_alike(&redactor, text, size, &back);
	}
	cJSON_Delete(document);
	redact_dispose(&redactor);
	buf_dispose(&value);
	buf_dispose(&back);
	return 0;
}
