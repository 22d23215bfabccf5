/* See narrow.h. */
#include "types/narrow.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "source/facts.h"
#include "source/syntax.h"
#include "sys/path.h"

/* No name that we look for is longer. */
#define WORD_MAX ((size_t)255)
/* Statements of a module that are compared; each with each. */
#define PARTS_MAX 1000

/* A statement at the top level. */
struct part {
	struct node node;
	const char *shape; /* its text without what nothing else can depend on */
	bool touched;
};

struct outline {
	struct syntax syntax;
	struct facts facts;
	struct part *parts;
	size_t count;
	bool parsed;
};

struct reach {
	const struct narrow_question *question;
	struct map words;    /* names that may mean something else now */
	struct map exported; /* those of them that other modules can take */
	bool everywhere;
};

/* --- words -------------------------------------------------------------------------------------
 */

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

/* A name may be written with escapes. */
static void put_unescaped(struct buf *out, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		uint32_t point = 0;
		size_t at = i + 2, digits = 0;
		bool braces = at < len && bytes[at] == '{';

		at += braces;
		for (; at < len && hex_value(bytes[at]) >= 0 && digits < (braces ? 6U : 4U); at++) {
			point = point << 4 | (uint32_t)hex_value(bytes[at]);
			digits++;
		}
		if (bytes[i] != '\\' || i + 1 >= len || bytes[i + 1] != 'u' || digits == 0 ||
		    point > 0x10ffff) {
			buf_putc(out, bytes[i]);
			continue;
		}
		buf_put_char(out, point);
		i = at - !braces;
	}
}

/* With an escape in it, it may be any. */
static bool has(const struct map *words, const char *name)
{
	return name != NULL && (map_get(words, name) != NULL || strchr(name, '\\') != NULL);
}

static bool holds_word_of(const char *bytes, size_t len, const struct map *words)
{
	char word[WORD_MAX + 1];

	for (size_t i = 0; i < len;) {
		size_t start = i;

		while (i < len && is_word(bytes[i]))
			i++;
		if (i > start && i - start <= WORD_MAX) {
			memcpy(word, bytes + start, i - start);
			word[i - start] = '\0';
			if (map_get(words, word) != NULL)
				return true;
		}
		i += i == start;
	}
	return false;
}

static bool names_any(const char *bytes, size_t len, const struct map *words)
{
	struct buf plain = {0};
	bool found = holds_word_of(bytes, len, words);

	if (found || memmem(bytes, len, "\\u", 2) == NULL)
		return found;
	put_unescaped(&plain, bytes, len);
	found = holds_word_of(buf_cstr(&plain), plain.len, words);
	buf_dispose(&plain);
	return found;
}

static void add_word(struct reach *reach, struct map *words, const char *name)
{
	if (name == NULL)
		return;
	/* What is not a plain word is not found as one. */
	if (strlen(name) > WORD_MAX || name[0] == '\0')
		reach->everywhere = true;
	for (const char *c = name; *c != '\0'; c++)
		reach->everywhere |= !is_word(*c);
	if (map_get(words, name) == NULL)
		map_set(words, name, reach);
}

/* What a default export is called is up to who takes it, and `*` has all names. */
static void add_export_name(struct reach *reach, const struct export *item)
{
	reach->everywhere |= strcmp(item->name, "default") == 0 || strcmp(item->name, "*") == 0 ||
			     str_equal(item->imported, "*");
	add_word(reach, &reach->words, item->name);
	add_word(reach, &reach->exported, item->name);
}

/* --- statements --------------------------------------------------------------------------------
 */

struct shaping {
	const struct syntax *syntax;
	struct buf text;
	size_t at; /* what is before is in the text, or left out */
};

static void leave_out(struct shaping *shaping, struct node node)
{
	if (node_is_null(node) || node_start(node) < shaping->at)
		return;
	buf_add(&shaping->text, shaping->syntax->bytes + shaping->at,
		node_start(node) - shaping->at);
	buf_putc(&shaping->text, '\n');
	shaping->at = node_end(node);
}

/* A constructor gives types to the members that it assigns. */
static bool is_settled(const struct syntax *syntax, struct node function)
{
	return !node_is_null(node_field(function, FIELD_RETURN_TYPE)) &&
	       !node_text_is(syntax, node_field(function, FIELD_NAME), "constructor");
}

static bool shape_node(struct node node, void *payload)
{
	struct shaping *shaping = payload;

	if (node_is(node, NODE_COMMENT))
		leave_out(shaping, node);
	else if (node_is_function(node) && is_settled(shaping->syntax, node))
		leave_out(shaping, node_field(node, FIELD_BODY));
	else if ((node_is(node, NODE_VARIABLE_DECLARATOR) ||
		  node_is(node, NODE_PUBLIC_FIELD_DEFINITION)) &&
		 !node_is_null(node_field(node, FIELD_TYPE)))
		leave_out(shaping, node_field(node, FIELD_VALUE));
	return node_end(node) > shaping->at;
}

