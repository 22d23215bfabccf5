/* What the host asks and tells: app code's calls out of its realm, each made a node of the flow log
 * and led to the piece that answers it. */
#ifndef ATTIO_LOCAL_RUN_ASKED_H
#define ATTIO_LOCAL_RUN_ASKED_H

#include "json/slice.h"

/* For struct host_listener; `context` is the platform. */
void asked_request(void *context, long long id, const char *method, struct json_slice params);
void asked_notice(void *context, const char *method, struct json_slice params);

#endif
