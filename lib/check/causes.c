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

/* What is not there; NULL: it is about something else. */
static const char *lack_of(struct arena *arena, const struct diag *diag)
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

/* --- keys of a block's configuration -------------------------------------------------------------
 */

static const char *block_folder(const struct app *app, const char *file)
{
	const struct definition *definition;

	for (size_t i = 0; (definition = app_definition(app, DEF_BLOCK, i)) != NULL; i++)
		if (path_is_under(file, definition->block->folder))
			return definition->block->folder;
	return NULL;
}

/* `config.KEY` */
static const char *member_of_config(struct arena *arena, const struct module *module,
				    const struct place *place)
{
	struct node key = syntax_node_at(&module->syntax, place->start, place->end);
	struct node member = node_parent(key), object = node_field(member, FIELD_OBJECT);

	if (!node_is(member, NODE_MEMBER_EXPRESSION))
		return NULL;
	if (node_is(object, NODE_MEMBER_EXPRESSION))
		object = node_field(object, FIELD_PROPERTY);
	return node_text_is(&module->syntax, object, "config")
		       ? node_text(&module->syntax, arena, key)
		       : NULL;
}

/* `name="KEY"` */
static const char *name_of_input(struct arena *arena, const struct module *module,
				 const struct place *place)
{
	const char *text = module->syntax.bytes + place->start, *end;
	size_t lead = strlen("name=\"");

	if (module->syntax.len - place->start <= lead || strncmp(text, "name=", lead - 1) != 0 ||
	    strchr("'\"", text[lead - 1]) == NULL)
		return NULL;
	end = memchr(text + lead, text[lead - 1], module->syntax.len - place->start - lead);
	return end != NULL ? arena_strndup(arena, text + lead, (size_t)(end - text) - lead) : NULL;
}

/* A key that the block's configSchema does not have, or no longer: its configurator and its
 * handlers miss the same. */
static const char *missed_key(const struct app *app, struct arena *arena, const struct diag *diag)
{
	static const char *const members[] = {"TS2339", "TS2551", NULL};
	static const char *const inputs[] = {"TS2769", "TS2322", "TS2820", NULL};
	const struct module *module;
	const char *folder, *key = NULL;

	if (!is_one_of(diag->code, members) && !is_one_of(diag->code, inputs))
		return NULL;
	module = app_module(app, diag->place.file);
	folder = block_folder(app, diag->place.file);
	if (module == NULL || folder == NULL || diag->place.end > module->syntax.len)
		return NULL;
	key = is_one_of(diag->code, members) ? member_of_config(arena, module, &diag->place)
					     : name_of_input(arena, module, &diag->place);
	return key != NULL ? arena_printf(arena, "config\n%s\n%s", folder, key) : NULL;
}

/* --- joining -------------------------------------------------------------------------------------
 */

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

static const char *cause_of(const struct app *app, struct arena *arena, const struct diag *diag)
{
	const char *cause = lack_of(arena, diag);

	return cause != NULL || diag->place.file == NULL ? cause : missed_key(app, arena, diag);
}

void causes_join(const struct app *app, struct diags *findings)
{
	struct arena *scratch = arena_new();
	struct map firsts = {0};
	size_t kept = 0;

	install_join(app, findings);
	for (size_t i = 0; i < findings->count; i++) {
		const struct diag diag = findings->items[i];
		const char *cause = cause_of(app, scratch, &diag);
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
