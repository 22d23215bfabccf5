/* Publishing a version: the whole sequence of calls, the same for Attio and for the local
 * platform. Order and numbering: lib/platform/README.md, Publishing. Looking comes first and
 * changes nothing; sending goes on with a version that an earlier run has left unfinished. */
#ifndef ATTIO_PLATFORM_PUBLISH_H
#define ATTIO_PLATFORM_PUBLISH_H

#include <stdbool.h>
#include <stddef.h>

#include "platform/api.h"
#include "platform/draft.h"
#include "platform/versions.h"

struct bundles;
struct error;
struct keep;

struct publish_progress {
	/* Told before each step, a few words fit for a terminal; or NULL. */
	void (*step)(void *context, const char *text);
	/* Told before the uploads, the bytes of all of them, and 0 after; or NULL. */
	void (*uploading)(void *context, size_t total);
	/* Asked while something is waited for, whether to end; or NULL. */
	bool (*stop)(void *context);
	void *context;
};

struct publish_request {
	const char *slug;
	const struct bundles *bundles; /* client, server, blocks */
	const char *artifact;          /* their sum */
	long long major;               /* 0: the newest, or 1 */
	/* Where an unfinished version is remembered, or NULL: nowhere. */
	const struct keep *keep;
	bool fresh; /* an unfinished version is left as it is, and another one begun */
	struct publish_progress progress;
};

struct publishing {
	struct attio_api *platform;
	const struct publish_request *request;
	struct platform_app app;
	struct platform_version *versions; /* in the platform's order */
	size_t count;
	const struct platform_version *newest; /* the unfinished one does not count; or NULL */
	long long major;                       /* of what will be published */
	struct draft draft; /* what is left of an earlier run, then what this one has begun */
	bool resumes;       /* it is gone on with */
};

/* Asks for the app and its versions and decides which version it will be. ERROR_NOT_FOUND: no such
 * app, or a major number that is neither there nor the next. ERROR_CONFLICT: an unfinished version
 * cannot be gone on with; `fresh` helps. */
int publish_look(struct publishing *publishing, struct attio_api *platform,
		 const struct publish_request *request, struct error *error);
/* Publishes. Every upload must be accepted before the version is completed; when something fails,
 * the error says what is there, draft.stage too, and the next run goes on with it. The number is in
 * draft.version. */
int publish_send(struct publishing *publishing, struct error *error);

#endif
