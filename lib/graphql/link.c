/* A schema's text -> linked types, in three passes over its definitions: make the types, fill them
 * (types may be used before their definition), then collect who implements what. Errors name the
 * place in the file, which is not the user's own. */
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "graphql/schema.h"
#include "graphql/specified.h"

struct linker {
	struct graphql_schema *schema;
	const char *path;
	const struct graphql_document *document; /* the schema's own */
	const struct graphql_document *specified;
	struct error *error;
};

static int fail_at(struct linker *linker, size_t offset, const char *message)
{
	const char *bytes = linker->document->bytes;
	size_t line = 1, column = 1;

	for (size_t i = 0; i < offset; i++) {
		column = bytes[i] == '\n' ? 1 : column + 1;
		line += bytes[i] == '\n';
	}
	error_set(linker->error, ERROR_TOOL, "the GraphQL schema `%s` cannot be used",
		  linker->path);
	error_why(linker->error, "line %zu, column %zu: %s", line, column, message);
	return error_fix(linker->error, "install the package it came with again");
}

static int fail_name(struct linker *linker, const struct graphql_name *name, const char *what)
{
	return fail_at(linker, name->start,
		       arena_printf(linker->schema->arena, "`%s` %s", name->text, what));
}

static void declare_directive(struct linker *linker, const struct graphql_definition *definition)
{
	static const char *const places[] = {
		"QUERY",
		"MUTATION",
		"SUBSCRIPTION",
		"FIELD",
		"FRAGMENT_DEFINITION",
		"FRAGMENT_SPREAD",
		"INLINE_FRAGMENT",
		"VARIABLE_DEFINITION",
	};
	struct graphql_schema *schema = linker->schema;
	struct graphql_directive_type *directive = arena_alloc(schema->arena, sizeof(*directive));

	directive->name = definition->name.text;
	directive->definition = definition;
	directive->repeatable = definition->repeatable;
	for (size_t i = 0; i < definition->name_count; i++) {
		for (size_t k = 0; k < ARRAY_LEN(places); k++) {
			if (strcmp(definition->names[i].text, places[k]) == 0)
				directive->locations |= 1u << k;
		}
	}
	map_set(&schema->directives, directive->name, directive);
}

static void declare_type(struct linker *linker, const struct graphql_definition *definition)
{
	struct graphql_type *type = arena_alloc(linker->schema->arena, sizeof(*type));

	type->name = definition->name.text;
	type->kind = definition->kind;
	type->definition = definition;
	map_set(&linker->schema->types, type->name, type);
}

static int declare(struct linker *linker)
{
	for (size_t i = 0; i < linker->document->definition_count; i++) {
		const struct graphql_definition *definition = &linker->document->definitions[i];
		const struct graphql_schema *schema = linker->schema;

		if (definition->kind < GRAPHQL_SCHEMA)
			return fail_at(linker, definition->start,
				       "a schema holds no queries or fragments");
		if (definition->kind == GRAPHQL_SCHEMA || definition->extension)
			continue;
		if (map_get(definition->kind == GRAPHQL_DIRECTIVE ? &schema->directives
								  : &schema->types,
			    definition->name.text) != NULL)
			return fail_name(linker, &definition->name, "is defined twice");
		if (definition->kind == GRAPHQL_DIRECTIVE)
			declare_directive(linker, definition);
		else
			declare_type(linker, definition);
	}
	return 0;
}

/* A schema may repeat what the specification defines (printed schemas do): then its own text
 * counts, but a scalar keeps its meaning. */
static void declare_specified(struct linker *linker)
{
	const struct graphql_schema *schema = linker->schema;

	for (size_t i = 0; i < linker->specified->definition_count; i++) {
		const struct graphql_definition *definition = &linker->specified->definitions[i];
		struct graphql_type *type;

		if (definition->kind == GRAPHQL_DIRECTIVE) {
			if (map_get(&schema->directives, definition->name.text) == NULL)
				declare_directive(linker, definition);
			continue;
		}
		if (map_get(&schema->types, definition->name.text) == NULL)
			declare_type(linker, definition);
		type = map_get(&schema->types, definition->name.text);
		type->specified = true;
	}
}

/* The reference, or NULL with the error. `input`: the position takes input types, else output. */
static const struct graphql_ref *link_ref(struct linker *linker, bool input,
					  const struct graphql_type_ref *written)
{
	const struct graphql_ref *ref =
		graphql_ref_resolve(linker->schema, linker->schema->arena, written);

	if (ref != NULL &&
	    (input ? graphql_type_is_input(ref->named) : ref->named->kind != GRAPHQL_INPUT))
		return ref;
	while (written->of != NULL)
		written = written->of;
	fail_name(linker, &written->name,
		  ref == NULL ? "is not defined"
		  : input     ? "is no type for an input"
			      : "is a type for inputs only");
	return NULL;
}

