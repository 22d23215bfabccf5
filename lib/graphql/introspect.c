/* Answers of the introspection types. A node is a subject: what it is about, by the kind that its
 * introspection type tells. */
#include "graphql/introspect.h"

#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "graphql/literal.h"

struct subject {
	const struct graphql_ref *ref;     /* of a __Type */
	const struct graphql_field *field; /* of a __Field */
	const struct graphql_input *input; /* of an __InputValue */
	const char *value;                 /* of an __EnumValue, and beside it: */
	const struct graphql_enum_def *value_def;
	const struct graphql_directive_type *directive; /* of a __Directive */
};

struct question {
	struct introspection *introspection;
	struct arena *arena;
	const struct subject *subject;
	const char *field;
	bool deprecated; /* asked for with `includeDeprecated` */
};

static bool is(const struct question *question, const char *field)
{
	return strcmp(question->field, field) == 0;
}

static struct graphql_datum node_of(const struct introspection *introspection, const char *type,
				    struct subject subject)
{
	struct subject *kept = arena_alloc(introspection->arena, sizeof(*kept));

	*kept = subject;
	return graphql_node(graphql_schema_type(introspection->schema, type), kept);
}

static struct graphql_datum type_node(const struct introspection *introspection,
				      const struct graphql_type *type)
{
	struct graphql_ref *ref;

	if (type == NULL)
		return (struct graphql_datum){.kind = GRAPHQL_NULL};
	ref = arena_alloc(introspection->arena, sizeof(*ref));
	ref->kind = GRAPHQL_REF_NAMED;
	ref->named = type;
	return node_of(introspection, "__Type", (struct subject){.ref = ref});
}

static struct graphql_datum empty_list(const struct question *question, size_t room)
{
	return graphql_list(arena_alloc(question->arena, room * sizeof(struct graphql_datum)), 0);
}

/* The text that a directive of a definition carries; NULL without the directive. */
static const char *directive_text(const struct graphql_directives *directives, const char *name,
				  const char *argument, const char *otherwise)
{
	for (size_t i = 0; i < directives->count; i++) {
		const struct graphql_directive *directive = &directives->items[i];

		if (strcmp(directive->name.text, name) != 0)
			continue;
		for (size_t k = 0; k < directive->argument_count; k++) {
			if (strcmp(directive->arguments[k].name.text, argument) == 0 &&
			    directive->arguments[k].value.kind == GRAPHQL_VALUE_STRING)
				return directive->arguments[k].value.text;
		}
		return otherwise;
	}
	return NULL;
}

static const char *deprecation(const struct graphql_directives *directives)
{
	return directive_text(directives, "deprecated", "reason", "No longer supported");
}

static struct graphql_datum deprecation_field(const struct question *question, const char *reason)
{
	return is(question, "isDeprecated") ? graphql_truth(reason != NULL) : graphql_text(reason);
}

static struct graphql_datum list_inputs(const struct question *question,
					const struct graphql_input *inputs, size_t count)
{
	struct graphql_datum list = empty_list(question, count);

	for (size_t i = 0; i < count; i++) {
		if (!question->deprecated && deprecation(&inputs[i].definition->directives) != NULL)
			continue;
		list.items[list.count++] = node_of(question->introspection, "__InputValue",
						   (struct subject){.input = &inputs[i]});
	}
	return list;
}

static struct graphql_datum list_fields(const struct question *question,
					const struct graphql_type *type)
{
	struct graphql_datum list = empty_list(question, type->field_count);

	for (size_t i = 0; i < type->field_count; i++) {
		const struct graphql_field *field = &type->fields[i];

		if (!question->deprecated && deprecation(&field->definition->directives) != NULL)
			continue;
		list.items[list.count++] = node_of(question->introspection, "__Field",
						   (struct subject){.field = field});
	}
	return list;
}

static struct graphql_datum list_values(const struct question *question,
					const struct graphql_type *type)
{
	struct graphql_datum list = empty_list(question, type->value_count);

	for (size_t i = 0; i < type->value_count; i++) {
		const struct graphql_enum_def *def = type->value_defs[i];

		if (!question->deprecated && deprecation(&def->directives) != NULL)
			continue;
		list.items[list.count++] =
			node_of(question->introspection, "__EnumValue",
				(struct subject){.value = type->values[i], .value_def = def});
	}
	return list;
}

