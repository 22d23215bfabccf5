/* Questions about the nodes of a module. */
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

bool path_is_typescript(const char *path)
{
	const char *ext = path_ext(path);

	return strcmp(ext, ".ts") == 0 || strcmp(ext, ".tsx") == 0 || strcmp(ext, ".mts") == 0 ||
	       strcmp(ext, ".cts") == 0;
}

void syntax_dispose(struct syntax *syntax)
{
	if (!syntax->borrowed)
		mem_free(syntax->entries);
	*syntax = (struct syntax){0};
}

static const struct entry *entry_of(struct node node)
{
	return &node.of->entries[node.at];
}

struct node syntax_root(const struct syntax *syntax)
{
	return (struct node){.of = syntax};
}

struct node syntax_node_at(const struct syntax *syntax, size_t start, size_t end)
{
	uint32_t low = 0, high = syntax->count;
	struct node node;

	/* The last one that begins before the range lies in the one that is wanted, or is it. */
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (syntax->entries[middle].start <= start)
			low = middle;
		else
			high = middle;
	}
	for (node = (struct node){syntax, low}; node.at > 0; node = node_parent(node))
		if (node_is_named(node) && node_end(node) >= end)
			break;
	return node;
}

bool node_is_null(struct node node)
{
	return node.of == NULL;
}

bool node_same(struct node a, struct node b)
{
	if (a.of == NULL || b.of == NULL)
		return a.of == b.of;
	/* A syntax may have been copied. */
	return a.of->entries == b.of->entries && a.at == b.at;
}

bool node_is_named(struct node node)
{
	return node.of != NULL && (entry_of(node)->flags & ENTRY_NAMED) != 0;
}

size_t node_start(struct node node)
{
	return node.of != NULL ? entry_of(node)->start : 0;
}

size_t node_end(struct node node)
{
	return node.of != NULL ? entry_of(node)->end : 0;
}

struct node node_parent(struct node node)
{
	if (node.of == NULL || node.at == 0)
		return (struct node){0};
	return (struct node){node.of, entry_of(node)->parent};
}

struct node node_down(struct node node)
{
	if (node.of == NULL || entry_of(node)->after == node.at + 1)
		return (struct node){0};
	return (struct node){node.of, node.at + 1};
}

struct node node_next(struct node node)
{
	uint32_t after;

	if (node.of == NULL || node.at == 0)
		return (struct node){0};
	after = entry_of(node)->after;
	if (after >= entry_of(node_parent(node))->after)
		return (struct node){0};
	return (struct node){node.of, after};
}

struct node node_field(struct node node, enum node_field field)
{
	struct node child = {0};

	if (node.of == NULL || (entry_of(node)->flags & ENTRY_FIELDS) == 0)
		return child;
	child = node_down(node);
	while (!node_is_null(child) && entry_of(child)->field != field)
		child = node_next(child);
	return child;
}

enum node_field node_role(struct node node)
{
	return node.of != NULL ? (enum node_field)entry_of(node)->field : FIELD_NONE;
}

uint32_t node_count(struct node node)
{
	uint32_t count = 0;

	for (struct node at = node_down(node); !node_is_null(at); at = node_next(at))
		count += node_is_named(at);
	return count;
}

static struct node link_from(struct node chain, uint32_t at)
{
	const struct entry *entries = chain.of->entries;

	while (at < entries[chain.at].after) {
		if (entries[at].kind == entries[chain.at].kind)
			at++;
		else if ((entries[at].flags & ENTRY_NAMED) == 0 || entries[at].kind == NODE_COMMENT)
			at = entries[at].after;
		else
			return (struct node){chain.of, at};
	}
	return (struct node){0};
}

struct node node_link(struct node chain)
{
	return chain.of != NULL ? link_from(chain, chain.at + 1) : chain;
}

struct node node_next_link(struct node chain, struct node link)
{
	return link.of != NULL ? link_from(chain, entry_of(link)->after) : link;
}

static struct node named_from(struct node node)
{
	while (!node_is_null(node) && !node_is_named(node))
		node = node_next(node);
	return node;
}

struct node node_down_named(struct node node)
{
	return named_from(node_down(node));
}

struct node node_next_named(struct node node)
{
	return named_from(node_next(node));
}

