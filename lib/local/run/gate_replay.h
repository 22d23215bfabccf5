/* Within the room: what the outside answered before, instead of asking it: the answers of a flow
 * file that is replayed (flow/replaying.h), or else recordings. */
#ifndef ATTIO_LOCAL_RUN_GATE_REPLAY_H
#define ATTIO_LOCAL_RUN_GATE_REPLAY_H

#include <stddef.h>

struct arena;
struct buf;
struct error;
struct platform;

/* A request as the app sends it. */
struct gate_asked {
	const char *method, *url;
	const char *body; /* or NULL */
	size_t body_len;
};

/* Appends the answer, JSON as the host gets it; -1 with what `fetch` says when there is none. */
int gate_replay(struct platform *platform, struct arena *arena, const struct gate_asked *asked,
		struct buf *answer, struct error *error);
/* Keeps the answer as a recording, without secrets. -1: the platform's failure says why. */
int gate_record(struct platform *platform, struct arena *arena, const struct gate_asked *asked,
		const struct buf *answer);

#endif
