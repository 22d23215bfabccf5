/* Steps of facts_read. Only lib/source includes this. */
#ifndef ATTIO_SOURCE_READER_H
#define ATTIO_SOURCE_READER_H

#include "base/map.h"
#include "source/facts.h"

struct arena;

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
	struct node *calls; /* of import() and require() */
	size_t call_count;
	size_t tag; /* offset of the element name that is no variable; 0 for none */
};

/* reader.c */
void add_import(struct reader *r, enum import_kind kind, struct node whole, struct node literal,
		bool type_only);
/* Adds a name to the import added last. */
void add_name(struct reader *r, const char *imported, const char *local, bool type_only,
	      struct node node);
void add_binding(struct reader *r, const char *name, struct node node, struct node value,
		 int import, const char *imported);
bool has_keyword(struct node node, enum node_kind keyword);
/* uses.c: dynamic imports and `require`, local declarations, and which imported names are used as
 * values; in TypeScript an import that no value is taken from becomes type_only. */
void read_uses(struct reader *r, bool typescript);
/* targets.c: where the calls lead; the declarations are known. */
void read_loading_calls(struct reader *r);
/* lookup.c */
void sort_names(struct facts *facts, struct arena *arena);

#endif
