/* The names are the official generator's (names.h), the layout is ours: a plain module, which
 * TypeScript finds as `./name.graphql` plus `.d.ts`, one property a line, in the document's order.
 *
 * An answer's object has one shape for each type of object that it can be. Equal shapes are given
 * once. A shape without any field keeps an optional `__typename`: an empty object type would allow
 * anything. */
#include "types/queries.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "types/handwritten.h"
#include "types/inputs.h"
#include "types/internal.h"
#include "types/names.h"
#include "types/selected.h"

/* Of one file. */
#define TEXT_MAX ((size_t)4 << 20)
/* Objects within objects, through fragments. */
enum { NESTING_MAX = 400 };

struct printing {
	struct selecting selecting;
	struct declaring declaring;
	int nesting;
};

static bool put_object(struct printing *p, struct buf *out, const struct graphql_type *type,
		       const struct occurrences *sets, int depth);

/* The type of a field's value; no `| null` is added for the outermost reference when not
 * `nullable`. */
static bool put_value(struct printing *p, struct buf *out, const struct graphql_ref *ref,
		      const struct occurrences *sets, int depth, bool nullable)
{
	if (ref->kind == GRAPHQL_REF_NON_NULL)
		return put_value(p, out, ref->of, sets, depth, false);
	if (ref->kind == GRAPHQL_REF_LIST) {
		buf_puts(out, "Array<");
		if (!put_value(p, out, ref->of, sets, depth, true))
			return false;
		buf_putc(out, '>');
	} else if (graphql_type_is_composite(ref->named)) {
		if (!put_object(p, out, ref->named, sets, depth))
			return false;
	} else {
		buf_puts(out, declaring_leaf(&p->declaring, ref->named));
	}
	if (nullable)
		buf_puts(out, " | null");
	return true;
}

/* The object as one of the types it can be. */
static bool put_shape(struct printing *p, struct buf *out, const struct graphql_type *object,
		      const struct occurrences *sets, int depth)
{
	struct selected_list list;

	if (!select_fields(&p->selecting, object, sets, &list))
		return false;
	buf_puts(out, "{\n");
	for (size_t i = 0; i < list.count; i++) {
		const struct selected *selected = &list.items[i];

		put_indent(out, depth + 1);
		buf_printf(out, "%s%s: ", selected->key, selected->optional ? "?" : "");
		if (selected->field == &p->selecting.schema->meta_typename)
			buf_printf(out, "\"%s\"", object->name);
		else if (!put_value(p, out, selected->field->type, &selected->occurrences,
				    depth + 1, true))
			return false;
		buf_puts(out, ";\n");
	}
	if (list.count == 0) {
		put_indent(out, depth + 1);
		buf_printf(out, "__typename?: \"%s\";\n", object->name);
	}
	put_indent(out, depth);
	buf_putc(out, '}');
	return out->len <= TEXT_MAX;
}

static bool put_shapes(struct printing *p, struct buf *out,
		       const struct graphql_type *const *objects, size_t count,
		       const struct occurrences *sets, int depth)
{
	struct arena *arena = p->selecting.arena;
	size_t *starts = arena_alloc(arena, (count + 1) * sizeof(*starts)), shapes = 0;
	size_t first = out->len;

	for (size_t i = 0; i < count; i++) {
		struct buf shape = {0};
		bool fine = put_shape(p, &shape, objects[i], sets, depth), known = false;

		for (size_t k = 0; k < shapes && !known; k++)
			known = starts[k] + shape.len <= out->len &&
				memcmp(out->ptr + starts[k], shape.ptr, shape.len) == 0;
		if (fine && !known) {
			if (out->len > first)
				buf_puts(out, " | ");
			starts[shapes++] = out->len;
			buf_add(out, shape.ptr, shape.len);
		}
		buf_dispose(&shape);
		if (!fine || out->len > TEXT_MAX)
			return false;
	}
	if (shapes == 0)
		buf_puts(out, "never");
	return true;
}

