/* Running tree-sitter: the grammar's gaps are bridged (respell.c), and its recovery from errors,
 * which can take forever, is given a limit. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <tree_sitter/api.h>

#include "base/mem.h"
#include "source/grammar.h"
#include "source/guess.h"
#include "source/line_ends.h"
#include "source/regroup.h"
#include "source/respell.h"
#include "source/syntax.h"

/* There are broken texts of a few bytes on which the recovery runs forever. A valid text takes some
 * 200 ns a byte; one that takes longer than the limit is read once more, without recovery. */
#define LIMIT_NS UINT64_C(1000000000)
/* A small text has less. */
#define SMALL_NS UINT64_C(100000000)
#define SMALL_BYTE UINT64_C(4000)
/* So much more has a text in which no error is seen yet. */
#define MORE_NS UINT64_C(1000000000)
/* All broken texts of an app together; then each has what a usual one takes. */
#define REPAIRS_NS UINT64_C(2000000000)
#define USUAL_NS UINT64_C(1000000)
#define USUAL_BYTE UINT64_C(400)
/* Looking for the place of an error: telling of each step makes the parser several times slower. */
#define PLACE_NS UINT64_C(2000000000)
/* The parser asks after each hundred steps whether to go on; asking the clock costs as much. */
#define CLOCK_EVERY 16
/* Bytes that the parser is given at once. */
#define CHUNK UINT32_C(65536)

struct reading {
	const char *bytes;
	size_t len;
	uint64_t
		started; /* processor time of this thread, so that a busy machine changes nothing */
	uint64_t limit;  /* once an error is seen */
	uint64_t most;   /* in any case */
	unsigned asked;  /* times that the parser asked whether to go on */
	bool over;       /* the time was up while a token was read */
	size_t stop;     /* the parser's cancellation flag */
	char step[80];   /* the last step that it told of: "process ... row:1, col:2" */
};

