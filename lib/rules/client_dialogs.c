/* The repair of ATT2003 for `alert` and `confirm`: the SDK has functions of these names, which take
 * an object and answer with a promise. One repair mends all calls of a name in a module, because
 * with the import they all mean the SDK's. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "rules/client.h"
#include "rules/handler.h"
#include "rules/values.h"

struct mending {
	const struct app *app;
	const struct module *module;
	const char *name;
	struct node *calls;
	size_t count;
	bool beyond; /* a use that cannot be mended */
};

static bool is_confirm(const struct mending *m)
{
	return str_is(m->name, "confirm");
}

static bool is_statement(struct node call)
{
	return node_is(node_parent(node_outermost(call)), NODE_EXPRESSION_STATEMENT);
}

/* Whether the result is waited for already, or handed on as it is. */
static bool is_awaited(struct node call)
{
	return node_is(node_parent(node_outermost(call)), NODE_AWAIT_EXPRESSION);
}

/* How the one argument is mended. A title is a text; what a name or a call gives is not known, and
 * an object may well be what the SDK wants already. */
enum argument { ARGUMENT_TEXT, ARGUMENT_OBJECT, ARGUMENT_UNKNOWN };

static bool is_text(const struct mending *m, struct node node, int depth)
{
	struct value value = value_of(m->app, m->module, node);
	const struct syntax *syntax = &value.module->syntax;

	if (value.kind == VALUE_LITERAL)
		return node_is(value.node, NODE_STRING) ||
		       node_is(value.node, NODE_TEMPLATE_STRING);
	/* A text and anything make a text. */
	return depth > 0 && value.kind == VALUE_COMPUTED && value.module == m->module &&
	       node_is(value.node, NODE_BINARY_EXPRESSION) &&
	       node_text_is(syntax, node_field(value.node, FIELD_OPERATOR), "+") &&
	       (is_text(m, node_field(value.node, FIELD_LEFT), depth - 1) ||
		is_text(m, node_field(value.node, FIELD_RIGHT), depth - 1));
}

static enum argument kind_of(const struct mending *m, struct node node)
{
	if (is_text(m, node, 16))
		return ARGUMENT_TEXT;
	return node_is(value_of(m->app, m->module, node).node, NODE_OBJECT) ? ARGUMENT_OBJECT
									    : ARGUMENT_UNKNOWN;
}

static bool can_mend(const struct mending *m, struct node call)
{
	struct node arguments = node_field(call, FIELD_ARGUMENTS);
	struct node first = node_first(arguments), parent = node_parent(node_outermost(call));

	if (node_is_null(first) || !node_same(first, node_last(arguments)) ||
	    node_is(first, NODE_SPREAD_ELEMENT) || node_is(parent, NODE_MEMBER_EXPRESSION) ||
	    node_is(parent, NODE_SUBSCRIPT_EXPRESSION) || kind_of(m, first) == ARGUMENT_UNKNOWN)
		return false;
	return !is_confirm(m) || is_statement(call) || is_awaited(call) || may_await(call);
}

static bool visit(struct node node, void *payload)
{
	struct mending *m = payload;
	struct node call = node_parent(node);

	if (!node_is(node, NODE_IDENTIFIER) && !node_is(node, NODE_SHORTHAND_PROPERTY_IDENTIFIER))
		return true;
	if (!node_text_is(&m->module->syntax, node, m->name) ||
	    !is_runtime_global(m->module, m->name, node_start(node)))
		return true;
	if (!node_is(call, NODE_CALL_EXPRESSION) ||
	    !node_same(node_field(call, FIELD_FUNCTION), node) || !can_mend(m, call))
		m->beyond = true;
	else
		*(struct node *)arena_push(m->app->arena, &m->calls, &m->count, sizeof(call)) =
			call;
	return true;
}

static void insert(const struct mending *m, struct diags *diags, struct diag *diag, size_t at,
		   const char *text)
{
	diag_edit(diags, diag, (struct place){m->module->path, at, at}, text);
}

static void add_import(const struct mending *m, struct diags *diags, struct diag *diag)
{
	const struct facts *facts = &m->module->facts;
	size_t first = 0;
	bool any = false;

	for (size_t i = 0; i < facts->import_count; i++) {
		const struct import *import = &facts->imports[i];

		if (import->kind != IMPORT_STATIC)
			continue;
		if (!any)
			first = import->place.start;
		any = true;
		for (size_t n = 0; n < import->name_count && !import->type_only &&
				   str_is(import->specifier, "attio/client");
		     n++) {
			const struct import_name *name = &import->names[n];

			if (str_is(name->imported, "*") || str_is(name->imported, "default"))
				continue;
			insert(m, diags, diag, name->place.start,
			       arena_printf(diags->arena, "%s, ", m->name));
			return;
		}
	}
	insert(m, diags, diag, first,
	       arena_printf(diags->arena, "import {%s} from \"attio/client\"\n", m->name));
}

static void mend_call(const struct mending *m, struct diags *diags, struct diag *diag,
		      struct node call)
{
	struct node argument = node_first(node_field(call, FIELD_ARGUMENTS));

	if (is_confirm(m) && !is_statement(call) && !is_awaited(call))
		insert(m, diags, diag, node_start(call), "await ");
	if (kind_of(m, argument) == ARGUMENT_OBJECT)
		return;
	insert(m, diags, diag, node_start(argument), "{title: ");
	insert(m, diags, diag, node_end(argument), is_confirm(m) ? "}" : ", text: \"\"}");
}

void offer_dialog(const struct app *app, const struct module *module, const char *name,
		  struct diags *diags, struct diag *diag)
{
	struct mending mending = {.app = app, .module = module, .name = name};

	node_walk(syntax_root(&module->syntax), visit, &mending);
	if (mending.beyond)
		return;
	add_import(&mending, diags, diag);
	for (size_t i = 0; i < mending.count; i++)
		mend_call(&mending, diags, diag, mending.calls[i]);
}
