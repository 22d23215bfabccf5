/* Extensions: `extension.ts` or `extension.tsx` below their folder. */
#include <string.h>

#include "app/identifiers.h"
#include "app/internal.h"
#include "app/problems.h"
#include "base/arena.h"
#include "base/str.h"

static const char *const extension_types[] = {
	"record-action",
	"bulk-record-action",
	"record-widget",
	"record-tab",
	"object-action",
	"call-recording-insight-text-action",
	"call-recording-summary-text-action",
	"call-recording-transcript-text-action",
	NULL,
};

/* Tabs that every record page has already. */
static const char *const native_tabs[] = {
	"overview",
	"activity",
	"calls",
	"notes",
	"tasks",
	"emails",
	"files",
	"team",
	"company",
	"companies",
	"associated_people",
	"associated_users",
	NULL,
};

static bool is_one_of(const char *word, const char *const *list)
{
	for (size_t i = 0; list[i] != NULL; i++) {
		if (strcmp(word, list[i]) == 0)
			return true;
	}
	return false;
}

static const char *joined(struct arena *arena, const char *const *list)
{
	const char *text = "";

	for (size_t i = 0; list[i] != NULL; i++)
		text = arena_printf(arena, "%s%s`%s`", text, i == 0 ? "" : ", ", list[i]);
	return text;
}

static const char *const define_extension[] = {"defineExtension", NULL};

static void literal_needed(struct app *app, const struct rule_info *rule, struct place place,
			   const char *what, const char *key)
{
	struct diag *diag =
		diag_add(&app->problems, rule, place, "the %s has no literal `%s`", what, key);

	diag->label = arena_printf(app->arena, "`%s` must be a plain string here", key);
	diag->help = arena_printf(app->arena,
				  "write `%s: \"...\"` in the object itself: the platform reads it "
				  "without running the code, so constants, spreads and computed "
				  "values are not seen",
				  key);
}

static void check_extension_type(struct app *app, const char *type, struct place place)
{
	const char *near = str_nearest(type, extension_types);
	struct diag *diag;

	if (is_one_of(type, extension_types))
		return;
	diag = diag_add(&app->problems, &problem_extension, place,
			"`%s` is not a type of extension", type);
	diag->help = near != NULL ? arena_printf(app->arena, "did you mean `%s`?", near)
				  : arena_printf(app->arena, "the types are %s",
						 joined(app->arena, extension_types));
}

static void read_extension(struct app *app, struct module *module)
{
	struct node call = default_call(module, define_extension);
	struct definition *definition;
	struct place id_place, type_place;
	const char *id, *type;

	if (report_syntax(app, module))
		return;
	if (node_is_null(call)) {
		const struct export *item = facts_export(&module->facts, "default");
		struct diag *diag = diag_add(&app->problems, &problem_extension,
					     item != NULL ? item->place : whole_file(module),
					     "an extension file must default-export a call of "
					     "`defineExtension` directly");
		diag->help = "write `export default Extensions.defineExtension({id: \"...\", type: "
			     "\"...\", ...})`, not through a variable";
		return;
	}
	if (!node_is(call_object(call), NODE_OBJECT)) {
		object_needed(app, &problem_extension, module, call, "defineExtension");
		return;
	}
	id = call_property(app, module, call, "id", &id_place);
	type = call_property(app, module, call, "type", &type_place);
	if (id == NULL)
		literal_needed(app, &problem_extension, id_place, "extension", "id");
	else
		check_id(app, "extension id", id, id_place);
	if (type == NULL)
		literal_needed(app, &problem_extension, type_place, "extension", "type");
	else
		check_extension_type(app, type, type_place);
	if (id == NULL || type == NULL)
		return;
	if (str_is(type, "record-tab") && is_one_of(id, native_tabs) && id_fault(id) == ID_FINE) {
		struct diag *diag =
			diag_add(&app->problems, &problem_id_invalid, id_place,
				 "`%s` is the name of a tab that record pages have already", id);
		diag->help = arena_printf(app->arena, "choose another id; taken are %s",
					  joined(app->arena, native_tabs));
	}
	definition = add_definition(app, DEF_EXTENSION, module, id);
	definition->type = type;
	definition->id_place = id_place;
}

/* Complains about ids that two definitions of a kind share. */
static void check_duplicates(struct app *app, enum definition_kind kind, const char *what)
{
	struct map seen = {0};

	for (size_t i = 0; i < app->definition_count; i++) {
		struct definition *definition = app->definitions[i], *first;

		if (definition->kind != kind)
			continue;
		first = map_get(&seen, definition->id);
		if (first == NULL)
			map_set(&seen, definition->id, definition);
		else
			report_pair(app, &problem_id_duplicate, first->id_place,
				    definition->id_place, "the other one",
				    arena_printf(app->arena, "two %s have the id `%s`", what,
						 definition->id))
				->help = "give each its own id";
	}
	map_dispose(&seen);
}

void discover_extensions(struct app *app, const struct tree *tree)
{
	read_each(app, tree, DEF_EXTENSION, &problem_extension, read_extension);
	check_duplicates(app, DEF_EXTENSION, "extensions");
}
