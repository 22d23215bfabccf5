/* Connections of the app to its third party: what getWorkspaceConnection() and getUserConnection()
 * give. One of each kind (key) for the workspace and one for each user, at the same time. Their
 * values are secrets: nothing here prints one but connection_for_app. */
#ifndef ATTIO_LOCAL_RUN_CONNECTIONS_H
#define ATTIO_LOCAL_RUN_CONNECTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

struct arena;
struct error;
struct pieces;

#define CONNECTION_WORKSPACE "workspace"
#define CONNECTION_USER "user"

struct connection {
	const char *id;
	const char *key;        /* names the kind of connection within the app */
	const char *owner_type; /* CONNECTION_WORKSPACE or CONNECTION_USER */
	const char *owner_id;   /* the workspace's or the member's */
	const char *created_by; /* a member */
	const char *type;       /* "secret" or "oauth" */
	const char *value;
	const char *created_at;
	const char *expires_at; /* NULL: never */
	bool expired;           /* on the platform's clock, when it was read */
};

/* A new connection in the arena that is not stored yet, with an id and the time. `key` NULL: the
 * app's slug. `lasts` is in seconds, 0: for good. All texts are copied. ERROR_USAGE for a type or
 * owner that does not exist and for an empty value. */
int connection_new(struct pieces *pieces, struct arena *arena, const struct connection *facts,
		   double lasts, struct connection **connection, struct error *error);
/* Keeps it, in place of one with the same key and owner. */
int connection_store(struct pieces *pieces, const struct connection *connection,
		     struct error *error);
/* Fine when it is not there. */
int connection_delete(struct pieces *pieces, const char *id, struct error *error);
/* From now on it is expired. ERROR_NOT_FOUND. */
int connection_expire(struct pieces *pieces, const char *id, struct error *error);

/* NULL when there is none. `key` NULL: the app's slug. */
int connection_of(struct pieces *pieces, struct arena *arena, const char *owner_type,
		  const char *owner_id, const char *key, struct connection **connection,
		  struct error *error);
int connection_by_id(struct pieces *pieces, struct arena *arena, const char *id,
		     struct connection **connection, struct error *error);
/* As people call it: by its id, or the only one with this key or of this owner's type. */
int connection_named(struct pieces *pieces, struct arena *arena, const char *name,
		     struct connection **connection, struct error *error);
/* In the order in which they were made. */
int connection_list(struct pieces *pieces, struct arena *arena, struct connection ***items,
		    size_t *count, struct error *error);

/* With the value: for the realm of app code only. {id, value, connection_key, createdBy, ownedBy,
 * expired}. */
cJSON *connection_for_app(const struct connection *connection);
/* Without it, for everybody: {id, connection_key, owned_by, created_by, type, created_at,
 * expires_at, expired}. */
cJSON *connection_for_people(const struct connection *connection);

/* -1, with the error: there is none of this name. */
int connection_missing(const char *id, struct error *error);

#endif