/* ---- the order of types ---- */

struct visit {
	const struct graphql_type *const *next; /* what its definition refers to */
	size_t left;
};

struct ordering {
	struct arena *arena;
	const struct graphql_type **types;
	size_t count;
	struct map known; /* name -> type: in `types`, or to be put there */
	struct visit *visits;
	size_t visit_count;
};

static void refer(struct ordering *ordering, const struct graphql_type ***list, size_t *count,
		  const struct graphql_type *type)
{
	const struct graphql_type **slot = arena_push(ordering->arena, list, count, sizeof(*slot));

	*slot = type;
}

/* Adds a type; what it refers to is visited next. */
static void place(struct ordering *ordering, const struct graphql_type *type)
{
	const struct graphql_type **list = NULL, **slot;
	struct visit *visit;
	size_t count = 0;

	slot = arena_push(ordering->arena, &ordering->types, &ordering->count, sizeof(*slot));
	*slot = type;
	if (type->kind == GRAPHQL_UNION) {
		for (size_t i = 0; i < type->possible_count; i++)
			refer(ordering, &list, &count, type->possible[i]);
	}
	for (size_t i = 0; i < type->interface_count; i++)
		refer(ordering, &list, &count, type->interfaces[i]);
	for (size_t i = 0; i < type->field_count; i++) {
		refer(ordering, &list, &count, type->fields[i].type->named);
		for (size_t k = 0; k < type->fields[i].argument_count; k++)
			refer(ordering, &list, &count, type->fields[i].arguments[k].type->named);
	}
	for (size_t i = 0; i < type->input_count; i++)
		refer(ordering, &list, &count, type->inputs[i].type->named);
	visit = arena_push(ordering->arena, &ordering->visits, &ordering->visit_count,
			   sizeof(*visit));
	visit->next = list;
	visit->left = count;
}

static void enter(struct ordering *ordering, const struct graphql_type *type)
{
	if (map_get(&ordering->known, type->name) != NULL)
		return;
	map_set(&ordering->known, type->name, type);
	place(ordering, type);
}

/* Adds what the types that were placed refer to. */
static void follow(struct ordering *ordering)
{
	while (ordering->visit_count > 0) {
		struct visit *visit = &ordering->visits[ordering->visit_count - 1];

		if (visit->left == 0) {
			ordering->visit_count--;
			continue;
		}
		visit->left--;
		enter(ordering, *visit->next++);
	}
}

/* The schema's own in the order of their definition, each before what it is the first to use of the
 * specification's; then what else the directives and the introspection use. */
static void order_types(struct introspection *introspection)
{
	const struct graphql_schema *schema = introspection->schema;
	struct ordering ordering = {.arena = introspection->arena};

	for (size_t i = 0; i < schema->types.count; i++) {
		const struct graphql_type *type = schema->types.entries[i].value;

		if (!type->specified)
			map_set(&ordering.known, type->name, type);
	}
	for (size_t i = 0; i < schema->types.count; i++) {
		const struct graphql_type *type = schema->types.entries[i].value;

		if (!type->specified) {
			place(&ordering, type);
			follow(&ordering);
		}
	}
	for (size_t i = 0; i < schema->directives.count; i++) {
		const struct graphql_directive_type *directive =
			schema->directives.entries[i].value;

		for (size_t k = 0; k < directive->argument_count; k++) {
			enter(&ordering, directive->arguments[k].type->named);
			follow(&ordering);
		}
	}
	enter(&ordering, graphql_schema_type(schema, "__Schema"));
	follow(&ordering);
	introspection->types = ordering.types;
	introspection->type_count = ordering.count;
	map_dispose(&ordering.known);
}

/* ---- the types of the answers ---- */

static struct graphql_datum list_types(const struct question *question)
{
	struct introspection *introspection = question->introspection;
	struct graphql_datum list;

	if (introspection->types == NULL)
		order_types(introspection);
	list = empty_list(question, introspection->type_count);
	for (size_t i = 0; i < introspection->type_count; i++)
		list.items[list.count++] = type_node(introspection, introspection->types[i]);
	return list;
}

