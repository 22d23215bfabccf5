/* Reading .env files. The official CLI uses dotenv 16, whose reader is forgiving: `export` is
 * skipped, `KEY: value` is an assignment too, quoted values may span lines, and a quote that does
 * not end its line is an ordinary character. Keys are taken as written here, so that a wrong one
 * can be told. */
#include "app/dotenv.h"

#include <ctype.h>
#include <string.h>

#include "app/problems.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "diag/text.h"
#include "sys/bounds.h"
#include "sys/files.h"
#include "sys/path.h"

struct reader {
	const char *bytes;
	size_t len;
	size_t at;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static size_t line_end(const struct reader *r, size_t at)
{
	const char *end = at < r->len ? memchr(r->bytes + at, '\n', r->len - at) : NULL;

	return end == NULL ? r->len : (size_t)(end - r->bytes);
}

/* A stretch without the blanks around it. */
static void trim(const struct reader *r, size_t *start, size_t *end)
{
	while (*start < *end && (is_blank(r->bytes[*start]) || r->bytes[*start] == '\n'))
		(*start)++;
	while (*end > *start && (is_blank(r->bytes[*end - 1]) || r->bytes[*end - 1] == '\n'))
		(*end)--;
}

/* Where the separator of the assignment in [start, end) is; `end` when the line is none. */
static size_t separator(const struct reader *r, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++) {
		if (r->bytes[i] == '=')
			return i;
		if (r->bytes[i] == ':' && i + 1 < end && is_blank(r->bytes[i + 1]))
			return i;
	}
	return end;
}

/* The end of the quoted text that begins at `start`, its closing quote included; 0 when the quote
 * is not closed or something else follows in its line. */
static size_t quoted_end(const struct reader *r, size_t start)
{
	char quote = r->bytes[start];

	for (size_t i = start + 1; i < r->len; i++) {
		size_t after = i + 1;

		if (r->bytes[i] == '\\' && i + 1 < r->len && r->bytes[i + 1] == quote) {
			i++;
			continue;
		}
		if (r->bytes[i] != quote)
			continue;
		while (after < r->len && is_blank(r->bytes[after]))
			after++;
		return after == r->len || r->bytes[after] == '\n' || r->bytes[after] == '#' ? i + 1
											    : 0;
	}
	return 0;
}

/* One assignment: [key_start, key_end) and [value_start, value_end), quotes included. The reader
 * moves to the next line. False when the line is none. */
struct assignment {
	size_t key_start, key_end;
	size_t value_start, value_end;
	bool empty;
	bool quote_open; /* the value begins with a quote that is an ordinary character */
};

/* The line at the reader without the blanks around it; false: it is blank or a comment. */
static bool line_says(const struct reader *r, size_t *start, size_t *end)
{
	*start = r->at;
	*end = line_end(r, r->at);
	trim(r, start, end);
	return *start < *end && r->bytes[*start] != '#';
}

static bool read_line(struct reader *r, struct assignment *a)
{
	size_t start, end, at, inner_start, inner_end;
	bool says = line_says(r, &start, &end);

	r->at = line_end(r, r->at) + 1;
	if (!says)
		return false;
	if (end - start > 6 && memcmp(r->bytes + start, "export", 6) == 0 &&
	    is_blank(r->bytes[start + 6]))
		start += 7;
	at = separator(r, start, end);
	if (at == end)
		return false;
	a->key_start = start;
	a->key_end = at;
	trim(r, &a->key_start, &a->key_end);
	a->value_start = at + 1;
	while (a->value_start < end && is_blank(r->bytes[a->value_start]))
		a->value_start++;
	a->value_end = 0;
	a->quote_open = a->value_start < end && strchr("'\"`", r->bytes[a->value_start]) != NULL;
	if (a->quote_open)
		a->value_end = quoted_end(r, a->value_start);
	a->quote_open = a->quote_open && a->value_end == 0;
	if (a->value_end != 0) {
		inner_start = a->value_start + 1;
		inner_end = a->value_end - 1;
		r->at = line_end(r, a->value_end) + 1;
	} else {
		const char *comment = memchr(r->bytes + a->value_start, '#', end - a->value_start);

		a->value_end = comment == NULL ? end : (size_t)(comment - r->bytes);
		inner_start = a->value_start;
		inner_end = a->value_end;
	}
	trim(r, &inner_start, &inner_end);
	a->empty = inner_start == inner_end;
	return true;
}

