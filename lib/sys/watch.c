/* See watch.h. libuv watches single folders everywhere, whole trees only on some systems, so trees
 * are walked here. Before each run all folders are watched anew: a folder that was deleted and
 * created again has the name of the old one but not its watch. The new watches begin before the old
 * ones end and before the run reads, so that no change falls in between. */
#include "sys/watch.h"

#include <signal.h>
#include <string.h>

#include <uv.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "sys/fs.h"
#include "sys/path.h"

enum {
	DEBOUNCE_MS = 50,
	PATIENCE_MS = 1000, /* with events without end a run comes all the same */
	MAX_DEPTH = 64
};

struct watch;

struct folder {
	uv_fs_event_t event;
	struct watch *watch;
	char *path;
	bool tree;
	struct folder *next;
};

struct watch {
	const struct watch_work *work;
	uv_loop_t loop;
	uv_signal_t interrupt;
	uv_timer_t timer;
	struct folder *folders;
	uint64_t first_event; /* of the burst; 0: none is waiting */
	unsigned quiet_ms;    /* that it asks for */
	int result;
	struct error *error;
};

static void stop(struct watch *w, int result)
{
	w->result = result;
	uv_stop(&w->loop);
}

/* --- events ------------------------------------------------------------------------------------
 */

static void on_time(uv_timer_t *timer);

static bool matters(const struct folder *folder, const char *name)
{
	if (name == NULL)
		return true; /* the system does not say */
	if (folder->tree && name[0] != '.' && !str_ends(name, "~"))
		return true;
	struct watch_list list = folder->watch->work->list(folder->watch->work->user);
	for (const char *const *n = list.names; *n != NULL; n++)
		if (strcmp(*n, name) == 0)
			return true;
	return false;
}

static void on_event(uv_fs_event_t *event, const char *name, int events, int status)
{
	struct folder *folder = event->data;
	struct watch *w = folder->watch;
	uint64_t now = uv_now(&w->loop);

	/* A broken watch may have missed something. */
	if (status == 0 && !matters(folder, name))
		return;
	if (w->first_event == 0) {
		w->first_event = now;
		w->quiet_ms = w->work->quiet_ms;
	}
	if (status != 0 || (events & UV_RENAME) != 0 || w->quiet_ms == 0)
		w->quiet_ms = DEBOUNCE_MS;
	if (now - w->first_event < PATIENCE_MS || !uv_is_active((uv_handle_t *)&w->timer))
		uv_timer_start(&w->timer, on_time, w->quiet_ms, 0);
}

static void on_interrupt(uv_signal_t *handle, int number)
{
	(void)number;
	stop(handle->data, 0);
}

/* --- folders -----------------------------------------------------------------------------------
 */

static void on_closed(uv_handle_t *handle)
{
	struct folder *folder = handle->data;

	mem_free(folder->path);
	mem_free(folder);
}

static void close_folders(struct folder *list)
{
	while (list != NULL) {
		struct folder *next = list->next;

		uv_close((uv_handle_t *)&list->event, on_closed);
		list = next;
	}
}

static bool is_watched(const struct watch *w, const char *path)
{
	for (const struct folder *f = w->folders; f != NULL; f = f->next)
		if (strcmp(f->path, path) == 0)
			return true;
	return false;
}

static int watch_folder(struct watch *w, const char *path, bool tree)
{
	struct folder *folder = mem_zalloc(1, sizeof(*folder));
	int failure;

	folder->watch = w;
	folder->path = mem_strdup(path);
	folder->tree = tree;
	uv_fs_event_init(&w->loop, &folder->event);
	folder->event.data = folder;
	failure = uv_fs_event_start(&folder->event, on_event, path, 0);
	if (failure == 0) {
		folder->next = w->folders;
		w->folders = folder;
		return 0;
	}
	uv_close((uv_handle_t *)&folder->event, on_closed);
	if (failure == UV_ENOENT || failure == UV_ENOTDIR || failure == UV_EACCES)
		return 0;
	error_set(w->error, ERROR_SYSTEM, "cannot watch the folder `%s`", path);
	error_why(w->error, "%s", uv_strerror(failure));
	if (failure == UV_ENOSPC || failure == UV_EMFILE)
		error_fix(w->error, "raise the system's limit of watched files (on Linux "
				    "fs.inotify.max_user_watches and max_user_instances)");
	return -1;
}

/* First the watch, then the look inside: what comes in between is seen by one of them. */
static int watch_tree(struct watch *w, struct arena *arena, const char *path, int depth)
{
	struct error ignored;
	struct fs_entry *entries;
	size_t count;

	if (!is_watched(w, path) && watch_folder(w, path, true) != 0)
		return -1;
	if (depth >= MAX_DEPTH || fs_list(arena, path, &entries, &count, &ignored) != 0)
		return 0;
	for (size_t i = 0; i < count; i++) {
		const struct fs_entry *entry = &entries[i];

		if (entry->type != FS_DIR || entry->link || entry->name[0] == '.' ||
		    w->work->skip(entry->name))
			continue;
		if (watch_tree(w, arena, path_join(arena, path, entry->name), depth + 1) != 0)
			return -1;
	}
	return 0;
}

static int watch_listed(struct watch *w)
{
	struct watch_list list = w->work->list(w->work->user);
	struct arena *arena = arena_new();
	int result = 0;

	/* Trees first: of a folder that is also listed on its own, all counts. */
	for (const char *const *path = list.trees; *path != NULL && result == 0; path++)
		result = watch_tree(w, arena, *path, 0);
	for (const char *const *path = list.folders; *path != NULL && result == 0; path++)
		if (!is_watched(w, *path))
			result = watch_folder(w, *path, false);
	arena_free(arena);
	return result;
}

/* --- runs --------------------------------------------------------------------------------------
 */

static void on_time(uv_timer_t *timer)
{
	struct watch *w = timer->data;
	struct folder *old = w->folders;

	w->first_event = 0;
	w->folders = NULL;
	int result = watch_listed(w);
	close_folders(old);
	if (result == 0)
		result = w->work->run(w->work->user);
	if (result == 0)
		result = watch_listed(w);
	if (result != 0)
		stop(w, result);
}

static void close_all(struct watch *w)
{
	close_folders(w->folders);
	uv_close((uv_handle_t *)&w->timer, NULL);
	uv_close((uv_handle_t *)&w->interrupt, NULL);
	uv_run(&w->loop, UV_RUN_DEFAULT);
	uv_loop_close(&w->loop);
}

int watch_loop(const struct watch_work *work, struct error *error)
{
	struct watch w = {.work = work, .error = error};
	int failure = uv_loop_init(&w.loop);

	if (failure != 0) {
		error_set(error, ERROR_SYSTEM, "cannot watch for changes");
		return error_why(error, "%s", uv_strerror(failure));
	}
	uv_timer_init(&w.loop, &w.timer);
	w.timer.data = &w;
	uv_signal_init(&w.loop, &w.interrupt);
	w.interrupt.data = &w;
	uv_signal_start(&w.interrupt, on_interrupt, SIGINT);
	uv_timer_start(&w.timer, on_time, 0, 0);
	uv_run(&w.loop, UV_RUN_DEFAULT);
	close_all(&w);
	return w.result;
}