static struct graphql_datum list_directives(const struct question *question)
{
	const struct graphql_schema *schema = question->introspection->schema;
	struct graphql_datum list = empty_list(question, schema->directives.count);

	for (size_t i = 0; i < schema->directives.count; i++)
		list.items[list.count++] =
			node_of(question->introspection, "__Directive",
				(struct subject){.directive = schema->directives.entries[i].value});
	return list;
}

static struct graphql_datum schema_field(const struct question *question)
{
	const struct graphql_schema *schema = question->introspection->schema;

	if (is(question, "description"))
		return graphql_text(schema->description);
	if (is(question, "types"))
		return list_types(question);
	if (is(question, "queryType"))
		return type_node(question->introspection, schema->query);
	if (is(question, "mutationType"))
		return type_node(question->introspection, schema->mutation);
	if (is(question, "subscriptionType"))
		return type_node(question->introspection, schema->subscription);
	return list_directives(question);
}

static const char *kind_name(const struct graphql_ref *ref)
{
	static const char *const names[] = {
		[GRAPHQL_SCALAR] = "SCALAR",       [GRAPHQL_OBJECT] = "OBJECT",
		[GRAPHQL_INTERFACE] = "INTERFACE", [GRAPHQL_UNION] = "UNION",
		[GRAPHQL_ENUM] = "ENUM",           [GRAPHQL_INPUT] = "INPUT_OBJECT"};

	return ref->kind == GRAPHQL_REF_LIST       ? "LIST"
	       : ref->kind == GRAPHQL_REF_NON_NULL ? "NON_NULL"
						   : names[ref->named->kind];
}

/* An interface's objects in the order of all types, a union's in its own. */
static struct graphql_datum list_possible(const struct question *question,
					  const struct graphql_type *type)
{
	struct introspection *introspection = question->introspection;
	struct graphql_datum list = empty_list(question, type->possible_count);

	for (size_t i = 0; type->kind == GRAPHQL_UNION && i < type->possible_count; i++)
		list.items[list.count++] = type_node(introspection, type->possible[i]);
	if (type->kind == GRAPHQL_UNION)
		return list;
	if (introspection->types == NULL)
		order_types(introspection);
	for (size_t i = 0; i < introspection->type_count; i++) {
		const struct graphql_type *object = introspection->types[i];

		if (object->kind == GRAPHQL_OBJECT && graphql_type_is_subtype(object, type))
			list.items[list.count++] = type_node(introspection, object);
	}
	return list;
}

static struct graphql_datum list_interfaces(const struct question *question,
					    const struct graphql_type *type)
{
	struct graphql_datum list = empty_list(question, type->interface_count);

	for (size_t i = 0; i < type->interface_count; i++)
		list.items[list.count++] = type_node(question->introspection, type->interfaces[i]);
	return list;
}

/* Fields of a __Type that names a type, but for those that every kind has. */
static struct graphql_datum named_type_field(const struct question *question,
					     const struct graphql_type *type)
{
	bool has_fields = type->kind == GRAPHQL_OBJECT || type->kind == GRAPHQL_INTERFACE;

	if (is(question, "name"))
		return graphql_text(type->name);
	if (is(question, "description"))
		return graphql_text(type->definition->description);
	if (is(question, "specifiedByURL") && type->kind == GRAPHQL_SCALAR)
		return graphql_text(
			directive_text(&type->definition->directives, "specifiedBy", "url", NULL));
	if (is(question, "fields") && has_fields)
		return list_fields(question, type);
	if (is(question, "interfaces") && has_fields)
		return list_interfaces(question, type);
	if (is(question, "possibleTypes") &&
	    (type->kind == GRAPHQL_INTERFACE || type->kind == GRAPHQL_UNION))
		return list_possible(question, type);
	if (is(question, "enumValues") && type->kind == GRAPHQL_ENUM)
		return list_values(question, type);
	if (is(question, "inputFields") && type->kind == GRAPHQL_INPUT)
		return list_inputs(question, type->inputs, type->input_count);
	if (is(question, "isOneOf") && type->kind == GRAPHQL_INPUT)
		return graphql_truth(type->one_of);
	return (struct graphql_datum){.kind = GRAPHQL_NULL};
}

