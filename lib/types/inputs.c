/* Input follows GraphQL's coercion: what can be null can be left out, and so can what has a
 * default; a single value stands for a list of one. A custom scalar is `any`, as the official
 * generator has it; the SDK's schema has none so far. */
#include "types/inputs.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "types/internal.h"

void declaring_dispose(struct declaring *declaring)
{
	map_dispose(&declaring->names.taken);
	map_dispose(&declaring->used);
}

const char *declaring_leaf(struct declaring *declaring, const struct graphql_type *type)
{
	static const struct {
		const char *name, *text;
	} scalars[] = {{"ID", "string"},
		       {"String", "string"},
		       {"Boolean", "boolean"},
		       {"Int", "number"},
		       {"Float", "number"}};
	const char *name;

	if (type->kind == GRAPHQL_SCALAR) {
		for (size_t i = 0; i < ARRAY_LEN(scalars); i++)
			if (strcmp(scalars[i].name, type->name) == 0)
				return scalars[i].text;
		return "any";
	}
	name = map_get(&declaring->used, type->name);
	if (name == NULL) {
		name = names_claim(&declaring->names, declaring->arena, type->name);
		map_set(&declaring->used, type->name, name);
	}
	return name;
}

/* Lists in lists, each of which doubles the text. */
#define LEVELS 8

/* Without the `null` that a nullable type also takes. */
static void put_input(struct declaring *declaring, struct buf *out, const struct graphql_ref *ref,
		      int level)
{
	const struct graphql_ref *item;

	ref = graphql_ref_nullable(ref);
	if (level > LEVELS) {
		buf_puts(out, "any");
		return;
	}
	if (ref->kind == GRAPHQL_REF_NAMED) {
		buf_puts(out, declaring_leaf(declaring, ref->named));
		return;
	}
	item = ref->of;
	buf_puts(out, "Array<");
	put_input(declaring, out, item, level + 1);
	buf_puts(out, item->kind == GRAPHQL_REF_NON_NULL ? "> | " : " | null> | ");
	put_input(declaring, out, item, level + 1);
}

static void put_property(struct declaring *declaring, struct buf *out, const char *name,
			 const struct graphql_ref *type, bool optional)
{
	put_indent(out, 1);
	buf_printf(out, "%s%s: ", name, optional ? "?" : "");
	put_input(declaring, out, type, 0);
	buf_puts(out, type->kind == GRAPHQL_REF_NON_NULL ? ";\n" : " | null;\n");
}

void declare_variables(struct declaring *declaring, struct buf *out, const char *name,
		       const struct graphql_definition *query)
{
	size_t count = 0;

	buf_printf(out, "\nexport type %s = {\n", name);
	for (size_t i = 0; i < query->variable_count; i++) {
		const struct graphql_variable *variable = &query->variables[i];
		const struct graphql_ref *type =
			graphql_ref_resolve(declaring->schema, declaring->arena, variable->type);

		if (type == NULL || !graphql_type_is_input(type->named))
			continue;
		put_property(declaring, out, variable->name.text, type,
			     type->kind != GRAPHQL_REF_NON_NULL || variable->default_value != NULL);
		count++;
	}
	if (count == 0)
		buf_puts(out, "  [name: string]: never;\n");
	buf_puts(out, "};\n");
}

static void declare_enum(struct buf *out, const char *name, const struct graphql_type *type)
{
	buf_printf(out, "\nexport type %s =", name);
	for (size_t i = 0; i < type->value_count; i++)
		buf_printf(out, "\n  | \"%s\"", type->values[i]);
	buf_puts(out, type->value_count == 0 ? " never;\n" : ";\n");
}

/* Exactly one of the fields: one alternative for each, in which the others are forbidden. */
static void declare_one_of(struct declaring *declaring, struct buf *out, const char *name,
			   const struct graphql_type *type)
{
	buf_printf(out, "\nexport type %s =", name);
	for (size_t i = 0; i < type->input_count; i++) {
		buf_puts(out, "\n  | { ");
		for (size_t k = 0; k < type->input_count; k++) {
			buf_printf(out, "%s%s: ", type->inputs[k].name, k == i ? "" : "?");
			if (k == i)
				put_input(declaring, out, type->inputs[k].type, 0);
			else
				buf_puts(out, "never");
			buf_puts(out, "; ");
		}
		buf_putc(out, '}');
	}
	buf_puts(out, type->input_count == 0 ? " never;\n" : ";\n");
}

static void declare_input(struct declaring *declaring, struct buf *out, const char *name,
			  const struct graphql_type *type)
{
	buf_printf(out, "\nexport type %s = {\n", name);
	for (size_t i = 0; i < type->input_count; i++)
		put_property(declaring, out, type->inputs[i].name, type->inputs[i].type,
			     !graphql_input_required(&type->inputs[i]));
	buf_puts(out, "};\n");
}

void declare_rest(struct declaring *declaring, struct buf *out)
{
	/* Printing an input type can put further types at the end of the map. */
	for (size_t i = 0; i < declaring->used.count; i++) {
		const struct map_entry entry = declaring->used.entries[i];
		const struct graphql_type *type = graphql_schema_type(declaring->schema, entry.key);

		if (type->kind == GRAPHQL_ENUM)
			declare_enum(out, entry.value, type);
		else if (type->one_of)
			declare_one_of(declaring, out, entry.value, type);
		else
			declare_input(declaring, out, entry.value, type);
	}
}
