/* ATT9003 for what parses and still is no program: esbuild and the compiler refuse it, each in
 * words of its own. Whatever one of them would let through is not told here. */
#include <string.h>

#include "app/problems.h"
#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "rules/internal.h"
#include "rules/visit.h"

/* What a node runs in, for each node of the module that was asked for or lies above one that was,
 * so that nothing is climbed twice however deep it is nested. */
struct outside {
	uint32_t at; /* the node of the function, or whatever else it is */
	uint32_t
		told; /* of a function's own node: where the finding about it is, from 1; 0: none */
	uint8_t around;
};

/* A module's. */
struct early {
	bool told;
	struct outside *known;
};

static struct diag *tell(const struct visiting *v, struct node node, const char *message,
			 const char *help)
{
	struct diag *diag = diag_add(v->diags, &v->rule->info, node_place(&v->module->syntax, node),
				     "%s", message);

	diag->help = help;
	((struct early *)v->own)->told = true;
	return diag;
}

/* --- where a statement or an expression stands --------------------------------------------------
 */

enum around { AROUND_UNASKED, AROUND_FUNCTION, AROUND_ASYNC, AROUND_CLASS, AROUND_TOP };

/* What the node at `at` means for what is right below it in `below`; AROUND_UNASKED: nothing, what
 * is around it counts. A method's computed name runs around it; parts of classes have rules of
 * their own. */
static enum around means(struct node at, struct node below)
{
	if (node_is(at, NODE_METHOD_DEFINITION) && node_role(below) == FIELD_NAME)
		return AROUND_UNASKED;
	if (node_is_function(at))
		return node_is_async(at) ? AROUND_ASYNC : AROUND_FUNCTION;
	if (node_is(at, NODE_CLASS_STATIC_BLOCK) || node_is(at, NODE_PUBLIC_FIELD_DEFINITION) ||
	    node_is(at, NODE_DECORATOR))
		return AROUND_CLASS;
	return node_is_null(node_parent(at)) ? AROUND_TOP : AROUND_UNASKED;
}

/* What the node, which is not the root, runs in: *in. */
static enum around around(const struct visiting *v, struct node node, struct node *in)
{
	struct outside *known = ((struct early *)v->own)->known;
	struct outside found = {0};
	struct node at = node, below;

	while (found.around == AROUND_UNASKED && known[at.at].around == AROUND_UNASKED) {
		below = at;
		at = node_parent(at);
		found.around = (uint8_t)means(at, below);
		found.at = at.at;
	}
	if (found.around == AROUND_UNASKED)
		found = known[at.at];
	for (below = node; !node_same(below, at); below = node_parent(below)) {
		known[below.at].at = found.at;
		known[below.at].around = found.around;
	}
	*in = (struct node){node.of, found.at};
	return (enum around)found.around;
}

/* A function that lacks one word is one finding, however often it awaits. */
static void tell_await(const struct visiting *v, struct node word, struct node function)
{
	struct early *early = v->own;
	struct outside *own = &early->known[function.at];

	if (own->told > 0) {
		diag_note(v->diags, &v->diags->items[own->told - 1],
			  node_place(&v->module->syntax, word), "here, too");
		return;
	}
	tell(v, word, "`await` stands in a function that is not `async`",
	     "write `async` before the function, and `await` where it is called");
	own->told = (uint32_t)v->diags->count;
}

static bool see_await(const struct visiting *v, struct node node)
{
	struct node word = node_down(node), in;

	while (!node_is_null(word) && !node_is(word, TOKEN_AWAIT))
		word = node_next(word);
	if (node_is_null(word))
		return true; /* a loop without it */
	/* The outer one of a chain has told it. */
	if (node_is(node_parent(node), NODE_AWAIT_EXPRESSION))
		return true;
	if (around(v, node, &in) == AROUND_FUNCTION)
		tell_await(v, word, in);
	return true;
}

/* Without imports and exports it may be a CommonJS module, whose text is a function's. */
static bool is_es_module(const struct module *module)
{
	for (size_t i = 0; i < module->facts.import_count; i++)
		if (module->facts.imports[i].kind == IMPORT_STATIC)
			return true;
	return module->facts.export_count > 0;
}

