/* One run of the local platform: everything that `attio dev` serves, in one struct that its pieces
 * take and give back. Who runs the loop opens it, hands it each good build, and lets it work after
 * each turn. Handlers of requests, of frames of the host and of timers run then and never block.
 *
 * The pieces (calls.h, flows.h, gate.h, the files of local/control) see this struct and call down;
 * only the command calls platform.c. */
#ifndef ATTIO_LOCAL_RUN_PLATFORM_H
#define ATTIO_LOCAL_RUN_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/random.h"
#include "http/attach.h"
#include "local/clock.h"
#include "local/developer/faults.h"
#include "json/slice.h"

struct arena;
struct buf;
struct control_route;
struct flows;
struct gate;
struct generations;
struct graphql_schema;
struct host;
struct host_early;
struct http_server;
struct hub;
struct limits;
struct local_store;
struct loop;
struct open_calls;
struct outbound;
struct pieces;
struct replaying;
struct rest;
struct routes;
struct served_routes;
struct screens;
struct stream;
struct webhooks_out;
struct world;

enum net_mode { NET_LIVE, NET_RECORD, NET_REPLAY, NET_DENY };

/* "https://api.example.com" is sent to another origin: a fake third party. */
struct net_route {
	const char *origin;
	const char *url;
};

struct platform_options {
	const char *root;      /* of the app, absolute */
	const char *state;     /* the folder of the store, absolute */
	const char *app_title; /* of the app, for people */
	const char *app_slug;
	int port;  /* 0: any free one */
	int ports; /* that are tried from there on, then any free one; 0: just that one */
	enum net_mode net;
	const struct net_route *net_routes; /* ends with origin NULL; or NULL */
	const char *chaos;                  /* or NULL */
	const char *ca_file;    /* of certificates that the outside may show; NULL: the system's */
	const char *public_url; /* base of webhook URLs; NULL: our own origin */
	const char *limits_off; /* names with commas, or NULL: "time,egress,rest,json" */
	long long offset_ms;    /* of the clock at the start */
	bool lenient;           /* client globals that the service may not have */
	const char *const *host_words; /* the program that hosts app code and its words */
	struct host_early *host_early; /* where one was started before; NULL: none was */
	const char *page;              /* folder of the page's files; NULL: there is no page */
	const char *schema_folder; /* where to look for the SDK's schema.graphql: the app's root */
	/* What two versions that were deployed from here differ in, as a JSON object; -1 with an
	 * error. NULL: it cannot be told. */
	int (*compare)(void *context, const char *from, const char *to, struct buf *out,
		       struct error *error);
	/* One JSON object without a line break for each event; may be NULL. Secrets are replaced in
	 * it. */
	void (*event)(void *context, const char *json, size_t len);
	void *context;
};

/* Who acts in a flow (acting.h). */
#define PLATFORM_ACTING 256
struct platform_acting {
	long long flow;
	char member_id[RANDOM_UUID_SIZE]; /* "": no user does */
};

/* Who writes when app code does. */
#define PLATFORM_APP_ID "3a1f6c1e-8d0b-4a55-9a0e-61d6f5b0c7a2"

/* A good build. All texts are copied. */
struct platform_block {
	const char *id;
	const char *text;
	const char *map; /* or NULL */
};

struct platform_setting {
	const char *name;
	const char *value;
};

struct platform_bundles {
	const char *client; /* NULL: none */
	const char *client_map;
	const char *server;
	const char *server_map;
	const struct platform_block *blocks;
	size_t block_count;
	const struct platform_setting *env; /* of the .env files */
	size_t env_count;
	const char *const *webhooks; /* file names without suffix */
	size_t webhook_count;
};

struct platform {
	struct platform_options options; /* strings are copies in the arena */
	struct arena *arena;             /* lives as long as the platform */
	struct loop *loop;               /* borrowed */
	struct local_store *store;
	struct clock clock;
	struct world *world;
	struct pieces *pieces; /* run/pieces.h */
	struct rest *rest;
	struct graphql_schema *schema; /* of the app's SDK, or NULL */
	struct routes *routes;         /* developer API */
	struct hub *hub;               /* its log service */
	struct faults faults;          /* ordered at it */
	struct http_server *http;
	struct http_attached attached;
	struct outbound *outbound;
	struct loop_timer timer; /* the next moment at which something is due */
	struct limits *limits;
	struct flows *flows;
	struct gate *gate;
	struct webhooks_out *webhooks_out;
	struct host *host;    /* NULL: it is not there (any more) */
	unsigned host_starts; /* since it last ran app code */
	struct generations *generations;
	/* What the command told of its last build; NULL: nothing yet. */
	char *findings, *environment;
	bool own_build; /* a build of the command was loaded: nothing that is pushed is */
	char app_id[RANDOM_UUID_SIZE]; /* whose code runs, for the developer API */
	struct open_calls *calls;
	struct screens *screens;                   /* users who look at it: screens.h */
	struct replaying *replaying;               /* a flow file (flow/replaying.h), or NULL */
	long long replayed_since;                  /* the flow before the one that it began */
	struct served_routes *served;              /* serve.c */
	const struct control_route *const *tables; /* of the control API: control/table.h */
	struct stream *stream;                     /* events, for those who follow */
	char origin[64];                           /* "http://127.0.0.1:PORT" */
	/* Base of webhook URLs, without a slash at the end, and its parts: the path is "" mostly.
	 */
	const char *hooks, *hooks_origin, *hooks_path;
	char secret[RANDOM_KEY_SIZE];
	char api_token[2 * (RANDOM_KEY_SIZE - 1) + 1]; /* 64 characters, as REST wants */
	char workspace_id[RANDOM_UUID_SIZE];
	char admin_id[RANDOM_UUID_SIZE]; /* the member who acts where nobody else is named */
	struct platform_acting acting[PLATFORM_ACTING];
	size_t acting_at;
	/* What ends the run: the store cannot be written. Else of the kind ERROR_NONE. */
	struct error failure;
	long long full_told; /* ms on the machine's clock: when it was told that the disk is full */
};

/* Opens the store (seeds a new one), listens, starts the host when `host_words` is given. NULL with
 * an error. */
struct platform *platform_open(const struct platform_options *options, struct loop *loop,
			       struct error *error);
/* Runs this build from now on; the former one ends with its calls. What the realms say to it comes
 * as events "running" or "failed". */
void platform_load(struct platform *platform, const struct platform_bundles *bundles);
/* Builds will come: what takes time to start for one is started now, and again after each. */
void platform_warm(struct platform *platform);
/* There will be no build (it failed, and none was good before): what was pushed last runs, else
 * calls that wait for one are answered with `why`. */
void platform_without(struct platform *platform, const char *why);
/* Keeps what was found in the last build, a JSON object, for who asks later (GET /findings), and
 * the names of the app's environment (GET /environment); NULL: as before. */
void platform_tell_build(struct platform *platform, const char *findings, const char *environment);
/* Whether the last build that was given is running, or has told that it cannot. */
bool platform_is_settled(const struct platform *platform);
/* Serves what has come; after each turn of the loop. False when the run cannot go on (failure). */
bool platform_turn(struct platform *platform);
/* Ends the host and closes all. NULL is fine. */
void platform_close(struct platform *platform);

/* Tells the event's receiver and those who follow /events. `json` is an object's text. */
void platform_event(struct platform *platform, const char *json, size_t len);

#endif
