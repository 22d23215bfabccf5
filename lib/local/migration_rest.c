/* What the REST API keeps beside the CRM data: notes, tasks, comments, meetings and its webhooks
 * (lib/local/rest/). They go with the records that they belong to.
 *
 * comments: a thread is the comments with the same `thread_id`, which is the id of the first one.
 *
 * rest_webhooks: `subscriptions` as the API shows them. rest_deliveries: one event to one webhook;
 * `due_ms` is when it is tried next, by the platform's clock; `attempts` counts those that ended.
 */
extern const char migration_rest[];

#define ACTOR                                                                                      \
	"  actor_type TEXT NOT NULL,"                                                              \
	"  actor_id TEXT,"

const char migration_rest[] =
	"CREATE TABLE notes ("
	"  row INTEGER PRIMARY KEY,"
	"  id TEXT NOT NULL UNIQUE,"
	"  object_id TEXT NOT NULL REFERENCES objects (id) ON DELETE CASCADE,"
	"  record_id TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE,"
	"  title TEXT NOT NULL,"
	"  plaintext TEXT NOT NULL,"
	"  markdown TEXT NOT NULL,"
	"  meeting_id TEXT," ACTOR "  created_at TEXT NOT NULL"
	");"
	"CREATE INDEX notes_of ON notes (record_id);"
	"CREATE TABLE tasks ("
	"  row INTEGER PRIMARY KEY,"
	"  id TEXT NOT NULL UNIQUE,"
	"  content TEXT NOT NULL,"
	"  deadline_at TEXT,"
	"  completed_at TEXT," /* NULL: it is open */
	ACTOR "  created_at TEXT NOT NULL"
	");"
	"CREATE TABLE task_links ("
	"  row INTEGER PRIMARY KEY,"
	"  task INTEGER NOT NULL REFERENCES tasks (row) ON DELETE CASCADE,"
	"  object_id TEXT NOT NULL REFERENCES objects (id) ON DELETE CASCADE,"
	"  record_id TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE"
	");"
	"CREATE INDEX task_links_of ON task_links (task);"
	"CREATE INDEX task_links_to ON task_links (record_id);"
	"CREATE TABLE task_assignees ("
	"  row INTEGER PRIMARY KEY,"
	"  task INTEGER NOT NULL REFERENCES tasks (row) ON DELETE CASCADE,"
	"  member_id TEXT NOT NULL REFERENCES members (id) ON DELETE CASCADE"
	");"
	"CREATE INDEX task_assignees_of ON task_assignees (task);"
	"CREATE TABLE comments ("
	"  row INTEGER PRIMARY KEY,"
	"  id TEXT NOT NULL UNIQUE,"
	"  thread_id TEXT NOT NULL,"
	"  content TEXT NOT NULL,"
	"  object_id TEXT NOT NULL REFERENCES objects (id) ON DELETE CASCADE," /* of the record */
	"  record_id TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE,"
	"  list_id TEXT REFERENCES lists (id) ON DELETE CASCADE," /* of a comment on an entry */
	"  entry_id TEXT REFERENCES items (id) ON DELETE CASCADE,"
	"  resolved_at TEXT,"
	"  resolver_type TEXT,"
	"  resolver_id TEXT,"
	"  author_type TEXT NOT NULL,"
	"  author_id TEXT,"
	"  created_at TEXT NOT NULL"
	");"
	"CREATE INDEX comments_in ON comments (thread_id);"
	"CREATE INDEX comments_on ON comments (record_id);"
	"CREATE TABLE meetings ("
	"  row INTEGER PRIMARY KEY,"
	"  id TEXT NOT NULL UNIQUE,"
	"  external_ref TEXT UNIQUE," /* JSON */
	"  title TEXT NOT NULL,"
	"  description TEXT NOT NULL,"
	"  is_all_day INTEGER NOT NULL,"
	"  starts TEXT NOT NULL," /* JSON: {datetime, timezone} or {date} */
	"  ends TEXT NOT NULL,"
	"  starts_ms INTEGER NOT NULL,"
	"  ends_ms INTEGER NOT NULL,"
	"  participants TEXT NOT NULL," /* JSON: [{status, is_organizer, email_address}] */
	ACTOR "  created_at TEXT NOT NULL"
	");"
	"CREATE TABLE meeting_links ("
	"  row INTEGER PRIMARY KEY,"
	"  meeting INTEGER NOT NULL REFERENCES meetings (row) ON DELETE CASCADE,"
	"  object_id TEXT NOT NULL REFERENCES objects (id) ON DELETE CASCADE,"
	"  record_id TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE"
	");"
	"CREATE INDEX meeting_links_of ON meeting_links (meeting);"
	"CREATE TABLE call_recordings ("
	"  row INTEGER PRIMARY KEY,"
	"  id TEXT NOT NULL UNIQUE,"
	"  meeting_id TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,"
	"  status TEXT NOT NULL," /* processing, completed, failed */
	"  video_url TEXT," ACTOR "  created_at TEXT NOT NULL"
	");"
	"CREATE TABLE rest_webhooks ("
	"  row INTEGER PRIMARY KEY,"
	"  id TEXT NOT NULL UNIQUE,"
	"  target_url TEXT NOT NULL,"
	"  subscriptions TEXT NOT NULL,"
	"  status TEXT NOT NULL DEFAULT 'active'," /* active, degraded, inactive */
	"  secret TEXT NOT NULL,"
	"  created_at TEXT NOT NULL"
	");"
	"CREATE TABLE rest_deliveries ("
	"  row INTEGER PRIMARY KEY,"
	"  id TEXT NOT NULL UNIQUE," /* Idempotency-Key */
	"  webhook INTEGER NOT NULL REFERENCES rest_webhooks (row) ON DELETE CASCADE,"
	"  body TEXT NOT NULL,"
	"  attempts INTEGER NOT NULL DEFAULT 0,"
	"  due_ms INTEGER NOT NULL,"
	"  started_ms INTEGER,"                     /* of the last attempt */
	"  state TEXT NOT NULL DEFAULT 'waiting',"  /* waiting, sending, done, failed */
	"  last_status INTEGER NOT NULL DEFAULT 0," /* of HTTP; 0: no answer */
	"  created_at TEXT NOT NULL,"
	"  ended_at TEXT"
	");"
	"CREATE INDEX rest_deliveries_due ON rest_deliveries (due_ms) WHERE state = 'waiting';";
