/* The journal: what each row of the CRM data and of the pieces was before it was changed, so that
 * the state can be told as it was when a flow began (local/flow/past.h). It is kept by the store
 * itself, whichever program writes.
 *
 * flow_journal: `part` is the table, `key` the row's key after the change (NULL: it was deleted),
 * `old` the row before it as JSON (NULL: it was made). Values of connections and secrets of
 * webhooks are not kept longer than the rows that have them. The part '*' stands where all was
 * replaced: nothing before it is known. While flow_journal_pause has a row nothing is written. */
extern const char migration_journal[];

#define OLD(column) "'" #column "',OLD." #column
#define MORE(column) "," OLD(column)
#define HIDDEN(column) ",'" #column "',''"
#define PUT(table) "INSERT INTO flow_journal (part, key, old) VALUES ('" table "', "
#define WHEN(table, event)                                                                         \
	"CREATE TRIGGER journal_" table "_" event " AFTER " event " ON " table                     \
	" WHEN NOT EXISTS (SELECT 1 FROM flow_journal_pause) BEGIN "
#define KEEP(table, key, columns)                                                                  \
	WHEN(table, "INSERT")                                                                      \
	PUT(table)                                                                                 \
	"NEW." key ", NULL); END;" WHEN(table, "UPDATE")                                           \
		PUT(table) "NEW." key ", json_object(" columns ")); END;" WHEN(table, "DELETE")    \
			PUT(table) "NULL, json_object(" columns ")); END;"

/* clang-format off */
const char migration_journal[] =
	"CREATE TABLE flow_journal ("
	"  seq INTEGER PRIMARY KEY AUTOINCREMENT,"
	"  part TEXT NOT NULL,"
	"  key,"
	"  old TEXT"
	");"
	"CREATE TABLE flow_journal_pause (since INTEGER NOT NULL);"
	/* Of the node that begins a flow: {"journal", "limits_off"?}. */
	"ALTER TABLE flow_nodes ADD COLUMN began TEXT;"
	KEEP("workspace", "id",
	     OLD(id) MORE(slug) MORE(name) MORE(logo_url) MORE(created_at))
	KEEP("members", "row",
	     OLD(row) MORE(id) MORE(email) MORE(first_name) MORE(last_name) MORE(avatar_url)
	     MORE(access_level) MORE(created_at))
	KEEP("objects", "row",
	     OLD(row) MORE(id) MORE(slug) MORE(singular) MORE(plural) MORE(standard)
	     MORE(enabled) MORE(created_at))
	KEEP("lists", "row",
	     OLD(row) MORE(id) MORE(slug) MORE(name) MORE(object_id) MORE(workspace_access)
	     MORE(member_access) MORE(actor_type) MORE(actor_id) MORE(created_at))
	KEEP("attributes", "row",
	     OLD(row) MORE(id) MORE(owner_id) MORE(position) MORE(slug) MORE(title)
	     MORE(description) MORE(type) MORE(system) MORE(writable) MORE(required) MORE(uniq)
	     MORE(multi) MORE(archived) MORE(default_enabled) MORE(default_value)
	     MORE(relationship_id) MORE(allowed_object_ids) MORE(currency_code)
	     MORE(currency_display) MORE(created_at))
	KEEP("options", "row",
	     OLD(row) MORE(id) MORE(attribute_id) MORE(position) MORE(title) MORE(archived)
	     MORE(celebration) MORE(target_time))
	KEEP("items", "row",
	     OLD(row) MORE(id) MORE(owner_id) MORE(parent_id) MORE(created_at))
	KEEP("vals", "row",
	     OLD(row) MORE(item) MORE(attribute) MORE(position) MORE(active_from)
	     MORE(active_until) MORE(actor_type) MORE(actor_id) MORE(value) MORE(key) MORE(ref))
	KEEP("kv", "key",
	     OLD(key) MORE(value) MORE(expires_at) MORE(written_at))
	KEEP("settings", "key",
	     OLD(key) MORE(value) MORE(written_at))
	KEEP("connections", "row",
	     OLD(row) MORE(id) MORE(connection_key) MORE(owner_type) MORE(owner_id)
	     MORE(created_by) MORE(type) HIDDEN(value) MORE(created_at) MORE(expires_at))
	KEEP("webhook_handlers", "row",
	     OLD(row) MORE(id) MORE(file_name) MORE(external_webhook_id) MORE(created_at))
	KEEP("block_activations", "row",
	     OLD(row) MORE(id) MORE(block) MORE(workflow_id) MORE(version_id) MORE(block_id)
	     MORE(token) MORE(config) MORE(outcomes) MORE(state) MORE(attempts) MORE(error)
	     MORE(created_at) MORE(ended_at))
	KEEP("block_runs", "row",
	     OLD(row) MORE(id) MORE(block) MORE(activation) MORE(workflow_id) MORE(version_id)
	     MORE(block_id) MORE(execution_id) MORE(token) MORE(config) MORE(outcomes)
	     MORE(state) MORE(attempts) MORE(outcome) MORE(error) MORE(created_at) MORE(ended_at))
	KEEP("notes", "row",
	     OLD(row) MORE(id) MORE(object_id) MORE(record_id) MORE(title) MORE(plaintext)
	     MORE(markdown) MORE(meeting_id) MORE(actor_type) MORE(actor_id) MORE(created_at))
	KEEP("tasks", "row",
	     OLD(row) MORE(id) MORE(content) MORE(deadline_at) MORE(completed_at)
	     MORE(actor_type) MORE(actor_id) MORE(created_at))
	KEEP("task_links", "row",
	     OLD(row) MORE(task) MORE(object_id) MORE(record_id))
	KEEP("task_assignees", "row",
	     OLD(row) MORE(task) MORE(member_id))
	KEEP("comments", "row",
	     OLD(row) MORE(id) MORE(thread_id) MORE(content) MORE(object_id) MORE(record_id)
	     MORE(list_id) MORE(entry_id) MORE(resolved_at) MORE(resolver_type) MORE(resolver_id)
	     MORE(author_type) MORE(author_id) MORE(created_at))
	KEEP("meetings", "row",
	     OLD(row) MORE(id) MORE(external_ref) MORE(title) MORE(description) MORE(is_all_day)
	     MORE(starts) MORE(ends) MORE(starts_ms) MORE(ends_ms) MORE(participants)
	     MORE(actor_type) MORE(actor_id) MORE(created_at))
	KEEP("meeting_links", "row",
	     OLD(row) MORE(meeting) MORE(object_id) MORE(record_id))
	KEEP("call_recordings", "row",
	     OLD(row) MORE(id) MORE(meeting_id) MORE(status) MORE(video_url) MORE(actor_type)
	     MORE(actor_id) MORE(created_at))
	KEEP("rest_webhooks", "row",
	     OLD(row) MORE(id) MORE(target_url) MORE(subscriptions) MORE(status) HIDDEN(secret)
	     MORE(created_at));
/* clang-format on */
