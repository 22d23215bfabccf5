/* The door to tree-sitter. Nodes are looked at through cursors wherever a loop runs over children,
 * since ts_node_child(i) walks from the first child each time. */
#include "source/syntax.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "sys/path.h"

bool dialect_of(const char *path, enum dialect *dialect)
{
	static const struct {
		const char *ext;
		enum dialect dialect;
	} known[] = {
		{".ts", DIALECT_TS},   {".mts", DIALECT_TS},  {".cts", DIALECT_TS},
		{".tsx", DIALECT_TSX}, {".js", DIALECT_TSX},  {".jsx", DIALECT_TSX},
		{".mjs", DIALECT_TSX}, {".cjs", DIALECT_TSX},
	};
	const char *ext = path_ext(path);

	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		if (strcmp(ext, known[i].ext) == 0) {
			*dialect = known[i].dialect;
			return true;
		}
	}
	return false;
}

void syntax_dispose(struct syntax *syntax)
{
	if (syntax->tree != NULL)
		ts_tree_delete(syntax->tree);
	*syntax = (struct syntax){0};
}

bool node_is(TSNode node, const char *type)
{
	return !ts_node_is_null(node) && strcmp(ts_node_type(node), type) == 0;
}

TSNode node_field(TSNode node, const char *name)
{
	if (ts_node_is_null(node))
		return node;
	return ts_node_child_by_field_name(node, name, (uint32_t)strlen(name));
}

uint32_t node_count(TSNode node)
{
	return ts_node_is_null(node) ? 0 : ts_node_named_child_count(node);
}

TSNode node_child(TSNode node, uint32_t n)
{
	return ts_node_is_null(node) ? node : ts_node_named_child(node, n);
}

TSNode node_parent(TSNode node)
{
	return ts_node_is_null(node) ? node : ts_node_parent(node);
}

const char *node_bytes(const struct syntax *syntax, TSNode node, size_t *len)
{
	uint32_t start = ts_node_start_byte(node);

	*len = ts_node_end_byte(node) - start;
	return syntax->bytes + start;
}

char *node_text(const struct syntax *syntax, struct arena *arena, TSNode node)
{
	size_t len;
	const char *bytes = node_bytes(syntax, node, &len);

	return arena_strndup(arena, bytes, len);
}

bool node_text_is(const struct syntax *syntax, TSNode node, const char *text)
{
	size_t len;
	const char *bytes;

	if (ts_node_is_null(node))
		return false;
	bytes = node_bytes(syntax, node, &len);
	return len == strlen(text) && memcmp(bytes, text, len) == 0;
}

struct place node_place(const struct syntax *syntax, TSNode node)
{
	return (struct place){
		.file = syntax->path,
		.start = ts_node_start_byte(node),
		.end = ts_node_end_byte(node),
	};
}

TSNode node_first(TSNode node)
{
	TSNode found = {0};
	TSTreeCursor cursor;

	if (ts_node_is_null(node))
		return found;
	cursor = ts_tree_cursor_new(node);
	if (ts_tree_cursor_goto_first_child(&cursor)) {
		do {
			TSNode child = ts_tree_cursor_current_node(&cursor);
			if (ts_node_is_named(child) && !node_is(child, "comment")) {
				found = child;
				break;
			}
		} while (ts_tree_cursor_goto_next_sibling(&cursor));
	}
	ts_tree_cursor_delete(&cursor);
	return found;
}

/* The last named child that is not a comment: the expression of `<T>x`. */
static TSNode node_last(TSNode node)
{
	TSNode found = {0};

	for (uint32_t i = ts_node_named_child_count(node); i > 0; i--) {
		TSNode child = ts_node_named_child(node, i - 1);
		if (!node_is(child, "comment")) {
			found = child;
			break;
		}
	}
	return found;
}

TSNode node_unwrap(TSNode node)
{
	for (;;) {
		TSNode inner;

		if (ts_node_is_null(node))
			return node;
		if (node_is(node, "parenthesized_expression") || node_is(node, "as_expression") ||
		    node_is(node, "satisfies_expression") || node_is(node, "non_null_expression"))
			inner = node_first(node);
		else if (node_is(node, "type_assertion"))
			inner = node_last(node);
		else
			return node;
		if (ts_node_is_null(inner))
			return node;
		node = inner;
	}
}