static const char *shape_of(const struct syntax *syntax, struct arena *arena, struct node node)
{
	struct shaping shaping = {.syntax = syntax, .at = node_start(node)};
	const char *shape;

	node_walk(node, shape_node, &shaping);
	if (node_end(node) > shaping.at)
		buf_add(&shaping.text, syntax->bytes + shaping.at, node_end(node) - shaping.at);
	shape = arena_strndup(arena, shaping.text.ptr != NULL ? shaping.text.ptr : "",
			      shaping.text.len);
	buf_dispose(&shaping.text);
	return shape;
}

/* False: nothing can be known about it. */
static bool read_outline(struct outline *outline, struct arena *arena,
			 const struct narrow_text *text)
{
	enum dialect dialect;
	struct node node;

	if (!dialect_of(text->path, &dialect) || memchr(text->bytes, '\0', text->len) != NULL)
		return false;
	syntax_parse(&outline->syntax, text->path, dialect, text->bytes, text->len);
	outline->parsed = true;
	if (outline->syntax.unread || outline->syntax.doubtful ||
	    syntax_is_broken(&outline->syntax))
		return false;
	facts_read(&outline->facts, &outline->syntax, arena);
	for (node = node_down_named(syntax_root(&outline->syntax)); !node_is_null(node);
	     node = node_next_named(node)) {
		struct part *part;

		if (node_is(node, NODE_COMMENT) || node_is(node, NODE_EMPTY_STATEMENT))
			continue;
		part = arena_push(arena, &outline->parts, &outline->count, sizeof(*part));
		*part = (struct part){.node = node,
				      .shape = shape_of(&outline->syntax, arena, node)};
	}
	return true;
}

static bool is_module(const struct outline *outline)
{
	for (size_t i = 0; i < outline->count; i++)
		if (node_is(outline->parts[i].node, NODE_IMPORT_STATEMENT) ||
		    node_is(outline->parts[i].node, NODE_EXPORT_STATEMENT))
			return true;
	return false;
}

/* Whether all that the statement does is to give names to things of this module. */
static bool is_plain(struct node node)
{
	switch (node_kind(node)) {
	case NODE_LEXICAL_DECLARATION:
	case NODE_VARIABLE_DECLARATION:
	case NODE_FUNCTION_DECLARATION:
	case NODE_GENERATOR_FUNCTION_DECLARATION:
	case NODE_FUNCTION_SIGNATURE:
	case NODE_CLASS_DECLARATION:
	case NODE_ABSTRACT_CLASS_DECLARATION:
	case NODE_INTERFACE_DECLARATION:
	case NODE_TYPE_ALIAS_DECLARATION:
	case NODE_ENUM_DECLARATION:
		return true;
	case NODE_IMPORT_STATEMENT:
		for (node = node_down(node); !node_is_null(node); node = node_next(node))
			if (node_is(node, NODE_IMPORT_REQUIRE_CLAUSE))
				return false;
		return true;
	case NODE_EXPORT_STATEMENT:
		node = node_field(node, FIELD_DECLARATION);
		return node_is_null(node) || is_plain(node);
	default:
		return false;
	}
}

static bool is_in(struct node node, size_t at)
{
	return node_start(node) <= at && at < node_end(node);
}

/* What the statement names may mean something else now. Of an import that is as it was that is the
 * names that may, under what they are called here. */
static void touch(struct reach *reach, const struct outline *outline, struct part *part,
		  bool changed)
{
	const struct facts *facts = &outline->facts;
	bool one_by_one = !changed && node_is(part->node, NODE_IMPORT_STATEMENT);

	reach->everywhere |= !is_plain(part->node);
	part->touched = !one_by_one;
	for (size_t i = 0; i < facts->binding_count; i++) {
		const struct binding *binding = &facts->bindings[i];

		if (is_in(part->node, node_start(binding->node)) &&
		    (!one_by_one || has(&reach->words, binding->imported)))
			add_word(reach, &reach->words, binding->name);
	}
	for (size_t i = 0; i < facts->export_count; i++)
		if (is_in(part->node, facts->exports[i].place.start) &&
		    (changed || facts->exports[i].local == NULL ||
		     has(&reach->words, facts->exports[i].local)))
			add_export_name(reach, &facts->exports[i]);
}

/* How many statements, of those from each pair of places on, are the same in the same order, as a
 * table with a row for each place before; NULL: there are too many to compare. */
