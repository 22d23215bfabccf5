/* Running tree-sitter: the grammar's gaps are bridged (respell.c), large or deeply nested texts
 * that are broken are kept away from its error recovery (depth.c). */
#include <stdlib.h>
#include <string.h>

#include <tree_sitter/api.h>

#include "base/mem.h"
#include "source/depth.h"
#include "source/grammar.h"
#include "source/regroup.h"
#include "source/respell.h"
#include "source/syntax.h"

/* Texts up to this size are parsed as they are, whatever is wrong with them. For larger ones the
 * parser's recovery from errors takes quadratic time, and may free the wrong memory (depth.c), so
 * they are read up to the first error only. A text of this size cannot have 65,536 parts. */
#define RECOVERY_LIMIT ((size_t)60000)

/* Comments with nothing between them that are too many. */
#define COMMENTS ((size_t)30000)

/* There are broken texts of a few bytes on which the recovery runs forever. A valid text that takes
 * longer than this is parsed once more without a limit. */
#define RECOVERY_MICROS 2000000

/* Stops the parser at the first error that no reading of the text avoids. */
struct guard {
	const char *bytes;
	size_t len;
	size_t stop;   /* the parser's cancellation flag */
	char step[80]; /* the last step that it told of: "process ... row:1, col:2" */
};

static void watch(void *payload, TSLogType type, const char *message)
{
	static const char resume[] = "resume ", process[] = "process ";
	struct guard *guard = payload;

	if (type != TSLogTypeParse || guard->stop != 0)
		return;
	if (strncmp(message, resume, strlen(resume)) == 0)
		guard->stop = 1;
	else if (strncmp(message, process, strlen(process)) == 0)
		strncpy(guard->step, message, sizeof(guard->step) - 1);
}

/* Where the parser was when it stopped. Rows and columns (in bytes) count from 0. */
static size_t stopped_at(const struct guard *guard)
{
	const char *at = guard->bytes, *end = guard->bytes + guard->len;
	const char *place = strstr(guard->step, "row:");
	unsigned long row = 0, column = 0;
	char *after;

	if (place != NULL) {
		row = strtoul(place + strlen("row:"), &after, 10);
		if (strncmp(after, ", col:", strlen(", col:")) == 0)
			column = strtoul(after + strlen(", col:"), NULL, 10);
	}
	for (; row > 0; row--) {
		const char *next = memchr(at, '\n', (size_t)(end - at));

		if (next == NULL)
			break;
		at = next + 1;
	}
	return column < (size_t)(end - at) ? (size_t)(at - guard->bytes) + column : guard->len;
}

static const char *read_rest(void *payload, uint32_t offset, TSPoint point, uint32_t *len)
{
	const struct guard *guard = payload;

	(void)point;
	if (offset >= guard->len) {
		*len = 0;
		return "";
	}
	*len = (uint32_t)(guard->len - offset);
	return guard->bytes + offset;
}

/* Parses up to the first error: NULL when there is one, and then *at is where. */
static TSTree *parse_strictly(TSParser *parser, const char *bytes, size_t len, size_t *at)
{
	struct guard guard = {.bytes = bytes, .len = len};
	TSTree *tree;

	if (len > RECOVERY_LIMIT && is_too_deep(bytes, len, at))
		return NULL;
	ts_parser_set_logger(parser, (TSLogger){&guard, watch});
	ts_parser_set_cancellation_flag(parser, &guard.stop);
	tree = ts_parser_parse(parser, NULL, (TSInput){&guard, read_rest, TSInputEncodingUTF8});
	ts_parser_set_logger(parser, (TSLogger){NULL, NULL});
	ts_parser_set_cancellation_flag(parser, NULL);
	ts_parser_reset(parser);
	if (tree != NULL && guard.stop != 0) {
		ts_tree_delete(tree);
		tree = NULL;
	}
	if (tree == NULL)
		*at = stopped_at(&guard);
	return tree;
}

/* Where the comment at `at` ends, or `at` when there is none. */
static size_t after_comment(const char *bytes, size_t len, size_t at)
{
	const char *end = NULL;

	if (at + 1 >= len || bytes[at] != '/')
		return at;
	if (bytes[at + 1] == '/')
		end = memchr(bytes + at, '\n', len - at);
	else if (bytes[at + 1] == '*')
		end = strstr(bytes + at + 2, "*/");
	else
		return at;
	return end != NULL ? (size_t)(end - bytes) + (bytes[at + 1] == '*' ? 2 : 0) : len;
}

/* Comments in a row become children of one node, which can count 65,535 of them; the parser stops
 * the program at the next one. So many are read as spaces instead. NULL: there are not so many.
 * What looks like a comment in a string is none, but nobody writes so many of those. */
static char *without_comments(const char *bytes, size_t len)
{
	char *copy = NULL;
	size_t at = 0;

	while (at < len) {
		size_t start = at, count = 0, next = after_comment(bytes, len, at);

		for (; next > at; count++) {
			at = next + strspn(bytes + next, " \t\r\n");
			next = after_comment(bytes, len, at);
		}
		if (count < COMMENTS) {
			at += count == 0;
			continue;
		}
		if (copy == NULL)
			copy = mem_strndup(bytes, len);
		for (size_t i = start; i < at; i++)
			if (copy[i] != '\n')
				copy[i] = ' ';
	}
	return copy;
}

