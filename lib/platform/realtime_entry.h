/* Within the room: one entry of a log in a message of the log service. */
#ifndef ATTIO_PLATFORM_REALTIME_ENTRY_H
#define ATTIO_PLATFORM_REALTIME_ENTRY_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

#include "platform/realtime.h"

/* NULL when it is no JSON. What an app has logged may hold the character NUL, which cJSON does not
 * take: it is shown as one that is not known. */
cJSON *realtime_parse(const char *text, size_t len);

/* Undoes the encodings of `message` and fills text (mem_free), time (the same) and level of the
 * event. False: it is no entry, or one of another shape. */
bool realtime_read_entry(const cJSON *message, struct realtime_event *event);

#endif
