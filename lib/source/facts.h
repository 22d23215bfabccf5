/* What one module says about itself without looking at others: imports, exports, top-level
 * bindings. Names are in the arena, nodes belong to the module's syntax. */
#ifndef ATTIO_SOURCE_FACTS_H
#define ATTIO_SOURCE_FACTS_H

#include "source/scope.h"
#include "source/syntax.h"

enum import_kind {
	IMPORT_STATIC,  /* import ... from "x", import "x" */
	IMPORT_EXPORT,  /* export ... from "x" */
	IMPORT_DYNAMIC, /* import("x") */
	IMPORT_REQUIRE  /* require("x"), import x = require("x") */
};

/* An import whose statement does not say `import type`, but of which TypeScript leaves nothing
 * unless tsconfig.json wants it to stay. */
enum elision {
	ELIDED_NOT,
	ELIDED_TYPES, /* it has no names, or each one says `type` itself */
	ELIDED_UNUSED /* no value is taken from it */
};

enum glob_wildcard {
	GLOB_END,
	GLOB_NAME,   /* any text without a slash */
	GLOB_FOLDERS /* any number of folders */
};

struct glob_part {
	const char *prefix;
	enum glob_wildcard wildcard; /* after the prefix; GLOB_END in the last part only */
};

/* A specifier that is known in part: import(`./texts/${language}.ts`). */
struct glob {
	const struct glob_part *parts;
	size_t count;
};

/* One name taken from the other module. */
struct import_name {
	const char *imported; /* "default", "*" (namespace) or a name */
	const char *local; /* the binding here; for IMPORT_EXPORT the exported name ("*" for all) */
	bool type_only;
	struct place place;
};

struct import {
	enum import_kind kind;
	const char *specifier; /* cooked; with `glob` the pattern as people read it */
	/* It stands for all files that fit. In an open app one import more for each of them
	 * follows, which has the same here and its own specifier. NULL: it is no pattern. */
	const struct glob *glob;
	/* No value crosses: `import type`, `export type`, or every name that is imported is
	 * `type`-qualified or only used in type positions. A bare `import "x"` is a value import,
	 * and so are `export {type A} from "x"` and `export {} from "x"`: esbuild loads the module.
	 */
	bool type_only;
	enum elision elided;          /* with type_only */
	bool has_clause;              /* `import {} from "x"`, not `import "x"` */
	struct place place;           /* the whole statement or call */
	struct place specifier_place; /* the literal with its quotes */
	struct import_name *names;
	size_t name_count;
};

struct export
{
	const char *name;     /* "default" or a name; "*" for `export * from` */
	const char *local;    /* the exported binding, or NULL for an expression or a re-export */
	bool type_only;       /* type, interface, declare, export type */
	int import;           /* index into imports for a re-export, else -1 */
	const char *imported; /* with import >= 0: the name in the other module */
	struct place place;
	struct node
		value; /* the exported expression or declaration; null for a re-export or local name
			*/
};

/* A binding at the top level of the module. */
struct binding {
	const char *name;
	struct node node;  /* function_declaration, class_declaration, variable_declarator, ... */
	struct node value; /* initial value of a const with a plain name; null otherwise */
	int import;        /* index into imports when the name is imported, else -1 */
	const char *imported;
	bool type_only; /* an interface, an alias, a `declare`, an overload: no value */
};

/* A declaration below the top level. */
struct local {
	const char *name;
	struct declared declared;
};

struct facts {
	struct import *imports;
	size_t import_count;
	struct export *exports;
	size_t export_count;
	struct binding *bindings;
	size_t binding_count;
	struct local *locals; /* sorted by name */
	size_t local_count;
	/* Indices sorted by name; of equal names values before types, each in source order. */
	size_t *exports_by_name;
	size_t *bindings_by_name;
};

/* Reads the facts of a parsed module. */
void facts_read(struct facts *facts, const struct syntax *syntax, struct arena *arena);

/* A name can stand for a value and a type at once. These give the value when there is one ... */
const struct export *facts_export(const struct facts *facts, const char *name);
const struct binding *facts_binding(const struct facts *facts, const char *name);
/* ... and these what a type annotation means by it. */
const struct export *facts_export_type(const struct facts *facts, const char *name);
const struct binding *facts_binding_type(const struct facts *facts, const char *name);

/* The n-th `export * from`, those of values first, each in source order; NULL: there are no more.
 */
const struct export *facts_star(const struct facts *facts, size_t n);

/* The innermost declaration of `name` below the top level whose scope holds `offset`; false when
 * the name means what it means at the top level. */
bool facts_local(const struct facts *facts, const char *name, size_t offset,
		 struct declared *found);

#endif
