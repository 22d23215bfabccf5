/* Limits on the sizes of bundles: `client=300k,server=1m,block=50k`. Pure. */
#ifndef ATTIO_BUNDLE_BUDGET_H
#define ATTIO_BUNDLE_BUDGET_H

#include <stddef.h>

#include "diag/diag.h"

struct arena;
struct error;
struct sizes;

enum budget_kind { BUDGET_CLIENT, BUDGET_SERVER, BUDGET_BLOCK, BUDGET_KINDS };

struct budget {
	size_t limits[BUDGET_KINDS]; /* bytes, of each bundle of the kind; 0: none */
};

/* Adds the limits of one value of --budget; of two for the same kind the later one counts. Sizes
 * are bytes, or with `k` KiB and `m` MiB, and may have a decimal fraction. ERROR_USAGE about
 * anything else. */
int budget_parse(struct budget *budget, const char *words, struct error *error);
/* Adds a finding for each bundle over its limit, with its largest modules. */
void budget_check(const struct budget *budget, const struct sizes *sizes, struct diags *diags);

#endif
