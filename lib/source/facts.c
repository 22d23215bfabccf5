/* From a syntax tree to facts: one pass over the top level for bindings, imports and exports, one
 * over the whole tree for dynamic imports, `require` and for which imported names are used as
 * values. TypeScript (and esbuild) drop an import whose names are used only as types; what is
 * dropped puts nothing into a bundle, so it must not count here either. */
#include "source/facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "source/scope.h"
#include "sys/path.h"

/* An identifier that may mean an imported name. */
struct use {
	struct import_name *name;
	size_t offset;
};

struct reader {
	struct facts *facts;
	const struct syntax *syntax;
	struct arena *arena;
	struct map imported; /* local name -> struct import_name, of static imports */
	struct map used;     /* local names used as values */
	struct scopes scopes;
	struct use *uses;
	size_t use_count;
	size_t tag; /* offset of the element name that is no variable; 0 for none */
};

static void add_import(struct reader *r, enum import_kind kind, TSNode whole,
				       TSNode literal, bool type_only)
{
	struct import *import = arena_push(r->arena, &r->facts->imports, &r->facts->import_count,
					   sizeof(*import));

	import->kind = kind;
	import->specifier = node_string(r->syntax, r->arena, literal);
	import->type_only = type_only;
	import->place = node_place(r->syntax, whole);
	import->specifier_place = node_place(r->syntax, literal);
}

static int last_import(const struct reader *r)
{
	return (int)r->facts->import_count - 1;
}

/* Adds a name to the import added last. */
static void add_name(struct reader *r, const char *imported, const char *local, bool type_only,
		     TSNode node)
{
	struct import *import = &r->facts->imports[last_import(r)];
	struct import_name *name = arena_push(r->arena, &import->names, &import->name_count,
					      sizeof(*name));

	name->imported = imported;
	name->local = local;
	name->type_only = type_only;
	name->place = node_place(r->syntax, node);
}

static void add_binding(struct reader *r, const char *name, TSNode node, TSNode value, int import,
			const char *imported)
{
	struct binding *binding = arena_push(r->arena, &r->facts->bindings,
					     &r->facts->binding_count, sizeof(*binding));

	*binding = (struct binding){.name = name,
				    .node = node,
				    .value = value,
				    .import = import,
				    .imported = imported};
}

static struct export *add_export(struct reader *r, const char *name, TSNode node)
{
	struct export *item = arena_push(r->arena, &r->facts->exports, &r->facts->export_count,
					 sizeof(*item));

	item->name = name;
	item->import = -1;
	item->place = node_place(r->syntax, node);
	return item;
}

/* A name in an import or export clause: an identifier or a string. */
static const char *clause_name(struct reader *r, TSNode node)
{
	const char *text = node_string(r->syntax, r->arena, node);

	return text != NULL ? text : node_text(r->syntax, r->arena, node);
}

static bool has_keyword(TSNode node, const char *keyword)
{
	for (uint32_t i = 0; i < ts_node_child_count(node); i++) {
		if (node_is(ts_node_child(node, i), keyword))
			return true;
	}
	return false;
}

static TSNode child_of_type(TSNode node, const char *type)
{
	for (uint32_t i = 0; i < node_count(node); i++) {
		TSNode child = node_child(node, i);
		if (node_is(child, type))
			return child;
	}
	return (TSNode){0};
}

static void read_named_imports(struct reader *r, TSNode named, bool type_only)
{
	for (uint32_t i = 0; i < node_count(named); i++) {
		TSNode item = node_child(named, i);
		TSNode name = node_field(item, "name"), alias = node_field(item, "alias");

		if (!node_is(item, "import_specifier") || ts_node_is_null(name))
			continue;
		add_name(r, clause_name(r, name),
			 node_text(r->syntax, r->arena, ts_node_is_null(alias) ? name : alias),
			 type_only || has_keyword(item, "type"), item);
	}
}

