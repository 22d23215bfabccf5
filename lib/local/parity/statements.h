/* Within the room: what is known of how true the local platform is to the service. */
#ifndef ATTIO_LOCAL_PARITY_STATEMENTS_H
#define ATTIO_LOCAL_PARITY_STATEMENTS_H

#include <stddef.h>

/* Exact: as far as declarations, documentation and shipped apps tell, there is no difference that
 * an app can see. Approximate: it works, and something about it was chosen because nobody knows.
 * Unsupported: a call throws an error that names it. */
enum parity_status { PARITY_EXACT, PARITY_APPROXIMATE, PARITY_UNSUPPORTED };

/* One row stands for a value of the SDK, or for all whose name begins as the row's does before its
 * `*`. The first row that fits counts. */
struct statement {
	const char *module;
	const char *name;
	enum parity_status status;
	const char *reason; /* NULL for exact */
};

extern const struct statement statements[];
extern const size_t statement_count;

/* What the service does where nobody knows it, and what is done here. */
struct approximation {
	const char *fact;
	const char *choice;
};

extern const struct approximation approximations[];
extern const size_t approximation_count;

#endif