static bool put_object(struct printing *p, struct buf *out, const struct graphql_type *type,
		       const struct occurrences *sets, int depth)
{
	bool fine;

	if (p->nesting >= NESTING_MAX)
		return false;
	p->nesting++;
	if (type->kind == GRAPHQL_OBJECT)
		fine = put_shapes(p, out, &type, 1, sets, depth);
	else
		fine = put_shapes(p, out, type->possible, type->possible_count, sets, depth);
	p->nesting--;
	return fine;
}

static bool put_answer(struct printing *p, struct buf *out, const char *name,
		       const struct graphql_type *type, const struct graphql_selection_set *set)
{
	struct occurrence all = {.set = set};
	struct occurrences sets = {&all, 1};

	buf_printf(out, "\nexport type %s = ", name);
	if (!put_object(p, out, type, &sets, 0))
		return false;
	buf_puts(out, ";\n");
	return true;
}

static bool put_fragments(struct printing *p, struct buf *out,
			  const struct graphql_document *document)
{
	struct arena *arena = p->selecting.arena;

	for (size_t i = 0; i < document->definition_count; i++) {
		const struct graphql_definition *fragment = &document->definitions[i];
		const struct graphql_type *type;
		const char *name;

		/* Of two with one name (they are the same, or the document has an error) the first
		 * counts. */
		if (fragment->kind != GRAPHQL_FRAGMENT || fragment->name.text == NULL ||
		    map_get(&p->selecting.fragments, fragment->name.text) != fragment)
			continue;
		type = graphql_schema_type(p->selecting.schema, fragment->condition.text);
		if (type == NULL || !graphql_type_is_composite(type))
			continue;
		name = arena_printf(arena, "%sFragment", names_pascal(arena, fragment->name.text));
		name = names_claim(&p->declaring.names, arena, name);
		if (!put_answer(p, out, name, type, fragment->set))
			return false;
	}
	return true;
}

/* False: it would be too long. A loose one never is. */
static bool put_all(struct printing *p, struct buf *out, const struct graphql_document *document,
		    const struct graphql_definition *query, bool loose)
{
	struct arena *arena = p->selecting.arena;
	const char *name =
		query->name.text != NULL ? names_operation(arena, query->name.text) : "Unnamed_1_";
	const char *answer, *variables;

	answer = names_claim(&p->declaring.names, arena, arena_printf(arena, "%sQuery", name));
	variables = names_claim(&p->declaring.names, arena,
				arena_printf(arena, "%sQueryVariables", name));
	buf_puts(out, "// " QUERIES_MARKER
		      " from the document beside it: changes made here are lost.\n");
	buf_puts(out, "import type { Query } from \"attio/client\";\n");
	declare_variables(&p->declaring, out, variables, query);
	if (loose)
		buf_printf(out, "\n// Too much to be written out.\nexport type %s = any;\n",
			   answer);
	else if (!put_answer(p, out, answer, p->selecting.schema->query, query->set) ||
		 !put_fragments(p, out, document))
		return false;
	declare_rest(&p->declaring, out);
	buf_printf(out, "\ndeclare const query: Query<%s, %s>;\nexport default query;\n", variables,
		   answer);
	return loose || out->len <= TEXT_MAX;
}

static bool declare(const struct graphql_schema *schema, const struct graphql_document *document,
		    const struct graphql_definition *query, struct buf *out, bool loose)
{
	struct arena *arena = arena_new();
	struct printing p = {.declaring = {.arena = arena, .schema = schema}};
	bool fine;

	selecting_init(&p.selecting, arena, schema, document);
	fine = put_all(&p, out, document, query, loose);
	selecting_dispose(&p.selecting);
	declaring_dispose(&p.declaring);
	arena_free(arena);
	return fine;
}

bool queries_declare(const struct graphql_schema *schema, const struct graphql_document *document,
		     struct buf *out, bool *loose)
{
	const struct graphql_definition *query = NULL;
	size_t start = out->len;

	for (size_t i = 0; i < document->definition_count && query == NULL; i++)
		if (document->definitions[i].kind == GRAPHQL_QUERY)
			query = &document->definitions[i];
	if (query == NULL)
		return false;
	*loose = !declare(schema, document, query, out, false);
	if (*loose) {
		out->len = start;
		declare(schema, document, query, out, true);
	}
	return true;
}