const char *node_bytes(const struct syntax *syntax, struct node node, size_t *len)
{
	size_t start = node_start(node);

	*len = node_end(node) - start;
	return syntax->bytes + start;
}

char *node_text(const struct syntax *syntax, struct arena *arena, struct node node)
{
	size_t len;
	const char *bytes = node_bytes(syntax, node, &len);

	return arena_strndup(arena, bytes, len);
}

bool node_text_is(const struct syntax *syntax, struct node node, const char *text)
{
	size_t len;
	const char *bytes;

	if (node_is_null(node))
		return false;
	bytes = node_bytes(syntax, node, &len);
	return len == strlen(text) && memcmp(bytes, text, len) == 0;
}

struct place node_place(const struct syntax *syntax, struct node node)
{
	return (struct place){
		.file = syntax->path,
		.start = node_start(node),
		.end = node_end(node),
	};
}

struct node node_first(struct node node)
{
	struct node at = node_down(node);

	while (!node_is_null(at) && (!node_is_named(at) || node_is(at, NODE_COMMENT)))
		at = node_next(at);
	return at;
}

struct node node_last(struct node node)
{
	struct node found = {0};

	for (struct node at = node_down(node); !node_is_null(at); at = node_next(at))
		if (node_is_named(at) && !node_is(at, NODE_COMMENT))
			found = at;
	return found;
}

/* The grammar takes `x as A.B.C` for `(x as A.B).C`. Without its parentheses a cast cannot be the
 * object of a member, so such a member is the rest of a type: the cast, else a null node. */
static struct node split_cast(struct node node)
{
	struct node none = {0};

	if (node.of == NULL || (entry_of(node)->flags & ENTRY_CAST) == 0)
		return none;
	while (node_is(node, NODE_MEMBER_EXPRESSION))
		node = node_field(node, FIELD_OBJECT);
	return node_is(node, NODE_AS_EXPRESSION) || node_is(node, NODE_SATISFIES_EXPRESSION) ? node
											     : none;
}

struct node node_unwrap(struct node node)
{
	for (;;) {
		struct node inner;

		if (node_is_null(node))
			return node;
		if (node_is(node, NODE_PARENTHESIZED_EXPRESSION) ||
		    node_is(node, NODE_AS_EXPRESSION) || node_is(node, NODE_SATISFIES_EXPRESSION) ||
		    node_is(node, NODE_NON_NULL_EXPRESSION))
			inner = node_first(node);
		else if (node_is(node, NODE_TYPE_ASSERTION))
			inner = node_last(node);
		else
			inner = split_cast(node);
		if (node_is_null(inner))
			return node;
		node = inner;
	}
}

/* Reads up to `max` hex digits; stops at the first other byte. */
static uint32_t read_hex(const char *text, size_t len, size_t *at, size_t max)
{
	uint32_t value = 0;

	for (size_t n = 0; n < max && *at < len; n++, (*at)++) {
		int digit = hex_value((unsigned char)text[*at]);

		if (digit < 0)
			break;
		value = value * 16 + (uint32_t)digit;
	}
	return value;
}

/* `text[*at]` is the byte after "\u"; leaves *at after the escape. Half of a surrogate pair is
 * given as it is. */
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
			buf_put_char(out, read_hex(text, len, &at, 2));
			break;
		case 'u':
			buf_put_char(out, read_unicode_escape(text, len, &at));
			break;
		default:
			buf_putc(out, c);
			break;
		}
	}
}

char *text_cooked(struct arena *arena, const char *bytes, size_t len)
{
	struct buf out = {0};
	char *value;

	cook(&out, bytes, len);
	value = arena_strndup(arena, buf_cstr(&out), out.len);
	buf_dispose(&out);
	return value;
}

char *node_string(const struct syntax *syntax, struct arena *arena, struct node node)
{
	size_t len;
	const char *bytes;

	node = node_unwrap(node);
	if (node_is_null(node))
		return NULL;
	if (node_is(node, NODE_TEMPLATE_STRING)) {
		for (struct node at = node_down_named(node); !node_is_null(at);
		     at = node_next_named(at)) {
			if (node_is(at, NODE_TEMPLATE_SUBSTITUTION))
				return NULL;
		}
	} else if (!node_is(node, NODE_STRING)) {
		return NULL;
	}
	bytes = node_bytes(syntax, node, &len);
	if (len < 2)
		return NULL; /* an unfinished literal */
	return text_cooked(arena, bytes + 1, len - 2);
}

