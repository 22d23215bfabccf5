/* Questions about a linked schema. Making one: link.c; finding an app's: load.c. */
#include "graphql/schema.h"

#include <string.h>

#include "base/arena.h"
#include "base/mem.h"

void graphql_schema_free(struct graphql_schema *schema)
{
	if (schema == NULL)
		return;
	map_dispose(&schema->types);
	map_dispose(&schema->directives);
	arena_free(schema->arena);
	mem_free(schema);
}

const struct graphql_type *graphql_schema_type(const struct graphql_schema *schema,
					       const char *name)
{
	return map_get(&schema->types, name);
}

const struct graphql_directive_type *graphql_schema_directive(const struct graphql_schema *schema,
							      const char *name)
{
	return map_get(&schema->directives, name);
}

const struct graphql_field *graphql_schema_field(const struct graphql_schema *schema,
						 const struct graphql_type *type, const char *name)
{
	if (!graphql_type_is_composite(type))
		return NULL;
	if (strcmp(name, schema->meta_typename.name) == 0)
		return &schema->meta_typename;
	if (type == schema->query && strcmp(name, schema->meta_schema.name) == 0)
		return &schema->meta_schema;
	if (type == schema->query && strcmp(name, schema->meta_type.name) == 0)
		return &schema->meta_type;
	for (size_t i = 0; i < type->field_count; i++) {
		if (strcmp(type->fields[i].name, name) == 0)
			return &type->fields[i];
	}
	return NULL;
}

const struct graphql_input *graphql_input_find(const struct graphql_input *inputs, size_t count,
					       const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(inputs[i].name, name) == 0)
			return &inputs[i];
	}
	return NULL;
}

bool graphql_input_required(const struct graphql_input *input)
{
	return input->type->kind == GRAPHQL_REF_NON_NULL && !input->has_default;
}

const struct graphql_ref *graphql_ref_resolve(const struct graphql_schema *schema,
					      struct arena *arena,
					      const struct graphql_type_ref *written)
{
	struct graphql_ref *ref = arena_alloc(arena, sizeof(*ref));

	ref->kind = written->kind;
	if (written->kind == GRAPHQL_REF_NAMED) {
		ref->named = graphql_schema_type(schema, written->name.text);
		return ref->named != NULL ? ref : NULL;
	}
	ref->of = graphql_ref_resolve(schema, arena, written->of);
	if (ref->of == NULL)
		return NULL;
	ref->named = ref->of->named;
	return ref;
}

const struct graphql_ref *graphql_ref_nullable(const struct graphql_ref *ref)
{
	return ref->kind == GRAPHQL_REF_NON_NULL ? ref->of : ref;
}

const char *graphql_ref_words(struct arena *arena, const struct graphql_ref *ref)
{
	switch (ref->kind) {
	case GRAPHQL_REF_LIST:
		return arena_printf(arena, "[%s]", graphql_ref_words(arena, ref->of));
	case GRAPHQL_REF_NON_NULL:
		return arena_printf(arena, "%s!", graphql_ref_words(arena, ref->of));
	default:
		return ref->named->name;
	}
}

bool graphql_type_is_composite(const struct graphql_type *type)
{
	return type->kind == GRAPHQL_OBJECT || type->kind == GRAPHQL_INTERFACE ||
	       type->kind == GRAPHQL_UNION;
}

bool graphql_type_is_leaf(const struct graphql_type *type)
{
	return type->kind == GRAPHQL_SCALAR || type->kind == GRAPHQL_ENUM;
}

bool graphql_type_is_input(const struct graphql_type *type)
{
	return graphql_type_is_leaf(type) || type->kind == GRAPHQL_INPUT;
}

static bool is_possible(const struct graphql_type *object, const struct graphql_type *abstract)
{
	for (size_t i = 0; i < abstract->possible_count; i++) {
		if (abstract->possible[i] == object)
			return true;
	}
	return false;
}

bool graphql_type_is_subtype(const struct graphql_type *sub, const struct graphql_type *super)
{
	if (sub == super || is_possible(sub, super))
		return true;
	for (size_t i = 0; i < sub->interface_count; i++) {
		if (sub->interfaces[i] == super)
			return true;
	}
	return false;
}

bool graphql_types_overlap(const struct graphql_type *a, const struct graphql_type *b)
{
	if (a == b || is_possible(a, b) || is_possible(b, a))
		return true;
	for (size_t i = 0; i < a->possible_count; i++) {
		if (is_possible(a->possible[i], b))
			return true;
	}
	return false;
}
