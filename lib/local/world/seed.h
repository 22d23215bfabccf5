/* Within the room: the world that a new store begins with. The same on every machine, ids and times
 * too. */
#ifndef ATTIO_LOCAL_WORLD_SEED_H
#define ATTIO_LOCAL_WORLD_SEED_H

#include <stddef.h>

#include "local/world/world.h"

/* Structure: seed_structure.c. */

/* Letters of `flags`: s system, r read-only, q required, u unique, m several values, d its default
 * is on, a archived. */
struct seed_attribute {
	const char *slug;
	const char *title;
	const char *type;
	const char *flags;
	/* record-reference: "companies" or both sides "companies.team"; select and status: titles
	 * with | between (* before one that celebrates); currency: code and display "USD symbol";
	 * defaults: the template's JSON. Or NULL. */
	const char *more;
	const char *description;
};

struct seed_owner {
	const char *slug;
	const char *singular; /* NULL: a list */
	const char *plural;   /* a list's name */
	const char *flags;    /* s standard, o off; of a list: the slug of its object */
	const char *access;   /* of a list: workspace_access, or NULL */
	const struct seed_attribute *attributes;
	size_t count;
};

struct seed_member {
	const char *first_name;
	const char *last_name;
	const char *email;
	const char *access_level;
};

const struct seed_owner *seed_owners(size_t *count);
const struct seed_member *seed_members(size_t *count);

/* Records and entries: seed_records.c. Written by the rules of the API. */
struct seed_record {
	const char *owner;
	const char *name;     /* within the owner: makes its id */
	const char *parent;   /* of an entry: NAME of the record */
	const char *at;       /* when it was made */
	int member;           /* who made it */
	const char *values;   /* JSON */
	const char *enriched; /* what the platform itself added: JSON, or NULL */
};

const struct seed_record *seed_records(size_t *count);

/* A UUID that belongs to the name, for all times. */
void seed_id(const char *kind, const char *owner, const char *name, char id[WORLD_ID_SIZE]);

/* Writes it all; within a transaction. */
int seed_world(struct world *world, struct refusal *refusal);

#endif
