/* Reading the coloured output of tsc. The colours are what makes it unambiguous: no message and no
 * source line can look like the head of a diagnostic. The pretty form is also the only one that has
 * related places and, by the marks below the source lines, the ends of the spans. Its layout is the
 * same in TypeScript 4 to 7 but for where the text of a related place stands. */
#include "types/diagnostics.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"

#define ESC "\x1b["
#define FILE_COLOR ESC "96m"
#define NUMBER_COLOR ESC "93m"
#define GUTTER ESC "7m"
#define RESET ESC "0m"
#define CODE_COLOR ESC "90m TS"

/* A file that is no text gets a diagnostic without source lines. */
#define CODE_BINARY 1490

/* A line, or what is left of it. */
struct piece {
	const char *at;
	const char *end;
};

enum part {
	PART_NONE,    /* between diagnostics */
	PART_MESSAGE, /* its text may go on */
	PART_SOURCE   /* its source lines came; related places may follow */
};

struct reader {
	struct ts_output *output;
	enum part part;
	bool related;       /* the last diagnostic's last related place is being read */
	bool related_told;  /* and has its text */
	size_t source_line; /* number of the source line above the marks */
	struct buf message; /* of the part being read */
	bool summary;
};

static bool take(struct piece *piece, const char *literal)
{
	size_t len = strlen(literal);

	if ((size_t)(piece->end - piece->at) < len || memcmp(piece->at, literal, len) != 0)
		return false;
	piece->at += len;
	return true;
}

static bool take_number(struct piece *piece, size_t *number)
{
	const char *start = piece->at;

	*number = 0;
	while (piece->at < piece->end && *piece->at >= '0' && *piece->at <= '9' &&
	       piece->at - start < 9)
		*number = *number * 10 + (size_t)(*piece->at++ - '0');
	return piece->at > start;
}

static bool take_until(struct piece *piece, const char *mark, struct piece *taken)
{
	size_t len = strlen(mark);

	taken->at = piece->at;
	for (const char *at = piece->at; (size_t)(piece->end - at) >= len; at++) {
		if (memcmp(at, mark, len) == 0) {
			taken->end = at;
			piece->at = at + len;
			return true;
		}
	}
	return false;
}

static size_t take_spaces(struct piece *piece)
{
	const char *start = piece->at;

	while (piece->at < piece->end && *piece->at == ' ')
		piece->at++;
	return (size_t)(piece->at - start);
}

struct ts_diagnostic *ts_output_add(struct ts_output *output)
{
	return arena_push(output->arena, &output->items, &output->count, sizeof(*output->items));
}

struct ts_related *ts_output_relate(struct ts_output *output, struct ts_diagnostic *diagnostic)
{
	return arena_push(output->arena, &diagnostic->related, &diagnostic->related_count,
			  sizeof(*diagnostic->related));
}

static struct ts_diagnostic *last(const struct reader *r)
{
	return &r->output->items[r->output->count - 1];
}

static struct ts_related *last_related(const struct reader *r)
{
	struct ts_diagnostic *diagnostic = last(r);

	return &diagnostic->related[diagnostic->related_count - 1];
}

/* Gives the collected text to what it belongs to. */
static void end_message(struct reader *r)
{
	struct buf *message = &r->message;
	const char *text;

	if (message->len == 0)
		return;
	while (message->len != 0 && strchr(" \r\n", message->ptr[message->len - 1]) != NULL)
		message->len--;
	text = arena_strndup(r->output->arena, message->ptr, message->len);
	if (r->related)
		last_related(r)->message = text;
	else
		last(r)->message = text;
	buf_clear(message);
}

static void add_to_message(struct reader *r, const struct piece *piece)
{
	if (r->message.len != 0)
		buf_putc(&r->message, '\n');
	buf_add(&r->message, piece->at, (size_t)(piece->end - piece->at));
}

/* `file:line:column` in its colours. */
static bool take_place(struct reader *r, struct piece *piece, struct ts_span *span)
{
	struct piece file;

	if (!take(piece, FILE_COLOR) || !take_until(piece, RESET ":" NUMBER_COLOR, &file) ||
	    !take_number(piece, &span->line) || !take(piece, RESET ":" NUMBER_COLOR) ||
	    !take_number(piece, &span->column) || !take(piece, RESET) || span->line == 0 ||
	    span->column == 0 || file.at == file.end)
		return false;
	span->file = arena_strndup(r->output->arena, file.at, (size_t)(file.end - file.at));
	span->end_line = span->line;
	span->end_column = span->column;
	return true;
}

/* `error TS2322: message` in its colours. */
static bool take_head(struct piece *piece, unsigned *code, bool *warning)
{
	static const char *const kinds[] = {ESC "91merror" RESET, ESC "93mwarning" RESET,
					    ESC "90msuggestion" RESET, ESC "94mmessage" RESET};
	size_t number;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!take(piece, kinds[i]))
			continue;
		if (!take(piece, CODE_COLOR) || !take_number(piece, &number) ||
		    !take(piece, ": " RESET))
			return false;
		*code = (unsigned)number;
		*warning = i > 0;
		return true;
	}
	return false;
}