static int link_inputs(struct linker *linker, const struct graphql_input_def *defs,
		       size_t def_count, struct graphql_input **inputs, size_t *count)
{
	for (size_t i = 0; i < def_count; i++) {
		const struct graphql_ref *ref = link_ref(linker, true, defs[i].type);
		struct graphql_input *input;

		if (ref == NULL)
			return -1;
		if (graphql_input_find(*inputs, *count, defs[i].name.text) != NULL)
			return fail_name(linker, &defs[i].name, "is defined twice");
		input = arena_push(linker->schema->arena, inputs, count, sizeof(*input));
		input->name = defs[i].name.text;
		input->definition = &defs[i];
		input->type = ref;
		input->has_default = defs[i].default_value != NULL;
	}
	return 0;
}

static int link_fields(struct linker *linker, struct graphql_type *type,
		       const struct graphql_definition *definition)
{
	for (size_t i = 0; i < definition->field_count; i++) {
		const struct graphql_field_def *def = &definition->fields[i];
		const struct graphql_ref *ref = link_ref(linker, false, def->type);
		struct graphql_field field = {
			.name = def->name.text, .definition = def, .type = ref};
		struct graphql_field *slot;

		if (ref == NULL)
			return -1;
		for (size_t k = 0; k < type->field_count; k++) {
			if (strcmp(type->fields[k].name, field.name) == 0)
				return fail_name(linker, &def->name, "is defined twice");
		}
		if (link_inputs(linker, def->arguments, def->argument_count, &field.arguments,
				&field.argument_count) != 0)
			return -1;
		slot = arena_push(linker->schema->arena, &type->fields, &type->field_count,
				  sizeof(*slot));
		*slot = field;
	}
	return 0;
}

/* Interfaces, members and enum values: what a definition lists by name. */
static int link_names(struct linker *linker, struct graphql_type *type,
		      const struct graphql_definition *definition)
{
	struct arena *arena = linker->schema->arena;

	for (size_t i = 0; i < definition->name_count; i++) {
		const struct graphql_name *name = &definition->names[i];
		const struct graphql_type *named;
		const struct graphql_type **slot;

		if (type->kind == GRAPHQL_ENUM) {
			const char **value = arena_push(arena, &type->values, &type->value_count,
							sizeof(*value));
			const struct graphql_enum_def **def = arena_push(
				arena, &type->value_defs, &type->value_def_count, sizeof(*def));
			*value = name->text;
			*def = &definition->values[i];
			continue;
		}
		named = graphql_schema_type(linker->schema, name->text);
		if (named == NULL)
			return fail_name(linker, name, "is not defined");
		if (type->kind == GRAPHQL_UNION) {
			if (named->kind != GRAPHQL_OBJECT)
				return fail_name(linker, name, "is no object type");
			slot = arena_push(arena, &type->possible, &type->possible_count,
					  sizeof(*slot));
		} else {
			if (named->kind != GRAPHQL_INTERFACE)
				return fail_name(linker, name, "is no interface");
			slot = arena_push(arena, &type->interfaces, &type->interface_count,
					  sizeof(*slot));
		}
		*slot = named;
	}
	return 0;
}

static int link_type(struct linker *linker, struct graphql_type *type,
		     const struct graphql_definition *definition)
{
	for (size_t i = 0; i < definition->directives.count; i++) {
		if (strcmp(definition->directives.items[i].name.text, "oneOf") == 0)
			type->one_of = true;
	}
	if (link_fields(linker, type, definition) != 0 ||
	    link_inputs(linker, definition->inputs, definition->input_count, &type->inputs,
			&type->input_count) != 0)
		return -1;
	return link_names(linker, type, definition);
}

static int link_extensions(struct linker *linker)
{
	for (size_t i = 0; i < linker->document->definition_count; i++) {
		const struct graphql_definition *definition = &linker->document->definitions[i];
		struct graphql_type *type;

		if (!definition->extension || definition->kind == GRAPHQL_SCHEMA)
			continue;
		type = map_get(&linker->schema->types, definition->name.text);
		if (type == NULL)
			return fail_name(linker, &definition->name, "is not defined");
		if (type->kind != definition->kind)
			return fail_name(linker, &definition->name, "is of another kind");
		if (link_type(linker, type, definition) != 0)
			return -1;
	}
	return 0;
}

