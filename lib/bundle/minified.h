/* Minified texts of package files, kept between runs by the hash of what they were made from:
 * making them is the larger half of a build. */
#ifndef ATTIO_BUNDLE_MINIFIED_H
#define ATTIO_BUNDLE_MINIFIED_H

#include <stddef.h>

#include "base/hash.h"

struct minified;

/* The texts of the app in `root` that are kept in the folder; a missing, damaged or foreign file is
 * as good as none. `folder` NULL: nothing is kept. Never NULL. Close with minified_close. */
struct minified *minified_open(const char *folder, const char *root);
/* NULL is fine. */
void minified_close(struct minified *minified);

/* NULL when it is not there. The text is valid until the store is closed. */
const char *minified_get(struct minified *minified, struct hash128 key, size_t *len);
/* The text is copied. */
void minified_put(struct minified *minified, struct hash128 key, const char *text, size_t len);

/* Writes what was got and put since it was opened, if something was put; the rest is of packages
 * that are gone. A failure only makes the next run slower. */
void minified_save(struct minified *minified);

#endif