static uint64_t thread_time(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* There are tokens (a comment that nothing ends) for which all of the text is read, each time: the
 * clock is looked at here, too. */
static const char *read_chunk(void *payload, uint32_t offset, TSPoint point, uint32_t *len)
{
	struct reading *reading = payload;

	(void)point;
	*len = 0;
	if (thread_time() - reading->started > reading->most)
		reading->over = true;
	if (offset >= reading->len || reading->over)
		return "";
	*len = reading->len - offset < CHUNK ? (uint32_t)(reading->len - offset) : CHUNK;
	return reading->bytes + offset;
}

static bool is_late(TSParseState *state)
{
	struct reading *reading = state->payload;
	uint64_t taken;

	if (reading->over)
		return true;
	if (++reading->asked % CLOCK_EVERY != 0)
		return false;
	taken = thread_time() - reading->started;
	return taken > reading->limit && (state->has_error || taken > reading->most);
}

static bool is_late_or_wrong(TSParseState *state)
{
	return state->has_error || is_late(state);
}

static TSTree *run(TSParser *parser, struct reading *reading, TSParseOptions options)
{
	TSInput input = {.payload = reading, .read = read_chunk, .encoding = TSInputEncodingUTF8};
	TSTree *tree = ts_parser_parse_with_options(parser, NULL, input, options);

	ts_parser_reset(parser);
	if (!reading->over)
		return tree;
	ts_tree_delete(tree);
	return NULL;
}

static bool is_good(const TSTree *tree)
{
	return tree != NULL && !ts_node_has_error(ts_tree_root_node(tree));
}

/* The tree of a text, with its errors repaired as well as can be; NULL when the parser was stopped.
 */
static TSTree *parse(TSParser *parser, struct repairs *repairs, const char *bytes, size_t len,
		     bool (*stop)(TSParseState *))
{
	uint64_t used = atomic_load(&repairs->ns), usual = USUAL_NS + USUAL_BYTE * len;
	uint64_t left = used < REPAIRS_NS ? REPAIRS_NS - used : 0;
	struct reading reading = {.bytes = bytes, .len = len, .started = thread_time()};
	TSTree *tree;

	reading.limit = SMALL_NS + SMALL_BYTE * len;
	if (reading.limit > LIMIT_NS)
		reading.limit = LIMIT_NS;
	if (reading.limit > left)
		reading.limit = left > usual ? left : usual;
	reading.most =
		(reading.limit > usual ? reading.limit : usual) + (left < MORE_NS ? left : MORE_NS);
	tree = run(parser, &reading, (TSParseOptions){&reading, stop});
	if (!is_good(tree))
		atomic_fetch_add(&repairs->ns, thread_time() - reading.started);
	return tree;
}

/* Stops the parser at the first error that no reading of the text avoids. */
static void watch(void *payload, TSLogType type, const char *message)
{
	static const char resume[] = "resume ", process[] = "process ";
	struct reading *reading = payload;

	if (type != TSLogTypeParse || reading->stop != 0)
		return;
	if (strncmp(message, resume, strlen(resume)) == 0)
		reading->stop = 1;
	else if (strncmp(message, process, strlen(process)) == 0)
		strncpy(reading->step, message, sizeof(reading->step) - 1);
}

/* Where the parser was when it stopped. Rows and columns (in bytes) count from 0. */
static size_t stopped_at(const struct reading *reading)
{
	const char *at = reading->bytes, *end = reading->bytes + reading->len;
	const char *place = strstr(reading->step, "row:");
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
	return column < (size_t)(end - at) ? (size_t)(at - reading->bytes) + column : reading->len;
}

/* Parses up to the first error: NULL when there is one, and then *at is where. Also of a text that
 * takes too long. */
static TSTree *parse_strictly(TSParser *parser, const char *bytes, size_t len, size_t *at)
{
	struct reading reading = {.bytes = bytes, .len = len, .started = thread_time()};
	TSTree *tree;

	reading.limit = reading.most = PLACE_NS;

	ts_parser_set_logger(parser, (TSLogger){&reading, watch});
	ts_parser_set_cancellation_flag(parser, &reading.stop);
	tree = run(parser, &reading, (TSParseOptions){&reading, is_late});
	ts_parser_set_logger(parser, (TSLogger){NULL, NULL});
	ts_parser_set_cancellation_flag(parser, NULL);
	if (tree != NULL && reading.stop != 0) {
		ts_tree_delete(tree);
		tree = NULL;
	}
	if (tree == NULL)
		*at = stopped_at(&reading);
	return tree;
}

/* The start of a statement before the first error, so that what comes before it need not be read
 * again. */
static size_t before_error(const TSTree *tree)
{
	TSNode root = ts_tree_root_node(tree);
	TSTreeCursor cursor = ts_tree_cursor_new(root);
	size_t start = 0;

	if (!ts_node_is_error(root) && ts_tree_cursor_goto_first_child(&cursor)) {
		do {
			TSNode child = ts_tree_cursor_current_node(&cursor);

			if (ts_node_has_error(child))
				break;
			start = ts_node_start_byte(child);
		} while (ts_tree_cursor_goto_next_sibling(&cursor));
	}
	ts_tree_cursor_delete(&cursor);
	return start;
}

/* How many bytes the errors of a tree take, and how many tokens it misses. */
static size_t error_size(const TSTree *tree)
{
	TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
	size_t size = 0;

	for (bool going = true; going;) {
		TSNode node = ts_tree_cursor_current_node(&cursor);

		if (ts_node_is_error(node))
			size += ts_node_end_byte(node) - ts_node_start_byte(node) + 1;
		else if (ts_node_is_missing(node))
			size++;
		else if (ts_node_has_error(node) && ts_tree_cursor_goto_first_child(&cursor))
			continue;
		while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
			if (!ts_tree_cursor_goto_parent(&cursor)) {
				going = false;
				break;
			}
		}
	}
	ts_tree_cursor_delete(&cursor);
	return size;
}

/* The better one of two trees, of which one may be NULL; the other is deleted. */
static TSTree *better(TSTree *a, TSTree *b)
{
	bool keep = b == NULL ||
		    (a != NULL && (is_good(a) || (!is_good(b) && error_size(a) <= error_size(b))));

	ts_tree_delete(keep ? b : a);
	return keep ? a : b;
}

