/* From a syntax tree to facts: one pass over the top level for bindings, imports and exports, one
 * over the whole tree for dynamic imports, `require` and for which imported names are used as
 * values. TypeScript (and esbuild) drop an import whose names are used only as types; what is
 * dropped puts nothing into a bundle, so it must not count here either. */
#include "source/facts.h"

#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/path.h"

struct reader {
	struct facts *facts;
	const struct syntax *syntax;
	struct arena *arena;
	struct map imported; /* local name -> struct import_name, of static imports */
	struct map used;     /* local names used as values */
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

	*binding = (struct binding){name, node, value, import, imported};
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
	for (uint32_t i = 0; i < ts_node_named_child_count(node); i++) {
		TSNode child = ts_node_named_child(node, i);
		if (node_is(child, type))
			return child;
	}
	return (TSNode){0};
}

static void read_named_imports(struct reader *r, TSNode named, bool type_only)
{
	for (uint32_t i = 0; i < ts_node_named_child_count(named); i++) {
		TSNode item = ts_node_named_child(named, i);
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
	for (uint32_t i = 0; i < ts_node_named_child_count(clause); i++) {
		TSNode part = ts_node_named_child(clause, i);

		if (node_is(part, "identifier"))
			add_name(r, "default", node_text(r->syntax, r->arena, part), type_only, part);
		else if (node_is(part, "namespace_import"))
			add_name(r, "*", node_text(r->syntax, r->arena, node_first(part)), type_only, part);
		else if (node_is(part, "named_imports"))
			read_named_imports(r, part, type_only);
	}
}

/* Binds every name of a destructuring pattern. */
struct pattern {
	struct reader *reader;
	TSNode declarator;
};

static bool bind_pattern_name(TSNode node, void *payload)
{
	struct pattern *p = payload;

	if (node_is(node, "shorthand_property_identifier_pattern") || node_is(node, "identifier"))
		add_binding(p->reader, node_text(p->reader->syntax, p->reader->arena, node),
			    p->declarator, (TSNode){0}, -1, NULL);
	/* The default value of a pattern holds uses, not bindings. */
	return !node_is(node, "property_identifier") && !node_is(node, "call_expression") &&
	       !node_is(node, "member_expression");
}

static void read_variables(struct reader *r, TSNode declaration)
{
	TSNode kind = node_field(declaration, "kind");
	bool constant = ts_node_is_null(kind) || node_text_is(r->syntax, kind, "const");

	for (uint32_t i = 0; i < ts_node_named_child_count(declaration); i++) {
		TSNode declarator = ts_node_named_child(declaration, i);
		TSNode name = node_field(declarator, "name");

		if (!node_is(declarator, "variable_declarator") || ts_node_is_null(name))
			continue;
		if (node_is(name, "identifier")) {
			TSNode value = node_field(declarator, "value");
			add_binding(r, node_text(r->syntax, r->arena, name), declarator,
				    constant ? value : (TSNode){0}, -1, NULL);
		} else {
			struct pattern p = {r, declarator};
			node_walk(name, bind_pattern_name, &p);
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
	TSNode name = node_field(node, "name");

	if (is_variables(node))
		read_variables(r, node);
	else if (!ts_node_is_null(name))
		add_binding(r, node_text(r->syntax, r->arena, name), node, node, -1, NULL);
}

static void read_export_clause(struct reader *r, TSNode clause, bool type_only, bool from)
{
	for (uint32_t i = 0; i < ts_node_named_child_count(clause); i++) {
		TSNode item = ts_node_named_child(clause, i);
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

/* `export ... from "x"` in all its forms. */
static void read_export_from(struct reader *r, TSNode node, TSNode source, bool type_only)
{
	TSNode clause = child_of_type(node, "export_clause");
	TSNode space = child_of_type(node, "namespace_export");

	if (node_string(r->syntax, r->arena, source) == NULL)
		return;
	add_import(r, IMPORT_EXPORT, node, source, type_only);
	if (!ts_node_is_null(clause)) {
		read_export_clause(r, clause, type_only, true);
		return;
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
		item->type_only = type;
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
		}
	}
}

/* `await import("x")` destructured: `const {default: f} = await import("x")` names what it takes.
 * Everything else can reach the whole module. */
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
	if (node_string(r->syntax, r->arena, literal) == NULL)
		return;
	add_import(r, kind, call, literal, false);
	add_name(r, "*", NULL, false, call);
}

static bool declares(TSNode parent, TSNode name)
{
	static const char *const fields[] = {"name", "pattern", "left"};
	static const char *const types[] = {
		"variable_declarator",  "required_parameter", "optional_parameter",
		"function_declaration", "class_declaration",  "function_expression",
	};

	for (size_t t = 0; t < ARRAY_LEN(types); t++) {
		if (!node_is(parent, types[t]))
			continue;
		for (size_t f = 0; f < ARRAY_LEN(fields); f++) {
			TSNode field = node_field(parent, fields[f]);
			if (!ts_node_is_null(field) && ts_node_eq(field, name))
				return true;
		}
	}
	return false;
}

static bool visit_use(TSNode node, void *payload)
{
	struct reader *r = payload;
	const char *type = ts_node_type(node);

	if (strcmp(type, "import_statement") == 0 || strcmp(type, "type_query") == 0 ||
	    strcmp(type, "nested_type_identifier") == 0 || strcmp(type, "comment") == 0)
		return false;
	if (strcmp(type, "export_statement") == 0 &&
	    (!ts_node_is_null(node_field(node, "source")) || has_keyword(node, "type")))
		return false;
	if (strcmp(type, "export_specifier") == 0 && has_keyword(node, "type"))
		return false;
	if (strcmp(type, "call_expression") == 0)
		read_call(r, node);
	if (strcmp(type, "identifier") == 0 || strcmp(type, "shorthand_property_identifier") == 0) {
		size_t len;
		const char *bytes = node_bytes(r->syntax, node, &len);
		struct import_name *name;
		char word[128];

		if (len >= sizeof(word))
			return false;
		memcpy(word, bytes, len);
		word[len] = '\0';
		name = map_get(&r->imported, word);
		if (name != NULL && !declares(ts_node_parent(node), node))
			map_set(&r->used, name->local, name);
	}
	return true;
}

/* TypeScript only: an import none of whose names is used as a value vanishes. */
static void drop_unused(struct reader *r)
{
	for (size_t i = 0; i < r->facts->import_count; i++) {
		struct import *import = &r->facts->imports[i];
		bool all_types = import->name_count > 0;

		if (import->kind == IMPORT_DYNAMIC || import->names == NULL)
			continue;
		for (size_t n = 0; n < import->name_count; n++) {
			struct import_name *name = &import->names[n];
			bool binds = import->kind != IMPORT_EXPORT && name->local != NULL;

			if (binds && map_get(&r->used, name->local) == NULL)
				name->type_only = true;
			all_types = all_types && name->type_only;
		}
		if (all_types)
			import->type_only = true;
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
	if (strstr(ext, "ts") != NULL)
		drop_unused(&r);
	map_dispose(&r.imported);
	map_dispose(&r.used);
}

const struct export *facts_export(const struct facts *facts, const char *name)
{
	for (size_t i = 0; i < facts->export_count; i++) {
		if (str_equal(facts->exports[i].name, name))
			return &facts->exports[i];
	}
	return NULL;
}

const struct binding *facts_binding(const struct facts *facts, const char *name)
{
	for (size_t i = 0; i < facts->binding_count; i++) {
		if (str_equal(facts->bindings[i].name, name))
			return &facts->bindings[i];
	}
	return NULL;
}