static void read_import(struct reader *r, TSNode node)
{
	TSNode source = node_field(node, "source");
	TSNode clause = child_of_type(node, "import_clause");
	TSNode require = child_of_type(node, "import_require_clause");
	bool type_only = has_keyword(node, "type") || has_keyword(node, "typeof");

	if (!ts_node_is_null(require)) {
		source = node_field(require, "source");
		if (node_string(r->syntax, r->arena, source) == NULL)
			return;
		add_import(r, IMPORT_REQUIRE, node, source, type_only);
		add_name(r, "*", node_text(r->syntax, r->arena, node_first(require)), type_only, require);
		return;
	}
	if (ts_node_is_null(source) || node_string(r->syntax, r->arena, source) == NULL)
		return; /* unfinished source */
	add_import(r, IMPORT_STATIC, node, source, type_only);
	if (ts_node_is_null(clause))
		return;
	r->facts->imports[last_import(r)].has_clause = true;
	for (uint32_t i = 0; i < node_count(clause); i++) {
		TSNode part = node_child(clause, i);

		if (node_is(part, "identifier"))
			add_name(r, "default", node_text(r->syntax, r->arena, part), type_only, part);
		else if (node_is(part, "namespace_import"))
			add_name(r, "*", node_text(r->syntax, r->arena, node_first(part)), type_only, part);
		else if (node_is(part, "named_imports"))
			read_named_imports(r, part, type_only);
	}
}

struct pattern {
	struct reader *reader;
	TSNode declarator;
};

static void bind_pattern_name(TSNode name, void *payload)
{
	struct pattern *p = payload;

	add_binding(p->reader, node_text(p->reader->syntax, p->reader->arena, name), p->declarator,
		    (TSNode){0}, -1, NULL);
}

static void read_variables(struct reader *r, TSNode declaration)
{
	TSNode kind = node_field(declaration, "kind");
	bool constant = ts_node_is_null(kind) || node_text_is(r->syntax, kind, "const");

	for (uint32_t i = 0; i < node_count(declaration); i++) {
		TSNode declarator = node_child(declaration, i);
		TSNode name = node_field(declarator, "name");

		if (!node_is(declarator, "variable_declarator") || ts_node_is_null(name))
			continue;
		if (node_is(name, "identifier")) {
			TSNode value = node_field(declarator, "value");
			add_binding(r, node_text(r->syntax, r->arena, name), declarator,
				    constant ? value : (TSNode){0}, -1, NULL);
		} else {
			struct pattern p = {r, declarator};
			pattern_names(name, bind_pattern_name, &p);
		}
	}
}

static bool is_variables(TSNode node)
{
	return node_is(node, "lexical_declaration") || node_is(node, "variable_declaration");
}

static bool is_type_declaration(TSNode node)
{
	return node_is(node, "interface_declaration") || node_is(node, "type_alias_declaration") ||
	       node_is(node, "ambient_declaration") || node_is(node, "function_signature");
}

/* Adds the bindings of a top-level declaration. */
static void read_declaration(struct reader *r, TSNode node)
{
	size_t first = r->facts->binding_count;
	bool type_only = is_type_declaration(node);
	TSNode name;

	if (node_is(node, "ambient_declaration") || node_is(node, "expression_statement")) {
		/* `namespace X {}` is wrapped into a statement. */
		TSNode inner = node_first(node);

		if (!type_only && !node_is(inner, "internal_module"))
			return;
		node = inner;
	}
	name = node_field(node, "name");
	if (is_variables(node))
		read_variables(r, node);
	else if (!ts_node_is_null(name))
		add_binding(r, node_text(r->syntax, r->arena, name), node, node, -1, NULL);
	for (size_t i = first; i < r->facts->binding_count; i++)
		r->facts->bindings[i].type_only = type_only;
}

