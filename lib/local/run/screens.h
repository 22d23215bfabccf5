/* Users at a screen. A session is somebody who looks at surfaces of the app, triggers its actions
 * and answers what it asks: the page, or a program in its place. What the app shows comes as events
 * of the session's stream; the page only draws it, app code runs in the host.
 *
 * Surfaces that were mounted are mounted again, with the same ids, when another build of the app
 * runs; one that nobody follows any more is closed then. Dialogs, questions and frames end with the
 * build that opened them. Ids of sessions cannot be guessed, because a frame's address has one in
 * place of a secret. */
#ifndef ATTIO_LOCAL_RUN_SCREENS_H
#define ATTIO_LOCAL_RUN_SCREENS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/random.h"
#include "local/run/stream.h"
#include "json/slice.h"

struct buf;
struct error;
struct platform;
struct run_error;

#define SCREEN_SURFACES 64u /* of one session */
#define SCREEN_THINGS 256u  /* of one session, the newest */
#define SCREEN_FRAMES 16u   /* of one session, the newest */

/* What a user mounted, or a dialog that the app opened. */
struct screen_surface {
	struct screen_surface *next;
	char id[24];
	bool dialog;
	bool there;     /* in the realm; else it comes again with the next build */
	char *kind;     /* "record-widget"; "dialog" */
	char *name;     /* the surface's id in the app; "" for a dialog */
	char *props;    /* an object's JSON; NULL for a dialog */
	char *config;   /* of a configurator, as it is now; or NULL */
	long long node; /* that what is done in it belongs to */
};

/* Toasts, frames and questions by their ids ("t5", "#12" for call 12), for what is done to them. */
struct screen_thing {
	char id[24];
	long long node;
	bool question;
};

/* What an iframe shows. */
struct screen_frame {
	long long call; /* 0: none */
	char id[24];
	char *html; /* or NULL: `url` */
	char *url;
};

/* Something that a user did and somebody waits for: it is told when the app asks the user a
 * question, since it may not end before that is answered. Part of the waiter's own struct. */
struct screen_act {
	struct screen_act *next;
	struct screen *session;
	void (*asked)(struct screen_act *act);
};

struct screen {
	struct screen *next;
	char id[RANDOM_KEY_SIZE + 1]; /* "u" and a key */
	char member_id[RANDOM_UUID_SIZE];
	bool is_admin;
	bool followed;        /* somebody follows it, or did */
	bool closed;          /* freed when nobody refers to it any more */
	long long generation; /* whose surfaces it shows; 0: none */
	struct platform *platform;
	struct stream stream;
	struct screen_surface *surfaces;
	struct screen_thing things[SCREEN_THINGS];
	size_t thing_at;
	struct screen_frame frames[SCREEN_FRAMES];
	size_t frame_at;
	struct screen_act *acts;
};

struct screens {
	struct screen *first;
	long long last_surface; /* number given last */
};

/* A new one, of this member; one too many ends the oldest that nobody follows. NULL with
 * ERROR_CONFLICT or ERROR_SYSTEM. */
struct screen *screen_open(struct platform *platform, const char *member_id, bool is_admin,
			   struct error *error);
/* NULL: there is none. */
struct screen *screen_find(const struct platform *platform, const char *id);
/* Takes what it shows out of the realm. */
void screen_close(struct screen *session);

/* Mounts: `kind`, `name`, `props` and `config` (objects; the latter may be NULL) are copied. The
 * surface is the session's; NULL: it has too many. `input` is what the flow log shows. */
struct screen_surface *screen_mount(struct screen *session, const char *kind, const char *name,
				    const char *props, const char *config, const char *input,
				    void (*done)(void *context, struct json_slice result,
						 const struct run_error *error),
				    void *context);
struct screen_surface *screen_surface(const struct screen *session, const char *id);
/* It is gone; who follows is told the reason. */
void screen_drop(struct screen *session, struct screen_surface *surface, const char *reason);
/* The node that an act on a thing belongs to, by the thing's id or a ref of it ("t5.action"); 0. */
long long screen_thing(const struct screen *session, const char *ref);
/* The frame that call opened; NULL. */
const struct screen_frame *screen_frame(const struct screen *session, const char *call);

void screen_begin_act(struct screen *session, struct screen_act *act);
void screen_end_act(struct screen_act *act);

/* Tells an event: an object's text. */
void screen_tell(struct screen *session, const struct buf *event);
/* {"type":"error","flow","error"}: code that nobody waits for threw. */
void screen_tell_error(struct screen *session, long long flow, const struct run_error *error);
/* Follows it; what a follower has missed is told anew. */
void screen_follow(struct screen *session, struct http_call *call, long long since,
		   struct http_reply *reply);

/* A notification of the host: "ui" (with the flow log's node of it), "tree", "patch", "told",
 * "error", "ended". */
void screens_notice(struct platform *platform, const char *method, struct json_slice params,
		    long long node);
/* A server function that a session called has no connection: its user is asked to connect.
 * `session` may be NULL or nobody's. */
void screens_need(struct platform *platform, const char *session, long long node, const char *code);
/* Once a turn: another build runs, or none. */
void screens_serve(struct platform *platform);
void screens_dispose(struct platform *platform);

#endif
