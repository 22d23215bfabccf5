/* The syntax of one module as a flat table of nodes, and questions about them. tree-sitter makes
 * the table (parse.c); nobody else sees its trees, so that a table can also come from a cache, and
 * so that walking over a module is reading an array. */
#ifndef ATTIO_SOURCE_SYNTAX_H
#define ATTIO_SOURCE_SYNTAX_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "diag/diag.h"
#include "source/judge.h"
#include "source/kinds.h"

struct arena;

enum dialect { DIALECT_TS, DIALECT_TSX }; /* JavaScript is parsed as TSX */

/* The dialect of a file name; false when it is not a JavaScript or TypeScript source. */
bool dialect_of(const char *path, enum dialect *dialect);
/* TypeScript, not JavaScript. */
bool path_is_typescript(const char *path);

enum {
	ENTRY_NAMED = 1,   /* a rule of the grammar, not a token such as `async` */
	ENTRY_MISSING = 2, /* not in the text: the parser had to assume it */
	ENTRY_BROKEN = 4,  /* holds or is an error or a missing token */
	ENTRY_FIELDS = 8,  /* a child has a field: in other nodes nobody need look for one */
	ENTRY_CAST = 16    /* a member whose object, or its object's object, is a cast */
};

/* One node. Brackets, commas and such tokens have none, unless a field is theirs. */
struct entry {
	uint32_t start, end; /* byte offsets */
	uint32_t parent;     /* index; the root is its own parent */
	uint32_t after;      /* index of the first node that is not below this one */
	uint16_t kind;       /* enum node_kind */
	uint8_t field;       /* enum node_field: what it is to its parent */
	uint8_t flags;
};

struct syntax {
	const char *path; /* relative to the app's root */
	const char *bytes;
	size_t len;
	enum dialect dialect;
	struct entry *entries; /* parents before children, in source order; at least the root */
	uint32_t count;
	bool borrowed; /* the entries belong to a cache (source/cache.h) */
	/* A broken text that takes too long to repair has an empty tree. */
	bool unread;
	/* Our parser could not read the text as it is written: the tree has errors, or is that of a
	 * guess at what is meant (respell.h). Then the verdict counts, if there is one. Of a text
	 * that is not in doubt the tree is right, also where the engine refuses the text. */
	bool doubtful;
	size_t broken_at; /* where the first error is, if there is one */
	struct verdict verdict;
};

/* How long broken texts were repaired, in all: many of them, each of which could take its time to
 * the full, shall not take it each. A zeroed struct is ready; for any number of threads. */
struct repairs {
	atomic_uint_least64_t ns;
};

/* Parses `bytes` (borrowed as long as the syntax lives). Never fails: broken source gives a tree
 * with error nodes. May be called in several threads at once. Free with syntax_dispose. */
void syntax_parse_within(struct syntax *syntax, struct repairs *repairs, const char *path,
			 enum dialect dialect, const char *bytes, size_t len);
/* The same with all the time for itself. */
void syntax_parse(struct syntax *syntax, const char *path, enum dialect dialect, const char *bytes,
		  size_t len);
void syntax_dispose(struct syntax *syntax);

/* Whether there is something that cannot be known about the module: its tree has errors, or the
 * engine refuses a text that we had to guess at. A text that the engine accepts all the same has no
 * error to be told. */
bool syntax_is_broken(const struct syntax *syntax);
/* Where the text does not parse: where the engine says so, else the first error or missing node in
 * source order, and what is missing there (or NULL). At the end of the text the place is the last
 * thing in it. False when the text parses. */
bool syntax_first_error(const struct syntax *syntax, struct place *place, const char **what);

/* A node of a syntax; null when `of` is NULL. Valid as long as the syntax stays where it is. */
struct node {
	const struct syntax *of;
	uint32_t at;
};

struct node syntax_root(const struct syntax *syntax);
/* The smallest named node that holds the bytes from start to end. */
struct node syntax_node_at(const struct syntax *syntax, size_t start, size_t end);

/* All of these take a null node, too, and then give a null node, 0, "" or false. */
bool node_is_null(struct node node);
bool node_same(struct node a, struct node b);
static inline enum node_kind node_kind(struct node node)
{
	return node.of != NULL ? (enum node_kind)node.of->entries[node.at].kind : NODE_NONE;
}
/* False for a null node, even when it is asked for NODE_NONE. */
static inline bool node_is(struct node node, enum node_kind kind)
{
	return node.of != NULL && node.of->entries[node.at].kind == kind;
}
bool node_is_named(struct node node);
size_t node_start(struct node node);
size_t node_end(struct node node);
struct node node_parent(struct node node);
/* The first child that is this to the node; at once where no child has a field, as in lists. */
struct node node_field(struct node node, enum node_field field);
/* All children, tokens among them, one after the other:
 * for (child = node_down(node); !node_is_null(child); child = node_next(child)) */
struct node node_down(struct node node);
struct node node_next(struct node node);
/* The same without tokens. To ask for a child by its number would take as many steps as it has
 * siblings before it. */
struct node node_down_named(struct node node);
struct node node_next_named(struct node node);
/* How many named children there are. */
uint32_t node_count(struct node node);
/* What a chain of one kind holds: `a | b | c` is a union of a union and `c`, and holds a, b and c.
 * The first that is neither of the chain's kind nor a token nor a comment, and the next one. */
struct node node_link(struct node chain);
struct node node_next_link(struct node chain, struct node link);
/* What the node is to its parent, FIELD_NONE for nothing special. */
enum node_field node_role(struct node node);
/* Source text of a node: pointer into the bytes and length / a copy in the arena. */
const char *node_bytes(const struct syntax *syntax, struct node node, size_t *len);
char *node_text(const struct syntax *syntax, struct arena *arena, struct node node);
bool node_text_is(const struct syntax *syntax, struct node node, const char *text);
struct place node_place(const struct syntax *syntax, struct node node);
/* Looks through parentheses, `as`, `satisfies`, `!` and type assertions `<T>x`. */
struct node node_unwrap(struct node node);
/* The cooked value of a string literal or a template literal without substitutions; NULL for
 * anything else. */
char *node_string(const struct syntax *syntax, struct arena *arena, struct node node);
/* The value of a literal's source text, its quotes left out. */
char *text_cooked(struct arena *arena, const char *bytes, size_t len);
/* The first and the last named child that is not a comment. */
struct node node_first(struct node node);
struct node node_last(struct node node);
/* The `async` keyword among the direct children. */
bool node_is_async(struct node function);
/* What an item of an object pattern takes: the name of the property, or the item itself where it
 * has none (a comment, `...rest`). */
struct node node_pattern_key(struct node item);
/* A function of any form: declaration, expression, arrow, generator, method. */
bool node_is_function(struct node node);

/* Calls `visit` on `node` and every named node below it, in source order. A visitor returns false
 * to skip what lies below. Iterative: any depth of nesting. */
typedef bool (*node_visitor)(struct node node, void *payload);
void node_walk(struct node node, node_visitor visit, void *payload);

#endif
