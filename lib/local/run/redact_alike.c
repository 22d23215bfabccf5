/* Secrets in the lines of two runs that are compared. */
#include "local/run/redact.h"

#include <string.h>

#include "base/buf.h"
#include "base/str.h"

/* As lines of flows call all of them: which of its names a connection's value has depends on what
 * the app has done with it. */
static const char *name_in_lines(const char *name)
{
	return str_ends(name, " connection") ? "connection" : name;
}

/* A connection's before all, the others in the order of the alphabet. */
static bool goes_before(const char *a, const char *b)
{
	bool a_first = str_is(a, "connection"), b_first = str_is(b, "connection");

	return a_first != b_first ? a_first : strcmp(a, b) < 0;
}

/* Of all names of a value the first: one run cannot tell them apart, the other one, whose
 * connection has another value, can. */
static const char *first_name(const struct redactor *redactor, const char *name)
{
	const struct redact_value *values = redactor->values;
	const char *first = name_in_lines(name), *before;

	do {
		before = first;
		for (size_t i = 0; i < redactor->value_count; i++) {
			if (!str_is(name_in_lines(values[i].name), before))
				continue;
			for (size_t k = 0; k < redactor->value_count; k++)
				if (str_is(values[k].value, values[i].value) &&
				    goes_before(name_in_lines(values[k].name), first))
					first = name_in_lines(values[k].name);
		}
	} while (first != before);
	return first;
}

/* "{name}" at the text, of which *name is told; its length, 0: there is none. */
static size_t named_at(const struct redactor *redactor, const char *text, size_t len,
		       const char **name)
{
	const char *end = text[0] == '{' ? memchr(text, '}', len) : NULL;
	size_t size = end != NULL ? (size_t)(end - text) - 1 : 0;

	for (size_t i = 0; i < redactor->value_count && end != NULL; i++) {
		const char *full = redactor->values[i].name, *shown = name_in_lines(full);

		*name = full;
		if ((strlen(full) == size && memcmp(full, text + 1, size) == 0) ||
		    (strlen(shown) == size && memcmp(shown, text + 1, size) == 0))
			return size + 2;
	}
	return 0;
}

static const struct redaction *find_common(const struct redactor *redactor, const char *text,
					   size_t len)
{
	for (size_t i = 0; i < redactor->count; i++) {
		const struct redaction *item = &redactor->items[i];

		if (item->common && item->len <= len && memcmp(item->text, text, item->len) == 0)
			return item;
	}
	return NULL;
}

void redact_alike(const struct redactor *redactor, const char *text, size_t len, struct buf *out)
{
	struct buf clean = {0};

	/* What nothing else has is found as in all that is kept. */
	redact(redactor, REDACT_KEPT, text, len, &clean);
	for (size_t at = 0; at < clean.len;) {
		const char *one = clean.ptr + at, *name;
		size_t size = named_at(redactor, one, clean.len - at, &name);
		const struct redaction *item =
			size == 0 ? find_common(redactor, one, clean.len - at) : NULL;

		if (item != NULL) {
			size = item->len;
			name = item->name;
		}
		if (size > 0)
			buf_printf(out, "{%s}", first_name(redactor, name));
		else
			buf_putc(out, *one);
		at += size > 0 ? size : 1;
	}
	buf_dispose(&clean);
}