static struct reader reader_of(const char *bytes, size_t len)
{
	struct reader r = {bytes, len, 0};

	if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
		r.at = 3;
	return r;
}

static void add_slip(struct env_file *file, struct arena *arena, enum env_slip_kind kind,
		     struct place place, const char *key)
{
	*(struct env_slip *)arena_push(arena, &file->slips, &file->slip_count,
				       sizeof(*file->slips)) = (struct env_slip){kind, place, key};
}

/* A quote that begins a value and is an ordinary character. */
static void tell_quote(struct env_file *file, struct arena *arena, const struct reader *r,
		       const struct assignment *a, const char *key)
{
	size_t open = a->value_start, end = line_end(r, open);
	bool closed = memchr(r->bytes + open + 1, r->bytes[open], end - open - 1) != NULL;

	add_slip(file, arena, closed ? ENV_QUOTE_INSIDE : ENV_QUOTE_OPEN,
		 (struct place){file->path, open, open + 1}, key);
}

/* Reads the assignments of one text. */
static void env_parse(struct env_file *file, struct arena *arena, const char *bytes, size_t len)
{
	struct reader r = reader_of(bytes, len);
	struct assignment a;
	bool after_slip = false; /* of a run of lines that set nothing, the first is told */

	while (r.at < len) {
		struct env_entry *entry;
		size_t start, end;
		bool says = line_says(&r, &start, &end);

		if (!read_line(&r, &a)) {
			if (says && !after_slip)
				add_slip(file, arena, ENV_NO_SEPARATOR,
					 (struct place){file->path, start, end}, NULL);
			after_slip = says;
			continue;
		}
		after_slip = false;
		entry = arena_push(arena, &file->entries, &file->entry_count, sizeof(*entry));
		entry->key = arena_strndup(arena, bytes + a.key_start, a.key_end - a.key_start);
		entry->key_place = (struct place){file->path, a.key_start, a.key_end};
		entry->empty = a.empty;
		if (a.key_start == a.key_end) /* the separator, where a name should be */
			entry->key_place.end++;
		if (a.quote_open)
			tell_quote(file, arena, &r, &a, entry->key);
	}
}

static void mask(char *bytes, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++) {
		if (isalnum((unsigned char)bytes[i]) || (unsigned char)bytes[i] >= 0x80)
			bytes[i] = '*';
	}
}

/* A copy of the same length with the letters and digits of all values replaced by `*`. Parsing it
 * gives the same entries. */
static char *env_masked(struct arena *arena, const char *bytes, size_t len)
{
	struct reader r = reader_of(bytes, len);
	char *out = arena_strndup(arena, bytes, len);

	while (r.at < len) {
		size_t start = r.at, end, from, to;
		bool says = line_says(&r, &from, &to);
		struct assignment a;

		if (read_line(&r, &a)) {
			mask(out, a.value_start, a.value_end);
			continue;
		}
		end = r.at - 1 < len ? r.at - 1 : len;
		/* A line that sets nothing may be what was cut off from a secret. */
		if (says) {
			mask(out, start, end);
			continue;
		}
		/* A comment may well hold an old value; one that is meant for us stays. */
		for (size_t i = start; i < end; i++) {
			if (bytes[i] == '=') {
				mask(out, i, end);
				break;
			}
		}
	}
	return out;
}

/* A name such as .env.example. */
static bool is_example(const char *name)
{
	static const char *const words[] = {".example", ".sample", ".template", ".dist",
					    ".defaults"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strstr(name, words[i]) != NULL)
			return true;
	}
	return false;
}