static struct graphql_datum type_field(const struct question *question)
{
	const struct graphql_ref *ref = question->subject->ref;

	if (is(question, "kind"))
		return graphql_text(kind_name(ref));
	if (ref->kind == GRAPHQL_REF_NAMED)
		return named_type_field(question, ref->named);
	if (is(question, "ofType"))
		return node_of(question->introspection, "__Type", (struct subject){.ref = ref->of});
	return (struct graphql_datum){.kind = GRAPHQL_NULL};
}

static struct graphql_datum field_field(const struct question *question)
{
	const struct graphql_field *field = question->subject->field;

	if (is(question, "name"))
		return graphql_text(field->name);
	if (is(question, "description"))
		return graphql_text(field->definition->description);
	if (is(question, "args"))
		return list_inputs(question, field->arguments, field->argument_count);
	if (is(question, "type"))
		return node_of(question->introspection, "__Type",
			       (struct subject){.ref = field->type});
	return deprecation_field(question, deprecation(&field->definition->directives));
}

static struct graphql_datum input_field(const struct question *question)
{
	const struct graphql_input *input = question->subject->input;

	if (is(question, "name"))
		return graphql_text(input->name);
	if (is(question, "description"))
		return graphql_text(input->definition->description);
	if (is(question, "type"))
		return node_of(question->introspection, "__Type",
			       (struct subject){.ref = input->type});
	if (is(question, "defaultValue"))
		return graphql_text(
			input->has_default ? graphql_literal_words(question->arena,
								   input->definition->default_value)
					   : NULL);
	return deprecation_field(question, deprecation(&input->definition->directives));
}

static struct graphql_datum value_field(const struct question *question)
{
	const struct subject *subject = question->subject;

	if (is(question, "name"))
		return graphql_text(subject->value);
	if (is(question, "description"))
		return graphql_text(subject->value_def->description);
	return deprecation_field(question, deprecation(&subject->value_def->directives));
}

static struct graphql_datum directive_field(const struct question *question)
{
	const struct graphql_directive_type *directive = question->subject->directive;
	const struct graphql_definition *definition = directive->definition;
	struct graphql_datum list;

	if (is(question, "name"))
		return graphql_text(directive->name);
	if (is(question, "description"))
		return graphql_text(definition->description);
	if (is(question, "isRepeatable"))
		return graphql_truth(directive->repeatable);
	if (is(question, "args"))
		return list_inputs(question, directive->arguments, directive->argument_count);
	if (!is(question, "locations"))
		return deprecation_field(question, NULL);
	list = empty_list(question, definition->name_count);
	for (size_t i = 0; i < definition->name_count; i++)
		list.items[list.count++] = graphql_text(definition->names[i].text);
	return list;
}

struct graphql_datum introspect_schema(const struct introspection *introspection)
{
	return node_of(introspection, "__Schema", (struct subject){0});
}

struct graphql_datum introspect_type(const struct introspection *introspection, const char *name)
{
	return type_node(introspection, graphql_schema_type(introspection->schema, name));
}

struct graphql_datum introspect_field(struct introspection *introspection,
				      const struct graphql_type *parent, const void *node,
				      const char *field, const struct graphql_datum *arguments,
				      size_t argument_count)
{
	static const struct {
		const char *type;
		struct graphql_datum (*answer)(const struct question *question);
	} table[] = {
		{"__Schema", schema_field},   {"__Type", type_field},
		{"__Field", field_field},     {"__InputValue", input_field},
		{"__EnumValue", value_field}, {"__Directive", directive_field},
	};
	const struct graphql_datum *deprecated =
		graphql_datum_find(arguments, argument_count, "includeDeprecated");
	struct question question = {.introspection = introspection,
				    .arena = introspection->arena,
				    .subject = node,
				    .field = field,
				    .deprecated = deprecated != NULL && deprecated->truth};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		if (str_is(parent->name, table[i].type))
			/* cppcheck-suppress returnDanglingLifetime */
			return table[i].answer(&question);
	}
	return (struct graphql_datum){.kind = GRAPHQL_NULL};
}
