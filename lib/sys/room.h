/* How many files may be open. Other people's code aborts, waits for ever or answers wrongly where a
 * descriptor is missing, so we look before it begins. */
#ifndef ATTIO_SYS_ROOM_H
#define ATTIO_SYS_ROOM_H

struct error;

/* Raises the limit that is only a default as far as we are allowed and can be of use. */
void room_claim(void);
/* How many descriptors this process, or one that it starts, may have. */
unsigned room_limit(void);
/* Whether `count` more descriptors can be opened now: 0, or an errno value. */
int room_look(unsigned count);
/* The same; -1 with ERROR_SYSTEM and `what` as its sentence. */
int room_need(unsigned count, const char *what, struct error *error);

#endif