/* Reads a text (`bytes`) of which a first attempt gave `tree` (NULL: it took too long) once more,
 * for valid spellings that the grammar does not know. The tree of a rewritten text has the same
 * offsets. What is only guessed counts as doubtful, whatever comes of it; where the first error is
 * that then stays is in *at. */
static TSTree *parse_respelt(TSParser *parser, struct repairs *repairs, struct syntax *syntax,
			     const char *bytes, TSTree *tree)
{
	size_t len = syntax->len;
	char *copy = mem_strndup(bytes, len), *guessed;
	size_t from = tree != NULL ? before_error(tree) : 0;
	TSTree *strict;

	respell(copy, len, syntax->dialect);
	if (memcmp(copy, bytes, len) != 0)
		tree = better(tree, parse(parser, repairs, copy, len, is_late_or_wrong));
	if (is_good(tree)) {
		mem_free(copy);
		return tree;
	}
	syntax->doubtful = true;
	guessed = mem_strndup(copy, len);
	guess(guessed, len, syntax->dialect);
	if (memcmp(guessed, copy, len) != 0)
		tree = better(tree, parse(parser, repairs, guessed, len,
					  tree != NULL ? is_late : is_late_or_wrong));
	if (!is_good(tree)) {
		strict = parse_strictly(parser, copy + from, len - from, &syntax->broken_at);
		if (is_good(strict) && from > 0) {
			ts_tree_delete(strict);
			from = 0;
			strict = parse_strictly(parser, copy, len, &syntax->broken_at);
		}
		syntax->broken_at += from;
		if (is_good(strict)) {
			syntax->doubtful = false;
			tree = better(strict, tree);
		} else {
			ts_tree_delete(strict);
		}
	}
	mem_free(guessed);
	mem_free(copy);
	return tree;
}

/* The tree of a text that the grammar reads, but perhaps wrongly. */
static TSTree *parse_misread(TSParser *parser, struct repairs *repairs, const char *bytes,
			     size_t len, TSTree *tree)
{
	char *copy = mem_strndup(bytes, len);

	guess_misread(copy, len);
	if (memcmp(copy, bytes, len) != 0)
		tree = better(parse(parser, repairs, copy, len, is_late_or_wrong), tree);
	mem_free(copy);
	return tree;
}

/* --- the table of nodes -------------------------------------------------------------------------
 */

struct table {
	struct grammar_kinds known;
	struct entry *entries;
	uint32_t count, room;
};

/* Tokens that no rule asks for: they are half of all nodes. */
static bool is_punctuation(enum node_kind kind)
{
	switch (kind) {
	case TOKEN_PAREN_OPEN:
	case TOKEN_PAREN_CLOSE:
	case TOKEN_BRACE_OPEN:
	case TOKEN_BRACE_CLOSE:
	case TOKEN_DOLLAR_BRACE:
	case TOKEN_BRACKET_OPEN:
	case TOKEN_BRACKET_CLOSE:
	case TOKEN_COMMA:
	case TOKEN_SEMICOLON:
	case TOKEN_COLON:
	case TOKEN_DOT:
	case TOKEN_DOTS:
	case TOKEN_DOUBLE_QUOTE:
	case TOKEN_SINGLE_QUOTE:
	case TOKEN_BACKTICK:
	case TOKEN_LESS:
	case TOKEN_SHIFT_LEFT:
	case TOKEN_GREATER:
	case TOKEN_SHIFT_RIGHT:
	case TOKEN_SHIFT_UNSIGNED:
	case TOKEN_SLASH:
	case TOKEN_TAG_CLOSE:
	case TOKEN_TAG_END_EMPTY:
		return true;
	default:
		return false;
	}
}

static enum node_kind kind_of(const struct table *table, TSNode node)
{
	TSSymbol symbol = ts_node_symbol(node);

	if (ts_node_is_error(node)) /* its symbol is no rule of the grammar */
		return NODE_ERROR;
	return symbol < table->known.kind_count ? (enum node_kind)table->known.kinds[symbol]
						: NODE_NONE;
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
	enum node_kind kind = kind_of(table, node);
	uint8_t flags = flags_of(node);

