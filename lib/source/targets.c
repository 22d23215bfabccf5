/* Where the argument of an import() or a require() may lead, as esbuild reads it: a string, sums of
 * strings, both arms of `?:`, and a pattern where something that begins with "./" or "../" has
 * parts that are known only when it runs. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "source/constant.h"
#include "source/reader.h"

#define DEPTH 256 /* of sums and templates within each other */

/* What is known of a text: pieces, between them what is not known. */
struct piece {
	const char *text; /* NULL: anything */
};

struct pieces {
	const struct reader *reader;
	struct piece *items;
	size_t count;
	bool template; /* with substitutions, which the bundler does not take for a constant */
};

static void add_piece(struct pieces *pieces, const char *text)
{
	struct piece *piece =
		arena_push(pieces->reader->arena, &pieces->items, &pieces->count, sizeof(*piece));

	piece->text = text;
}

static bool read_pieces(struct pieces *pieces, struct node node, int depth);

static void read_part(struct pieces *pieces, struct node node, int depth)
{
	if (!read_pieces(pieces, node, depth + 1))
		add_piece(pieces, NULL);
}

static void read_template(struct pieces *pieces, struct node node, int depth)
{
	const struct reader *r = pieces->reader;
	size_t at = node_start(node) + 1;

	pieces->template = true;
	for (struct node part = node_down_named(node); !node_is_null(part);
	     part = node_next_named(part)) {
		if (!node_is(part, NODE_TEMPLATE_SUBSTITUTION))
			continue;
		add_piece(pieces,
			  text_cooked(r->arena, r->syntax->bytes + at, node_start(part) - at));
		read_part(pieces, node_first(part), depth);
		at = node_end(part);
	}
	if (at < node_end(node))
		add_piece(pieces,
			  text_cooked(r->arena, r->syntax->bytes + at, node_end(node) - 1 - at));
}

/* False: nothing is known of it. */
static bool read_pieces(struct pieces *pieces, struct node node, int depth)
{
	const struct reader *r = pieces->reader;
	const char *text = node_string(r->syntax, r->arena, node);

	node = node_unwrap(node);
	if (text != NULL) {
		add_piece(pieces, text);
		return true;
	}
	if (depth > DEPTH)
		return false;
	if (node_is(node, NODE_TEMPLATE_STRING)) {
		read_template(pieces, node, depth);
		return true;
	}
	if (!node_is(node, NODE_BINARY_EXPRESSION) ||
	    !node_text_is(r->syntax, node_field(node, FIELD_OPERATOR), "+") ||
	    !read_pieces(pieces, node_field(node, FIELD_LEFT), depth + 1))
		return false;
	node = node_field(node, FIELD_RIGHT);
	if (node_is(node_unwrap(node), NODE_NUMBER) && !pieces->template) /* it is folded */
		add_piece(pieces, node_text(r->syntax, r->arena, node_unwrap(node)));
	else
		read_part(pieces, node, depth);
	return true;
}

/* --- patterns ------------------------------------------------------------------------------------
 */

struct pattern {
	const struct reader *reader;
	struct glob_part *parts;
	size_t count;
	struct buf prefix; /* of the last part, which is not in the list yet */
	enum glob_wildcard wildcard;
};

static void end_part(struct pattern *pattern)
{
	struct glob_part *part =
		arena_push(pattern->reader->arena, &pattern->parts, &pattern->count, sizeof(*part));

	*part = (struct glob_part){
		arena_strndup(pattern->reader->arena, buf_cstr(&pattern->prefix),
			      pattern->prefix.len),
		pattern->wildcard,
	};
	buf_clear(&pattern->prefix);
	pattern->wildcard = GLOB_END;
}

/* What is not known may hold slashes where it stands for a whole part of a path. */
static void add_wildcard(struct pattern *pattern)
{
	if (pattern->wildcard != GLOB_END)
		return;
	if (!str_ends(buf_cstr(&pattern->prefix), "/")) {
		pattern->wildcard = GLOB_NAME;
		return;
	}
	pattern->wildcard = GLOB_FOLDERS;
	end_part(pattern);
	buf_puts(&pattern->prefix, "/");
	pattern->wildcard = GLOB_NAME;
}

static struct glob *pattern_of(const struct reader *r, const struct pieces *pieces)
{
	struct pattern pattern = {.reader = r};
	struct glob *glob = NULL;

	for (size_t i = 0; i < pieces->count; i++) {
		const char *text = pieces->items[i].text;

		if (text == NULL) {
			add_wildcard(&pattern);
		} else if (text[0] != '\0') {
			if (pattern.wildcard != GLOB_END)
				end_part(&pattern);
			buf_puts(&pattern.prefix, text);
		}
	}
	end_part(&pattern);
	buf_dispose(&pattern.prefix);
	if (pattern.parts[0].wildcard != GLOB_END && (str_starts(pattern.parts[0].prefix, "./") ||
						      str_starts(pattern.parts[0].prefix, "../"))) {
		glob = arena_alloc(r->arena, sizeof(*glob));
		*glob = (struct glob){pattern.parts, pattern.count};
	}
	return glob;
}