static int set_root(struct linker *linker, const char *operation, const struct graphql_name *name)
{
	struct graphql_schema *schema = linker->schema;
	const struct graphql_type *type = graphql_schema_type(schema, name->text);

	if (type == NULL || type->kind != GRAPHQL_OBJECT)
		return fail_name(linker, name, "is no object type");
	if (strcmp(operation, "query") == 0)
		schema->query = type;
	else if (strcmp(operation, "mutation") == 0)
		schema->mutation = type;
	else
		schema->subscription = type;
	return 0;
}

static int link_roots(struct linker *linker)
{
	struct graphql_schema *schema = linker->schema;
	bool defined = false;

	for (size_t i = 0; i < linker->document->definition_count; i++) {
		const struct graphql_definition *definition = &linker->document->definitions[i];

		if (definition->kind != GRAPHQL_SCHEMA)
			continue;
		defined = defined || !definition->extension;
		if (definition->description != NULL)
			schema->description = definition->description;
		for (size_t k = 0; k < definition->operation_count; k++) {
			if (set_root(linker, definition->operations[k].text,
				     &definition->names[k]) != 0)
				return -1;
		}
	}
	if (!defined) {
		static const char *const names[] = {"Query", "Mutation", "Subscription"};
		const struct graphql_type **roots[] = {&schema->query, &schema->mutation,
						       &schema->subscription};

		for (size_t i = 0; i < ARRAY_LEN(names); i++) {
			const struct graphql_type *type = graphql_schema_type(schema, names[i]);

			if (*roots[i] == NULL && type != NULL && type->kind == GRAPHQL_OBJECT)
				*roots[i] = type;
		}
	}
	return schema->query != NULL ? 0 : fail_at(linker, 0, "it has no query type");
}

/* Each object becomes a possible type of the interfaces it declares. */
static void link_implementations(struct graphql_schema *schema)
{
	for (size_t i = 0; i < schema->types.count; i++) {
		const struct graphql_type *type = schema->types.entries[i].value;

		if (type->kind != GRAPHQL_OBJECT)
			continue;
		for (size_t k = 0; k < type->interface_count; k++) {
			struct graphql_type *interface =
				map_get(&schema->types, type->interfaces[k]->name);
			const struct graphql_type **slot =
				arena_push(schema->arena, &interface->possible,
					   &interface->possible_count, sizeof(*slot));
			*slot = type;
		}
	}
}

/* __typename: String!, __schema: __Schema!, __type(name: String!): __Type. */
static void link_meta_fields(struct graphql_schema *schema)
{
	static const char text[] = "type M { __typename: String! __schema: __Schema! "
				   "__type(name: String!): __Type }";
	const struct graphql_document *document =
		graphql_parse(schema->arena, text, sizeof(text) - 1);
	const struct graphql_definition *definition = &document->definitions[0];
	struct graphql_type type = {0};
	struct error error;
	struct linker linker = {.schema = schema, .document = document, .error = &error};

	link_fields(&linker, &type, definition);
	schema->meta_typename = type.fields[0];
	schema->meta_schema = type.fields[1];
	schema->meta_type = type.fields[2];
}

static int link_schema(struct linker *linker)
{
	struct graphql_schema *schema = linker->schema;

	if (linker->document->error_count > 0)
		return fail_at(linker, linker->document->errors[0].start,
			       linker->document->errors[0].message);
	if (declare(linker) != 0)
		return -1;
	declare_specified(linker);
	for (size_t i = 0; i < schema->types.count; i++) {
		struct graphql_type *type = schema->types.entries[i].value;

		if (link_type(linker, type, type->definition) != 0)
			return -1;
	}
	for (size_t i = 0; i < schema->directives.count; i++) {
		struct graphql_directive_type *directive = schema->directives.entries[i].value;

		if (link_inputs(linker, directive->definition->inputs,
				directive->definition->input_count, &directive->arguments,
				&directive->argument_count) != 0)
			return -1;
	}
	if (link_extensions(linker) != 0 || link_roots(linker) != 0)
		return -1;
	link_implementations(schema);
	link_meta_fields(schema);
	return 0;
}

int graphql_schema_parse(const char *bytes, size_t len, const char *path,
			 struct graphql_schema **schema, struct error *error)
{
	struct graphql_schema *made = mem_zalloc(1, sizeof(*made));
	struct linker linker = {.schema = made, .path = path, .error = error};

	made->arena = arena_new();
	linker.document = graphql_parse(made->arena, bytes, len);
	linker.specified =
		graphql_parse(made->arena, graphql_specified_text, strlen(graphql_specified_text));
	*schema = NULL;
	if (link_schema(&linker) != 0) {
		graphql_schema_free(made);
		return -1;
	}
	*schema = made;
	return 0;
}