static bool read_head(struct reader *r, struct piece line)
{
	struct ts_span span = {0};
	unsigned code;
	bool warning;

	if (take_place(r, &line, &span) && !take(&line, " - "))
		return false;
	if (!take_head(&line, &code, &warning))
		return false;
	end_message(r);
	*ts_output_add(r->output) = (struct ts_diagnostic){
		.code = code, .warning = warning, .span = span, .message = ""};
	r->related = false;
	r->part = PART_MESSAGE;
	add_to_message(r, &line);
	return true;
}

static bool read_related(struct reader *r, struct piece line)
{
	struct ts_span span = {0};

	if (r->part == PART_NONE || !take(&line, "  ") || !take_place(r, &line, &span))
		return false;
	end_message(r);
	*ts_output_relate(r->output, last(r)) = (struct ts_related){.span = span, .message = ""};
	r->related = true;
	r->related_told = take(&line, " - ");
	r->part = PART_MESSAGE;
	if (r->related_told)
		add_to_message(r, &line);
	return true;
}

/* The marks below a source line: spaces, then one tilde for each unit. */
static void read_marks(struct reader *r, struct piece line)
{
	struct ts_span *span = r->related ? &last_related(r)->span : &last(r)->span;
	struct piece color;
	size_t spaces, marks = 0;

	if (!take(&line, ESC) || !take_until(&line, "m", &color))
		return;
	spaces = take_spaces(&line);
	while (take(&line, "~"))
		marks++;
	span->end_line = r->source_line;
	span->end_column = spaces + marks + 1;
}

static bool read_source(struct reader *r, struct piece line)
{
	size_t number;
	bool numbered;

	if (r->part == PART_NONE)
		return false;
	take(&line, "    ");
	if (!take(&line, GUTTER))
		return false;
	end_message(r);
	r->part = PART_SOURCE;
	take_spaces(&line);
	numbered = take_number(&line, &number);
	if (numbered)
		r->source_line = number;
	else if (take(&line, "..."))
		return true;
	if (take(&line, RESET " ") && !numbered && r->source_line != 0)
		read_marks(r, line);
	return true;
}

/* The text of a related place below its source lines (up to TypeScript 6), or of one without a
 * place. */
static bool read_related_text(struct reader *r, struct piece line)
{
	if (r->part != PART_SOURCE)
		return false;
	if (take(&line, "    ") && (!r->related || r->related_told)) {
		end_message(r);
		*ts_output_relate(r->output, last(r)) = (struct ts_related){.message = ""};
		r->related = true;
		r->related_told = false;
	}
	if (!r->related)
		return false;
	r->related_told = true;
	add_to_message(r, &line);
	return true;
}

/* Whether the text of the current part may still go on: until the source lines have come. */
static bool message_is_open(const struct reader *r)
{
	return r->part == PART_MESSAGE && (r->related || last(r)->span.file != NULL) &&
	       last(r)->code != CODE_BINARY;
}

static void read_line(struct reader *r, struct piece line)
{
	struct ts_output *output = r->output;
	const char **slot;

	if (read_head(r, line) || read_related(r, line) || read_source(r, line))
		return;
	if (message_is_open(r)) {
		add_to_message(r, &line);
		return;
	}
	if (line.at == line.end) {
		if (r->part == PART_MESSAGE) {
			end_message(r);
			r->part = PART_NONE;
		}
		return;
	}
	if (*line.at == '/') {
		end_message(r);
		r->part = PART_NONE;
		slot = arena_push(output->arena, &output->files, &output->file_count,
				  sizeof(*slot));
		*slot = arena_strndup(output->arena, line.at, (size_t)(line.end - line.at));
		return;
	}
	if (r->part == PART_MESSAGE) {
		add_to_message(r, &line);
		return;
	}
	if (output->count != 0 && take(&line, "Found ")) {
		r->summary = true;
		return;
	}
	if (!read_related_text(r, line) && output->odd == NULL)
		output->odd = arena_strndup(output->arena, line.at, (size_t)(line.end - line.at));
}

void ts_output_read(struct ts_output *output, const char *text, size_t len)
{
	struct reader reader = {.output = output};
	const char *end = text + len;

	while (text < end && !reader.summary) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		struct piece line = {text, stop != NULL ? stop : end};

		text = stop != NULL ? stop + 1 : end;
		if (line.end > line.at && line.end[-1] == '\r')
			line.end--;
		read_line(&reader, line);
	}
	end_message(&reader);
	buf_dispose(&reader.message);
}

bool ts_output_misses_file(const struct ts_output *output)
{
	static const unsigned codes[] = {
		2307, /* an import's module */
		2354, /* the package of helpers */
		2664, /* an augmented module */
		2688, /* a name in `types` or in a reference */
		2732, /* an import's JSON file */
		2792, /* an import's module, with advice */
		2834, /* an import's module, with advice */
		2835, /* an import's module, with advice */
		2875, /* the module that JSX needs */
		2882, /* the module of an import for its side effects */
		5083, /* an extended configuration */
		6053, /* a file of the list or of a reference */
		6231, /* a file of the list, with advice */
		7016, /* the declarations of a module */
	};

	for (size_t i = 0; i < output->count; i++) {
		for (size_t k = 0; k < ARRAY_LEN(codes); k++) {
			if (output->items[i].code == codes[k])
				return true;
		}
	}
	return false;
}