static void read_export_clause(struct reader *r, TSNode clause, bool type_only, bool from)
{
	for (uint32_t i = 0; i < node_count(clause); i++) {
		TSNode item = node_child(clause, i);
		TSNode name = node_field(item, "name"), alias = node_field(item, "alias");
		const char *inner, *outer;
		bool type;

		if (!node_is(item, "export_specifier") || ts_node_is_null(name))
			continue;
		inner = clause_name(r, name);
		outer = ts_node_is_null(alias) ? inner : clause_name(r, alias);
		type = type_only || has_keyword(item, "type");
		if (from)
			add_name(r, inner, outer, type, item);
		struct export *item_export = add_export(r, outer, item);
		item_export->type_only = type;
		if (from) {
			item_export->import = last_import(r);
			item_export->imported = inner;
		} else {
			item_export->local = inner;
		}
	}
}

/* `export type * from "x"`: the tree has lost the word (source/respell.c). */
static bool is_respelt_type(const struct reader *r, TSNode node)
{
	size_t len, at = strlen("export");
	const char *text = node_bytes(r->syntax, node, &len);

	while (at < len && strchr(" \t\r\n", text[at]) != NULL)
		at++;
	return at + 5 <= len && memcmp(text + at, "type", 4) == 0 &&
	       strchr(" \t\r\n*", text[at + 4]) != NULL;
}

/* `export ... from "x"` in all its forms. */
static void read_export_from(struct reader *r, TSNode node, TSNode source, bool type_only)
{
	TSNode clause = child_of_type(node, "export_clause");
	TSNode space = child_of_type(node, "namespace_export");

	if (node_string(r->syntax, r->arena, source) == NULL)
		return;
	add_import(r, IMPORT_EXPORT, node, source, type_only);
	if (!ts_node_is_null(clause)) {
		r->facts->imports[last_import(r)].has_clause = true;
		read_export_clause(r, clause, type_only, true);
		return;
	}
	if (is_respelt_type(r, node)) {
		type_only = true;
		r->facts->imports[last_import(r)].type_only = true;
	}
	const char *outer = "*";
	if (!ts_node_is_null(space))
		outer = clause_name(r, node_first(space));
	add_name(r, "*", outer, type_only, node);
	struct export *item = add_export(r, outer, node);
	item->type_only = type_only;
	item->import = last_import(r);
	item->imported = "*";
}

static void export_declaration(struct reader *r, TSNode node, TSNode declaration)
{
	size_t first = r->facts->binding_count;
	bool type = is_type_declaration(declaration);

	if (has_keyword(node, "default")) {
		TSNode name = node_field(declaration, "name");
		struct export *item = add_export(r, "default", node);
		item->value = declaration;
		item->type_only = type;
		if (!ts_node_is_null(name)) {
			item->local = node_text(r->syntax, r->arena, name);
			read_declaration(r, declaration);
		}
		return;
	}
	read_declaration(r, declaration);
	for (size_t i = first; i < r->facts->binding_count; i++) {
		struct export *item = add_export(r, r->facts->bindings[i].name, node);
		item->local = r->facts->bindings[i].name;
		item->type_only = type || r->facts->bindings[i].type_only;
		item->value = r->facts->bindings[i].value;
	}
}

static void read_export(struct reader *r, TSNode node)
{
	TSNode source = node_field(node, "source");
	TSNode clause = child_of_type(node, "export_clause");
	TSNode declaration = node_field(node, "declaration");
	TSNode value = node_field(node, "value");
	bool type_only = has_keyword(node, "type");

	if (!ts_node_is_null(source)) {
		read_export_from(r, node, source, type_only);
	} else if (!ts_node_is_null(clause)) {
		read_export_clause(r, clause, type_only, false);
	} else if (!ts_node_is_null(declaration)) {
		export_declaration(r, node, declaration);
	} else {
		struct export *item;

		/* `export = x` is what a default import of a CommonJS module sees. */
		if (ts_node_is_null(value) && has_keyword(node, "="))
			value = node_first(node);
		if (ts_node_is_null(value))
			return;
		item = add_export(r, "default", node);
		item->value = value;
		if (node_is(node_unwrap(value), "identifier"))
			item->local = node_text(r->syntax, r->arena, node_unwrap(value));
	}
}

