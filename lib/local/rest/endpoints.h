/* Within the room: what answers the rows of the table. They give 0, or -1 with the refusal. */
#ifndef ATTIO_LOCAL_REST_ENDPOINTS_H
#define ATTIO_LOCAL_REST_ENDPOINTS_H

struct rest_call;

/* self.c: who the token is, workspace members */
int v2_self_get(struct rest_call *call);
int v2_members_list(struct rest_call *call);
int v2_members_get(struct rest_call *call);

/* objects.c: objects, lists, and the views of both */
int v2_objects_list(struct rest_call *call);
int v2_objects_get(struct rest_call *call);
int v2_objects_create(struct rest_call *call);
int v2_objects_update(struct rest_call *call);
int v2_objects_views(struct rest_call *call);
int v2_lists_list(struct rest_call *call);
int v2_lists_get(struct rest_call *call);
int v2_lists_create(struct rest_call *call);
int v2_lists_update(struct rest_call *call);
int v2_lists_views(struct rest_call *call);

/* attributes.c */
int v2_attributes_list(struct rest_call *call);
int v2_attributes_get(struct rest_call *call);
int v2_attributes_create(struct rest_call *call);
int v2_attributes_update(struct rest_call *call);

/* options.c: options of selects, statuses */
int v2_options_list(struct rest_call *call);
int v2_options_create(struct rest_call *call);
int v2_options_update(struct rest_call *call);
int v2_statuses_list(struct rest_call *call);
int v2_statuses_create(struct rest_call *call);
int v2_statuses_update(struct rest_call *call);

/* records.c: records and entries, of the world */
int v2_records_query(struct rest_call *call);
int v2_records_create(struct rest_call *call);
int v2_records_assert(struct rest_call *call);
int v2_records_get(struct rest_call *call);
int v2_records_append(struct rest_call *call);
int v2_records_overwrite(struct rest_call *call);
int v2_records_delete(struct rest_call *call);
int v2_records_values(struct rest_call *call);
int v2_records_entries(struct rest_call *call);
int v2_records_search(struct rest_call *call);
int v2_records_merge(struct rest_call *call);
int v2_entries_query(struct rest_call *call);
int v2_entries_create(struct rest_call *call);
int v2_entries_assert(struct rest_call *call);
int v2_entries_get(struct rest_call *call);
int v2_entries_append(struct rest_call *call);
int v2_entries_overwrite(struct rest_call *call);
int v2_entries_delete(struct rest_call *call);
int v2_entries_values(struct rest_call *call);

/* notes.c */
int v2_notes_list(struct rest_call *call);
int v2_notes_get(struct rest_call *call);
int v2_notes_create(struct rest_call *call);
int v2_notes_delete(struct rest_call *call);

/* tasks.c */
int v2_tasks_list(struct rest_call *call);
int v2_tasks_get(struct rest_call *call);
int v2_tasks_create(struct rest_call *call);
int v2_tasks_update(struct rest_call *call);
int v2_tasks_delete(struct rest_call *call);

/* comments.c */
int v2_threads_list(struct rest_call *call);
int v2_threads_get(struct rest_call *call);
int v2_comments_get(struct rest_call *call);
int v2_comments_create(struct rest_call *call);
int v2_comments_delete(struct rest_call *call);

/* meetings.c: meetings and their call recordings */
int v2_meetings_list(struct rest_call *call);
int v2_meetings_get(struct rest_call *call);
int v2_meetings_create(struct rest_call *call);
int v2_recordings_list(struct rest_call *call);
int v2_recordings_get(struct rest_call *call);
int v2_recordings_find(struct rest_call *call);
int v2_recordings_create(struct rest_call *call);
int v2_recordings_delete(struct rest_call *call);
int v2_recordings_transcript(struct rest_call *call);

/* webhooks.c */
int v2_webhooks_list(struct rest_call *call);
int v2_webhooks_get(struct rest_call *call);
int v2_webhooks_create(struct rest_call *call);
int v2_webhooks_update(struct rest_call *call);
int v2_webhooks_delete(struct rest_call *call);

#endif
