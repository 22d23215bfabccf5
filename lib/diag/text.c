/* The store of source texts. Line starts are found on first use: most texts never have a finding.
 */
#include "diag/text.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

static const char BOM[] = "\xef\xbb\xbf";
enum {
	BOM_LEN = 3,
	MARK_EVERY = 1024 /* bytes of a line; a shorter one has no marks */
};

void texts_init(struct texts *texts, struct arena *arena, const char *root)
{
	*texts = (struct texts){
		.arena = arena,
		.files = {.arena = arena, .root = arena_strdup(arena, root)},
	};
}

void texts_over(struct texts *texts, struct arena *arena, const struct texts *below)
{
	*texts = (struct texts){.arena = arena, .below = below, .files = below->files};
	texts->files.arena = arena;
}

void texts_dispose(struct texts *texts)
{
	map_dispose(&texts->by_path);
}

struct text *texts_add(struct texts *texts, const char *path, const char *bytes, size_t len)
{
	struct text *text = arena_alloc(texts->arena, sizeof(*text));
	text->path = arena_strdup(texts->arena, path);
	text->bytes = bytes;
	text->len = len;
	map_set(&texts->by_path, text->path, text);
	return text;
}

/* A text that is known below, as the job's own. */
static struct text *take_over(struct texts *texts, const char *path)
{
	const struct text *known = NULL;
	for (const struct texts *at = texts->below; at != NULL && known == NULL; at = at->below)
		known = map_get(&at->by_path, path);
	if (known == NULL)
		return NULL;
	struct text *text = texts_add(texts, path, known->bytes, known->len);
	text->shown = known->shown;
	text->searched = known->searched;
	return text;
}

int texts_read(struct texts *texts, const char *path, struct text **text, struct error *error)
{
	struct text *known = map_get(&texts->by_path, path);
	if (known == NULL)
		known = take_over(texts, path);
	if (known == NULL) {
		const char *bytes;
		size_t len;
		if (files_read(&texts->files, path, TEXT_LIMIT, &bytes, &len, error) != 0)
			return -1;
		known = texts_add(texts, path, bytes, len);
	}
	*text = known;
	return 0;
}

struct text *texts_find(struct texts *texts, const char *path)
{
	struct text *text = NULL;
	struct error ignored;
	return texts_read(texts, path, &text, &ignored) == 0 ? text : NULL;
}

static void find_lines(struct texts *texts, struct text *text)
{
	if (text->lines != NULL)
		return;
	const char *end = text->bytes + text->len;
	size_t count = 1;
	for (const char *at = text->bytes; (at = memchr(at, '\n', (size_t)(end - at))); at++)
		count++;
	text->lines = arena_alloc(texts->arena, count * sizeof(*text->lines));
	text->line_count = 1;
	for (const char *at = text->bytes; (at = memchr(at, '\n', (size_t)(end - at))); at++)
		text->lines[text->line_count++] = (size_t)(at + 1 - text->bytes);
}

