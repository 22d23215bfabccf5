/* What the threads of `attio dev` have to tell of a workspace on Attio. */
#ifndef ATTIO_CLI_NET_PUSH_NEWS_H
#define ATTIO_CLI_NET_PUSH_NEWS_H

#include <stddef.h>

#include "base/error.h"
#include "platform/log_stream.h"

struct arena;
struct cli;
struct push;
struct remote;
struct timespec;

enum push_kind {
	PUSH_BEGUN,
	PUSH_DONE,
	PUSH_FAILED, /* the build: `error`; tried again after `pause_s`, 0: with the next one */
	PUSH_REFUSED_ENV, /* the variables: the same; the old ones stay */
	PUSH_LOG,         /* of the log: `log` */
	PUSH_NO_LOG       /* the log is not followed any more: `error` */
};

struct push_news {
	struct arena *arena; /* holds all of it */
	enum push_kind kind;
	long ms; /* DONE: how long it took */
	size_t parts, bytes;
	long pause_s;
	struct error error;
	struct log_event log;
};

struct push_news *push_news_new(enum push_kind kind);
/* `start` is on the monotonic clock. */
struct push_news *push_news_done(const struct push *push, const struct timespec *start);
struct push_news *push_news_failed(enum push_kind kind, const struct error *error, long pause_s);
struct push_news *push_news_log(const struct log_event *event);
void push_news_free(struct push_news *news);

/* For people, or an object a line. */
void push_news_print(struct cli *cli, const struct remote *remote, const struct push_news *news);

#endif
