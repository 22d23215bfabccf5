/* Within the room: who acts, and on which record, as bodies name them. */
#ifndef ATTIO_LOCAL_CONTROL_ACTING_AS_H
#define ATTIO_LOCAL_CONTROL_ACTING_AS_H

struct arena;
struct control_call;
struct error;
struct platform;
struct refusal;

/* The member that the body's `as` names, in the call's arena; without one the first admin. */
int acting_as(struct platform *platform, const struct control_call *call, const char **member_id,
	      struct error *error);
/* Takes "people/ada" apart and finds the record; both in the call's arena. */
int named_record(struct platform *platform, const struct control_call *call, const char *text,
		 const char **object, const char **id, struct error *error);

/* What to do about a record that was not found or is one of several; NULL: nothing is known. */
const char *record_fix(struct arena *arena, const char *object, const struct refusal *refusal);

#endif
