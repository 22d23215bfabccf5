/* Within the room: what a record is called. */
#ifndef ATTIO_LOCAL_WORLD_TITLE_H
#define ATTIO_LOCAL_WORLD_TITLE_H

struct attribute;
struct owner;

/* The attribute that names the records of an object: `name`, else the first text; NULL for none. */
const struct attribute *title_attribute(const struct owner *object);
/* SQL for the text of it, over a row of vals called `v`. */
const char *title_sql(const struct attribute *attribute);

#endif
