/* Which app and workspace on Attio a command is about. */
#ifndef ATTIO_CLI_NET_REMOTE_OPTIONS_H
#define ATTIO_CLI_NET_REMOTE_OPTIONS_H

struct remote_options {
	const char *app;       /* slug; NULL: the name in package.json */
	const char *workspace; /* slug; NULL: the only one, or a question */
	const char *cacert;    /* PEM file, or NULL */
	long timeout;          /* seconds for one request, at least 1 */
};

#endif
