/* What a step of a build finds that the step before it did not: only that is shown to people again,
 * wherever the lines have moved to. */
#ifndef ATTIO_CLI_NET_DEV_KNOWN_H
#define ATTIO_CLI_NET_DEV_KNOWN_H

#include <stddef.h>
#include <stdint.h>

struct diags;
struct texts;

/* The findings of the last step of one kind. Zeroed: none. */
struct dev_known {
	uint64_t *marks;
	size_t count;
};

/* Adds to `fresh` those of `findings` that are not known, with their multiplicity, and knows these
 * from now on. */
void dev_known_take(struct dev_known *known, const struct diags *findings, struct texts *texts,
		    struct diags *fresh);
void dev_known_dispose(struct dev_known *known);

#endif
