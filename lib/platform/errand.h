/* A request that a process of its own sends, so that its answer is kept whatever becomes of us. The
 * answer to *create* has the only upload addresses that a version ever gets: one that was lost with
 * a killed deploy would leave a version that nobody can finish. Here is what is said to that
 * process and what it leaves: one JSON document each; who starts it is cli/net/courier.c.
 *
 * The answer lies on the disk sealed with the token of the request (base/seal.h), as draft.h's
 * addresses do, in a file of mode 0600. Beside it is a lock, which the process holds as long as an
 * answer may still come. */
#ifndef ATTIO_PLATFORM_ERRAND_H
#define ATTIO_PLATFORM_ERRAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "http/http.h"

struct arena;
struct buf;

/* For how long an answer is waited for when who sent the errand is gone, in seconds. */
#define ERRAND_GRACE_S 10

struct errand {
	struct http_request request; /* never repeated: what was begun may have been done */
	long timeout;                /* seconds, as for http_client_new */
	const char *ca_file;         /* or NULL */
	const char *proxy;           /* or NULL */
	const char *secret;          /* what seals the answer */
	const char *path;            /* of the answer, absolute */
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
