/* From a syntax tree to facts: bindings, imports and exports of the top level. */
#include "source/facts.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "source/reader.h"
#include "sys/path.h"

static int last_import(const struct reader *r)
{
	return (int)r->facts->import_count - 1;
}

static struct export *add_export(struct reader *r, const char *name, struct node node)
{
	struct export *item =
		arena_push(r->arena, &r->facts->exports, &r->facts->export_count, sizeof(*item));

	item->name = name;
	item->import = -1;
	item->place = node_place(r->syntax, node);
	return item;
}

/* A name in an import or export clause: an identifier or a string. */
static const char *clause_name(struct reader *r, struct node node)
{
	const char *text = node_string(r->syntax, r->arena, node);

	return text != NULL ? text : node_text(r->syntax, r->arena, node);
}

static struct node child_of_kind(struct node node, enum node_kind kind)
{
	for (struct node child = node_down_named(node); !node_is_null(child);
	     child = node_next_named(child)) {
		if (node_is(child, kind))
			return child;
	}
	return (struct node){0};
}

static void read_named_imports(struct reader *r, struct node named, bool type_only)
{
	for (struct node item = node_down_named(named); !node_is_null(item);
	     item = node_next_named(item)) {
		struct node name = node_field(item, FIELD_NAME),
			    alias = node_field(item, FIELD_ALIAS);

		if (!node_is(item, NODE_IMPORT_SPECIFIER) || node_is_null(name))
			continue;
		add_name(r, clause_name(r, name),
			 node_text(r->syntax, r->arena, node_is_null(alias) ? name : alias),
			 type_only || has_keyword(item, TOKEN_TYPE), item);
	}
}

/* Whether the second word of a statement is `word`. A tree may have lost it (source/respell.h,
 * source/guess.h). */
static bool has_second_word(const struct reader *r, struct node node, const char *word)
{
	size_t len, at = 0, end = strlen(word);
	const char *text = node_bytes(r->syntax, node, &len);

	while (at < len && text[at] >= 'a' && text[at] <= 'z')
		at++;
	while (at < len && strchr(" \t\r\n", text[at]) != NULL)
		at++;
	return at + end < len && memcmp(text + at, word, end) == 0 &&
	       strchr(" \t\r\n*", text[at + end]) != NULL;
}

/* `export import x = ...`: likewise. */
static bool is_exported(const struct reader *r, struct node node)
{
	size_t len = strlen("export"), end = node_start(node);
	const char *text = r->syntax->bytes;

	while (end > 0 && strchr(" \t\r\n", text[end - 1]) != NULL)
		end--;
	return end >= len && memcmp(text + end - len, "export", len) == 0;
}

/* `import x = require("y")` */
static void read_import_require(struct reader *r, struct node node, struct node require,
				bool type_only)
{
	struct node source = node_field(require, FIELD_SOURCE);
	const char *name = node_text(r->syntax, r->arena, node_first(require));

	if (node_string(r->syntax, r->arena, source) == NULL)
		return;
	type_only = type_only || (has_second_word(r, node, "type") && !str_is(name, "type"));
	add_import(r, IMPORT_REQUIRE, node, source, type_only);
	add_name(r, "*", name, type_only, require);
	if (is_exported(r, node)) {
		struct export *item = add_export(r, name, node);

		item->local = name;
		item->type_only = type_only;
	}
}

static void read_import(struct reader *r, struct node node)
{
	struct node source = node_field(node, FIELD_SOURCE);
	struct node clause = child_of_kind(node, NODE_IMPORT_CLAUSE);
	struct node require = child_of_kind(node, NODE_IMPORT_REQUIRE_CLAUSE);
	bool type_only = has_keyword(node, TOKEN_TYPE) || has_keyword(node, TOKEN_TYPEOF);

	if (!node_is_null(require)) {
		read_import_require(r, node, require, type_only);
		return;
	}
	if (node_is_null(source) || node_string(r->syntax, r->arena, source) == NULL)
		return; /* unfinished source */
	add_import(r, IMPORT_STATIC, node, source, type_only);
	if (node_is_null(clause))
		return;
	r->facts->imports[last_import(r)].has_clause = true;
	for (struct node part = node_down_named(clause); !node_is_null(part);
	     part = node_next_named(part)) {
		if (node_is(part, NODE_IDENTIFIER))
			add_name(r, "default", node_text(r->syntax, r->arena, part), type_only,
				 part);
		else if (node_is(part, NODE_NAMESPACE_IMPORT))
			add_name(r, "*", node_text(r->syntax, r->arena, node_first(part)),
				 type_only, part);
		else if (node_is(part, NODE_NAMED_IMPORTS))
			read_named_imports(r, part, type_only);
	}
}

