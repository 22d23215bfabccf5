/* Waiting for changes of files: one answer for a burst of events, whatever an editor does to save
 * (write, rename over, delete and create again). */
#ifndef ATTIO_SYS_WATCH_H
#define ATTIO_SYS_WATCH_H

#include <stdbool.h>

struct error;
struct loop;
struct watch;

/* What to watch. Folders that are not there are left out. */
struct watch_list {
	const char *const *trees; /* folders with all that is below; ends with NULL */
	const char *const
		*folders; /* folders of which only entries in `names` count; ends with NULL */
	const char *const *names; /* ends with NULL */
};

struct watch_options {
	/* Whether a folder in a tree is left out, by its name ("node_modules"). */
	bool (*skip)(const char *name);
	/* How long nothing must happen before a change is told, after files were written; 0: 50, as
	 * always when files come and go, because some editors delete a file before they save it. */
	unsigned quiet_ms;
};

/* What it does is noted in turns of the loop, which is borrowed. Never NULL. */
struct watch *watch_open(struct loop *loop, const struct watch_options *options);

/* Waits for the next change: 1, there was one since the last call returned; at the first call, at
 * once. From then on all of the list is watched, so what is read now cannot change unseen. 0: the
 * loop is asked to end. -1 with ERROR_SYSTEM: the system cannot watch. What the list names anew is
 * watched while it waits, too; what it names no longer does not count. Links in trees are not
 * followed; names that begin with `.` or end with `~` count there only when they are in `names`:
 * editors make many of them. */
int watch_next(struct watch *watch, const struct watch_list *list, struct error *error);

/* NULL is fine. */
void watch_close(struct watch *watch);

#endif
