/* Carrying a plan out, all of it or nothing. Everything is prepared in a private folder of the app
 * (.attio/migrate): the new files, copies of the old ones, and last a list of the steps. From then
 * on it goes forward: a run that is killed is brought to its end by the next one, and one that is
 * killed before has changed nothing. A step that fails takes all steps before it back. */
#ifndef ATTIO_MIGRATE_APPLY_H
#define ATTIO_MIGRATE_APPLY_H

struct arena;
struct error;
struct migration;

enum migrate_rest {
	MIGRATE_NONE,      /* nothing was left */
	MIGRATE_DROPPED,   /* of a run that had changed nothing yet */
	MIGRATE_COMPLETED, /* the rest of the steps was made */
	MIGRATE_BUSY       /* another run is at it */
};

/* Deals with what a killed run left in the app at `root` (absolute). -1 when the rest of its steps
 * cannot be made either: it stays for the next run. */
int migrate_resume(struct arena *arena, const char *root, enum migrate_rest *rest,
		   struct error *error);

/* Carries the plan out. ERROR_CONFLICT when something is in the way, or was changed since. */
int migrate_apply(const struct migration *plan, struct arena *arena, const char *root,
		  struct error *error);

#endif
