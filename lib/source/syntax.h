/* tree-sitter behind a small door: one parsed module and questions about its nodes. */
#ifndef ATTIO_SOURCE_SYNTAX_H
#define ATTIO_SOURCE_SYNTAX_H

#include <stdbool.h>
#include <stddef.h>

#include <tree_sitter/api.h>

#include "diag/diag.h"

struct arena;

enum dialect { DIALECT_TS, DIALECT_TSX }; /* JavaScript is parsed as TSX */

/* The dialect of a file name; false when it is not a JavaScript or TypeScript source. */
bool dialect_of(const char *path, enum dialect *dialect);

struct syntax {
	const char *path; /* relative to the app's root */
	const char *bytes;
	size_t len;
	TSTree *tree;
	TSNode root;
	/* A large text that is broken or nested too deeply has an empty tree. */
	bool unread;
	size_t broken_at; /* where the first error is, if there is one */
};

/* Parses `bytes` (borrowed as long as the syntax lives). Never fails: broken source gives a tree
 * with error nodes. Free with syntax_dispose. */
void syntax_parse(struct syntax *syntax, const char *path, enum dialect dialect, const char *bytes,
		  size_t len);
void syntax_dispose(struct syntax *syntax);

bool syntax_is_broken(const struct syntax *syntax);
/* The first error or missing node in source order, and what is missing there (or NULL); false when
 * the source parses. */
bool syntax_first_error(const struct syntax *syntax, struct place *place, const char **what);

/* All of these take a null node, too, and then give a null node, 0 or false; tree-sitter's own
 * functions would crash. */
bool node_is(TSNode node, const char *type);
TSNode node_field(TSNode node, const char *name);
uint32_t node_count(TSNode node); /* of named children */
TSNode node_child(TSNode node, uint32_t n);
TSNode node_parent(TSNode node);
/* Source text of a node: pointer into the bytes and length / a copy in the arena. */
const char *node_bytes(const struct syntax *syntax, TSNode node, size_t *len);
char *node_text(const struct syntax *syntax, struct arena *arena, TSNode node);
bool node_text_is(const struct syntax *syntax, TSNode node, const char *text);
struct place node_place(const struct syntax *syntax, TSNode node);
/* Looks through parentheses, `as`, `satisfies`, `!` and type assertions `<T>x`. */
TSNode node_unwrap(TSNode node);
/* The cooked value of a string literal or a template literal without substitutions; NULL for
 * anything else. */
char *node_string(const struct syntax *syntax, struct arena *arena, TSNode node);
/* The first named child that is not a comment. */
TSNode node_first(TSNode node);
/* The `async` keyword among the direct children. */
bool node_is_async(TSNode function);
/* A function of any form: declaration, expression, arrow, generator, method. */
bool node_is_function(TSNode node);

/* Calls `visit` on `node` and every named node below it, in source order. A visitor returns false
 * to skip what lies below. Iterative: any depth of nesting. */
typedef bool (*node_visitor)(TSNode node, void *payload);
void node_walk(TSNode node, node_visitor visit, void *payload);

#endif
