/* Within the room: each object and each list has the one view that it is made with. Nothing of a
 * view but its name can be seen here, so it is not stored: its id is made of its owner's. */
#ifndef ATTIO_LOCAL_REST_VIEW_H
#define ATTIO_LOCAL_REST_VIEW_H

/* SQL, of the `id` of a row of objects or lists. */
#define VIEW_ID                                                                                    \
	"substr(id, 25, 8) || '-' || substr(id, 33, 4) || '-4' || substr(id, 2, 3) || '-a' || "    \
	"substr(id, 5, 3) || '-' || substr(id, 10, 4) || substr(id, 1, 8)"

#endif