/* The index of the last line that starts at or before `offset`. */
static size_t line_index(const struct text *text, size_t offset)
{
	size_t low = 0, high = text->line_count;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (text->lines[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* The first offset of a line that has a column. */
static size_t line_start(const struct text *text, size_t index)
{
	if (index == 0 && text->len >= BOM_LEN && memcmp(text->bytes, BOM, BOM_LEN) == 0)
		return BOM_LEN;
	return text->lines[index];
}

/* Where a line ends: before its LF, or its CR and LF. */
static size_t line_end(const struct text *text, size_t index)
{
	if (index + 1 >= text->line_count)
		return text->len;
	size_t end = text->lines[index + 1] - 1;
	return end > text->lines[index] && text->bytes[end - 1] == '\r' ? end - 1 : end;
}

/* A character at `at` and how many UTF-16 units it takes; its bytes. */
static size_t next_units(const struct text *text, size_t at, size_t *units)
{
	uint32_t c;
	bool valid;
	size_t bytes = utf8_decode(text->bytes + at, text->len - at, &c, &valid);
	*units = c >= 0x10000 ? 2 : 1;
	return bytes;
}

static void mark_line(struct texts *texts, struct text *text, size_t index)
{
	size_t start = line_start(text, index), end = line_end(text, index);
	size_t last = start, counted = 0;
	for (size_t at = start; at < end && end - start > MARK_EVERY;) {
		size_t units;
		if (at - last >= MARK_EVERY) {
			struct text_mark *mark = arena_push(texts->arena, &text->marks,
							    &text->mark_count, sizeof(*mark));
			*mark = (struct text_mark){at, counted};
			last = at;
		}
		at += next_units(text, at, &units);
		counted += units;
	}
}

/* The last mark of the line that is neither past the offset nor past the units; else its start. */
static struct text_mark mark_before(struct texts *texts, struct text *text, size_t index,
				    size_t offset, size_t units)
{
	size_t start = line_start(text, index), low = 0, high;
	if (offset < start || offset - start <= MARK_EVERY)
		return (struct text_mark){start, 0};
	for (size_t i = 0; i < text->line_count && !text->marked; i++)
		mark_line(texts, text, i);
	text->marked = true;
	high = text->mark_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct text_mark *mark = &text->marks[middle];
		if (mark->at <= start || (mark->at <= offset && mark->units <= units))
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0 || text->marks[low - 1].at <= start)
		return (struct text_mark){start, 0};
	return text->marks[low - 1];
}

/* Counts from the start of a line up to `offset` or to `units`, whatever is reached first; a
 * character counts as a whole. */
static struct text_mark walk_to(struct texts *texts, struct text *text, size_t index, size_t offset,
				size_t units)
{
	struct text_mark walk = mark_before(texts, text, index, offset, units);
	while (walk.at < offset && walk.units < units) {
		size_t more, next = walk.at + next_units(text, walk.at, &more);
		if (next > offset || more > units - walk.units)
			break;
		walk.units += more;
		walk.at = next;
	}
	return walk;
}

struct position text_position(struct texts *texts, struct text *text, size_t offset)
{
	find_lines(texts, text);
	if (offset > text->len)
		offset = text->len;
	size_t index = line_index(text, offset);
	/* An offset inside a character has the column of that character. */
	struct text_mark walk = walk_to(texts, text, index, offset, SIZE_MAX);
	return (struct position){.line = index + 1, .column = walk.units + 1, .offset = offset};
}

size_t text_line_number(struct texts *texts, struct text *text, size_t offset)
{
	find_lines(texts, text);
	return line_index(text, offset) + 1;
}

size_t text_offset_utf16(struct texts *texts, struct text *text, size_t line, size_t column)
{
	find_lines(texts, text);
	if (line > text->line_count)
		return text->len;
	size_t index = line > 0 ? line - 1 : 0;
	return walk_to(texts, text, index, line_end(text, index), column > 0 ? column - 1 : 0).at;
}

size_t text_offset(struct texts *texts, struct text *text, size_t line, size_t byte_column)
{
	find_lines(texts, text);
	if (line > text->line_count)
		return text->len;
	size_t start = text->lines[line != 0 ? line - 1 : 0];
	/* The last offset of a line is that of its LF. */
	size_t end = line != 0 && line < text->line_count ? text->lines[line] - 1 : text->len;
	if (line == 0)
		return start;
	return byte_column > end - start ? end : start + byte_column;
}

bool text_is_blank(const struct text *text)
{
	const char *bytes = text->bytes;
	size_t at = text->len >= BOM_LEN && memcmp(bytes, BOM, BOM_LEN) == 0 ? BOM_LEN : 0;

	while (at < text->len && bytes[at] != '\0' && strchr(" \t\r\n", bytes[at]) != NULL)
		at++;
	return at == text->len;
}

const char *text_shown(const struct text *text)
{
	return text->shown != NULL ? text->shown : text->bytes;
}

const char *text_line(struct texts *texts, struct text *text, size_t line, size_t *len)
{
	find_lines(texts, text);
	*len = 0;
	if (line == 0 || line > text->line_count)
		return "";
	const char *start = text_shown(text) + text->lines[line - 1];
	size_t end = line < text->line_count ? text->lines[line] - 1 : text->len;
	*len = end - text->lines[line - 1];
	if (line < text->line_count && *len != 0 && start[*len - 1] == '\r')
		--*len;
	return start;
}
