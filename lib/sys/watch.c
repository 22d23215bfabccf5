/* See watch.h. libuv watches single folders everywhere, whole trees only on some systems, so trees
 * are walked here. Before each answer all folders are watched anew: a folder that was deleted and
 * created again has the name of the old one but not its watch. The new watches begin before the old
 * ones end and before the caller reads, so that no change falls in between. */
#include "sys/watch.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/fs.h"
#include "sys/handle.h"
#include "sys/loop.h"
#include "sys/path.h"

enum {
	DEBOUNCE_MS = 50,
	PATIENCE_MS = 1000, /* with events without end an answer comes all the same */
	MAX_DEPTH = 64,
	TICK_MS = 10,    /* by so much the clock of a file system may be behind */
	NAMES_MAX = 4096 /* bytes of names that wait to be judged */
};

#ifdef __APPLE__
#define STAT_CHANGED(status) ((status).st_ctimespec)
#else
#define STAT_CHANGED(status) ((status).st_ctim)
#endif

struct folder {
	struct watch *watch;
	union loop_handle *change;
	char *path;
	bool tree;
};

struct watch {
	struct loop *loop;
	struct watch_options options;
	struct map folders;      /* by path */
	struct loop_timer timer; /* over: a burst is at its end */
	uint64_t first_event;    /* of the burst; 0: none is waiting */
	unsigned quiet_ms;       /* that it asks for */
	/* Names of which the list of the next call decides whether they matter, each with a byte
	 * before it that tells whether the event was SLOW, and a NUL. */
	struct buf names;
	bool begun;
	long long since; /* ms on the wall clock: when the caller began to read */
};

/* --- events ------------------------------------------------------------------------------------
 */

enum { QUICK = 'q', SLOW = 's' }; /* a slow event may be followed by others in a while */

/* One more event that matters. */
static void note(struct watch *w, char pace)
{
	uint64_t now = uv_now(&w->loop->uv);

	if (w->first_event == 0) {
		w->first_event = now;
		w->quiet_ms = w->options.quiet_ms;
	}
	if (pace == SLOW || w->quiet_ms == 0)
		w->quiet_ms = DEBOUNCE_MS;
	if (now - w->first_event < PATIENCE_MS || !loop_timer_runs(&w->timer))
		loop_timer_start(&w->timer, w->quiet_ms);
}

/* Walks what is kept: its pace, then its name; NULL at the end. */
static const char *next_kept(const struct watch *w, size_t *at)
{
	const char *kept = w->names.ptr + *at;

	if (*at == w->names.len)
		return NULL;
	*at += strlen(kept) + 1;
	return kept;
}

static void keep_name(struct watch *w, const char *name, char pace)
{
	const char *kept;
	size_t at = 0;

	while ((kept = next_kept(w, &at)) != NULL)
		if (kept[0] == pace && strcmp(kept + 1, name) == 0)
			return;
	if (w->names.len > NAMES_MAX) {
		note(w, pace); /* too many to tell */
		return;
	}
	buf_putc(&w->names, pace);
	buf_add(&w->names, name, strlen(name) + 1);
}

static void on_event(uv_fs_event_t *event, const char *name, int events, int status)
{
	struct folder *folder = event->data;
	char pace = status != 0 || (events & UV_RENAME) != 0 ? SLOW : QUICK;

	/* A broken watch may have missed something, and some systems name nothing. */
	if (status != 0 || name == NULL || (folder->tree && name[0] != '.' && !str_ends(name, "~")))
		note(folder->watch, pace);
	else
		keep_name(folder->watch, name, pace);
}

static void judge_names(struct watch *w, const struct watch_list *list)
{
	const char *kept;
	size_t at = 0;

	while ((kept = next_kept(w, &at)) != NULL) {
		for (const char *const *name = list->names; *name != NULL; name++) {
			if (strcmp(*name, kept + 1) == 0) {
				note(w, kept[0]);
				break;
			}
		}
	}
	buf_clear(&w->names);
}

/* --- folders -----------------------------------------------------------------------------------
 */

static void close_folders(struct map *folders)
{
	for (size_t i = 0; i < folders->count; i++) {
		struct folder *folder = folders->entries[i].value;

		handle_close(&folder->change);
		mem_free(folder->path);
		mem_free(folder);
	}
	map_dispose(folders);
	*folders = (struct map){0};
}

/* libuv's result. */
static int start(struct folder *folder)
{
	struct loop *loop = folder->watch->loop;
	int failure;

	folder->change = handle_new(folder);
	failure = uv_fs_event_init(&loop->uv, &folder->change->change);
	if (failure != 0) {
		handle_drop(&folder->change);
		return failure;
	}
	failure = uv_fs_event_start(&folder->change->change, on_event, folder->path, 0);
	if (failure != 0)
		handle_close(&folder->change);
	return failure;
}

