/* The lists of surfaces that the older layout has: members of the object `app` that src/app.ts
 * exports. The one table of them. Source of the members: lib/app/README.md, Entry file; of the
 * types: Extensions there; of the keys and of the order, which is the host's: lib/bundle/README.md,
 * Client entry. `settings.workspace` is no list and not in it. */
#ifndef ATTIO_APP_ENTRY_LISTS_H
#define ATTIO_APP_ENTRY_LISTS_H

struct buf;

struct entry_list {
	const char *type;             /* of an extension that belongs to the same list */
	const char *key;              /* what the host calls the list */
	const char *const members[4]; /* the way from `app`, ends with NULL */
};

enum { ENTRY_LISTS = 7 };
extern const struct entry_list entry_lists[ENTRY_LISTS];

/* The members with `between` between each two: `record.actions`. */
void entry_list_put(struct buf *out, const struct entry_list *list, const char *between);

#endif
