/* All that the page's first screen shows, in one document, so that it is drawn without asking for
 * one thing after the other. */
#ifndef ATTIO_LOCAL_CONTROL_FIRST_H
#define ATTIO_LOCAL_CONTROL_FIRST_H

struct buf;
struct error;
struct platform;

/* Appends {status, surfaces, objects, lists, members, record, events}. `surfaces` is null until the
 * app is evaluated; `record` is {object, record}, the first record of the first object that an
 * action of the app applies to, or null in an empty workspace; `events` is the number of the last
 * event that it knows of: who follows with since= misses nothing. -1: the store failed. */
int first_put(struct platform *platform, struct buf *out, struct error *error);

#endif
