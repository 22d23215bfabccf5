/* Running tree-sitter: the grammar's gaps are bridged (respell.c), large or deeply nested texts
 * that are broken are kept away from its error recovery (depth.c). */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "source/depth.h"
#include "source/respell.h"
#include "source/syntax.h"

const TSLanguage *tree_sitter_typescript(void);
const TSLanguage *tree_sitter_tsx(void);

/* Texts up to this size are parsed as they are, whatever is wrong with them. For larger ones the
 * parser's recovery from errors takes quadratic time, and may free the wrong memory (depth.c), so
 * they are read up to the first error only. A text of this size cannot have 65,536 parts. */
#define RECOVERY_LIMIT ((size_t)60000)

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

/* The tree of a text, with its errors repaired as well as can be while it is small; NULL for a
 * large text that is broken. */
static TSTree *parse(TSParser *parser, const char *bytes, size_t len, size_t *at)
{
	TSTree *tree;

	if (len > RECOVERY_LIMIT)
		return parse_strictly(parser, bytes, len, at);
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

void syntax_parse(struct syntax *syntax, const char *path, enum dialect dialect, const char *bytes,
		  size_t len)
{
	TSParser *parser = ts_parser_new();

	ts_parser_set_language(parser, dialect == DIALECT_TSX ? tree_sitter_tsx()
							      : tree_sitter_typescript());
	*syntax = (struct syntax){.path = path, .bytes = bytes, .len = len};
	syntax->tree = parse(parser, bytes, len, &syntax->broken_at);
	if (!is_good(syntax->tree)) {
		TSTree *second = parse_respelt(parser, dialect, bytes, len, &syntax->broken_at);

		if (second != NULL) {
			if (syntax->tree != NULL)
				ts_tree_delete(syntax->tree);
			syntax->tree = second;
		}
	}
	if (syntax->tree == NULL) {
		syntax->unread = true;
		syntax->tree = ts_parser_parse_string(parser, NULL, "", 0);
	}
	syntax->root = ts_tree_root_node(syntax->tree);
	ts_parser_delete(parser);
}
