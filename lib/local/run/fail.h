/* Within run and control: the store cannot be written any more. */
#ifndef ATTIO_LOCAL_RUN_FAIL_H
#define ATTIO_LOCAL_RUN_FAIL_H

struct error;
struct platform;

/* Notes the first failure of the store, which ends the run; other errors (ERROR_USAGE and the like)
 * are the caller's business. */
void run_failed(struct platform *platform, const struct error *error);

#endif
