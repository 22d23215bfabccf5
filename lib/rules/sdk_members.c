/* The part of ATT9006 that concerns what the SDK keeps behind a name: `Settings` and `Workflows`
 * are in all three parts of it, each time with other members. */
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/names.h"
#include "rules/visit.h"
#include "sys/path.h"

static const struct {
	const char *space;
	const char *name;
	unsigned in; /* enum sdk_part */
} members[] = {
	{"Extensions", "defineExtension", SDK_CLIENT},
	{"Extensions", "experimental_definePage", SDK_CLIENT},
	{"Forms", "array", SDK_CLIENT},
	{"Forms", "attioRecord", SDK_CLIENT},
	{"Forms", "boolean", SDK_CLIENT},
	{"Forms", "dateTime", SDK_CLIENT},
	{"Forms", "number", SDK_CLIENT},
	{"Forms", "plainDate", SDK_CLIENT},
	{"Forms", "string", SDK_CLIENT},
	{"Settings", "Schema", SDK_ROOT},
	{"Settings", "defineWorkspacePage", SDK_CLIENT},
	{"Settings", "defineWorkspaceSchema", SDK_ROOT},
	{"Settings", "getSettings", SDK_CLIENT | SDK_SERVER},
	{"Settings", "setSettings", SDK_CLIENT | SDK_SERVER},
	{"Settings", "useForm", SDK_CLIENT},
	{"Settings", "useSettings", SDK_CLIENT},
	{"Workflows", "ConfigSchema", SDK_ROOT},
	{"Workflows", "OutcomeSchema", SDK_CLIENT},
	{"Workflows", "OutcomeValue", SDK_CLIENT | SDK_SERVER},
	{"Workflows", "defineConfigurator", SDK_CLIENT},
	{"Workflows", "defineWorkflowBlock", SDK_ROOT},
	{"Workflows", "defineWorkflowBlockActivate", SDK_SERVER},
	{"Workflows", "defineWorkflowBlockDeactivate", SDK_SERVER},
	{"Workflows", "defineWorkflowBlockExecute", SDK_SERVER},
	{"Workflows", "defineWorkflowBlockFinish", SDK_SERVER},
	{"Workflows", "defineWorkflowBlockTrigger", SDK_SERVER},
	{"Workflows", "useConfigurator", SDK_CLIENT},
};

/* A use of one of the names, as `Settings.useForm`. */
struct use {
	const struct import *import;
	const struct import_name *name;
	unsigned here;       /* the part that it is imported from */
	struct node member;  /* the name behind the dot */
	const char *written; /* the same as text */
};

/* These have rules of their own, which look at the file as a whole. */
static bool is_told_otherwise(const char *name)
{
	return str_starts(name, "defineWorkflowBlock") || str_equal(name, "defineExtension") ||
	       str_equal(name, "experimental_definePage");
}

static bool read_use(const struct visiting *v, struct node node, struct use *use)
{
	const struct module *module = v->module;
	struct node object = node_unwrap(node_field(node, FIELD_OBJECT));
	const struct binding *binding;
	struct declared declared;
	const char *local;

	if (!node_is(object, NODE_IDENTIFIER))
		return false;
	local = node_text(&module->syntax, v->app->arena, object);
	binding = facts_binding(&module->facts, local);
	if (binding == NULL || binding->import < 0 || binding->imported == NULL ||
	    module->edges[binding->import].kind != TARGET_PACKAGE ||
	    facts_local(&module->facts, local, node_start(object), &declared))
		return false;
	use->import = &module->facts.imports[binding->import];
	use->here = sdk_part_of(use->import->specifier);
	if (use->here == 0 || sdk_is_other_side(module, use->here))
		return false;
	for (size_t i = 0; i < use->import->name_count; i++)
		if (str_equal(use->import->names[i].local, local))
			use->name = &use->import->names[i];
	use->member = node_field(node, FIELD_PROPERTY);
	use->written = node_text(&module->syntax, v->app->arena, use->member);
	return use->name != NULL;
}

/* The parts that have the member; 0: it is not known. */
static unsigned parts_with(const char *space, const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(members); i++)
		if (str_equal(members[i].space, space) && str_equal(members[i].name, name))
			return members[i].in;
	return 0;
}

/* The member of this part that a slip may stand for; NULL: none. */
static const char *meant(const struct use *use)
{
	const char *names[ARRAY_LEN(members) + 1];
	size_t count = 0;

	for (size_t i = 0; i < ARRAY_LEN(members); i++)
		if (str_equal(members[i].space, use->name->imported) &&
		    (members[i].in & use->here) != 0)
			names[count++] = members[i].name;
	names[count] = NULL;
	return str_nearest(use->written, names);
}

/* One finding for an import from the wrong part. */
static void tell_part(const struct visiting *v, const struct use *use, unsigned in)
{
	struct map *told = v->own;
	const char *part;
	char quote = v->module->text->bytes[use->import->specifier_place.start];
	struct diag *diag;

	if (map_get(told, use->name->local) != NULL)
		return;
	map_set(told, use->name->local, use);
	if ((in & SDK_CLIENT) != 0 && (in & SDK_SERVER) != 0)
		in = (v->module->runtimes & RUNTIME_CLIENT) != 0 ? SDK_CLIENT : SDK_SERVER;
	part = sdk_part_name(in);
	diag = diag_add(v->diags, &v->rule->info, use->name->place, "`%s` of `%s` has no `%s`",
			use->name->imported, use->import->specifier, use->written);
	diag->help = arena_printf(v->app->arena, "import it from `%s`", part);
	diag_note(v->diags, diag, node_place(&v->module->syntax, use->member), "used here");
	if (use->import->name_count == 1)
		diag_edit(v->diags, diag, use->import->specifier_place,
			  arena_printf(v->app->arena, "%c%s%c", quote, part, quote));
}

static bool see_member(const struct visiting *v, struct node node)
{
	struct use use = {0};
	const char *near;
	struct diag *diag;
	unsigned in;

	if (!read_use(v, node, &use) || is_told_otherwise(use.written))
		return true;
	in = parts_with(use.name->imported, use.written);
	if ((in & use.here) != 0)
		return true;
	if (in != 0) {
		tell_part(v, &use, in);
		return true;
	}
	near = meant(&use);
	if (near == NULL || is_told_otherwise(near))
		return true;
	diag = diag_add(v->diags, &v->rule->info, node_place(&v->module->syntax, use.member),
			"`%s` of `%s` has no `%s`", use.name->imported, use.import->specifier,
			use.written);
	diag->help = arena_printf(v->app->arena, "did you mean `%s`?", near);
	diag_edit(v->diags, diag, node_place(&v->module->syntax, use.member), near);
	return true;
}

static bool wants(struct visiting *v)
{
	struct map *told;

	/* A settings file with a slip in it is none, so that nothing leads there. */
	if ((v->module->runtimes == 0 && !path_is_under(v->module->path, FOLDER_SETTINGS)) ||
	    syntax_is_broken(&v->module->syntax) || strstr(v->module->text->bytes, "attio") == NULL)
		return false;
	told = arena_alloc(v->arena, sizeof(*told));
	*told = (struct map){0};
	v->own = told;
	return true;
}

static void done(const struct visiting *v)
{
	map_dispose(v->own);
}

const struct walk walk_sdk_members = {
	.modules = WALK_ALL,
	.wants = wants,
	.done = done,
	.visits = (const struct visit[]){{NODE_MEMBER_EXPRESSION, see_member}, {NODE_NONE, NULL}},
};
