/* Within the room: an object as a surface's `objects` is asked about it, and the list of surfaces
 * made of what the app registered and what its realm says. */
#ifndef ATTIO_LOCAL_CONTROL_SURFACE_LIST_H
#define ATTIO_LOCAL_CONTROL_SURFACE_LIST_H

#include "json/slice.h"

struct buf;
struct error;
struct platform;

/* Appends the member "object": {object, isStandard, attributes, objects}. `slug` NULL: people. */
int surface_object(struct platform *platform, const char *slug, struct buf *out,
		   struct error *error);
/* Appends {"items": [{kind, id, label, objects, applies, note}]}; `applies` is the host's answer
 * to client.applies. `asked`: whether somebody named an object; else nothing is said of it. */
int surface_list(struct platform *platform, struct json_slice applies, int asked, struct buf *out,
		 struct error *error);

#endif
