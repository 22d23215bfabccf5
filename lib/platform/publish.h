/* Publishing a version: the whole sequence of calls, the same for Attio and for the local
 * platform. Order and numbering: lib/platform/README.md, Publishing. */
#ifndef ATTIO_PLATFORM_PUBLISH_H
#define ATTIO_PLATFORM_PUBLISH_H

struct bundles;
struct error;
struct platform;

struct publish_progress {
	/* Told before each step, a few words fit for a terminal; or NULL. */
	void (*step)(void *context, const char *text);
	void *context;
};

struct published {
	const char *app_title;
	long long major;
	long long minor;
};

/* Publishes `bundles` (client, server, blocks) as the next minor version of the newest major one.
 * Every upload must be accepted before the version is completed; when one is not, the version
 * stays unfinished and invisible. */
int publish_version(struct platform *platform, const char *slug, const struct bundles *bundles,
		    const struct publish_progress *progress, struct published *published,
		    struct error *error);

#endif
