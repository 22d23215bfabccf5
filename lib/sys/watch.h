/* Waiting for changes of files: one run for a burst of events, whatever an editor does to save
 * (write, rename over, delete and create again). */
#ifndef ATTIO_SYS_WATCH_H
#define ATTIO_SYS_WATCH_H

#include <stdbool.h>

struct error;

/* What to watch. Folders that are not there are left out. */
struct watch_list {
	const char *const *trees; /* folders with all that is below; ends with NULL */
	const char *const
		*folders; /* folders of which only entries in `names` count; ends with NULL */
	const char *const *names; /* ends with NULL */
};

struct watch_work {
	/* Anything but 0 ends the watch. */
	int (*run)(void *user);
	/* What the next run depends on, as far as it is known; borrowed until the next call. Asked
	 * before each run, because folders come and go, and after it for what it has learned. */
	struct watch_list (*list)(void *user);
	/* Whether a folder in a tree is left out, by its name ("node_modules"). */
	bool (*skip)(const char *name);
	void *user;
	/* How long nothing must happen before a run, after files were written; 0: 50, as always
	 * when files come and go, because some editors delete a file before they save it. */
	unsigned quiet_ms;
};

/* Runs the work once, then after every change. Returns 0 after SIGINT, or what the work returned;
 * -1 with an error when the system cannot watch. Links in trees are not followed; names that begin
 * with `.` or end with `~` count there only when they are in `names`: editors make many of them. */
int watch_loop(const struct watch_work *work, struct error *error);

#endif
