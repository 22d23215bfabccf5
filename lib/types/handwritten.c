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

/* --- types --------------------------------------------------------------------------------------
 * What `Query<Variables, Answer>` names in both files, property by property, as far as both are
 * written in plain words. */

enum shape_bits {
	SHAPE_STRING = 1,
	SHAPE_NUMBER = 2,
	SHAPE_BOOLEAN = 4,
	SHAPE_NULL = 8,
	SHAPE_LIST = 16, /* of what is kept at the path with "[]" */
	SHAPE_OBJECT = 32,
	SHAPE_UNKNOWN = 64 /* a name or a form that is not looked into */
};

struct shape {
	unsigned bits;
	const char *path;  /* "Query.person.name" */
	size_t start, end; /* of the property's name */
};

#define SHAPES_DEPTH 64
#define SHAPES_STEPS 20000

struct shapes {
	struct arena *arena;
	const char *bytes;
	size_t len;
	struct map by_path; /* path -> struct shape */
	unsigned depth, steps;
	bool failed; /* the file is not understood */
};

static unsigned read_union(struct shapes *r, struct scanner *s, const char *path);

static enum token take(struct scanner *s)
{
	enum token token = next(s);

	while (token == TOKEN_COMMENT)
		token = next(s);
	return token;
}

static bool accept(struct scanner *s, const char *sign)
{
	struct scanner ahead = *s;

	if (take(&ahead) != TOKEN_SIGN || !is(&ahead, sign))
		return false;
	*s = ahead;
	return true;
}

static void add_shape(struct shapes *r, const char *path, unsigned bits, const struct scanner *name)
{
	struct shape *shape = arena_alloc(r->arena, sizeof(*shape));

	*shape = (struct shape){.bits = bits, .path = path};
	if (name != NULL) {
		shape->start = (size_t)(name->start - r->bytes);
		shape->end = shape->start + name->len;
	}
	map_set(&r->by_path, path, shape);
}

/* Behind the opening brace. */
static void read_members(struct shapes *r, struct scanner *s, const char *path)
{
	while (!r->failed && !accept(s, "}")) {
		struct scanner name;
		const char *child;
		enum token token;

		if (accept(s, ",") || accept(s, ";"))
			continue;
		token = take(s);
		name = *s;
		if (token == TOKEN_WORD && is(s, "readonly") && take(&name) != TOKEN_SIGN)
			*s = name;
		name = *s;
		accept(s, "?");
		if ((token != TOKEN_WORD && token != TOKEN_STRING) || !accept(s, ":")) {
			r->failed = true;
			return;
		}
		child = arena_printf(r->arena, "%s.%.*s", path, (int)name.len, name.start);
		add_shape(r, child, read_union(r, s, child), &name);
	}
}

/* `type NAME =` or `interface NAME {`: the scanner before what it is. */
static bool find_declaration(const struct shapes *r, const struct scanner *name,
			     struct scanner *found)
{
	struct scanner s = scan(r->bytes, r->len);

	for (enum token token = take(&s); token != TOKEN_END; token = take(&s)) {
		struct scanner ahead = s;
		bool alias = token == TOKEN_WORD && is(&s, "type");

		if ((!alias && (token != TOKEN_WORD || !is(&s, "interface"))) ||
		    take(&ahead) != TOKEN_WORD || ahead.len != name->len ||
		    memcmp(ahead.start, name->start, name->len) != 0)
			continue;
		*found = ahead;
		if (alias ? accept(found, "=") : accept(&ahead, "{"))
			return true;
	}
	return false;
}

static unsigned read_name(struct shapes *r, struct scanner *s, const char *path)
{
	static const struct {
		const char *word;
		unsigned bits;
	} plain[] = {{"string", SHAPE_STRING},
		     {"number", SHAPE_NUMBER},
		     {"boolean", SHAPE_BOOLEAN},
		     {"null", SHAPE_NULL},
		     {"undefined", 0}};
	struct scanner name = *s, found;

	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (is(&name, plain[i].word))
			return plain[i].bits;
	if ((is(&name, "Array") || is(&name, "ReadonlyArray")) && accept(s, "<")) {
		add_shape(r, arena_printf(r->arena, "%s[]", path), read_union(r, s, path), NULL);
		r->failed = r->failed || !accept(s, ">");
		return SHAPE_LIST;
	}
	if (accept(s, "<") || accept(s, ".")) {
		r->failed = true; /* where it ends is not looked for */
		return SHAPE_UNKNOWN;
	}
	return find_declaration(r, &name, &found) ? read_union(r, &found, path) : SHAPE_UNKNOWN;
}

