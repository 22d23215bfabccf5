/* Within the room: a request that the body of a call describes, for a handler of the app to get. */
#ifndef ATTIO_LOCAL_CONTROL_SENT_H
#define ATTIO_LOCAL_CONTROL_SENT_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

#include "json/slice.h"

struct arena;
struct error;

struct sent_body {
	const char *bytes; /* they may hold NUL */
	size_t len;
	bool json;
};

/* "body" of the object: a text is sent as it is, or what its base64 stands for (with "encoding"),
 * any other value as JSON. All in the arena. 0, or -1 with ERROR_USAGE. */
int sent_body_read(struct arena *arena, struct json_slice request, struct sent_body *body,
		   struct error *error);
/* "headers" of the same object as [[name, value]]: they are given as such or as an object. JSON
 * that names no type of its own is of the type of JSON. In the arena. */
const char *sent_headers(struct arena *arena, const cJSON *request, bool json);

#endif