static void put_utf8(struct buf *out, uint32_t c)
{
	if (c < 0x80) {
		buf_putc(out, (char)c);
	} else if (c < 0x800) {
		buf_putc(out, (char)(0xC0 | (c >> 6)));
		buf_putc(out, (char)(0x80 | (c & 0x3F)));
	} else if (c < 0x10000) {
		buf_putc(out, (char)(0xE0 | (c >> 12)));
		buf_putc(out, (char)(0x80 | ((c >> 6) & 0x3F)));
		buf_putc(out, (char)(0x80 | (c & 0x3F)));
	} else {
		buf_putc(out, (char)(0xF0 | (c >> 18)));
		buf_putc(out, (char)(0x80 | ((c >> 12) & 0x3F)));
		buf_putc(out, (char)(0x80 | ((c >> 6) & 0x3F)));
		buf_putc(out, (char)(0x80 | (c & 0x3F)));
	}
}

/* Reads up to `max` hex digits; stops at the first other byte. */
static uint32_t read_hex(const char *text, size_t len, size_t *at, size_t max)
{
	uint32_t value = 0;

	for (size_t n = 0; n < max && *at < len; n++, (*at)++) {
		char c = text[*at];
		uint32_t digit;

		if (c >= '0' && c <= '9')
			digit = (uint32_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			digit = (uint32_t)(c - 'a' + 10);
		else if (c >= 'A' && c <= 'F')
			digit = (uint32_t)(c - 'A' + 10);
		else
			break;
		value = value * 16 + digit;
	}
	return value;
}

/* `text[*at]` is the byte after "\u"; leaves *at after the escape. */
static uint32_t read_unicode_escape(const char *text, size_t len, size_t *at)
{
	uint32_t c;

	if (*at < len && text[*at] == '{') {
		(*at)++;
		c = read_hex(text, len, at, 6);
		if (*at < len && text[*at] == '}')
			(*at)++;
	} else {
		c = read_hex(text, len, at, 4);
		if (c >= 0xD800 && c < 0xDC00 && *at + 1 < len && text[*at] == '\\' &&
		    text[*at + 1] == 'u') {
			size_t after = *at + 2;
			uint32_t low = read_hex(text, len, &after, 4);
			if (low >= 0xDC00 && low < 0xE000) {
				c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
				*at = after;
			}
		}
	}
	if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
		c = 0xFFFD;
	return c;
}

/* Resolves the escapes of a JavaScript string body. */
static void cook(struct buf *out, const char *text, size_t len)
{
	size_t at = 0;

	while (at < len) {
		char c = text[at++];

		if (c != '\\' || at == len) {
			buf_putc(out, c);
			continue;
		}
		c = text[at++];
		switch (c) {
		case 'n':
			buf_putc(out, '\n');
			break;
		case 't':
			buf_putc(out, '\t');
			break;
		case 'r':
			buf_putc(out, '\r');
			break;
		case 'b':
			buf_putc(out, '\b');
			break;
		case 'f':
			buf_putc(out, '\f');
			break;
		case 'v':
			buf_putc(out, '\v');
			break;
		case '\n':
			break; /* line continuation */
		case '\r':
			if (at < len && text[at] == '\n')
				at++;
			break;
		case 'x':
			put_utf8(out, read_hex(text, len, &at, 2));
			break;
		case 'u':
			put_utf8(out, read_unicode_escape(text, len, &at));
			break;
		default:
			buf_putc(out, c);
			break;
		}
	}
}

char *node_string(const struct syntax *syntax, struct arena *arena, TSNode node)
{
	struct buf out = {0};
	size_t len;
	const char *bytes;
	char *value;

	node = node_unwrap(node);
	if (ts_node_is_null(node))
		return NULL;
	if (node_is(node, "template_string")) {
		for (uint32_t i = 0; i < ts_node_named_child_count(node); i++) {
			if (node_is(ts_node_named_child(node, i), "template_substitution"))
				return NULL;
		}
	} else if (!node_is(node, "string")) {
		return NULL;
	}
	bytes = node_bytes(syntax, node, &len);
	if (len < 2)
		return NULL; /* an unfinished literal */
	cook(&out, bytes + 1, len - 2);
	value = arena_strndup(arena, buf_cstr(&out), out.len);
	buf_dispose(&out);
	return value;
}

bool node_is_async(TSNode function)
{
	if (ts_node_is_null(function))
		return false;
	for (uint32_t i = 0; i < ts_node_child_count(function); i++) {
		TSNode child = ts_node_child(function, i);
		if (node_is(child, "async"))
			return true;
		if (ts_node_is_named(child) && !node_is(child, "comment") &&
		    !node_is(child, "accessibility_modifier"))
			return false; /* the keyword stands before the name */
	}
	return false;
}

bool node_is_function(TSNode node)
{
	static const char *const types[] = {
		"function_declaration", "function_expression",
		"arrow_function",       "generator_function_declaration",
		"generator_function",   "method_definition",
		"function_signature",
	};

	if (ts_node_is_null(node))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		if (strcmp(ts_node_type(node), types[i]) == 0)
			return true;
	}
	return false;
}

