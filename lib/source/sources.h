/* Parsed modules by path and content, for programs that open an app again and again: what did not
 * change is neither parsed nor read for facts a second time. A source never changes once it is
 * filled, so any number of apps share it. Not for several threads at once. */
#ifndef ATTIO_SOURCE_SOURCES_H
#define ATTIO_SOURCE_SOURCES_H

#include <stddef.h>

#include "source/facts.h"

struct syntax_cache;

struct source {
	const char *path; /* relative to the app's root; places in the facts name it */
	const char *bytes;
	size_t len;
	struct syntax syntax; /* no entries: new, source_fill was not called yet */
	struct facts facts;
	struct arena *arena; /* of all of it */
	size_t users;        /* sources_take without sources_release */
	unsigned seen;       /* the round in which it was taken last */
	struct source *next; /* another content of the same path */
};

struct sources;

/* `keeps`: for longer than one app is open; it then copies the bytes of sources. Else they are
 * borrowed. */
struct sources *sources_new(bool keeps);
/* NULL is fine. All sources are released. */
void sources_free(struct sources *sources);

/* The source with this content, an old one or a new one that is to be filled. Release it when it is
 * used no more. */
struct source *sources_take(struct sources *sources, const char *path, const char *bytes,
			    size_t len);
void sources_release(struct source *source);
/* Parses a new source, or takes its syntax from `cache` (NULL: none), which must then stay as long
 * as the source. `repairs` is that of all sources of the app. May be called for different sources
 * in several threads at once. */
void source_fill(struct source *source, const struct syntax_cache *cache, struct repairs *repairs);
/* Ends a round: whatever nobody uses, and was not taken in this round or the one before, goes. */
void sources_sweep(struct sources *sources);
/* How many there are. */
size_t sources_count(const struct sources *sources);

/* The kept syntaxes of the app in `root` (source/cache.h), opened at the first call; *fresh tells
 * whether this is it. Closed with the sources, which take from it. `folder` NULL: gives NULL. */
struct syntax_cache *sources_cache(struct sources *sources, const char *folder, const char *root,
				   bool *fresh);

#endif
