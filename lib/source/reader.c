/* What is added to the facts wherever it is found: by facts.c at the top level, by uses.c below. */
#include "source/reader.h"

#include "base/arena.h"

void add_import(struct reader *r, enum import_kind kind, struct node whole, struct node literal,
		bool type_only)
{
	struct import *import =
		arena_push(r->arena, &r->facts->imports, &r->facts->import_count, sizeof(*import));

	import->kind = kind;
	import->specifier = node_string(r->syntax, r->arena, literal);
	import->type_only = type_only;
	import->place = node_place(r->syntax, whole);
	import->specifier_place = node_place(r->syntax, literal);
}

void add_name(struct reader *r, const char *imported, const char *local, bool type_only,
	      struct node node)
{
	struct import *import = &r->facts->imports[r->facts->import_count - 1];
	struct import_name *name =
		arena_push(r->arena, &import->names, &import->name_count, sizeof(*name));

	name->imported = imported;
	name->local = local;
	name->type_only = type_only;
	name->place = node_place(r->syntax, node);
}

void add_binding(struct reader *r, const char *name, struct node node, struct node value,
		 int import, const char *imported)
{
	struct binding *binding = arena_push(r->arena, &r->facts->bindings,
					     &r->facts->binding_count, sizeof(*binding));

	*binding = (struct binding){
		.name = name, .node = node, .value = value, .import = import, .imported = imported};
}

bool has_keyword(struct node node, enum node_kind keyword)
{
	for (struct node at = node_down(node); !node_is_null(at); at = node_next(at))
		if (node_is(at, keyword))
			return true;
	return false;
}