static void read_top_level(struct reader *r)
{
	TSTreeCursor cursor = ts_tree_cursor_new(r->syntax->root);

	if (ts_tree_cursor_goto_first_child(&cursor)) {
		do {
			TSNode node = ts_tree_cursor_current_node(&cursor);

			if (node_is(node, "import_statement"))
				read_import(r, node);
			else if (node_is(node, "export_statement"))
				read_export(r, node);
			else if (ts_node_is_named(node) && !node_is(node, "comment"))
				read_declaration(r, node);
		} while (ts_tree_cursor_goto_next_sibling(&cursor));
	}
	ts_tree_cursor_delete(&cursor);
}

static void bind_imports(struct reader *r)
{
	for (size_t i = 0; i < r->facts->import_count; i++) {
		struct import *import = &r->facts->imports[i];

		if (import->kind == IMPORT_EXPORT)
			continue;
		for (size_t n = 0; n < import->name_count; n++) {
			map_set(&r->imported, import->names[n].local, &import->names[n]);
			add_binding(r, import->names[n].local, (TSNode){0}, (TSNode){0}, (int)i,
				    import->names[n].imported);
			r->facts->bindings[r->facts->binding_count - 1].type_only =
				import->type_only || import->names[n].type_only;
		}
	}
}

/* `x as import("y").Z`: the grammar makes a call of it. */
static bool is_import_type(const struct reader *r, TSNode call)
{
	static const char *const words[] = {"as", "satisfies", "typeof", "keyof", "extends", "implements"};
	size_t end = ts_node_start_byte(call), start;

	while (end > 0 && strchr(" \t\r\n", r->syntax->bytes[end - 1]) != NULL)
		end--;
	for (start = end; start > 0 && r->syntax->bytes[start - 1] >= 'a' &&
			  r->syntax->bytes[start - 1] <= 'z';)
		start--;
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (end - start == strlen(words[i]) &&
		    memcmp(r->syntax->bytes + start, words[i], end - start) == 0)
			return true;
	}
	return false;
}

/* import("x") and require("x") can reach the whole module. */
static void read_call(struct reader *r, TSNode call)
{
	TSNode function = node_field(call, "function");
	TSNode arguments = node_field(call, "arguments");
	TSNode literal;
	enum import_kind kind;

	if (node_is(function, "import"))
		kind = IMPORT_DYNAMIC;
	else if (node_is(function, "identifier") && node_text_is(r->syntax, function, "require") &&
		 map_get(&r->imported, "require") == NULL)
		kind = IMPORT_REQUIRE;
	else
		return;
	literal = node_first(arguments);
	if (node_string(r->syntax, r->arena, literal) == NULL ||
	    (kind == IMPORT_DYNAMIC && is_import_type(r, call)))
		return;
	add_import(r, kind, call, literal, false);
	add_name(r, "*", NULL, false, call);
}

/* The import that binds the name of an identifier; NULL when none does. */
static struct import_name *imported_name(const struct reader *r, TSNode node)
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

static void note_local(const struct declared *declared, void *payload)
{
	struct reader *r = payload;
	struct local *local;

	if (declared->top)
		return;
	local = arena_push(r->arena, &r->facts->locals, &r->facts->local_count, sizeof(*local));
	local->name = node_text(r->syntax, r->arena, declared->name);
	local->declared = *declared;
}

static int compare_locals(const void *a, const void *b)
{
	const struct local *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	if (order != 0)
		return order;
	if (x->declared.start != y->declared.start)
		return x->declared.start < y->declared.start ? -1 : 1;
	if (x->declared.end != y->declared.end)
		return x->declared.end > y->declared.end ? -1 : 1;
	/* Twice in one scope (`var` twice, overloads): the one that is written first counts. */
	return ts_node_start_byte(x->declared.name) > ts_node_start_byte(y->declared.name) ? -1 : 1;
}

