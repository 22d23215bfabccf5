/* See body.h. */
#include "json/body.h"

#include "base/arena.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/str.h"

void json_put_body(struct buf *out, const void *bytes, size_t len)
{
	buf_puts(out, "\"body\":");
	if (len == 0 || utf8_invalid_at(bytes, len) == len) {
		buf_put_json_string(out, len > 0 ? bytes : "", len);
		return;
	}
	buf_putc(out, '"');
	base64_put(out, bytes, len);
	buf_puts(out, "\",\"encoding\":\"base64\"");
}

const char *json_read_body(struct arena *arena, struct json_slice object, size_t *len)
{
	const char *encoding = json_slice_text(arena, object, "encoding");
	struct buf bytes = {0};
	const char *text;

	*len = 0;
	text = json_slice_bytes(arena, json_slice_member(object, "body"), len);
	if (text == NULL || encoding == NULL)
		return text;
	if (str_is(encoding, "base64") && base64_read(text, *len, &bytes)) {
		*len = bytes.len;
		text = arena_strndup(arena, buf_cstr(&bytes), bytes.len);
	} else {
		*len = 0;
		text = NULL;
	}
	buf_dispose(&bytes);
	return text;
}
