/* Secrets in documents: strings are opened, cleaned and closed again; all else is passed on as it
 * is, byte for byte. */
#include "local/run/redact.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "json/slice.h"

struct walk {
	const struct redactor *redactor;
	enum redact_document what;
	const char *json;
	size_t len;
	struct buf *out;
	struct arena *arena; /* of strings with escapes; or NULL */
	int depth;
	enum redact_text text; /* what is now read, by the member that it is below */
};

/* Behind the string that begins at `at`. */
static size_t end_of_string(const struct walk *walk, size_t at)
{
	for (at++; at < walk->len && walk->json[at] != '"'; at++)
		at += walk->json[at] == '\\';
	return at < walk->len ? at + 1 : walk->len;
}

static bool is_key(const struct walk *walk, size_t at)
{
	while (at < walk->len && strchr(" \t\r\n", walk->json[at]) != NULL)
		at++;
	return at < walk->len && walk->json[at] == ':';
}

static bool is_any(const char *key, size_t len, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (len == strlen(names[i]) && memcmp(key, names[i], len) == 0)
			return true;
	return false;
}

/* What is below the member. */
static void enter(struct walk *walk, const char *key, size_t len)
{
	static const char *const sent[] = {"\"headers\"", "\"url\"", "\"body\""};
	static const char *const said[] = {"\"message\"", "\"stack\"", "\"text\"", "\"reason\""};
	size_t count = walk->what == REDACT_FETCH ? 3 : walk->what == REDACT_REQUEST ? 1 : 0;

	if (walk->what == REDACT_THROWN)
		walk->text = is_any(key, len, said, ARRAY_LEN(said)) ? REDACT_SAID : REDACT_KEPT;
	else if (walk->depth == 1)
		walk->text = is_any(key, len, sent, count) ? REDACT_SENT : REDACT_KEPT;
}

/* One without escapes has none after it, either: names have nothing to escape. */
static void put_string(struct walk *walk, size_t at, size_t end)
{
	const char *raw = walk->json + at;
	size_t len = end - at, bytes;
	struct buf clean = {0};
	const char *text;

	if (len >= 2 && memchr(raw, '\\', len) == NULL) {
		buf_putc(walk->out, '"');
		redact(walk->redactor, walk->text, raw + 1, len - 2, walk->out);
		buf_putc(walk->out, '"');
		return;
	}
	if (walk->arena == NULL)
		walk->arena = arena_new_small(4096);
	text = json_slice_bytes(walk->arena, (struct json_slice){raw, len}, &bytes);
	if (text != NULL)
		redact(walk->redactor, walk->text, text, bytes, &clean);
	if (text == NULL || (clean.len == bytes && memcmp(clean.ptr, text, bytes) == 0))
		buf_add(walk->out, raw, len);
	else
		buf_put_json_string(walk->out, clean.ptr, clean.len);
	buf_dispose(&clean);
}

void redact_json(const struct redactor *redactor, enum redact_document what, const char *json,
		 size_t len, struct buf *out)
{
	struct walk walk = {redactor, what, json, len, out, NULL, 0, REDACT_KEPT};
	size_t kept = 0;

	for (size_t at = 0; at < len;) {
		char c = json[at];
		size_t end;

		walk.depth += (c == '{' || c == '[') - (c == '}' || c == ']');
		if (c != '"') {
			at++;
			continue;
		}
		end = end_of_string(&walk, at);
		if (is_key(&walk, end)) {
			enter(&walk, json + at, end - at);
		} else {
			buf_add(out, json + kept, at - kept);
			put_string(&walk, at, end);
			kept = end;
		}
		at = end;
	}
	buf_add(out, json + kept, len - kept);
	arena_free(walk.arena);
}
