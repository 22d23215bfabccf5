/* Within the room: the token that a request carries, and what it may do. */
#ifndef ATTIO_LOCAL_REST_TOKEN_H
#define ATTIO_LOCAL_REST_TOKEN_H

struct arena;
struct buf;

#define TOKEN_LENGTH 64

/* The token of an Authorization header: "Bearer TOKEN", or "Basic" with it as the user's name. NULL
 * when there is none. In the arena. */
const char *token_of(const char *authorization, struct arena *arena);

/* Both are lists of words like "note:read" with spaces between; `granted` NULL grants everything.
 * Appends those of `needed` that are not granted, with commas between; read-write grants read. */
void token_missing_scopes(const char *granted, const char *needed, struct buf *missing);

#endif