static unsigned *count_same(const struct outline *before, const struct outline *now)
{
	size_t columns = now->count + 1;
	unsigned *same;

	if (before->count > PARTS_MAX || now->count > PARTS_MAX)
		return NULL;
	same = mem_zalloc((before->count + 1) * columns, sizeof(*same));
	for (size_t i = before->count; i-- > 0;) {
		for (size_t k = now->count; k-- > 0;) {
			unsigned *here = &same[i * columns + k];
			unsigned without = here[columns] > here[1] ? here[columns] : here[1];

			*here = strcmp(before->parts[i].shape, now->parts[k].shape) == 0
					? here[columns + 1] + 1
					: without;
		}
	}
	return same;
}

/* Statements that are not on both sides, or not in the same order. */
static void touch_changed(struct reach *reach, struct outline *before, struct outline *now)
{
	unsigned *same = count_same(before, now);
	size_t i = 0, k = 0, columns = now->count + 1;
	bool changed = false;

	while (same != NULL && (i < before->count || k < now->count)) {
		const unsigned *here = &same[i * columns + k];

		if (i < before->count && k < now->count &&
		    strcmp(before->parts[i].shape, now->parts[k].shape) == 0) {
			i++;
			k++;
			continue;
		}
		changed = true;
		if (k == now->count || (i < before->count && here[columns] >= here[1]))
			touch(reach, before, &before->parts[i++], true);
		else
			touch(reach, now, &now->parts[k++], true);
	}
	/* What is no module declares what everybody sees. */
	reach->everywhere |= same == NULL || (changed && (!is_module(before) || !is_module(now)));
	mem_free(same);
}

/* What names something that is touched is touched as well, in all the changed files, until no word
 * is new. */
static void spread(struct reach *reach, struct outline *outlines, size_t count)
{
	size_t known;

	do {
		known = reach->words.count;
		for (size_t m = 0; m < count; m++) {
			struct outline *outline = &outlines[m];

			for (size_t i = 0; i < outline->count && !reach->everywhere; i++) {
				struct part *part = &outline->parts[i];

				if (!part->touched &&
				    names_any(part->shape, strlen(part->shape), &reach->words))
					touch(reach, outline, part, false);
			}
			for (size_t i = 0; i < outline->facts.export_count; i++) {
				const struct export *item = &outline->facts.exports[i];

				if (has(&reach->words, item->local))
					add_export_name(reach, item);
			}
		}
	} while (reach->words.count > known && !reach->everywhere);
}

/* --- other files -------------------------------------------------------------------------------
 */

/* Past white space and comments. */
static size_t skip(const struct narrow_text *text, size_t at)
{
	while (at < text->len) {
		const char *c = text->bytes + at;
		const char *end;

		if (*c == ' ' || *c == '\t' || *c == '\r' || *c == '\n' || *c == '\f' ||
		    *c == '\v') {
			at++;
			continue;
		}
		if (*c != '/' || at + 1 >= text->len || (c[1] != '*' && c[1] != '/'))
			return at;
		end = c[1] == '*' ? memmem(c + 2, text->len - at - 2, "*/", 2)
				  : memchr(c, '\n', text->len - at);
		if (end == NULL)
			return text->len;
		at = (size_t)(end - text->bytes) + (c[1] == '*' ? 2 : 1);
	}
	return at;
}

/* Past a word, or any other one character; at the end it stays. */
static size_t skip_word(const struct narrow_text *text, size_t at)
{
	size_t start = at;

	while (at < text->len && (is_word(text->bytes[at]) || text->bytes[at] == '\\'))
		at++;
	return at == start && at < text->len ? at + 1 : at;
}

static bool has_word(const struct narrow_text *text, size_t at, const char *word)
{
	size_t len = strlen(word);

	return text->len - at >= len && memcmp(text->bytes + at, word, len) == 0 &&
	       skip_word(text, at) == at + len;
}

static bool is_quote(const struct narrow_text *text, size_t at)
{
	return at < text->len && (text->bytes[at] == '"' || text->bytes[at] == '\'');
}

/* Whether a path without the ending leads to this file. */
static bool is_at(const char *path, const char *stem)
{
	const char *rest = path + strlen(stem);

	return str_starts(path, stem) &&
	       (str_equal(rest, ".ts") || str_equal(rest, ".tsx") || str_equal(rest, ".d.ts"));
}

/* Whether a relative specifier leads to a file that did not change. */
static bool leads_to_other(const struct narrow_question *question, const struct narrow_text *text,
			   const char *specifier)
{
	struct arena *arena = question->arena;
	const char *stem = path_join(arena, path_dir(arena, text->path), specifier);
	bool other = false;

	for (size_t i = 0; i < question->change_count; i++)
		if (is_at(question->changes[i].now.path, stem))
			return false;
	for (size_t i = 0; i < question->other_count && !other; i++)
		other = is_at(question->others[i].path, stem);
	return other;
}

/* Whether the specifier at `at` leads to nothing that changed. What is taken as a whole there is as
 * it was, for what takes of it in turn is looked at as well. */