static bool see_return(const struct visiting *v, struct node node)
{
	struct node in;

	if (around(v, node, &in) == AROUND_TOP && is_es_module(v->module))
		tell(v, node, "`return` stands outside of a function",
		     "remove it, or put what it belongs to into a function");
	return true;
}

static bool see_import(const struct visiting *v, struct node node)
{
	struct node in;
	enum around where = around(v, node, &in);

	if (where == AROUND_FUNCTION || where == AROUND_ASYNC)
		tell(v, node, "`import` stands inside a function",
		     "move it to the top of the file, or write `await import(...)`");
	return true;
}

/* `<T>(x) => x` opens an element where there is JSX. */
static bool see_arrow(const struct visiting *v, struct node node)
{
	const struct syntax *syntax = &v->module->syntax;
	struct node list = node_field(node, FIELD_TYPE_PARAMETERS), word = node_down(list);
	struct node only = node_down_named(list);

	if (syntax->dialect != DIALECT_TSX || node_is_null(list) || node_count(list) != 1)
		return true;
	/* A comma, which has no node, or a limit or a default tells it from one. */
	for (word = node_down_named(only); !node_is_null(word); word = node_next_named(word))
		if (node_is(word, NODE_CONSTRAINT) || node_is(word, NODE_DEFAULT_TYPE))
			return true;
	for (size_t i = node_end(only); i < node_end(list); i++)
		if (syntax->bytes[i] == ',')
			return true;
	tell(v, list, "a type parameter of an arrow function reads as an element here",
	     "write a comma behind it, as in `<T,>`: this file can hold JSX");
	return true;
}

/* --- constants ----------------------------------------------------------------------------------
 */

/* The statement that says `const`, `let` or `var` for what is declared by `node`. */
static struct node declaring(struct node node)
{
	return node_is(node, NODE_VARIABLE_DECLARATOR) ? node_parent(node) : node;
}

static bool is_constant(const struct module *module, struct node declared)
{
	struct node statement = declaring(declared);

	return (node_is(statement, NODE_LEXICAL_DECLARATION) ||
		node_is(statement, NODE_FOR_IN_STATEMENT)) &&
	       !node_is(node_parent(statement), NODE_AMBIENT_DECLARATION) &&
	       node_text_is(&module->syntax, node_field(statement, FIELD_KIND), "const");
}

static bool see_assignment(const struct visiting *v, struct node node)
{
	const struct module *module = v->module;
	struct node name = node_unwrap(node_field(
		node, node_is(node, NODE_UPDATE_EXPRESSION) ? FIELD_ARGUMENT : FIELD_LEFT));
	const struct binding *binding;
	struct declared declared;
	struct diag *diag;
	const char *text;

	if (!node_is(name, NODE_IDENTIFIER))
		return true;
	text = node_text(&module->syntax, v->app->arena, name);
	if (!facts_local(&module->facts, text, node_start(name), &declared)) {
		binding = facts_binding(&module->facts, text);
		if (binding == NULL || binding->import >= 0 || binding->type_only)
			return true;
		declared.node = binding->node;
	}
	if (!is_constant(module, declared.node))
		return true;
	diag = tell(v, name,
		    arena_printf(v->app->arena, "`%s` is a constant and cannot get another value",
				 text),
		    "declare it with `let`");
	diag_note(v->diags, diag, node_place(&module->syntax, declared.node), "declared here");
	return true;
}

/* --- names that are declared twice --------------------------------------------------------------
 */

/* Nothing else may have its name in the same scope. */
static bool is_alone(const struct module *module, struct node declared)
{
	struct node statement = declaring(declared);

	if (node_is(declared, NODE_CLASS_DECLARATION) ||
	    node_is(declared, NODE_ABSTRACT_CLASS_DECLARATION))
		return true;
	return (node_is(statement, NODE_LEXICAL_DECLARATION) ||
		node_is(statement, NODE_FOR_IN_STATEMENT)) &&
	       !node_text_is(&module->syntax, node_field(statement, FIELD_KIND), "var");
}

