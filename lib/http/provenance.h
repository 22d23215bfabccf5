/* Within the room: where a request says that it comes from, and whom it is for. */
#ifndef ATTIO_HTTP_PROVENANCE_H
#define ATTIO_HTTP_PROVENANCE_H

#include <stdbool.h>

#include <microhttpd.h>

struct provenance {
	int port;                /* of the server */
	const char *public_host; /* or NULL */
	/* What was seen: */
	unsigned hosts;
	bool foreign_host, foreign_origin;
	bool is_public;
};

/* For MHD_get_connection_values; `provenance` is the struct. It is shown all headers, and not the
 * first of a name: a second one is a trick. */
enum MHD_Result provenance_look(void *provenance, enum MHD_ValueKind kind, const char *name,
				const char *value);

#endif