struct pattern {
	struct reader *reader;
	struct node declarator;
};

static void bind_pattern_name(struct node name, void *payload)
{
	struct pattern *p = payload;

	add_binding(p->reader, node_text(p->reader->syntax, p->reader->arena, name), p->declarator,
		    (struct node){0}, -1, NULL);
}

static void read_variables(struct reader *r, struct node declaration)
{
	struct node kind = node_field(declaration, FIELD_KIND);
	bool constant = node_is_null(kind) || node_text_is(r->syntax, kind, "const");

	for (struct node declarator = node_down_named(declaration); !node_is_null(declarator);
	     declarator = node_next_named(declarator)) {
		struct node name = node_field(declarator, FIELD_NAME);

		if (!node_is(declarator, NODE_VARIABLE_DECLARATOR) || node_is_null(name))
			continue;
		if (node_is(name, NODE_IDENTIFIER)) {
			struct node value = node_field(declarator, FIELD_VALUE);
			add_binding(r, node_text(r->syntax, r->arena, name), declarator,
				    constant ? value : (struct node){0}, -1, NULL);
		} else {
			struct pattern p = {r, declarator};
			pattern_names(name, bind_pattern_name, &p);
		}
	}
}

static bool is_variables(struct node node)
{
	return node_is(node, NODE_LEXICAL_DECLARATION) || node_is(node, NODE_VARIABLE_DECLARATION);
}

static bool is_type_declaration(struct node node)
{
	return node_is(node, NODE_INTERFACE_DECLARATION) ||
	       node_is(node, NODE_TYPE_ALIAS_DECLARATION) ||
	       node_is(node, NODE_AMBIENT_DECLARATION) || node_is(node, NODE_FUNCTION_SIGNATURE);
}

/* Adds the bindings of a top-level declaration. */
static void read_declaration(struct reader *r, struct node node)
{
	size_t first = r->facts->binding_count;
	bool type_only = is_type_declaration(node);
	struct node name;

	if (node_is(node, NODE_AMBIENT_DECLARATION) || node_is(node, NODE_EXPRESSION_STATEMENT)) {
		/* `namespace X {}` is wrapped into a statement. */
		struct node inner = node_first(node);

		if (!type_only && !node_is(inner, NODE_INTERNAL_MODULE))
			return;
		node = inner;
	}
	name = node_field(node, FIELD_NAME);
	if (node_is(node, NODE_IMPORT_ALIAS)) /* import x = A.b */
		name = node_first(node);
	while (node_is(name, NODE_NESTED_IDENTIFIER)) /* namespace A.B {} */
		name = node_first(name);
	if (is_variables(node))
		read_variables(r, node);
	else if (!node_is_null(name))
		add_binding(r, node_text(r->syntax, r->arena, name), node, node, -1, NULL);
	for (size_t i = first; i < r->facts->binding_count; i++)
		r->facts->bindings[i].type_only = type_only;
}

