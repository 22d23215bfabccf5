#include "types/handwritten.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"

#define BOM "\xef\xbb\xbf"

enum token { TOKEN_END, TOKEN_COMMENT, TOKEN_WORD, TOKEN_STRING, TOKEN_SIGN };

struct scanner {
	const char *at;
	const char *end;
	/* the token */
	const char *start; /* of a string: behind its quote */
	size_t len;
};

static bool is_word_byte(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static enum token take_comment(struct scanner *s)
{
	const char *stop;

	s->start = s->at;
	if (s->at[1] == '/') {
		stop = memchr(s->at, '\n', (size_t)(s->end - s->at));
	} else {
		stop = strstr(s->at + 2, "*/");
		stop = stop != NULL && stop < s->end ? stop + 2 : NULL;
	}
	s->at = stop != NULL ? stop : s->end;
	s->len = (size_t)(s->at - s->start);
	return TOKEN_COMMENT;
}

static enum token take_string(struct scanner *s)
{
	char quote = *s->at++;

	s->start = s->at;
	while (s->at < s->end && *s->at != quote && *s->at != '\n')
		s->at += *s->at == '\\' && s->at + 1 < s->end ? 2 : 1;
	s->len = (size_t)(s->at - s->start);
	s->at += s->at < s->end;
	return TOKEN_STRING;
}

/* The text ends with a NUL behind its end. */
static enum token next(struct scanner *s)
{
	while (s->at < s->end && isspace((unsigned char)*s->at))
		s->at++;
	if (s->at >= s->end)
		return TOKEN_END;
	if (*s->at == '/' && (s->at[1] == '/' || s->at[1] == '*'))
		return take_comment(s);
	if (*s->at == '"' || *s->at == '\'' || *s->at == '`')
		return take_string(s);
	s->start = s->at;
	if (!is_word_byte(*s->at)) {
		s->at++;
		s->len = 1;
		return TOKEN_SIGN;
	}
	while (s->at < s->end && is_word_byte(*s->at))
		s->at++;
	s->len = (size_t)(s->at - s->start);
	return TOKEN_WORD;
}

static struct scanner scan(const char *bytes, size_t len)
{
	struct scanner s = {.at = bytes, .end = bytes + len};

	if (str_starts(bytes, BOM))
		s.at += strlen(BOM);
	return s;
}

static bool is(const struct scanner *s, const char *word)
{
	return s->len == strlen(word) && memcmp(s->start, word, s->len) == 0;
}

static bool holds(const struct scanner *s, const char *words)
{
	size_t size = strlen(words);

	for (size_t i = 0; i + size <= s->len; i++) {
		size_t k = 0;

		while (k < size &&
		       tolower((unsigned char)s->start[i + k]) == tolower((unsigned char)words[k]))
			k++;
		if (k == size)
			return true;
	}
	return false;
}

/* `import {Query} from "attio/client"`, with `type` or other names perhaps; the scanner is behind
 * its first word. */
static bool imports_query(struct scanner *s)
{
	bool query = false;
	enum token token;

	for (token = next(s); token == TOKEN_WORD || token == TOKEN_SIGN; token = next(s))
		query |= token == TOKEN_WORD && is(s, "Query");
	return query && token == TOKEN_STRING && is(s, "attio/client");
}

bool queries_is_generated(const char *bytes, size_t len)
{
	struct scanner s = scan(bytes, len);
	bool says = false;
	enum token token;

	for (token = next(&s); token == TOKEN_COMMENT; token = next(&s))
		says = says || holds(&s, QUERIES_MARKER) || holds(&s, "generated");
	if (says && token == TOKEN_WORD && is(&s, "import") && imports_query(&s))
		return true;
	/* Ours stays ours when a tool that sorts imports carries the comment along, or puts a
	 * directive above it. */
	s = scan(bytes, len);
	for (token = next(&s); token != TOKEN_END; token = next(&s)) {
		if (token == TOKEN_WORD && (is(&s, "export") || is(&s, "declare")))
			break;
		if (token == TOKEN_COMMENT && holds(&s, QUERIES_MARKER))
			return true;
	}
	return false;
}

/* --- properties ---------------------------------------------------------------------------------
 */

/* Declared values are no properties: `const value: Query<...>`. */
static bool is_value(const char *bytes, size_t start)
{
	static const char *const words[] = {"const", "let", "var"};

	while (start > 0 && isspace((unsigned char)bytes[start - 1]))
		start--;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t len = strlen(words[i]);

		if (start >= len && memcmp(bytes + start - len, words[i], len) == 0)
			return true;
	}
	return false;
}

/* A property's name is a word or a string before `:` or `?:`, in braces and nothing narrower. */
struct properties {
	struct scanner scanner;
	const char *bytes;
	size_t narrower; /* parentheses and brackets that are open */
};

static bool next_property(struct properties *p, struct scanner *name)
{
	enum token token = next(&p->scanner);

	for (; token != TOKEN_END; token = next(&p->scanner)) {
		struct scanner ahead;

		if (token == TOKEN_SIGN && (is(&p->scanner, "(") || is(&p->scanner, "[")))
			p->narrower++;
		if (token == TOKEN_SIGN && (is(&p->scanner, ")") || is(&p->scanner, "]")) &&
		    p->narrower > 0)
			p->narrower--;
		if ((token != TOKEN_WORD && token != TOKEN_STRING) || p->narrower > 0)
			continue;
		ahead = p->scanner;
		token = next(&ahead);
		if (token == TOKEN_SIGN && is(&ahead, "?"))
			token = next(&ahead);
		if (token != TOKEN_SIGN || !is(&ahead, ":") || is(&p->scanner, "__typename") ||
		    is_value(p->bytes, (size_t)(p->scanner.start - p->bytes)))
			continue;
		*name = p->scanner;
		return true;
	}
	return false;
}

static void collect(struct arena *arena, const char *bytes, size_t len, struct map *names)
{
	struct properties p = {.scanner = scan(bytes, len), .bytes = bytes};
	struct scanner name;

	while (next_property(&p, &name))
		map_set(names, arena_strndup(arena, name.start, name.len), names);
}

/* The first property of `bytes` that is not among the names. */
static struct disagreement find_other(struct arena *arena, const char *bytes, size_t len,
				      const struct map *names)
{
	struct properties p = {.scanner = scan(bytes, len), .bytes = bytes};
	struct scanner name;

	while (next_property(&p, &name)) {
		const char *text = arena_strndup(arena, name.start, name.len);

		if (map_get(names, text) == NULL)
			return (struct disagreement){
				.name = text,
				.start = (size_t)(name.start - bytes),
				.end = (size_t)(name.start - bytes) + name.len,
			};
	}
	return (struct disagreement){0};
}

struct disagreement queries_disagree(struct arena *arena, const char *bytes, size_t len,
				     const char *generated, size_t generated_len)
{
	struct map ours = {0}, theirs = {0};
	struct disagreement found = {0};

	collect(arena, bytes, len, &theirs);
	collect(arena, generated, generated_len, &ours);
	if (theirs.count > 0)
		found = find_other(arena, bytes, len, &ours);
	if (theirs.count > 0 && found.name == NULL) {
		found = find_other(arena, generated, generated_len, &theirs);
		found.missing = found.name != NULL;
		found.start = found.end = 0;
	}
	map_dispose(&ours);
	map_dispose(&theirs);
	return found;
}
