/* Printing of literals; see the header. */
#include "graphql/literal.h"

#include "base/arena.h"
#include "base/buf.h"
#include "graphql/document.h"

static void put_string(struct buf *out, const char *text, size_t len)
{
	static const char escapes[] = "\bb\ff\nn\rr\tt\"\"\\\\";

	buf_putc(out, '"');
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];
		size_t k = 0;

		while (escapes[k] != '\0' && escapes[k] != text[i])
			k += 2;
		if (escapes[k] != '\0' && c != '\0')
			buf_printf(out, "\\%c", escapes[k + 1]);
		else if (c < 0x20 || c == 0x7f)
			buf_printf(out, "\\u%04X", (unsigned)c);
		else
			buf_putc(out, text[i]);
	}
	buf_putc(out, '"');
}

static void put_value(struct buf *out, const struct graphql_value *value)
{
	switch (value->kind) {
	case GRAPHQL_VALUE_STRING:
		put_string(out, value->text, value->len);
		break;
	case GRAPHQL_VALUE_LIST:
		buf_putc(out, '[');
		for (size_t i = 0; i < value->item_count; i++) {
			buf_puts(out, i > 0 ? ", " : "");
			put_value(out, &value->items[i]);
		}
		buf_putc(out, ']');
		break;
	case GRAPHQL_VALUE_OBJECT:
		buf_putc(out, '{');
		for (size_t i = 0; i < value->field_count; i++) {
			buf_printf(out, "%s%s: ", i > 0 ? ", " : "", value->fields[i].name.text);
			put_value(out, &value->fields[i].value);
		}
		buf_putc(out, '}');
		break;
	default:
		if (value->kind == GRAPHQL_VALUE_VARIABLE)
			buf_putc(out, '$');
		buf_puts(out, value->text);
		break;
	}
}

const char *graphql_literal_words(struct arena *arena, const struct graphql_value *value)
{
	struct buf out = {0};
	const char *text;

	put_value(&out, value);
	text = arena_strndup(arena, buf_cstr(&out), out.len);
	buf_dispose(&out);
	return text;
}
