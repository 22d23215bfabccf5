/* See comments.h. GraphQL and variables need no parser for this: only their strings count. */
#include "check/comments.h"

#include <string.h>

#include "base/arena.h"
#include "source/syntax.h"

static void add(struct comments *comments, struct arena *arena, struct comment comment)
{
	struct comment *item = arena_push(arena, &comments->items, &comments->count, sizeof(*item));

	*item = comment;
}

/* --- TypeScript --------------------------------------------------------------------------------
 */

struct walk {
	struct comments *comments;
	struct arena *arena;
	const struct syntax *syntax;
};

/* The braces in which JSX keeps a comment: nothing else is in them. */
static bool only_in_braces(struct node braces)
{
	return node_is(braces, NODE_JSX_EXPRESSION) && node_count(braces) == 1;
}

static bool visit(struct node node, void *payload)
{
	struct walk *walk = payload;
	struct comment comment;
	size_t len;

	if (!node_is(node, NODE_COMMENT))
		return true;
	const char *bytes = node_bytes(walk->syntax, node, &len);
	comment.start = comment.outer_start = node_start(node);
	comment.end = comment.outer_end = comment.start + len;
	comment.text_start = comment.start + (len < 2 ? len : 2);
	comment.text_end = comment.end;
	if (len >= 4 && bytes[1] == '*')
		comment.text_end -= 2;
	else if (len > 2 && bytes[len - 1] == '\r')
		comment.text_end--; /* the line's end, not the comment's */
	struct node parent = node_parent(node);
	if (only_in_braces(parent)) {
		comment.outer_start = node_start(parent);
		comment.outer_end = node_end(parent);
	}
	add(walk->comments, walk->arena, comment);
	return false;
}

void comments_of_module(struct comments *comments, struct arena *arena, const struct syntax *syntax)
{
	struct walk walk = {comments, arena, syntax};

	*comments = (struct comments){0};
	node_walk(syntax_root(syntax), visit, &walk);
}

/* --- lines that begin with # -------------------------------------------------------------------
 */

/* `at` is at the `#`; returns where the line ends. */
static size_t add_line(struct comments *comments, struct arena *arena, const char *bytes,
		       size_t len, size_t at)
{
	const char *lf = memchr(bytes + at, '\n', len - at);
	size_t line_end = lf != NULL ? (size_t)(lf - bytes) : len;
	size_t end = line_end > at + 1 && bytes[line_end - 1] == '\r' ? line_end - 1 : line_end;

	add(comments, arena,
	    (struct comment){.start = at,
			     .end = end,
			     .text_start = at + 1,
			     .text_end = end,
			     .outer_start = at,
			     .outer_end = end});
	return line_end;
}

static bool three_quotes(const char *bytes, size_t len, size_t at)
{
	return len - at >= 3 && memcmp(bytes + at, "\"\"\"", 3) == 0;
}

/* `at` is at the opening quote; returns what follows the closing one. A string of one quote that is
 * not closed ends with its line. */
static size_t skip_graphql_string(const char *bytes, size_t len, size_t at)
{
	if (three_quotes(bytes, len, at)) {
		for (at += 3; at < len && !three_quotes(bytes, len, at); at++) {
			if (bytes[at] == '\\' && three_quotes(bytes, len, at + 1))
				at += 3;
		}
		return at < len ? at + 3 : len;
	}
	for (at++; at < len && bytes[at] != '"' && bytes[at] != '\n'; at++) {
		if (bytes[at] == '\\' && at + 1 < len && bytes[at + 1] != '\n')
			at++;
	}
	return at < len && bytes[at] == '"' ? at + 1 : at;
}

void comments_of_graphql(struct comments *comments, struct arena *arena, const char *bytes,
			 size_t len)
{
	*comments = (struct comments){0};
	for (size_t at = 0; at < len;) {
		if (bytes[at] == '"')
			at = skip_graphql_string(bytes, len, at);
		else if (bytes[at] == '#')
			at = add_line(comments, arena, bytes, len, at);
		else
			at++;
	}
}

/* `at` is behind the `=`; returns where the value ends, at the latest at the line's end. Only a
 * quoted value that is closed may go over lines. */
static size_t skip_value(const char *bytes, size_t len, size_t at)
{
	while (at < len && (bytes[at] == ' ' || bytes[at] == '\t'))
		at++;
	if (at < len && strchr("\"'`", bytes[at]) != NULL && bytes[at] != '\0') {
		char quote = bytes[at];
		size_t end = at + 1;

		while (end < len && bytes[end] != quote)
			end += bytes[end] == '\\' && quote == '"' ? 2 : 1;
		if (end < len)
			return end + 1;
	}
	while (at < len && bytes[at] != '\n' &&
	       !(bytes[at] == '#' && (bytes[at - 1] == ' ' || bytes[at - 1] == '\t')))
		at++;
	return at;
}

void comments_of_env(struct comments *comments, struct arena *arena, const char *bytes, size_t len)
{
	bool after_value = false; /* on a line */

	*comments = (struct comments){0};
	for (size_t at = 0; at < len;) {
		if (bytes[at] == '#') {
			at = add_line(comments, arena, bytes, len, at);
		} else if (bytes[at] == '=' && !after_value) {
			at = skip_value(bytes, len, at + 1);
			after_value = true;
		} else {
			after_value = after_value && bytes[at] != '\n';
			at++;
		}
	}
}
