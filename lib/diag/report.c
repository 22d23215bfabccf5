/* Findings for people: code and message, place, the line with marks, notes, remedy. The JSON form
 * is in report_json.c, the drawing of a line in frame.c. */
#include "diag/report.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/wrap.h"
#include "diag/diag.h"
#include "diag/frame.h"
#include "diag/text.h"
#include "sys/path.h"

enum {
	MAX_NOTE_FRAMES = 3,
	MAX_NOTES = 10, /* the JSON form has all */
	FAR = 512       /* bytes: as many columns as a frame has, of wide characters, and some */
};

static const char RED[] = "\033[1;31m", YELLOW[] = "\033[33m", CYAN[] = "\033[36m",
		  BLUE[] = "\033[34m", RESET[] = "\033[0m";

struct report {
	struct buf *out;
	struct texts *texts;
	bool color;
	size_t columns;   /* of the window; 0: none is known */
	size_t gutter;    /* columns for line numbers, one finding at a time */
	bool after_frame; /* the next part must be set off from a frame */
};

static void put_color(struct report *report, const char *color)
{
	if (report->color)
		buf_puts(report->out, color);
}

static void put_colored(struct report *report, const char *color, const char *text)
{
	put_color(report, color);
	buf_puts(report->out, text);
	put_color(report, RESET);
}

static bool is_whole_file(const struct place *place)
{
	return place->start == 0 && place->end == 0;
}

/* The text in which the place can be shown, or NULL. */
static struct text *text_of(const struct report *report, const struct place *place)
{
	if (place->file == NULL || is_whole_file(place))
		return NULL;
	return texts_find(report->texts, place->file);
}

static void widen_gutter(struct report *report, const struct place *place)
{
	struct text *text = text_of(report, place);
	if (text == NULL)
		return;
	char digits[24];
	size_t line = text_line_number(report->texts, text, place->start);
	size_t width = (size_t)snprintf(digits, sizeof(digits), "%zu", line);
	if (width > report->gutter)
		report->gutter = width;
}

/* The gutter before a line without number: "   |". */
static void put_bar(struct report *report)
{
	put_color(report, BLUE);
	buf_printf(report->out, "%*s |", (int)report->gutter, "");
	put_color(report, RESET);
}

static void put_numbered(struct report *report, size_t line)
{
	put_color(report, BLUE);
	buf_printf(report->out, "%*zu |", (int)report->gutter, line);
	put_color(report, RESET);
}

static void set_off(struct report *report)
{
	if (report->after_frame) {
		put_bar(report);
		buf_putc(report->out, '\n');
	}
	report->after_frame = false;
}

static void put_place(struct report *report, const struct place *place)
{
	if (place->file == NULL)
		return;
	put_color(report, BLUE);
	buf_printf(report->out, "%*s-->", (int)report->gutter, "");
	put_color(report, RESET);
	buf_putc(report->out, ' ');
	frame_put_text(report->out, place->file);
	struct text *text = text_of(report, place);
	if (text != NULL) {
		struct position at = text_position(report->texts, text, place->start);
		buf_printf(report->out, ":%zu:%zu", at.line, at.column);
	}
	buf_putc(report->out, '\n');
}

/* A line as it is shown: without the byte order mark. *skipped is how many bytes were left out. */
static const char *shown_line(struct report *report, struct text *text, size_t number, size_t *len,
			      size_t *skipped)
{
	const char *line = text_line(report->texts, text, number, len);
	*skipped = number == 1 && *len >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	*len -= *skipped;
	return line + *skipped;
}

/* Bytes of a line that are left out before a mark at `at`, up to the start of a character: what is
 * so far away is not shown, and would be walked over for each of the marks in a minified file. */
static size_t far_before(const char *line, size_t at)
{
	size_t start = at > FAR ? at - FAR : 0;

	while (start > 0 && ((unsigned char)line[start] & 0xc0) == 0x80)
		start--;
	return start;
}

/* Columns beside the gutter: "12 | ", and one more for marks that pass the line's end. */
static size_t room(const struct report *report)
{
	size_t used = report->gutter + 4;

	if (report->columns == 0 || report->columns >= FRAME_WIDTH + used)
		return FRAME_WIDTH;
	return report->columns < FRAME_LEAST + used ? FRAME_LEAST : report->columns - used;
}

/* Beside the marks, or below them, in lines of its own, where a window leaves no room for it. */
static void put_label(struct report *report, const struct frame *frame, const char *color,
		      const char *label)
{
	size_t used = frame->mark + frame->mark_len + 1, most = room(report);
	struct buf text = {0}, lines = {0};
	const char *line;

	frame_put_text(&text, label);
	if (report->columns == 0 || used + utf8_width(text.ptr, text.len, 1) <= most) {
		buf_printf(report->out, " %s", buf_cstr(&text));
	} else {
		wrap_text(&lines, most, buf_cstr(&text), 0, 0);
		lines.ptr[lines.len - 1] = '\0';
		for (line = lines.ptr; line != NULL;) {
			size_t len = strcspn(line, "\n");

			put_color(report, RESET);
			buf_putc(report->out, '\n');
			put_bar(report);
			put_color(report, color);
			buf_printf(report->out, " %.*s", (int)len, line);
			line = line[len] == '\n' ? line + len + 1 : NULL;
		}
	}
	buf_dispose(&text);
	buf_dispose(&lines);
}