static void read_export_clause(struct reader *r, struct node clause, bool type_only, bool from)
{
	for (struct node item = node_down_named(clause); !node_is_null(item);
	     item = node_next_named(item)) {
		struct node name = node_field(item, FIELD_NAME),
			    alias = node_field(item, FIELD_ALIAS);
		const char *inner, *outer;
		bool type;

		if (!node_is(item, NODE_EXPORT_SPECIFIER) || node_is_null(name))
			continue;
		inner = clause_name(r, name);
		outer = node_is_null(alias) ? inner : clause_name(r, alias);
		type = type_only || has_keyword(item, TOKEN_TYPE);
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
static void read_export_from(struct reader *r, struct node node, struct node source, bool type_only)
{
	struct node clause = child_of_kind(node, NODE_EXPORT_CLAUSE);
	struct node space = child_of_kind(node, NODE_NAMESPACE_EXPORT);

	if (node_string(r->syntax, r->arena, source) == NULL)
		return;
	add_import(r, IMPORT_EXPORT, node, source, type_only);
	if (!node_is_null(clause)) {
		r->facts->imports[last_import(r)].has_clause = true;
		read_export_clause(r, clause, type_only, true);
		return;
	}
	if (has_second_word(r, node, "type")) {
		type_only = true;
		r->facts->imports[last_import(r)].type_only = true;
	}
	const char *outer = "*";
	if (!node_is_null(space))
		outer = clause_name(r, node_first(space));
	add_name(r, "*", outer, type_only, node);
	struct export *item = add_export(r, outer, node);
	item->type_only = type_only;
	item->import = last_import(r);
	item->imported = "*";
}

static void export_declaration(struct reader *r, struct node node, struct node declaration)
{
	size_t first = r->facts->binding_count;
	bool type = is_type_declaration(declaration);

	if (has_keyword(node, TOKEN_DEFAULT)) {
		struct node name = node_field(declaration, FIELD_NAME);
		struct export *item = add_export(r, "default", node);
		item->value = declaration;
		item->type_only = type;
		if (!node_is_null(name)) {
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

static void read_export(struct reader *r, struct node node)
{
	struct node source = node_field(node, FIELD_SOURCE);
	struct node clause = child_of_kind(node, NODE_EXPORT_CLAUSE);
	struct node declaration = node_field(node, FIELD_DECLARATION);
	struct node value = node_field(node, FIELD_VALUE);
	bool type_only = has_keyword(node, TOKEN_TYPE);

	if (!node_is_null(source)) {
		read_export_from(r, node, source, type_only);
	} else if (!node_is_null(clause)) {
		read_export_clause(r, clause, type_only, false);
	} else if (!node_is_null(declaration)) {
		export_declaration(r, node, declaration);
	} else {
		struct export *item;

		/* `export = x` is what a default import of a CommonJS module sees. */
		if (node_is_null(value) && has_keyword(node, TOKEN_ASSIGN))
			value = node_first(node);
		if (node_is_null(value))
			return;
		item = add_export(r, "default", node);
		item->value = value;
		if (node_is(node_unwrap(value), NODE_IDENTIFIER))
			item->local = node_text(r->syntax, r->arena, node_unwrap(value));
	}
}

static void read_top_level(struct reader *r)
{
	struct node node = node_down(syntax_root(r->syntax));

	for (; !node_is_null(node); node = node_next(node)) {
		if (node_is(node, NODE_IMPORT_STATEMENT))
			read_import(r, node);
		else if (node_is(node, NODE_EXPORT_STATEMENT))
			read_export(r, node);
		else if (node_is(node, NODE_IMPORT_ALIAS) && is_exported(r, node))
			export_declaration(r, node, node);
		else if (node_is_named(node) && !node_is(node, NODE_COMMENT))
			read_declaration(r, node);
	}
}

static void bind_imports(struct reader *r)
{
	for (size_t i = 0; i < r->facts->import_count; i++) {
		struct import *import = &r->facts->imports[i];

		if (import->kind == IMPORT_EXPORT)
			continue;
		for (size_t n = 0; n < import->name_count; n++) {
			map_set(&r->imported, import->names[n].local, &import->names[n]);
			add_binding(r, import->names[n].local, (struct node){0}, (struct node){0},
				    (int)i, import->names[n].imported);
			r->facts->bindings[r->facts->binding_count - 1].type_only =
				import->type_only || import->names[n].type_only;
		}
	}
}

void facts_read(struct facts *facts, const struct syntax *syntax, struct arena *arena)
{
	struct reader r = {.facts = facts, .syntax = syntax, .arena = arena};

	*facts = (struct facts){0};
	read_top_level(&r);
	bind_imports(&r);
	read_uses(&r, strstr(path_ext(syntax->path), "ts") != NULL);
	map_dispose(&r.imported);
}
