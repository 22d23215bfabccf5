/* The pass over the whole tree: dynamic imports, declarations below the top level, and for which
 * imported names a value is used. TypeScript (and esbuild) drop an import whose names are used only
 * as types; what is dropped puts nothing into a bundle, so it must not count here either. */
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "source/reader.h"

/* `x as import("y").Z`: the grammar makes a call of it. */
static bool is_import_type(const struct reader *r, struct node call)
{
	static const char *const words[] = {"as",    "satisfies", "typeof",
					    "keyof", "extends",   "implements"};
	size_t end = node_start(call), start;

	while (end > 0 && strchr(" \t\r\n", r->syntax->bytes[end - 1]) != NULL)
		end--;
	for (start = end;
	     start > 0 && r->syntax->bytes[start - 1] >= 'a' && r->syntax->bytes[start - 1] <= 'z';)
		start--;
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (end - start == strlen(words[i]) &&
		    memcmp(r->syntax->bytes + start, words[i], end - start) == 0)
			return true;
	}
	return false;
}

/* import(x) and require(x) can reach the whole module. What `require` is here is known only when
 * all declarations are. */
static void note_call(struct reader *r, struct node call)
{
	struct node function = node_field(call, FIELD_FUNCTION), *slot;

	if (node_is(function, NODE_IMPORT)
		    ? is_import_type(r, call)
		    : !node_is(function, NODE_IDENTIFIER) ||
			      !node_text_is(r->syntax, function, "require") ||
			      has_keyword(call, TOKEN_QUESTION_DOT))
		return;
	slot = arena_push(r->arena, &r->calls, &r->call_count, sizeof(*slot));
	*slot = call;
}

/* The import that binds the name of an identifier; NULL when none does. */
static struct import_name *imported_name(const struct reader *r, struct node node)
{
	size_t len;
	const char *bytes = node_bytes(r->syntax, node, &len);
	char word[256];

	if (r->imported.count == 0)
		return NULL;
	if (len >= sizeof(word))
		return map_get(&r->imported, node_text(r->syntax, r->arena, node));
	memcpy(word, bytes, len);
	word[len] = '\0';
	return map_get(&r->imported, word);
}

/* A `var` of the top level that stands in a statement there: facts.c reads declarations only. */
static bool is_nested_variable(const struct declared *declared)
{
	struct node around = node_parent(node_parent(declared->node));

	return declared->as == DECLARED_VARIABLE &&
	       (node_is(declared->node, NODE_FOR_IN_STATEMENT) ||
		(!node_is(around, NODE_PROGRAM) && !node_is(around, NODE_EXPORT_STATEMENT) &&
		 !node_is(around, NODE_AMBIENT_DECLARATION)));
}

static void note_local(const struct declared *declared, void *payload)
{
	struct reader *r = payload;
	struct local *local;

	if (declared->top) {
		if (is_nested_variable(declared))
			add_binding(r, node_text(r->syntax, r->arena, declared->name),
				    declared->node, (struct node){0}, -1, NULL);
		return;
	}
	local = arena_push(r->arena, &r->facts->locals, &r->facts->local_count, sizeof(*local));
	local->name = node_text(r->syntax, r->arena, declared->name);
	local->declared = *declared;
}

/* An element whose name is a lower-case word: no variable. */
static bool is_plain_tag(const struct reader *r, struct node element)
{
	struct node name = node_field(element, FIELD_NAME);
	char first;

	if (!node_is(name, NODE_IDENTIFIER))
		return false;
	first = r->syntax->bytes[node_start(name)];
	return first >= 'a' && first <= 'z';
}

static void note_use(struct reader *r, struct node node)
{
	struct import_name *name = imported_name(r, node);
	struct use *use;

	if (name == NULL || (r->tag != 0 && r->tag == node_start(node)))
		return;
	use = arena_push(r->arena, &r->uses, &r->use_count, sizeof(*use));
	*use = (struct use){name, node_start(node)};
}

/* Nodes in which names are not values. */
static bool holds_no_values(struct node node)
{
	switch (node_kind(node)) {
	case NODE_IMPORT_STATEMENT:
	case NODE_TYPE_QUERY:
	case NODE_NESTED_TYPE_IDENTIFIER:
	case NODE_COMMENT:
	case NODE_TYPE_PREDICATE:
	case NODE_TYPE_ANNOTATION:
	case NODE_TYPE_ARGUMENTS:
	case NODE_TYPE_PARAMETERS:
	case NODE_INTERFACE_DECLARATION:
	case NODE_TYPE_ALIAS_DECLARATION:
		return true;
	case NODE_EXPORT_STATEMENT:
		return !node_is_null(node_field(node, FIELD_SOURCE)) ||
		       has_keyword(node, TOKEN_TYPE);
	case NODE_EXPORT_SPECIFIER:
		return has_keyword(node, TOKEN_TYPE);
	default:
		return false;
	}
}

static bool visit_use(struct node node, void *payload)
{
	struct reader *r = payload;
	enum node_kind kind = node_kind(node);

	if (kind == NODE_IDENTIFIER || kind == NODE_SHORTHAND_PROPERTY_IDENTIFIER) {
		note_use(r, node);
		return false;
	}
	/* `<div>` is the element of that name, whatever `div` is here. */
	if (kind_is_jsx(kind) && is_plain_tag(r, node))
		r->tag = node_start(node_field(node, FIELD_NAME));
	if (holds_no_values(node))
		return false;
	if (kind == NODE_CALL_EXPRESSION)
		note_call(r, node);
	scopes_enter(&r->scopes, r->syntax, node, note_local, r);
	return true;
}

/* A use counts unless a declaration nearer to it has the name. */
static void settle_uses(struct reader *r)
{
	for (size_t i = 0; i < r->use_count; i++) {
		const struct use *use = &r->uses[i];
		struct declared declared;

		if (map_get(&r->used, use->name->local) == NULL &&
		    !facts_local(r->facts, use->name->local, use->offset, &declared))
			map_set(&r->used, use->name->local, use->name);
	}
}

/* TypeScript only: an import none of whose names is used as a value vanishes. */
static void drop_unused(struct reader *r)
{
	for (size_t i = 0; i < r->facts->import_count; i++) {
		struct import *import = &r->facts->imports[i];
		bool vanishes = import->name_count > 0 || import->has_clause;

		/* esbuild keeps an unused `import x = require("y")`, and each `export ... from`
		 * that is no `export type`. */
		if (import->kind != IMPORT_STATIC || import->type_only)
			continue;
		import->elided = ELIDED_TYPES;
		for (size_t n = 0; n < import->name_count; n++) {
			struct import_name *name = &import->names[n];

			if (!name->type_only)
				import->elided = ELIDED_UNUSED;
			if (map_get(&r->used, name->local) == NULL)
				name->type_only = true;
			vanishes = vanishes && name->type_only;
		}
		import->type_only = vanishes;
		if (!vanishes)
			import->elided = ELIDED_NOT;
	}
}

void read_uses(struct reader *r, bool typescript)
{
	node_walk(syntax_root(r->syntax), visit_use, r);
	sort_names(r->facts, r->arena);
	read_loading_calls(r);
	if (typescript) {
		settle_uses(r);
		drop_unused(r);
	}
	scopes_dispose(&r->scopes);
	map_dispose(&r->used);
}
