/* Within the room: parts that stand in the answers of several routes. Each appends one JSON value;
 * functions that can fail give 0, or -1 with the store's error and nothing appended. */
#ifndef ATTIO_LOCAL_CONTROL_PARTS_H
#define ATTIO_LOCAL_CONTROL_PARTS_H

struct buf;
struct error;
struct platform;

/* What runs, and where. */
void status_put(const struct platform *platform, struct buf *out);
/* Arrays: objects and lists with their attributes and counts; members. */
int workspace_put_objects(struct platform *platform, struct buf *out, struct error *error);
int workspace_put_lists(struct platform *platform, struct buf *out, struct error *error);
int workspace_put_members(struct platform *platform, struct buf *out, struct error *error);

#endif
