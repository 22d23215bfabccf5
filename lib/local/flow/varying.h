/* What each run makes anew in a text: moments, the platform's own address, tokens of callbacks,
 * boundaries of forms. Used where lines of flows are made (lines.h), and where a request is looked
 * for among recorded ones (replaying.h). */
#ifndef ATTIO_LOCAL_FLOW_VARYING_H
#define ATTIO_LOCAL_FLOW_VARYING_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes with NUL of an id, 36 characters, and of what stands for a piece: "<time+20d3h15m>". */
#define VARYING_ID_SIZE 37
#define VARYING_NAME_SIZE 48

/* When the flow began. */
struct varying_now {
	long long ms; /* 0: not known */
	/* Whether a moment is told by how far from then it is. Only right where the flow runs at
	 * once: a user takes the time that a user takes. */
	bool spans;
};

/* The length of such a piece at `text`, which is in the text that begins at `start`, and what
 * stands for it; 0: there is none. */
size_t varying_at(const char *text, const char *start, const struct varying_now *now,
		  char name[VARYING_NAME_SIZE]);

/* Whether an id is at the text; it is given in lower case. */
bool varying_id_at(const char *text, char id[VARYING_ID_SIZE]);

#endif
