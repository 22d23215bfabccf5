/* The rules in a thread of their own, while the caller lets the bundler work on the same app: they
 * cost next to nothing beside it. */
#ifndef ATTIO_CHECK_BESIDE_H
#define ATTIO_CHECK_BESIDE_H

struct app;
struct beside;
struct diags;
struct error;

/* Starts check_app (check/check.h) for an open app, which must stay open; never NULL. Until
 * beside_finish nobody may read texts through the app's own store: use one on top of it
 * (texts_over). Where no thread can be had, the work is done at once. */
struct beside *beside_start(const struct app *app);
/* Waits, and appends what was found to `findings`: as check_app. The strings live until
 * beside_free. To be called once. */
int beside_finish(struct beside *beside, struct diags *findings, struct error *error);
/* Waits if need be. NULL is fine. */
void beside_free(struct beside *beside);

#endif
