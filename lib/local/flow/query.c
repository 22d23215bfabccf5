/* See query.h. */
#include "local/flow/query.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "graphql/document.h"

struct writer {
	struct arena *arena;
	const char *text;
	const char **lines;
	size_t count;
};

/* The end of a string that begins here; a block string ends with three quotes. */
static const char *string_end(const char *at, const char *end)
{
	bool block = end - at >= 6 && strncmp(at, "\"\"\"", 3) == 0;

	for (at += block ? 3 : 1; at < end; at++) {
		if (*at == '\\')
			at++;
		else if (block ? end - at >= 3 && strncmp(at, "\"\"\"", 3) == 0 : *at == '"')
			return at + (block ? 3 : 1);
	}
	return end;
}

/* Part of the text with one blank where there has to be one. */
static void put_tight(struct buf *out, const char *at, const char *end)
{
	bool apart = false;

	while (at < end) {
		const char *from = at;

		if (*at == '#') {
			while (at < end && *at != '\n')
				at++;
			continue;
		}
		if (isspace((unsigned char)*at) != 0 || *at == ',') {
			apart = true;
			at++;
			continue;
		}
		if (apart && out->len > 0 && strchr("([{:$@=|", out->ptr[out->len - 1]) == NULL &&
		    strchr(")]}:(!=|", *at) == NULL)
			buf_putc(out, ' ');
		apart = false;
		at = *at == '"' ? string_end(at, end) : at + 1;
		buf_add(out, from, (size_t)(at - from));
	}
}

static const char *tight(const struct writer *w, const char *before, size_t start, size_t end)
{
	struct buf text = {0};
	const char *kept;

	put_tight(&text, w->text + start, w->text + end);
	kept = arena_printf(w->arena, "%s%s", before, buf_cstr(&text));
	buf_dispose(&text);
	return kept;
}

static void add_line(struct writer *w, const char *line)
{
	const char **place = arena_push(w->arena, &w->lines, &w->count, sizeof(*w->lines));

	*place = line;
}

static void add_set(struct writer *w, const char *path, const struct graphql_selection_set *set)
{
	for (size_t i = 0; i < set->count; i++) {
		const struct graphql_selection *one = &set->items[i];
		const char *below = arena_printf(w->arena, "%s/", path);

		below = tight(w, below, one->start, one->set != NULL ? one->set->start : one->end);
		if (one->set != NULL)
			add_set(w, below, one->set);
		else
			add_line(w, below);
	}
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_definition(const struct writer *shared, const struct graphql_definition *one,
			   cJSON *lines)
{
	struct writer w = {.arena = shared->arena, .text = shared->text};

	if (one->set == NULL)
		return;
	cJSON_AddItemToArray(lines,
			     cJSON_CreateString(tight(&w, ": ", one->start, one->set->start)));
	add_set(&w, "", one->set);
	if (w.count > 0)
		qsort(w.lines, w.count, sizeof(*w.lines), compare);
	for (size_t i = 0; i < w.count; i++)
		cJSON_AddItemToArray(lines, cJSON_CreateString(w.lines[i]));
}

bool query_lines(const char *text, cJSON *lines)
{
	struct writer w = {.arena = arena_new(), .text = text};
	const struct graphql_document *document = graphql_parse(w.arena, text, strlen(text));
	bool readable = document->error_count == 0 && document->definition_count > 0;

	for (size_t i = 0; readable && i < document->definition_count; i++)
		add_definition(&w, &document->definitions[i], lines);
	arena_free(w.arena);
	return readable;
}