/* A name and where it is in its list, for sorting. */
struct named {
	const char *name;
	size_t index;
};

static int compare_named(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order != 0 ? order : x->index < y->index ? -1 : 1;
}

static size_t *sorted(struct arena *arena, struct named *names, size_t count)
{
	size_t *indices = arena_alloc(arena, (count + 1) * sizeof(*indices));

	qsort(names, count, sizeof(*names), compare_named);
	for (size_t i = 0; i < count; i++)
		indices[i] = names[i].index;
	return indices;
}

static void sort_names(struct facts *facts, struct arena *arena)
{
	size_t room = facts->export_count > facts->binding_count ? facts->export_count
								  : facts->binding_count;
	struct named *names = mem_zalloc(room + 1, sizeof(*names));

	for (size_t i = 0; i < facts->export_count; i++)
		names[i] = (struct named){facts->exports[i].name, i};
	facts->exports_by_name = sorted(arena, names, facts->export_count);
	for (size_t i = 0; i < facts->binding_count; i++)
		names[i] = (struct named){facts->bindings[i].name, i};
	facts->bindings_by_name = sorted(arena, names, facts->binding_count);
	mem_free(names);
	if (facts->local_count > 1)
		qsort(facts->locals, facts->local_count, sizeof(*facts->locals), compare_locals);
}

/* An element whose name is a lower-case word: no variable. */
static bool is_plain_tag(const struct reader *r, TSNode element)
{
	TSNode name = node_field(element, "name");
	char first;

	if (!node_is(name, "identifier"))
		return false;
	first = r->syntax->bytes[ts_node_start_byte(name)];
	return first >= 'a' && first <= 'z';
}

static void note_use(struct reader *r, TSNode node)
{
	struct import_name *name = imported_name(r, node);
	struct use *use;

	if (name == NULL || (r->tag != 0 && r->tag == ts_node_start_byte(node)))
		return;
	use = arena_push(r->arena, &r->uses, &r->use_count, sizeof(*use));
	*use = (struct use){name, ts_node_start_byte(node)};
}

/* Nodes in which names are not values. */
static bool holds_no_values(TSNode node, const char *type)
{
	if (strcmp(type, "import_statement") == 0 || strcmp(type, "type_query") == 0 ||
	    strcmp(type, "nested_type_identifier") == 0 || strcmp(type, "comment") == 0 ||
	    strcmp(type, "type_predicate") == 0 || strcmp(type, "type_annotation") == 0 ||
	    strcmp(type, "type_arguments") == 0 || strcmp(type, "type_parameters") == 0 ||
	    strcmp(type, "interface_declaration") == 0 ||
	    strcmp(type, "type_alias_declaration") == 0)
		return true;
	if (strcmp(type, "export_statement") == 0)
		return !ts_node_is_null(node_field(node, "source")) || has_keyword(node, "type");
	return strcmp(type, "export_specifier") == 0 && has_keyword(node, "type");
}

static bool visit_use(TSNode node, void *payload)
{
	struct reader *r = payload;
	const char *type = ts_node_type(node);

	if (strcmp(type, "identifier") == 0 || strcmp(type, "shorthand_property_identifier") == 0) {
		note_use(r, node);
		return false;
	}
	/* `<div>` is the element of that name, whatever `div` is here. */
	if (strncmp(type, "jsx_", 4) == 0 && is_plain_tag(r, node))
		r->tag = ts_node_start_byte(node_field(node, "name"));
	if (holds_no_values(node, type))
		return false;
	if (strcmp(type, "call_expression") == 0)
		read_call(r, node);
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
		bool all_types = import->name_count > 0 || import->has_clause;

		/* esbuild keeps an unused `import x = require("y")`. */
		if (import->kind == IMPORT_DYNAMIC || import->kind == IMPORT_REQUIRE)
			continue;
		for (size_t n = 0; n < import->name_count; n++) {
			struct import_name *name = &import->names[n];
			bool binds = import->kind != IMPORT_EXPORT && name->local != NULL;

			if (binds && map_get(&r->used, name->local) == NULL)
				name->type_only = true;
			all_types = all_types && name->type_only;
		}
		if (all_types && !import->type_only)
			import->type_only = import->elided = true;
	}
}

