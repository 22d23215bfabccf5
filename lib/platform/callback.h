/* What the browser brings back from signing in: the request to our own port, or its address, which
 * somebody pastes because the browser is on another machine. */
#ifndef ATTIO_PLATFORM_CALLBACK_H
#define ATTIO_PLATFORM_CALLBACK_H

struct arena;

enum callback_kind {
	CALLBACK_STRAY,  /* not of this login: another state, or none, or no answer at all */
	CALLBACK_CODE,   /* the user agreed */
	CALLBACK_REFUSED /* the user, or the platform, said no */
};

struct callback {
	const char *code;
	const char *error, *description; /* of a refusal, decoded; description may be "" */
};

/* Reads the query of the request (what follows "?", encoded). Everything without the right `state`
 * is stray, and so is what names a member twice. The texts are in the arena. */
enum callback_kind callback_read(struct arena *arena, const char *query, const char *state,
				 struct callback *callback);
/* The same for a line that was pasted: an address with that query, or the query alone. */
enum callback_kind callback_read_line(struct arena *arena, const char *line, const char *state,
				      struct callback *callback);

#endif