/* One that a link hides lies outside of the app, and is nobody's. */
static void tell_unread(const struct texts *texts, struct diags *problems, const char *name,
			const struct error *error)
{
	const struct files *files = &texts->files;
	struct place place = {.file = arena_strdup(problems->arena, name)};

	if (files->bounds != NULL &&
	    bounds_hides(files->bounds, path_join(texts->arena, files->root, name)))
		return;
	diag_add(problems, &problem_file_unreadable, place, "`%s` cannot be read", name)->help =
		arena_strdup(problems->arena, error->why[0] != '\0' ? error->why : error->message);
}

struct env_file *env_files_read(struct texts *texts, struct diags *problems, size_t *count)
{
	struct arena *arena = texts->arena;
	struct env_file *files = NULL;
	struct fs_entry *entries;
	size_t entry_count;
	struct error error = {0};

	*count = 0;
	if (files_list(&texts->files, ".", &entries, &entry_count, &error) != 0)
		return NULL;
	for (size_t i = 0; i < entry_count; i++) {
		const char *name = entries[i].name;
		struct env_file *file;
		struct text *text;

		if (entries[i].type != FS_FILE ||
		    (strcmp(name, ".env") != 0 && !str_starts(name, ".env.")))
			continue;
		if (texts_read(texts, name, &text, &error) != 0) {
			tell_unread(texts, problems, name, &error);
			continue;
		}
		file = arena_push(arena, &files, count, sizeof(*file));
		file->path = arena_strdup(arena, name);
		file->example = is_example(name);
		env_parse(file, arena, text->bytes, text->len);
		text->shown = env_masked(arena, text->bytes, text->len);
	}
	return files;
}

/* --- values ------------------------------------------------------------------------------------
 */

static bool is_name(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len == strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
					      "0123456789_.-");
}

/* Between double quotes `\n` and `\r` are line ends; between others nothing is special. */
static void unescape(char *value)
{
	char *out = value;

	for (const char *c = value; *c != '\0'; c++) {
		if (c[0] == '\\' && (c[1] == 'n' || c[1] == 'r')) {
			c++;
			*out++ = *c == 'n' ? '\n' : '\r';
		} else {
			*out++ = *c;
		}
	}
	*out = '\0';
}

static char *value_of(struct arena *arena, const struct reader *r, const struct assignment *a)
{
	size_t start = a->value_start, end = a->value_end;
	char quote, *value;

	trim(r, &start, &end);
	quote = start < end ? r->bytes[start] : '\0';
	if (end - start >= 2 && strchr("'\"`", quote) != NULL && r->bytes[end - 1] == quote) {
		start++;
		end--;
	} else {
		quote = '\0';
	}
	value = arena_strndup(arena, r->bytes + start, end - start);
	if (quote == '"')
		unescape(value);
	return value;
}

static void set_variable(struct arena *arena, struct env_variable **list, size_t *count,
			 const char *name, const char *value)
{
	struct env_variable *variable;

	for (size_t i = 0; i < *count; i++) {
		if (strcmp((*list)[i].name, name) == 0) {
			(*list)[i].value = value;
			return;
		}
	}
	variable = arena_push(arena, list, count, sizeof(*variable));
	*variable = (struct env_variable){name, value};
}

static void read_variables(struct arena *arena, const struct text *text, struct env_variable **list,
			   size_t *count)
{
	struct reader r = reader_of(text->bytes, text->len);
	struct assignment a;

	while (r.at < text->len) {
		const char *name;

		if (!read_line(&r, &a))
			continue;
		name = arena_strndup(arena, r.bytes + a.key_start, a.key_end - a.key_start);
		if (is_name(name))
			set_variable(arena, list, count, name, value_of(arena, &r, &a));
	}
}

static bool is_blank_text(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

struct env_variable *env_variables_read(struct texts *texts, struct arena *arena, size_t *count)
{
	static const char *const names[] = {".env", ".env.local"};
	struct env_variable *list = NULL;
	size_t kept = 0;

	*count = 0;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct text *text = texts_find(texts, names[i]);

		if (text != NULL)
			read_variables(arena, text, &list, count);
	}
	for (size_t i = 0; i < *count; i++)
		if (!is_blank_text(list[i].value))
			list[kept++] = list[i];
	*count = kept;
	return list;
}