void facts_read(struct facts *facts, const struct syntax *syntax, struct arena *arena)
{
	struct reader r = {.facts = facts, .syntax = syntax, .arena = arena};
	const char *ext = path_ext(syntax->path);

	*facts = (struct facts){0};
	read_top_level(&r);
	bind_imports(&r);
	node_walk(syntax->root, visit_use, &r);
	sort_names(facts, arena);
	if (strstr(ext, "ts") != NULL) {
		settle_uses(&r);
		drop_unused(&r);
	}
	scopes_dispose(&r.scopes);
	map_dispose(&r.imported);
	map_dispose(&r.used);
}

/* The first of the name in a list of which `name_at` gives the n-th name in sorted order; `count` when
 * there is none. */
typedef const char *(*name_getter)(const struct facts *facts, size_t n);

static const char *export_name(const struct facts *facts, size_t n)
{
	return facts->exports[facts->exports_by_name[n]].name;
}

static const char *binding_name(const struct facts *facts, size_t n)
{
	return facts->bindings[facts->bindings_by_name[n]].name;
}

static const char *local_name(const struct facts *facts, size_t n)
{
	return facts->locals[n].name;
}

static size_t first_of_name(const struct facts *facts, name_getter name_at, size_t count,
			    const char *name)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(name_at(facts, middle), name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct export *find_export(const struct facts *facts, const char *name, bool type)
{
	const struct export *other = NULL;
	size_t n = first_of_name(facts, export_name, facts->export_count, name);

	for (; n < facts->export_count && strcmp(export_name(facts, n), name) == 0; n++) {
		const struct export *item = &facts->exports[facts->exports_by_name[n]];

		if (item->type_only == type)
			return item;
		if (other == NULL)
			other = item;
	}
	return other;
}

const struct export *facts_export(const struct facts *facts, const char *name)
{
	return find_export(facts, name, false);
}

const struct export *facts_export_type(const struct facts *facts, const char *name)
{
	return find_export(facts, name, true);
}

static const struct binding *find_binding(const struct facts *facts, const char *name, bool type)
{
	const struct binding *other = NULL;
	size_t n = first_of_name(facts, binding_name, facts->binding_count, name);

	for (; n < facts->binding_count && strcmp(binding_name(facts, n), name) == 0; n++) {
		const struct binding *item = &facts->bindings[facts->bindings_by_name[n]];

		if (item->type_only == type)
			return item;
		if (other == NULL)
			other = item;
	}
	return other;
}

const struct binding *facts_binding(const struct facts *facts, const char *name)
{
	return find_binding(facts, name, false);
}

const struct binding *facts_binding_type(const struct facts *facts, const char *name)
{
	return find_binding(facts, name, true);
}

bool facts_local(const struct facts *facts, const char *name, size_t offset, struct declared *found)
{
	size_t first = first_of_name(facts, local_name, facts->local_count, name);
	size_t low = first, high = facts->local_count;

	/* Scopes nest, and are sorted by where they begin: the last one that begins before `offset` and
	 * holds it is the innermost. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct local *local = &facts->locals[middle];

		if (strcmp(local->name, name) == 0 && local->declared.start <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low > first; low--) {
		if (offset < facts->locals[low - 1].declared.end) {
			*found = facts->locals[low - 1].declared;
			return true;
		}
	}
	return false;
}
