/* See sources.h. Contents are compared, not hashed: a text that did not change is the common case,
 * and then comparing is reading it once. */
#include "source/sources.h"

#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/mem.h"
#include "source/cache.h"

/* Most modules' facts fit. */
enum { FIRST_BLOCK = 4 * 1024 };

struct sources {
	bool keeps;
	struct map by_path; /* -> struct source, the one taken last first; NULL: none is left */
	size_t count;
	unsigned round;
	struct syntax_cache *cache;
};

struct sources *sources_new(bool keeps)
{
	struct sources *sources = mem_zalloc(1, sizeof(*sources));

	sources->keeps = keeps;
	return sources;
}

static void free_source(struct source *source)
{
	syntax_dispose(&source->syntax);
	arena_free(source->arena);
}

void sources_free(struct sources *sources)
{
	if (sources == NULL)
		return;
	for (size_t i = 0; i < sources->by_path.count; i++) {
		struct source *next;

		for (struct source *at = sources->by_path.entries[i].value; at != NULL; at = next) {
			next = at->next;
			free_source(at);
		}
	}
	map_dispose(&sources->by_path);
	syntax_cache_close(sources->cache);
	mem_free(sources);
}

static struct source *add(struct sources *sources, const char *path, const char *bytes, size_t len)
{
	struct arena *arena = arena_new_small(FIRST_BLOCK);
	struct source *source = arena_alloc(arena, sizeof(*source));

	source->arena = arena;
	source->path = arena_strdup(arena, path);
	source->bytes = sources->keeps ? arena_strndup(arena, bytes, len) : bytes;
	source->len = len;
	sources->count++;
	return source;
}

struct source *sources_take(struct sources *sources, const char *path, const char *bytes,
			    size_t len)
{
	struct source *first = map_get(&sources->by_path, path), *source = first;

	while (source != NULL && (source->len != len || memcmp(source->bytes, bytes, len) != 0))
		source = source->next;
	if (source == NULL) {
		source = add(sources, path, bytes, len);
		source->next = first;
		map_set(&sources->by_path, first != NULL ? first->path : source->path, source);
	}
	source->users++;
	source->seen = sources->round;
	return source;
}

void sources_release(struct source *source)
{
	source->users--;
}

void source_fill(struct source *source, const struct syntax_cache *cache, struct repairs *repairs)
{
	enum dialect dialect = DIALECT_TSX;

	dialect_of(source->path, &dialect);
	if (cache == NULL || !syntax_cache_take(cache, &source->syntax, source->path, dialect,
						source->bytes, source->len))
		syntax_parse_within(&source->syntax, repairs, source->path, dialect, source->bytes,
				    source->len);
	facts_read(&source->facts, &source->syntax, source->arena);
}

static bool is_wanted(const struct sources *sources, const struct source *source)
{
	return source->users > 0 || source->seen + 1 >= sources->round;
}

/* What is left of the sources of one path. */
static struct source *sweep_path(struct sources *sources, struct source *first)
{
	struct source *left = NULL, **end = &left, *next;

	for (struct source *at = first; at != NULL; at = next) {
		next = at->next;
		if (is_wanted(sources, at)) {
			*end = at;
			end = &at->next;
		} else {
			free_source(at);
			sources->count--;
		}
	}
	*end = NULL;
	return left;
}

void sources_sweep(struct sources *sources)
{
	/* A map cannot forget a key, and the keys are the sources' own. */
	struct map kept = {0};

	for (size_t i = 0; i < sources->by_path.count; i++) {
		struct source *left = sweep_path(sources, sources->by_path.entries[i].value);

		if (left != NULL)
			map_set(&kept, left->path, left);
	}
	map_dispose(&sources->by_path);
	sources->by_path = kept;
	sources->round++;
}

size_t sources_count(const struct sources *sources)
{
	return sources->count;
}

struct syntax_cache *sources_cache(struct sources *sources, const char *folder, const char *root,
				   bool *fresh)
{
	*fresh = sources->cache == NULL && folder != NULL;
	if (*fresh)
		sources->cache = syntax_cache_open(folder, root);
	return sources->cache;
}
