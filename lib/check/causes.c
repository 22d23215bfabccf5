/* See causes.h. Two findings have one cause when they say the same of the same thing. What that is
 * stands in their words: a path, which is the same thing when it leads to the same place from the
 * files of both, or a name. */
#include "check/causes.h"

#include <string.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/str.h"
#include "check/install.h"
#include "check/told.h"
#include "sys/path.h"

static bool is_relative(const char *text)
{
	return str_starts(text, "./") || str_starts(text, "../");
}

/* Where a relative path leads, without the ending that an import can leave out. */
static const char *target_of(struct arena *arena, const char *file, const char *specifier)
{
	const char *path = path_join(arena, path_dir(arena, file), specifier);
	enum dialect any;

	return dialect_of(path, &any)
		       ? arena_strndup(arena, path, strlen(path) - strlen(path_ext(path)))
		       : path;
}

/* The message with its relative paths as they are seen from the app's folder. */
static const char *from_root(struct arena *arena, const struct diag *diag)
{
	const char *rest = diag->message;
	struct buf out = {0};

	while (*rest != '\0') {
		const char *end = strchr("`'\"", *rest) != NULL && is_relative(rest + 1)
					  ? strchr(rest + 1, *rest)
					  : NULL;

		buf_putc(&out, *rest++);
		if (end == NULL)
			continue;
		buf_puts(&out, target_of(arena, diag->place.file,
					 arena_strndup(arena, rest, (size_t)(end - rest))));
		rest = end;
	}
	rest = arena_strdup(arena, buf_cstr(&out));
	buf_dispose(&out);
	return rest;
}

/* What stands in the last quotes of a message; NULL: there are none. */
static const char *last_quoted(struct arena *arena, const char *message)
{
	const char *end = strrchr(message, '`'), *start;

	if (end == NULL)
		end = strrchr(message, '\'');
	if (end == NULL)
		return NULL;
	for (start = end; start > message && start[-1] != *end;)
		start--;
	return start > message ? arena_strndup(arena, start, (size_t)(end - start)) : NULL;
}

/* The same for findings of one cause; NULL: each has its own. */
static const char *cause_of(struct arena *arena, const struct diag *diag)
{
	static const char *const nowhere[] = {"ATT9001", "TS2307", NULL};
	static const char *const others[] = {"ATT9006", "ATT9008", NULL};
	const char *specifier;

	if (diag->place.file == NULL || diag->place.end == 0)
		return NULL;
	if (is_one_of(diag->code, nowhere)) {
		/* The bundler and the compiler have different words for it. */
		specifier = last_quoted(arena, diag->message);
		if (specifier == NULL)
			return NULL;
		return arena_printf(arena, "nowhere\n%s",
				    is_relative(specifier)
					    ? target_of(arena, diag->place.file, specifier)
					    : specifier);
	}
	if (!is_one_of(diag->code, others) && !is_missing(diag))
		return NULL;
	return arena_printf(arena, "%s\n%s", diag->code, from_root(arena, diag));
}

/* One who mends the first mends them all; what the compiler joined (echo.h) stays joined. */
static void join(struct diags *findings, struct diag *first, const struct diag *other)
{
	if (other->severity == SEVERITY_ERROR)
		first->severity = SEVERITY_ERROR;
	diag_note(findings, first, other->place, "%s", other->message);
	for (size_t i = 0; str_starts(other->code, "TS") && i < other->note_count; i++)
		diag_note(findings, first, other->notes[i].place, "%s", other->notes[i].message);
	if (other->edit_count > 0 && first->edit_count > 0)
		first->fix_is_safe = first->fix_is_safe && other->fix_is_safe;
	for (size_t i = 0; first->edit_count > 0 && i < other->edit_count; i++)
		diag_edit(findings, first, other->edits[i].place, other->edits[i].text);
}

void causes_join(const struct app *app, struct diags *findings)
{
	struct arena *scratch = arena_new();
	struct map firsts = {0};
	size_t kept = 0;

	install_join(app, findings);
	for (size_t i = 0; i < findings->count; i++) {
		const struct diag diag = findings->items[i];
		const char *cause = cause_of(scratch, &diag);
		const size_t *first = cause != NULL ? map_get(&firsts, cause) : NULL;
		size_t *at;

		if (first != NULL) {
			join(findings, &findings->items[*first], &diag);
			continue;
		}
		if (cause != NULL) {
			at = arena_alloc(scratch, sizeof(*at));
			*at = kept;
			map_set(&firsts, cause, at);
		}
		findings->items[kept++] = diag;
	}
	findings->count = kept;
	map_dispose(&firsts);
	arena_free(scratch);
}
