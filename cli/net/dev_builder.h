/* The builds of `attio dev`: validate, bundle and type check after every change, in a thread with
 * an event loop of its own, so that the platform answers meanwhile. The two threads share nothing
 * but a pipe, through which whole builds change hands; who has taken one owns it. */
#ifndef ATTIO_CLI_NET_DEV_BUILDER_H
#define ATTIO_CLI_NET_DEV_BUILDER_H

#include <stdbool.h>
#include <stddef.h>

#include "diag/report.h"
#include "local/run/platform.h"

struct arena;
struct cli;
struct dev_builder;
struct error;
struct loop;

enum dev_news {
	DEV_BEGUN,   /* something changed: a build of an app that ran begins */
	DEV_BUILT,   /* the app bundles: this is to be run */
	DEV_SAME,    /* it bundles, to what was handed over last */
	DEV_BROKEN,  /* it does not bundle: the findings say why */
	DEV_CHECKED, /* what the rules and the types say about the build before */
	DEV_FAILED   /* neither: something of this machine, see `failure` */
};

/* One step of a build. All of it is in its arena: dev_build_free. */
struct dev_build {
	struct arena *arena;
	enum dev_news news;
	long ms;       /* since the run began */
	bool checking; /* DEV_CHECKED will follow */
	bool healed;   /* the one before was broken or failed; of a check: had errors */
	bool last;     /* nothing more will come: not watched, or watching failed */
	/* What was found. A later step of a run has what the one before has, and more. */
	size_t errors, warnings;
	bool told;               /* the same as in the step of that kind that came last */
	bool nothing_new;        /* the same but for their lines */
	size_t known;            /* so many of them were in that step too */
	const char *text;        /* the others, for people, many lines; "" */
	const char *findings;    /* all, a JSON array */
	const char *shown;       /* the same with a frame in each, for the page */
	const char *environment; /* names and where they are read, a JSON object; NULL: as before */
	const char *line;        /* DEV_BUILT, DEV_SAME: "client 17.3 KiB, server 97.7 KiB" */
	const char *note;        /* what was not looked at and why, or NULL */
	const char *failure;     /* for people, many lines, or NULL */
	const char *error;       /* the same as a JSON object, or NULL */
	struct platform_bundles bundles; /* DEV_BUILT */
};

void dev_build_free(struct dev_build *build);

struct dev_builder_options {
	const char *root;        /* of the app, absolute */
	bool watch;              /* else one build */
	bool check;              /* rules and types too, beside the bundles */
	struct report_look look; /* of texts for people */
	const char *bundles;     /* a folder with those to run, or NULL: our own */
};

/* Starts the thread, which begins to build at once. `loop` is the caller's, whose turns note that
 * a build has come. NULL with ERROR_SYSTEM. */
struct dev_builder *dev_builder_start(struct cli *cli, const struct dev_builder_options *options,
				      struct loop *loop, struct error *error);
/* The platform is ready: the first build, which was only bundled, is checked now. */
void dev_builder_calm(struct dev_builder *builder);
/* The next step that has come, to be freed; NULL: none. */
struct dev_build *dev_builder_take(struct dev_builder *builder);
/* Ends what it does, at once, and the thread. NULL is fine. */
void dev_builder_stop(struct dev_builder *builder);

#endif
