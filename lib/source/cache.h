/* Tables of nodes kept between runs, by the content of the source they were made from: a module
 * whose text is known need not be parsed. One file holds the tables of one app. */
#ifndef ATTIO_SOURCE_CACHE_H
#define ATTIO_SOURCE_CACHE_H

#include <stdbool.h>

#include "source/syntax.h"

struct arena;
struct syntax_cache;

/* The tables of the app in `root` that the folder `folder` (sys/cache.h) keeps; an absent,
 * unreadable, damaged or foreign file is an empty cache. Free with syntax_cache_close, after the
 * syntaxes that were taken from it. */
struct syntax_cache *syntax_cache_open(const char *folder, const char *root);
void syntax_cache_close(struct syntax_cache *cache);

/* Fills `syntax` as syntax_parse does, from the cache alone; false when it is not there. The table
 * belongs to the cache. May be called in several threads at once. */
bool syntax_cache_take(const struct syntax_cache *cache, struct syntax *syntax, const char *path,
		       enum dialect dialect, const char *bytes, size_t len);

/* Writes a new file with these syntaxes. That it cannot be written is no error: the next run then
 * parses again. */
void syntax_cache_save(const struct syntax_cache *cache, const struct syntax *const *syntaxes,
		       size_t count);

#endif
