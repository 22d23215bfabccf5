/* What a process of its own asks, so that the answer is kept whatever becomes of us. There are two
 * answers that come once only: that to *create* has the upload addresses of a version, which nobody
 * could finish without them, and that to a renewal has the refresh token that counts from then on.
 * Here is what is said to that process and what it leaves: one JSON document each; who starts it is
 * cli/net/courier.c.
 *
 * The answer to a request lies on the disk sealed with the token of the request (base/seal.h), as
 * draft.h's addresses do, in a file of mode 0600. Beside it is a lock, which the process holds as
 * long as an answer may still come. A renewed credential goes where the old one is kept, and the
 * turn that is held meanwhile is that of vault.h. */
#ifndef ATTIO_PLATFORM_ERRAND_H
#define ATTIO_PLATFORM_ERRAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "http/http.h"
#include "platform/vault.h"

struct arena;
struct buf;

/* For how long an answer is waited for when who sent the errand is gone, in seconds. */
#define ERRAND_GRACE_S 10

struct errand {
	enum vault_place place;      /* of a credential that is to be renewed; VAULT_NOWHERE: */
	struct http_request request; /* never repeated: what was begun may have been done */
	long timeout;                /* seconds, as for http_client_new */
	const char *ca_file;         /* or NULL */
	const char *proxy;           /* or NULL */
	const char *secret;          /* what seals the answer; the old credential as it is kept */
	const char *path;            /* of the answer, absolute; of ATTIO_TOKEN_FILE, or NULL */
};

void errand_put(struct buf *out, const struct errand *errand);
/* In the arena. -1: it is none. */
int errand_read(struct errand *errand, struct arena *arena, const char *text, size_t len,
		struct error *error);

/* What the process tells, a line of JSON each: that it has the lock and may be given the errand,
 * notices as they come, then one of the others. */
struct errand_news {
	bool ready;
	const char *notice;            /* of a further try; or NULL */
	const char *warning;           /* or NULL */
	const char *credential;        /* the renewed one, as it is kept; or NULL */
	struct http_response response; /* its status is 0: none came */
	struct error error;            /* why, ERROR_NONE: not so */
};

void errand_put_news(struct buf *out, const struct errand_news *news);
/* The response's body is the caller's, other memory the arena's. -1: it is none. */
int errand_read_news(struct errand_news *news, struct arena *arena, const char *line, size_t len);

/* Takes the lock of the answer at `path`: a descriptor, or -1 when somebody else holds it or it
 * cannot be made. */
int errand_lock(const char *path);
int errand_keep(const char *path, const char *secret, const struct http_response *response,
		struct error *error);
/* The answer that lies there. False: none, or it is sealed with another secret. */
bool errand_kept(struct http_response *response, struct arena *arena, const char *path,
		 const char *secret);
/* Removes it. */
void errand_forget(const char *path);

#endif
