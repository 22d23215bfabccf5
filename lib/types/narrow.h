/* How far a change reaches: whether what a compiler says about the files that did not change can be
 * different now. Pure.
 *
 * What leads from one module to others is what it exports, and what others take of it they name. So
 * the question is which exports can mean something else now, and whether any other file has such a
 * word in it. A statement that is as it was, but for the bodies of functions whose result is
 * written down and values whose type is, means the same, unless it names something that does not.
 * All else counts as a change, and whatever is not understood as one that reaches everywhere. */
#ifndef ATTIO_TYPES_NARROW_H
#define ATTIO_TYPES_NARROW_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct narrow_text {
	const char *path; /* absolute */
	const char *bytes;
	size_t len;
};

struct narrow_change {
	struct narrow_text before;
	struct narrow_text now;
};

struct narrow_question {
	struct arena *arena;
	const struct narrow_change *changes;
	size_t change_count;
	/* All other files of the program that are neither the compiler's nor a package's. */
	const struct narrow_text *others;
	size_t other_count;
	bool mapped; /* imports may lead elsewhere than they say */
	/* Whether an import of this name leads into an installed package. */
	bool (*is_package)(const char *name, void *data);
	void *data;
};

/* True: about the other files nothing can be said but what was said before. Errors in the changed
 * files are no obstacle, if they parse. */
bool narrow_stays_inside(const struct narrow_question *question);

#endif