/* One that has a value and merges with nothing but its like. */
static bool is_plain(struct node declared)
{
	struct node statement = declaring(declared);

	switch (node_kind(statement)) {
	case NODE_LEXICAL_DECLARATION:
	case NODE_VARIABLE_DECLARATION:
	case NODE_FOR_IN_STATEMENT:
	case NODE_CLASS_DECLARATION:
	case NODE_ABSTRACT_CLASS_DECLARATION:
	case NODE_FUNCTION_DECLARATION:
	case NODE_GENERATOR_FUNCTION_DECLARATION:
	case NODE_ENUM_DECLARATION:
		return !node_is(node_parent(statement), NODE_AMBIENT_DECLARATION);
	default:
		return false;
	}
}

static bool tell_twice(const struct visiting *v, const char *name, struct node one,
		       struct node other)
{
	const struct syntax *syntax = &v->module->syntax;
	struct node first = node_start(one) < node_start(other) ? one : other;
	struct node second = node_same(first, one) ? other : one, place;
	struct diag *diag;

	if (node_same(one, other) || !is_plain(one) || !is_plain(other) ||
	    (!is_alone(v->module, one) && !is_alone(v->module, other)))
		return false;
	place = node_field(second, FIELD_NAME);
	diag = tell(v, node_is_null(place) ? second : place,
		    arena_printf(v->app->arena, "`%s` is declared twice", name),
		    "give one of them another name, or remove it");
	place = node_field(first, FIELD_NAME);
	diag_note(v->diags, diag, node_place(syntax, node_is_null(place) ? first : place),
		  "the first one");
	return true;
}

static void see_names(const struct visiting *v)
{
	const struct facts *facts = &v->module->facts;
	const struct binding *kept = NULL;
	const struct declared *local = NULL;

	for (size_t i = 0; i < facts->binding_count; i++) {
		const struct binding *at = &facts->bindings[facts->bindings_by_name[i]];

		if (at->type_only || at->import >= 0)
			continue;
		if (kept == NULL || strcmp(kept->name, at->name) != 0)
			kept = at;
		else
			tell_twice(v, at->name, kept->node, at->node);
	}
	for (size_t i = 0; i < facts->local_count; i++) {
		const struct declared *at = &facts->locals[i].declared;

		if (local == NULL ||
		    strcmp(facts->locals[i].name, facts->locals[i - 1].name) != 0 ||
		    local->start != at->start || local->end != at->end)
			local = at;
		else
			tell_twice(v, facts->locals[i].name, local->node, at->node);
	}
}

/* Files that end up in no bundle are left alone, as those that do not parse are. */
static bool wants(struct visiting *v)
{
	struct early *early;

	if (v->module->runtimes == 0 || v->module->odd_suffix ||
	    syntax_is_broken(&v->module->syntax) || str_ends(v->module->path, ".d.ts"))
		return false;
	early = mem_zalloc(1, sizeof(*early));
	early->known = mem_zalloc(v->module->syntax.count, sizeof(*early->known));
	v->own = early;
	return true;
}

/* What our parser reads, and the engine does not. */
static void done(const struct visiting *v)
{
	struct early *early = v->own;

	see_names(v);
	if (!early->told)
		syntax_problem(v->app->arena, v->diags, v->module);
	mem_free(early->known);
	mem_free(early);
}

const struct walk walk_early = {
	.modules = WALK_ALL,
	.wants = wants,
	.done = done,
	.visits =
		(const struct visit[]){
			{NODE_AWAIT_EXPRESSION, see_await},
			{NODE_FOR_IN_STATEMENT, see_await},
			{NODE_RETURN_STATEMENT, see_return},
			{NODE_IMPORT_STATEMENT, see_import},
			{NODE_ARROW_FUNCTION, see_arrow},
			{NODE_ASSIGNMENT_EXPRESSION, see_assignment},
			{NODE_AUGMENTED_ASSIGNMENT_EXPRESSION, see_assignment},
			{NODE_UPDATE_EXPRESSION, see_assignment},
			{NODE_AMBIENT_DECLARATION, NULL},
			{NODE_NONE, NULL},
		},
};