void node_walk(TSNode node, node_visitor visit, void *payload)
{
	TSTreeCursor cursor;
	size_t depth = 0;

	if (ts_node_is_null(node))
		return;
	cursor = ts_tree_cursor_new(node);
	for (;;) {
		TSNode current = ts_tree_cursor_current_node(&cursor);
		bool down = ts_node_is_named(current) ? visit(current, payload) : false;

		if (down && ts_tree_cursor_goto_first_child(&cursor)) {
			depth++;
			continue;
		}
		while (depth > 0 && !ts_tree_cursor_goto_next_sibling(&cursor)) {
			ts_tree_cursor_goto_parent(&cursor);
			depth--;
		}
		if (depth == 0)
			break;
	}
	ts_tree_cursor_delete(&cursor);
}

bool syntax_is_broken(const struct syntax *syntax)
{
	return syntax->unread || ts_node_has_error(syntax->root);
}

/* What is missing, when the first error node says so; NULL otherwise. */
static const char *missing_token(const struct syntax *syntax, size_t *at)
{
	TSTreeCursor cursor = ts_tree_cursor_new(syntax->root);
	const char *what = NULL;

	/* Follow the first child that holds an error, down to the error itself. */
	for (;;) {
		TSNode node = ts_tree_cursor_current_node(&cursor);

		if (ts_node_is_missing(node)) {
			what = ts_node_type(node);
			*at = ts_node_start_byte(node);
			break;
		}
		if (node_is(node, "ERROR"))
			break;
		if (ts_node_has_error(node) && ts_tree_cursor_goto_first_child(&cursor))
			continue;
		if (!ts_tree_cursor_goto_next_sibling(&cursor))
			break;
	}
	ts_tree_cursor_delete(&cursor);
	return what;
}

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

/* The word or character at or after `at`; the last one of the text when only white space is left.
 */
static struct place token_place(const struct syntax *syntax, size_t at)
{
	struct place place = {.file = syntax->path};
	size_t end;

	while (at < syntax->len && strchr(" \t\r\n", syntax->bytes[at]) != NULL)
		at++;
	if (at >= syntax->len) {
		at = syntax->len;
		while (at > 0 && strchr(" \t\r\n", syntax->bytes[at - 1]) != NULL)
			at--;
		at = at > 0 ? at - 1 : 0;
	}
	end = at < syntax->len ? at + 1 : at;
	while (end > at && is_name_byte(syntax->bytes[at]) && end < syntax->len &&
	       is_name_byte(syntax->bytes[end]))
		end++;
	place.start = at;
	place.end = end;
	return place;
}

bool syntax_first_error(const struct syntax *syntax, struct place *place, const char **what)
{
	size_t at = syntax->broken_at;

	*what = NULL;
	if (!syntax_is_broken(syntax))
		return false;
	if (!syntax->unread)
		*what = missing_token(syntax, &at);
	*place = token_place(syntax, at);
	return true;
}