/* As people read it: "./ * / *.ts" without the blanks. */
static const char *pattern_text(const struct reader *r, const struct glob *glob)
{
	static const char *const marks[] = {
		[GLOB_END] = "", [GLOB_NAME] = "*", [GLOB_FOLDERS] = "**"};
	struct buf text = {0};
	const char *kept;

	for (size_t i = 0; i < glob->count; i++) {
		buf_puts(&text, glob->parts[i].prefix);
		buf_puts(&text, marks[glob->parts[i].wildcard]);
	}
	kept = arena_strdup(r->arena, buf_cstr(&text));
	buf_dispose(&text);
	return kept;
}

/* --- calls ---------------------------------------------------------------------------------------
 */

static void add_target(struct reader *r, enum import_kind kind, struct node call,
		       struct node argument, const char *specifier)
{
	add_import(r, kind, call, argument, false);
	r->facts->imports[r->facts->import_count - 1].specifier = specifier;
	add_name(r, "*", NULL, false, call);
}

static void read_argument(struct reader *r, enum import_kind kind, struct node call,
			  struct node argument, int depth)
{
	struct pieces pieces = {.reader = r};
	struct node inner = node_unwrap(argument);
	struct glob *glob;

	if (node_is(inner, NODE_TERNARY_EXPRESSION) && depth < DEPTH) {
		read_argument(r, kind, call, node_field(inner, FIELD_CONSEQUENCE), depth + 1);
		read_argument(r, kind, call, node_field(inner, FIELD_ALTERNATIVE), depth + 1);
		return;
	}
	if (!read_pieces(&pieces, argument, 0))
		return;
	glob = pattern_of(r, &pieces);
	if (glob != NULL) {
		add_target(r, kind, call, argument, pattern_text(r, glob));
		r->facts->imports[r->facts->import_count - 1].glob = glob;
		return;
	}
	for (size_t i = 0; i < pieces.count; i++)
		if (pieces.items[i].text == NULL || pieces.template)
			return;
	for (size_t i = 1; i < pieces.count; i++)
		pieces.items[0].text =
			arena_printf(r->arena, "%s%s", pieces.items[0].text, pieces.items[i].text);
	add_target(r, kind, call, argument, pieces.items[0].text);
}

/* Whether the call of `require` calls the bundler's, not a function of the module. */
static bool is_own_require(const struct reader *r, struct node call)
{
	const struct binding *binding = facts_binding(r->facts, "require");
	struct declared declared;

	return (binding != NULL && !binding->type_only) ||
	       facts_local(r->facts, "require", node_start(call), &declared);
}

/* The property's name, not computed; the literal's value; NULL for anything else. */
static const char *name_of(const struct reader *r, struct node pair)
{
	struct node key = node_field(pair, FIELD_KEY);

	if (!node_is(pair, NODE_PAIR))
		return NULL;
	return node_is(key, NODE_PROPERTY_IDENTIFIER) ? node_text(r->syntax, r->arena, key)
						      : node_string(r->syntax, r->arena, key);
}

/* `{with: {type: "json"}}`, and no more. */
static bool is_attributes(const struct reader *r, struct node options)
{
	struct node pair = node_first(options), list;
	const char *name = node_is_null(pair) ? NULL : name_of(r, pair);

	if (!node_is(options, NODE_OBJECT) || name == NULL ||
	    !node_same(pair, node_last(options)) ||
	    (!str_is(name, "with") && !str_is(name, "assert")))
		return false;
	list = node_unwrap(node_field(pair, FIELD_VALUE));
	if (!node_is(list, NODE_OBJECT))
		return false;
	for (struct node at = node_down_named(list); !node_is_null(at); at = node_next_named(at)) {
		if (!node_is(at, NODE_COMMENT) &&
		    (name_of(r, at) == NULL ||
		     node_string(r->syntax, r->arena, node_field(at, FIELD_VALUE)) == NULL))
			return false;
	}
	return true;
}

/* Beside the argument import() may have attributes; with anything else the bundler leaves the call
 * for the run. */
static bool is_understood(const struct reader *r, enum import_kind kind, struct node arguments)
{
	struct node first = node_first(arguments), last = node_last(arguments), second;

	if (node_is_null(first) || node_same(first, last))
		return !node_is_null(first);
	second = node_next_named(first);
	while (node_is(second, NODE_COMMENT))
		second = node_next_named(second);
	return kind == IMPORT_DYNAMIC && node_same(second, last) &&
	       is_attributes(r, node_unwrap(second));
}

void read_loading_calls(struct reader *r)
{
	for (size_t i = 0; i < r->call_count; i++) {
		struct node call = r->calls[i];
		struct node arguments = node_field(call, FIELD_ARGUMENTS);
		enum import_kind kind = node_is(node_field(call, FIELD_FUNCTION), NODE_IMPORT)
						? IMPORT_DYNAMIC
						: IMPORT_REQUIRE;

		if (!is_understood(r, kind, arguments) || is_dead(r->syntax, call) ||
		    (kind == IMPORT_REQUIRE && is_own_require(r, call)))
			continue;
		read_argument(r, kind, call, node_first(arguments), 0);
	}
}