	if (flags == 0 && field == 0 && is_punctuation(kind))
		return false;
	if (table->count == table->room) {
		table->room = table->room == 0 ? 256 : table->room * 2;
		table->entries = mem_realloc(table->entries, table->room * sizeof(*table->entries));
	}
	table->entries[table->count++] = (struct entry){
		.start = ts_node_start_byte(node),
		.end = ts_node_end_byte(node),
		.parent = parent,
		.kind = (uint16_t)kind,
		.field = field < table->known.field_count ? table->known.fields[field] : FIELD_NONE,
		.flags = flags,
	};
	return true;
}

/* Writes the tree down, parents before children. Iterative: any depth of nesting. */
static void write_down(struct syntax *syntax, const TSTree *tree)
{
	TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
	struct table table = {.known = grammar_kinds(syntax->dialect)};
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

/* What saves questions about the table from looking at many nodes. */
static void mark(struct syntax *syntax)
{
	for (uint32_t i = 0; i < syntax->count; i++)
		syntax->entries[i].flags &= (uint8_t) ~(ENTRY_FIELDS | ENTRY_CAST);
	for (uint32_t i = syntax->count; i-- > 1;) {
		const struct entry *entry = &syntax->entries[i];
		struct entry *parent = &syntax->entries[entry->parent];

		if (entry->field == FIELD_NONE)
			continue;
		parent->flags |= ENTRY_FIELDS;
		if (parent->kind == NODE_MEMBER_EXPRESSION && entry->field == FIELD_OBJECT &&
		    (entry->kind == NODE_AS_EXPRESSION ||
		     entry->kind == NODE_SATISFIES_EXPRESSION || (entry->flags & ENTRY_CAST) != 0))
			parent->flags |= ENTRY_CAST;
	}
}

/* In TSX the grammar lets every string go on in the next line; the language only those that are an
 * attribute's value. */
static void doubt_strings(struct syntax *syntax)
{
	for (uint32_t i = 1; syntax->dialect == DIALECT_TSX && i < syntax->count; i++) {
		const struct entry *entry = &syntax->entries[i];
		const char *at = syntax->bytes + entry->start, *end = syntax->bytes + entry->end;

		if (entry->kind != NODE_STRING ||
		    syntax->entries[entry->parent].kind == NODE_JSX_ATTRIBUTE)
			continue;
		for (; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++) {
			const char *last = at[-1] == '\r' ? at - 2 : at - 1;
			size_t escapes = 0;

			while (last[0] == '\\') {
				escapes++;
				last--;
			}
			if (escapes % 2 == 1)
				continue;
			if (!syntax->doubtful || syntax->broken_at > entry->start)
				syntax->broken_at = entry->start;
			syntax->doubtful = true;
			return;
		}
	}
}

void syntax_parse_within(struct syntax *syntax, struct repairs *repairs, const char *path,
			 enum dialect dialect, const char *bytes, size_t len)
{
	TSParser *parser = ts_parser_new();
	const char *text;
	char *plain;
	TSTree *tree;

	ts_parser_set_language(parser, grammar(dialect));
	*syntax = (struct syntax){.path = path, .bytes = bytes, .len = len, .dialect = dialect};
	plain = plain_line_ends(bytes, len);
	text = plain != NULL ? plain : bytes;
	tree = parse(parser, repairs, text, len, is_late);
	if (!is_good(tree))
		tree = parse_respelt(parser, repairs, syntax, text, tree);
	else if (has_misread(text, len))
		tree = parse_misread(parser, repairs, text, len, tree);
	if (tree == NULL) {
		syntax->unread = true;
		tree = ts_parser_parse_string(parser, NULL, "", 0);
	}
	write_down(syntax, tree);
	mark(syntax);
	syntax_regroup(syntax);
	mark(syntax);
	doubt_strings(syntax);
	mem_free(plain);
	ts_tree_delete(tree);
	ts_parser_delete(parser);
}

void syntax_parse(struct syntax *syntax, const char *path, enum dialect dialect, const char *bytes,
		  size_t len)
{
	struct repairs alone = {0};

	syntax_parse_within(syntax, &alone, path, dialect, bytes, len);
}