static void put_source(struct report *report, struct text *text, size_t number, size_t from,
		       const struct frame *frame)
{
	size_t len, skipped;
	const char *line = shown_line(report, text, number, &len, &skipped) + from;
	len -= from;
	put_numbered(report, number);
	size_t before = report->out->len;
	buf_putc(report->out, ' ');
	frame_put_line(report->out, frame, line, len);
	if (report->out->len == before + 1) {
		/* An empty line: no space at its end. */
		report->out->len = before;
		report->out->ptr[before] = '\0';
	}
	buf_putc(report->out, '\n');
}

static void put_marks(struct report *report, const struct frame *frame, const char *color,
		      const char *label)
{
	put_bar(report);
	buf_printf(report->out, " %*s", (int)frame->mark, "");
	put_color(report, color);
	for (size_t i = 0; i < frame->mark_len; i++)
		buf_putc(report->out, '^');
	if (label != NULL)
		put_label(report, frame, color, label);
	put_color(report, RESET);
	buf_putc(report->out, '\n');
}

/* Lines of an .env file are never shown. */
static bool holds_secrets(const char *file)
{
	return str_starts(path_base(file), ".env");
}

static void put_frame(struct report *report, const struct place *place, const char *color,
		      const char *label, bool with_context)
{
	struct text *text = text_of(report, place);
	if (text == NULL || holds_secrets(place->file))
		return;
	size_t number = text_line_number(report->texts, text, place->start);
	/* The last marked byte decides: a span that ends with its line end is on one line. */
	size_t last = place->end > place->start ? place->end - 1 : place->start;
	size_t end = text_line_number(report->texts, text, last);
	size_t len, skipped;
	const char *line = shown_line(report, text, number, &len, &skipped);
	size_t line_start = (size_t)(line - text_shown(text));
	size_t from = place->start > line_start ? place->start - line_start : 0;
	size_t to = place->end > line_start ? place->end - line_start : 0;
	size_t far = far_before(line, from < len ? from : len);
	struct frame frame = frame_choose(line + far, len - far, from - far,
					  to > far ? to - far : 0, room(report));
	put_bar(report);
	buf_putc(report->out, '\n');
	if (with_context && number > 1 && far == 0)
		put_source(report, text, number - 1, 0, &frame);
	put_source(report, text, number, far, &frame);
	put_marks(report, &frame, color, label);
	if (end > number) {
		size_t more = end - number;
		put_bar(report);
		buf_printf(report->out, " \xe2\x80\xa6 %zu more line%s\n", more,
			   more == 1 ? "" : "s");
	}
	report->after_frame = true;
}

static void put_notes(struct report *report, const struct diag *diag)
{
	size_t frames = 0;
	size_t shown = diag->note_count <= MAX_NOTES ? diag->note_count : MAX_NOTES - 1;

	for (size_t i = 0; i < shown; i++) {
		const struct note *note = &diag->notes[i];
		set_off(report);
		put_colored(report, CYAN, "note");
		buf_puts(report->out, ": ");
		frame_put_text(report->out, note->message);
		buf_putc(report->out, '\n');
		put_place(report, &note->place);
		if (frames < MAX_NOTE_FRAMES && text_of(report, &note->place) != NULL) {
			put_frame(report, &note->place, CYAN, NULL, false);
			frames++;
		}
	}
	if (shown < diag->note_count) {
		set_off(report);
		put_colored(report, CYAN, "note");
		buf_printf(report->out, ": and %zu more\n", diag->note_count - shown);
	}
}

static void put_remark(struct report *report, const char *name, const char *lead, const char *text)
{
	set_off(report);
	put_color(report, BLUE);
	buf_printf(report->out, "%*s =", (int)report->gutter, "");
	put_color(report, RESET);
	buf_printf(report->out, " %s%s", name, lead);
	frame_put_text(report->out, text);
	buf_putc(report->out, '\n');
}

static void put_diag(struct report *report, const struct diag *diag)
{
	bool is_error = diag->severity == SEVERITY_ERROR;
	const char *color = is_error ? RED : YELLOW;
	report->gutter = 1;
	report->after_frame = false;
	widen_gutter(report, &diag->place);
	for (size_t i = 0; i < diag->note_count; i++)
		widen_gutter(report, &diag->notes[i].place);
	put_color(report, color);
	buf_printf(report->out, "%s[%s]", is_error ? "error" : "warning", diag->code);
	put_color(report, RESET);
	buf_puts(report->out, ": ");
	frame_put_text(report->out, diag->message);
	buf_putc(report->out, '\n');
	put_place(report, &diag->place);
	put_frame(report, &diag->place, color, diag->label, true);
	put_notes(report, diag);
	if (diag->help != NULL)
		put_remark(report, "help: ", "", diag->help);
	/* Only our own codes are explained; those of TypeScript are known elsewhere. */
	if (str_starts(diag->code, "ATT"))
		put_remark(report, "see:  ", "attio explain ", diag->code);
}

void report_human(struct buf *out, const struct diags *diags, struct texts *texts,
		  const struct report_look *look)
{
	struct report report = {
		.out = out, .texts = texts, .color = look->color, .columns = look->columns};
	for (size_t i = 0; i < diags->count; i++) {
		if (i != 0)
			buf_putc(out, '\n');
		put_diag(&report, &diags->items[i]);
	}
}
