/* Whom a person means by `--as`. */
#ifndef ATTIO_LOCAL_RUN_MEMBERS_H
#define ATTIO_LOCAL_RUN_MEMBERS_H

#include <stdbool.h>

#include "local/store.h"

struct error;

struct member {
	char id[LOCAL_ID_SIZE];
	bool admin;
};

/* By id, e-mail address, full name, first name ("ada"; letters of either case), or the words
 * "admin" and "member" for the first of them; NULL: the first admin. ERROR_NOT_FOUND, or
 * ERROR_CONFLICT when several are as good. */
int member_find(struct local_store *store, const char *as, struct member *member,
		struct error *error);

#endif
