/* Within the room: what the local platform answers, without sockets. Same paths, bodies and
 * answers as Attio's developer API (lib/platform/README.md, Endpoints). */
#ifndef ATTIO_LOCAL_ROUTES_H
#define ATTIO_LOCAL_ROUTES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/random.h"

struct local_store;

/* Largest body of an API call and of a bundle, in bytes. */
#define ROUTES_BODY_LIMIT ((size_t)1 << 20)
#define ROUTES_UPLOAD_LIMIT ((size_t)64 << 20)

#define ROUTES_UPLOAD_PATH "/upload/"

/* A bundle that may be sent to /upload/KEY; whoever has the key may send it. */
struct upload_slot {
	char key[RANDOM_KEY_SIZE];
	long long row; /* of the version in the store */
	char *kind;
};

struct routes {
	struct local_store *store; /* borrowed */
	char origin[64];           /* "http://127.0.0.1:PORT" */
	struct upload_slot *slots;
	size_t slot_count;
	struct error failure; /* the last failure of the store, or kind ERROR_NONE */
};

struct routes_request {
	const char *method;
	const char *path; /* percent-decoded, without query */
	const char *body;
	size_t body_len;
};

struct routes_reply {
	unsigned status;
	const char *allow; /* for 405, else NULL */
	struct buf body;   /* JSON */
};

void routes_dispose(struct routes *routes);
/* Answers one request; every outcome is a reply. The caller disposes of reply->body. */
void routes_answer(struct routes *routes, const struct routes_request *request,
		   struct routes_reply *reply);
/* A refusal with a `message`. */
void routes_refuse(struct routes_reply *reply, unsigned status, const char *message);
/* Whether the path is that of an open upload. */
bool routes_is_upload(const struct routes *routes, const char *path);

#endif