static bool leads_away(const struct narrow_question *question, const struct narrow_text *text,
		       size_t at)
{
	const char *start, *end;
	char *name;
	size_t len;

	if (!is_quote(text, at))
		return false;
	start = text->bytes + at + 1;
	end = memchr(start, text->bytes[at], text->len - at - 1);
	if (question->mapped || end == NULL || start == end || strchr("#/~", *start) != NULL ||
	    memchr(start, '\\', (size_t)(end - start)) != NULL)
		return false;
	name = arena_strndup(question->arena, start, (size_t)(end - start));
	if (name[0] == '.')
		return leads_to_other(question, text, name);
	len = strcspn(name, "/");
	if (name[0] == '@' && name[len] == '/')
		len += 1 + strcspn(name + len + 1, "/");
	name[len] = '\0';
	return question->is_package(name, question->data);
}

/* `* as x from "..."` and `* from "..."`, after the star. */
static bool star_stays_away(const struct narrow_question *question, const struct narrow_text *text,
			    size_t at)
{
	at = skip(text, at);
	if (has_word(text, at, "as")) {
		at = skip(text, skip_word(text, at));
		if (is_quote(text, at))
			return false;
		at = skip(text, skip_word(text, at));
	}
	if (!has_word(text, at, "from"))
		return true;
	at = skip(text, skip_word(text, at));
	return !is_quote(text, at) || leads_away(question, text, at);
}

/* Whether a module of the app may be taken as a whole there, whose names are then not said. */
static bool takes_whole(const struct narrow_question *question, const struct narrow_text *text)
{
	for (size_t at = 0; at < text->len;) {
		size_t next = skip_word(text, at), open;

		if (text->bytes[at] == '*') {
			if (!star_stays_away(question, text, next))
				return true;
		} else if (has_word(text, at, "import") || has_word(text, at, "require")) {
			open = skip(text, next);
			if (open < text->len && text->bytes[open] == '(' &&
			    !leads_away(question, text, skip(text, open + 1)))
				return true;
		}
		at = next;
	}
	return false;
}

/* Whether one of the exports is imported there, or stands where declarations of other modules are
 * added to. */
static bool takes_by_name(const struct reach *reach, const struct narrow_text *text)
{
	struct outline outline = {0};
	bool takes = !read_outline(&outline, reach->question->arena, text);

	for (size_t i = 0; i < outline.facts.import_count && !takes; i++) {
		const struct import *import = &outline.facts.imports[i];

		for (size_t n = 0; n < import->name_count && !takes; n++)
			takes = has(&reach->exported, import->names[n].imported);
	}
	for (size_t i = 0; i < outline.count && !takes; i++)
		takes = !is_plain(outline.parts[i].node) &&
			names_any(outline.parts[i].shape, strlen(outline.parts[i].shape),
				  &reach->exported);
	if (outline.parsed)
		syntax_dispose(&outline.syntax);
	return takes;
}

static bool reaches(const struct reach *reach, const struct narrow_text *text)
{
	return takes_whole(reach->question, text) ||
	       (names_any(text->bytes, text->len, &reach->exported) && takes_by_name(reach, text));
}

/* --- the whole ---------------------------------------------------------------------------------
 */

static void follow(struct reach *reach, struct outline *before, struct outline *now)
{
	const struct narrow_question *question = reach->question;
	size_t count = question->change_count;

	for (size_t i = 0; i < count && !reach->everywhere; i++) {
		const struct narrow_change *change = &question->changes[i];

		if (!path_is_typescript(change->now.path) ||
		    !read_outline(&before[i], question->arena, &change->before) ||
		    !read_outline(&now[i], question->arena, &change->now))
			reach->everywhere = true;
		else
			touch_changed(reach, &before[i], &now[i]);
	}
	if (!reach->everywhere)
		spread(reach, now, count);
	if (reach->everywhere || reach->exported.count == 0)
		return;
	for (size_t i = 0; i < question->other_count && !reach->everywhere; i++)
		reach->everywhere = reaches(reach, &question->others[i]);
	for (size_t i = 0; i < count && count > 1 && !reach->everywhere; i++)
		reach->everywhere = takes_whole(question, &question->changes[i].now);
}

bool narrow_stays_inside(const struct narrow_question *question)
{
	struct reach reach = {.question = question};
	size_t count = question->change_count;
	struct outline *outlines = mem_zalloc(2 * count, sizeof(*outlines));

	follow(&reach, outlines, outlines + count);
	for (size_t i = 0; i < 2 * count; i++)
		if (outlines[i].parsed)
			syntax_dispose(&outlines[i].syntax);
	mem_free(outlines);
	map_dispose(&reach.words);
	map_dispose(&reach.exported);
	return !reach.everywhere;
}
