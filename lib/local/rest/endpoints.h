/* Within the room: what answers the rows of the table. They give 0, or -1 with the refusal. */
#ifndef ATTIO_LOCAL_REST_ENDPOINTS_H
#define ATTIO_LOCAL_REST_ENDPOINTS_H

struct rest_call;

/* self.c: who the token is, workspace members */
int self_get(struct rest_call *call);
int members_list(struct rest_call *call);
int members_get(struct rest_call *call);

/* objects.c: objects, lists, and the views of both */
int objects_list(struct rest_call *call);
int objects_get(struct rest_call *call);
int objects_create(struct rest_call *call);
int objects_update(struct rest_call *call);
int objects_views(struct rest_call *call);
int lists_list(struct rest_call *call);
int lists_get(struct rest_call *call);
int lists_create(struct rest_call *call);
int lists_update(struct rest_call *call);
int lists_views(struct rest_call *call);

/* attributes.c */
int attributes_list(struct rest_call *call);
int attributes_get(struct rest_call *call);
int attributes_create(struct rest_call *call);
int attributes_update(struct rest_call *call);

/* options.c: options of selects, statuses */
int options_list(struct rest_call *call);
int options_create(struct rest_call *call);
int options_update(struct rest_call *call);
int statuses_list(struct rest_call *call);
int statuses_create(struct rest_call *call);
int statuses_update(struct rest_call *call);

/* records.c: records and entries, of the world */
int records_query(struct rest_call *call);
int records_create(struct rest_call *call);
int records_assert(struct rest_call *call);
int records_get(struct rest_call *call);
int records_append(struct rest_call *call);
int records_overwrite(struct rest_call *call);
int records_delete(struct rest_call *call);
int records_values(struct rest_call *call);
int records_entries(struct rest_call *call);
int records_search(struct rest_call *call);
int records_merge(struct rest_call *call);
int entries_query(struct rest_call *call);
int entries_create(struct rest_call *call);
int entries_assert(struct rest_call *call);
int entries_get(struct rest_call *call);
int entries_append(struct rest_call *call);
int entries_overwrite(struct rest_call *call);
int entries_delete(struct rest_call *call);
int entries_values(struct rest_call *call);

/* notes.c */
int notes_list(struct rest_call *call);
int notes_get(struct rest_call *call);
int notes_create(struct rest_call *call);
int notes_delete(struct rest_call *call);

/* tasks.c */
int tasks_list(struct rest_call *call);
int tasks_get(struct rest_call *call);
int tasks_create(struct rest_call *call);
int tasks_update(struct rest_call *call);
int tasks_delete(struct rest_call *call);

/* comments.c */
int threads_list(struct rest_call *call);
int threads_get(struct rest_call *call);
int comments_get(struct rest_call *call);
int comments_create(struct rest_call *call);
int comments_delete(struct rest_call *call);

/* meetings.c: meetings and their call recordings */
int meetings_list(struct rest_call *call);
int meetings_get(struct rest_call *call);
int meetings_create(struct rest_call *call);
int recordings_list(struct rest_call *call);
int recordings_get(struct rest_call *call);
int recordings_create(struct rest_call *call);
int recordings_delete(struct rest_call *call);
int recordings_transcript(struct rest_call *call);

/* webhooks.c */
int webhooks_list(struct rest_call *call);
int webhooks_get(struct rest_call *call);
int webhooks_create(struct rest_call *call);
int webhooks_update(struct rest_call *call);
int webhooks_delete(struct rest_call *call);

#endif