/* The tree of a text, with its errors repaired as well as can be while it is small; NULL for a
 * large text that is broken. */
static TSTree *parse(TSParser *parser, const char *bytes, size_t len, size_t *at)
{
	TSTree *tree;

	if (len > RECOVERY_LIMIT) {
		char *copy = without_comments(bytes, len);

		tree = parse_strictly(parser, copy != NULL ? copy : bytes, len, at);
		mem_free(copy);
		return tree;
	}
	ts_parser_set_timeout_micros(parser, RECOVERY_MICROS);
	tree = ts_parser_parse_string(parser, NULL, bytes, (uint32_t)len);
	ts_parser_set_timeout_micros(parser, 0);
	ts_parser_reset(parser);
	return tree;
}

static bool is_good(const TSTree *tree)
{
	return tree != NULL && !ts_node_has_error(ts_tree_root_node(tree));
}

/* A second attempt, for valid spellings that the grammar does not know. The tree of the rewritten
 * text has the same offsets; it is taken only when it has no error at all. Where both attempts
 * fail, the error that stays is in *at. */
static TSTree *parse_respelt(TSParser *parser, enum dialect dialect, const char *bytes, size_t len,
			     size_t *at)
{
	char *copy = mem_strndup(bytes, len);
	TSTree *tree = NULL;

	if (respell(copy, len, dialect) || len <= RECOVERY_LIMIT)
		tree = parse_strictly(parser, copy, len, at);
	mem_free(copy);
	if (is_good(tree))
		return tree;
	if (tree != NULL)
		ts_tree_delete(tree);
	return NULL;
}

/* --- the table of nodes -------------------------------------------------------------------------
 */

struct table {
	struct entry *entries;
	uint32_t count, room;
};

/* Tokens that no rule asks for: they are half of all nodes. */
static bool is_punctuation(const char *type)
{
	return type[0] != '\0' && strspn(type, "(){}[],;:.\"'`<>/$") == strlen(type);
}

static uint8_t flags_of(TSNode node)
{
	unsigned flags = 0;

	if (ts_node_is_named(node))
		flags |= ENTRY_NAMED;
	if (ts_node_is_missing(node))
		flags |= ENTRY_MISSING | ENTRY_BROKEN;
	if (ts_node_has_error(node))
		flags |= ENTRY_BROKEN;
	return (uint8_t)flags;
}

/* Adds the cursor's node, unless it is a token that is not kept. */
static bool enter(struct table *table, const TSTreeCursor *cursor, uint32_t parent)
{
	TSNode node = ts_tree_cursor_current_node(cursor);
	TSFieldId field = ts_tree_cursor_current_field_id(cursor);
	uint8_t flags = flags_of(node);

	if (flags == 0 && field == 0 && is_punctuation(ts_node_type(node)))
		return false;
	if (table->count == table->room) {
		table->room = table->room == 0 ? 256 : table->room * 2;
		table->entries = mem_realloc(table->entries, table->room * sizeof(*table->entries));
	}
	table->entries[table->count++] = (struct entry){
		.start = ts_node_start_byte(node),
		.end = ts_node_end_byte(node),
		.parent = parent,
		.type = ts_node_symbol(node),
		.field = field < UINT8_MAX ? (uint8_t)field : 0,
		.flags = flags,
	};
	return true;
}

/* Writes the tree down, parents before children. Iterative: any depth of nesting. */
static void write_down(struct syntax *syntax, const TSTree *tree)
{
	TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
	struct table table = {0};
	uint32_t parent = 0;

	enter(&table, &cursor, 0);
	for (bool going = ts_tree_cursor_goto_first_child(&cursor); going;) {
		uint32_t own = table.count;

		if (enter(&table, &cursor, parent) && ts_tree_cursor_goto_first_child(&cursor)) {
			parent = own;
			continue;
		}
		if (table.count > own)
			table.entries[own].after = table.count;
		while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
			table.entries[parent].after = table.count;
			ts_tree_cursor_goto_parent(&cursor);
			if (parent == 0) {
				going = false;
				break;
			}
			parent = table.entries[parent].parent;
		}
	}
	table.entries[0].after = table.count;
	ts_tree_cursor_delete(&cursor);
	syntax->entries = table.entries;
	syntax->count = table.count;
}

void syntax_parse(struct syntax *syntax, const char *path, enum dialect dialect, const char *bytes,
		  size_t len)
{
	TSParser *parser = ts_parser_new();
	TSTree *tree;

	ts_parser_set_language(parser, grammar(dialect));
	*syntax = (struct syntax){.path = path, .bytes = bytes, .len = len, .dialect = dialect};
	tree = parse(parser, bytes, len, &syntax->broken_at);
	if (!is_good(tree)) {
		TSTree *second = parse_respelt(parser, dialect, bytes, len, &syntax->broken_at);

		if (second != NULL) {
			if (tree != NULL)
				ts_tree_delete(tree);
			tree = second;
		}
	}
	if (tree == NULL) {
		syntax->unread = true;
		tree = ts_parser_parse_string(parser, NULL, "", 0);
	}
	write_down(syntax, tree);
	syntax_regroup(syntax);
	ts_tree_delete(tree);
	ts_parser_delete(parser);
}
