/* Follows the log of an app in a workspace: waits until the app is installed there, connects to the
 * log service, and stays connected. It blocks, in short steps: it is for a thread of its own, or
 * for a program that has nothing else to do. Facts: lib/platform/README.md, Logs. */
#ifndef ATTIO_PLATFORM_LOG_STREAM_H
#define ATTIO_PLATFORM_LOG_STREAM_H

#include <stdbool.h>

#include "platform/realtime.h"

struct error;
struct attio_api;

enum log_news {
	LOG_ENTRY,         /* an entry */
	LOG_NOT_INSTALLED, /* the app is not installed there yet, which is waited for; again every
			    * minute */
	LOG_UNCLEAR,       /* whether it is cannot be said: `error`; asked on */
	LOG_AGAIN,         /* there is no connection yet: `error`; another one is tried */
	LOG_READY,         /* entries come from now on */
	LOG_LOST,          /* the connection is lost: `error`; a new one is being made */
	LOG_LATE,          /* there was none for so long that what comes until there is is missed */
	LOG_BACK           /* there is one; `from`: entries since then may be missing, or NULL */
};

/* What happened; its texts are borrowed while it is told. */
struct log_event {
	enum log_news news;
	const char *time; /* ENTRY: RFC 3339 */
	const char *text;
	enum realtime_level level;
	const char *from, *until; /* BACK: RFC 3339, by the clock of this machine */
	const struct error *error;
};

struct log_stream_options {
	const char *app_id;
	const char *workspace_id;
	const char *rewind; /* how much of the past to ask for ("2m"); NULL: none */
	long timeout;       /* until the first connection stands, in seconds */
	void (*tell)(void *context, const struct log_event *event);
	/* Asked about ten times a second: whether to end. */
	bool (*stop)(void *context);
	void *context;
};

/* The platform's arena is not used; its client must stop by the same question (http_watch). 0: it
 * was stopped, and has said good-bye; -1: refused for good, or never reached: ERROR_AUTH,
 * ERROR_SERVICE, ERROR_NETWORK. */
int log_stream_run(const struct attio_api *platform, const struct log_stream_options *options,
		   struct error *error);

/* The host to try: 0 is the service's own, the following ones its others in an order that `chance`
 * picks; NULL after the last one. For tests. */
const char *log_stream_fallback(unsigned number, unsigned chance);

#endif