static unsigned read_primary(struct shapes *r, struct scanner *s, const char *path)
{
	unsigned bits;

	if (accept(s, "(")) {
		bits = read_union(r, s, path);
		r->failed = r->failed || !accept(s, ")");
		return bits;
	}
	if (accept(s, "{")) {
		read_members(r, s, path);
		return SHAPE_OBJECT;
	}
	switch (take(s)) {
	case TOKEN_STRING: /* a literal */
		return SHAPE_UNKNOWN;
	case TOKEN_WORD:
		return is(s, "readonly") ? read_primary(r, s, path) : read_name(r, s, path);
	default:
		r->failed = true;
		return SHAPE_UNKNOWN;
	}
}

static unsigned read_union(struct shapes *r, struct scanner *s, const char *path)
{
	unsigned all = 0;

	if (r->depth++ >= SHAPES_DEPTH || r->steps++ >= SHAPES_STEPS)
		r->failed = true;
	accept(s, "|");
	while (!r->failed) {
		unsigned bits = read_primary(r, s, path);

		while (!r->failed && accept(s, "[")) {
			add_shape(r, arena_printf(r->arena, "%s[]", path), bits, NULL);
			bits = SHAPE_LIST;
			r->failed = !accept(s, "]");
		}
		all |= bits;
		if (accept(s, "&"))
			all |= SHAPE_UNKNOWN;
		else if (!accept(s, "|"))
			break;
	}
	r->depth--;
	return all;
}

/* False when the file has no `Query<A, B>` or is not understood. */
static bool read_shapes(struct shapes *r, struct arena *arena, const char *bytes, size_t len)
{
	struct scanner s = scan(bytes, len);
	enum token token;

	*r = (struct shapes){.arena = arena, .bytes = bytes, .len = len};
	for (token = take(&s); token != TOKEN_END; token = take(&s))
		if (token == TOKEN_WORD && is(&s, "Query") && accept(&s, "<"))
			break;
	if (token == TOKEN_END)
		return false;
	add_shape(r, "Variables", read_union(r, &s, "Variables"), NULL);
	r->failed = r->failed || !accept(&s, ",");
	if (!r->failed)
		add_shape(r, "Query", read_union(r, &s, "Query"), NULL);
	return !r->failed;
}

/* What is around `path`; NULL for the two tops. */
static const struct shape *around(const struct shapes *r, const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot != NULL
		       ? map_get(&r->by_path, arena_strndup(r->arena, path, (size_t)(dot - path)))
		       : NULL;
}

/* The property whose list's items are at `path`, or the one at `path`; NULL for the two tops. */
static const struct shape *property_of(const struct shapes *r, const char *path)
{
	size_t len = strlen(path);

	while (len > 2 && path[len - 1] == ']')
		len -= 2;
	path = arena_strndup(r->arena, path, len);
	return strchr(path, '.') != NULL ? map_get(&r->by_path, path) : NULL;
}

/* The first property of `one` that `other` lacks, or, unless only that is asked for, has with
 * another type. */
static struct disagreement compare_shapes(const struct shapes *one, const struct shapes *other,
					  bool lacking)
{
	for (size_t i = 0; i < one->by_path.count; i++) {
		const struct shape *shape = one->by_path.entries[i].value;
		const struct shape *match = map_get(&other->by_path, shape->path);
		const struct shape *above = around(other, shape->path);
		const struct shape *property = property_of(one, shape->path);
		bool lacks = match == NULL && property == shape && above != NULL &&
			     (above->bits & SHAPE_UNKNOWN) == 0;
		bool differs = match != NULL && property != NULL && !lacking &&
			       shape->bits != match->bits &&
			       ((shape->bits | match->bits) & SHAPE_UNKNOWN) == 0;
		const char *name = property != NULL ? strrchr(property->path, '.') + 1 : "";

		if ((lacks || differs) && !str_is(name, "__typename"))
			return (struct disagreement){
				.name = name,
				.missing = lacking,
				.differs = differs,
				.start = lacking ? 0 : property->start,
				.end = lacking ? 0 : property->end,
			};
	}
	return (struct disagreement){0};
}

static struct disagreement disagree_in_types(struct arena *arena, const char *bytes, size_t len,
					     const char *generated, size_t generated_len)
{
	struct shapes theirs = {0}, ours = {0};
	struct disagreement found = {0};

	if (read_shapes(&theirs, arena, bytes, len) &&
	    read_shapes(&ours, arena, generated, generated_len)) {
		found = compare_shapes(&theirs, &ours, false);
		if (found.name == NULL)
			found = compare_shapes(&ours, &theirs, true);
	}
	map_dispose(&theirs.by_path);
	map_dispose(&ours.by_path);
	return found;
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
	if (theirs.count > 0 && found.name == NULL)
		found = disagree_in_types(arena, bytes, len, generated, generated_len);
	map_dispose(&ours);
	map_dispose(&theirs);
	return found;
}