static int watch_folder(struct watch *w, const char *path, bool tree, struct error *error)
{
	struct folder *folder = mem_zalloc(1, sizeof(*folder));
	int failure;

	*folder = (struct folder){.watch = w, .path = mem_strdup(path), .tree = tree};
	failure = start(folder);
	if (failure == 0) {
		map_set(&w->folders, folder->path, folder);
		return 0;
	}
	mem_free(folder->path);
	mem_free(folder);
	if (failure == UV_ENOENT || failure == UV_ENOTDIR || failure == UV_EACCES)
		return 0;
	error_system(error, -failure, "cannot watch the folder `%s`", path);
	if (failure == UV_ENOSPC)
		error_fix(error, "raise the system's limit of watched files (on Linux "
				 "fs.inotify.max_user_watches)");
	if (failure == UV_EMFILE)
		error_fix(error, "allow more open files, `ulimit -n 1024`; if that does not help, "
				 "more watches at a time (on Linux "
				 "fs.inotify.max_user_instances)");
	return -1;
}

/* First the watch, then the look inside: what comes in between is seen by one of them. */
static int watch_tree(struct watch *w, struct arena *arena, const char *path, int depth,
		      struct error *error)
{
	struct fs_entry *entries;
	struct error ignored;
	size_t count;

	if (map_get(&w->folders, path) == NULL && watch_folder(w, path, true, error) != 0)
		return -1;
	if (depth >= MAX_DEPTH || fs_list(arena, path, &entries, &count, &ignored) != 0)
		return 0;
	for (size_t i = 0; i < count; i++) {
		const struct fs_entry *entry = &entries[i];

		if (entry->type != FS_DIR || entry->link || entry->name[0] == '.' ||
		    w->options.skip(entry->name))
			continue;
		if (watch_tree(w, arena, path_join(arena, path, entry->name), depth + 1, error) !=
		    0)
			return -1;
	}
	return 0;
}

static long long wall_ms(const struct timespec *time)
{
	return (long long)time->tv_sec * 1000 + time->tv_nsec / 1000000;
}

/* A folder that is watched from now on may have changed while the caller read: of the names that
 * count one is newer than that. */
static void look_back(struct watch *w, const char *folder, const struct watch_list *list)
{
	struct arena *arena = arena_new();
	struct stat status;

	for (const char *const *name = list->names; *name != NULL; name++) {
		if (stat(path_join(arena, folder, *name), &status) == 0 &&
		    wall_ms(&STAT_CHANGED(status)) >= w->since) {
			note(w, SLOW);
			break;
		}
	}
	arena_free(arena);
}

/* Watches what the list names and is not watched yet. */
static int watch_listed(struct watch *w, const struct watch_list *list, struct error *error)
{
	struct arena *arena = arena_new();
	size_t before = w->folders.count;
	int result = 0;

	/* Trees first: of a folder that is also listed on its own, all counts. */
	for (const char *const *path = list->trees; *path != NULL && result == 0; path++)
		result = watch_tree(w, arena, *path, 0, error);
	for (const char *const *path = list->folders; *path != NULL && result == 0; path++)
		if (map_get(&w->folders, *path) == NULL)
			result = watch_folder(w, *path, false, error);
	for (size_t i = before; i < w->folders.count && result == 0 && w->since != 0; i++)
		look_back(w, ((struct folder *)w->folders.entries[i].value)->path, list);
	arena_free(arena);
	return result;
}

/* --- the watch ---------------------------------------------------------------------------------
 */

struct watch *watch_open(struct loop *loop, const struct watch_options *options)
{
	struct watch *watch = mem_zalloc(1, sizeof(*watch));

	watch->loop = loop;
	watch->options = *options;
	loop_timer_attach(&watch->timer, loop);
	return watch;
}

/* All is watched anew; the burst that was waited for is over. */
static int begin(struct watch *w, const struct watch_list *list, struct error *error)
{
	struct map old = w->folders;
	struct timespec now;
	int result;

	w->folders = (struct map){0};
	w->first_event = 0;
	w->timer.over = false;
	w->begun = true;
	w->since = 0;
	result = watch_listed(w, list, error);
	clock_gettime(CLOCK_REALTIME, &now);
	w->since = wall_ms(&now) - TICK_MS;
	close_folders(&old);
	return result == 0 ? 1 : -1;
}

int watch_next(struct watch *watch, const struct watch_list *list, struct error *error)
{
	if (watch->begun && watch_listed(watch, list, error) != 0)
		return -1;
	judge_names(watch, list);
	while (watch->begun && !watch->timer.over && loop_ended(watch->loop) == 0) {
		loop_turn(watch->loop);
		judge_names(watch, list);
	}
	return loop_ended(watch->loop) != 0 ? 0 : begin(watch, list, error);
}

void watch_close(struct watch *watch)
{
	if (watch == NULL)
		return;
	close_folders(&watch->folders);
	loop_timer_detach(&watch->timer);
	buf_dispose(&watch->names);
	mem_free(watch);
}