bool node_is_async(struct node function)
{
	struct node at = node_down(function);

	for (; !node_is_null(at); at = node_next(at)) {
		if (node_is(at, TOKEN_ASYNC))
			return true;
		if (node_is_named(at) && !node_is(at, NODE_COMMENT) &&
		    !node_is(at, NODE_ACCESSIBILITY_MODIFIER))
			return false; /* the keyword stands before the name */
	}
	return false;
}

struct node node_pattern_key(struct node item)
{
	if (node_is(item, NODE_OBJECT_ASSIGNMENT_PATTERN))
		return node_field(item, FIELD_LEFT);
	return node_is(item, NODE_PAIR_PATTERN) ? node_field(item, FIELD_KEY) : item;
}

bool node_is_function(struct node node)
{
	switch (node_kind(node)) {
	case NODE_FUNCTION_DECLARATION:
	case NODE_FUNCTION_EXPRESSION:
	case NODE_ARROW_FUNCTION:
	case NODE_GENERATOR_FUNCTION_DECLARATION:
	case NODE_GENERATOR_FUNCTION:
	case NODE_METHOD_DEFINITION:
	case NODE_FUNCTION_SIGNATURE:
		return true;
	default:
		return false;
	}
}

void node_walk(struct node node, node_visitor visit, void *payload)
{
	uint32_t at = node.at, end;

	if (node_is_null(node))
		return;
	end = entry_of(node)->after;
	while (at < end) {
		const struct entry *entry = &node.of->entries[at];
		bool down = (entry->flags & ENTRY_NAMED) != 0 &&
			    visit((struct node){node.of, at}, payload);

		at = down ? at + 1 : entry->after;
	}
}

static bool has_errors(const struct syntax *syntax)
{
	return syntax->unread || (syntax->entries[0].flags & ENTRY_BROKEN) != 0;
}

bool syntax_is_broken(const struct syntax *syntax)
{
	return (syntax->doubtful && syntax->verdict.kind == VERDICT_REFUSED) || has_errors(syntax);
}

/* What is missing, when the first error node says so; NULL otherwise. */
static const char *missing_token(const struct syntax *syntax, size_t *at)
{
	uint32_t i = 0;

	/* Follow the first child that holds an error, down to the error itself. */
	while (i < syntax->count) {
		const struct entry *entry = &syntax->entries[i];
		struct node node = {syntax, i};

		if ((entry->flags & ENTRY_MISSING) != 0) {
			*at = entry->start;
			return kind_name(node_kind(node));
		}
		if (node_is(node, NODE_ERROR))
			break;
		i = (entry->flags & ENTRY_BROKEN) != 0 ? i + 1 : entry->after;
	}
	return NULL;
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

/* Where the engine refuses the text: with nothing left on the line, the last thing before. */
static struct place refusal_place(const struct syntax *syntax)
{
	size_t at = syntax->verdict.start;
	struct place place;

	while (at < syntax->len && strchr(" \t\r", syntax->bytes[at]) != NULL)
		at++;
	if (at >= syntax->len || syntax->bytes[at] == '\n') {
		while (at > 0 &&
		       (at >= syntax->len || strchr(" \t\r\n", syntax->bytes[at]) != NULL))
			at--;
		return (struct place){syntax->path, at, at < syntax->len ? at + 1 : at};
	}
	place = token_place(syntax, syntax->verdict.start);
	if (place.start == syntax->verdict.start && place.end < syntax->verdict.end)
		place.end = syntax->verdict.end;
	return place;
}

bool syntax_first_error(const struct syntax *syntax, struct place *place, const char **what)
{
	size_t at = syntax->broken_at;

	*what = NULL;
	if (syntax->verdict.kind == VERDICT_REFUSED) {
		*place = refusal_place(syntax);
		return true;
	}
	if (syntax->verdict.kind == VERDICT_ACCEPTED || !has_errors(syntax))
		return false;
	if (!syntax->unread)
		*what = missing_token(syntax, &at);
	*place = token_place(syntax, at);
	return true;
}
