/* Within the room: what the bodies and query strings of the endpoints look like. */
#ifndef ATTIO_LOCAL_REST_BODIES_H
#define ATTIO_LOCAL_REST_BODIES_H

#include "local/rest/query.h"
#include "local/rest/shape.h"

extern const struct shape body_object_create, body_object_update;
extern const struct shape body_attribute_create, body_attribute_update;
extern const struct shape body_option_create, body_option_update;
extern const struct shape body_status_create, body_status_update;
extern const struct shape body_query, body_values, body_search, body_merge;
extern const struct shape body_list_create, body_list_update;
extern const struct shape body_entry_create, body_entry_update;
extern const struct shape body_note, body_task_create, body_task_update, body_comment;
extern const struct shape body_meeting, body_recording;
extern const struct shape body_webhook_create, body_webhook_update;

extern const struct param query_attributes[], query_archived[], query_matching[], query_history[];
extern const struct param query_record_entries[], query_views[];
extern const struct param query_notes[], query_tasks[], query_threads[], query_webhooks[];
extern const struct param query_meetings[], query_recordings[];

/* Event types that a webhook can subscribe to; ends with NULL. */
extern const char *const webhook_events[];

#endif
