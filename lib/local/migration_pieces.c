/* Tables of the stateful pieces (local/run): what the app keeps in KV and settings, its
 * connections, its webhook handlers, what called them, and its workflow blocks. JSON and times are
 * TEXT; times are UTC with nine decimals and Z, so that their order is that of the texts. */
extern const char migration_pieces[];

const char migration_pieces[] =
	"CREATE TABLE kv ("
	"  key TEXT PRIMARY KEY,"
	"  value TEXT NOT NULL,"
	"  expires_at TEXT,"
	"  written_at TEXT NOT NULL"
	") WITHOUT ROWID;"
	"CREATE INDEX kv_expiry ON kv (expires_at) WHERE expires_at IS NOT NULL;"
	"CREATE TABLE settings ("
	"  key TEXT PRIMARY KEY,"
	"  value TEXT NOT NULL,"
	"  written_at TEXT NOT NULL"
	") WITHOUT ROWID;"
	/* One of each kind (key) for the workspace, and one for each user. */
	"CREATE TABLE connections ("
	"  row INTEGER PRIMARY KEY,"
	"  id TEXT NOT NULL UNIQUE,"
	"  connection_key TEXT NOT NULL,"
	"  owner_type TEXT NOT NULL CHECK (owner_type IN ('workspace', 'user')),"
	"  owner_id TEXT NOT NULL,"
	"  created_by TEXT NOT NULL,"
	"  type TEXT NOT NULL CHECK (type IN ('secret', 'oauth')),"
	"  value TEXT NOT NULL,"
	"  created_at TEXT NOT NULL,"
	"  expires_at TEXT,"
	"  UNIQUE (connection_key, owner_type, owner_id)"
	");"
	"CREATE TABLE webhook_handlers ("
	"  row INTEGER PRIMARY KEY,"
	"  id TEXT NOT NULL UNIQUE,"
	"  file_name TEXT NOT NULL,"
	"  external_webhook_id TEXT,"
	"  created_at TEXT NOT NULL"
	");"
	/* Requests from outside, to be looked at and sent again. Their target may be gone by then.
	 */
	"CREATE TABLE hook_deliveries ("
	"  row INTEGER PRIMARY KEY AUTOINCREMENT,"
	"  id TEXT NOT NULL UNIQUE,"
	"  kind TEXT NOT NULL CHECK (kind IN ('webhook', 'trigger', 'finish')),"
	"  target TEXT NOT NULL," /* handler, activation or run */
	"  name TEXT NOT NULL,"   /* the handler's file, the block's id */
	"  method TEXT NOT NULL,"
	"  path TEXT NOT NULL," /* what follows the target, with its slash, as sent */
	"  query TEXT NOT NULL,"
	"  headers TEXT NOT NULL,"
	"  body BLOB NOT NULL,"
	"  received_at TEXT NOT NULL,"
	"  replay_of TEXT,"
	"  flow INTEGER,"
	"  status INTEGER," /* NULL until it is answered */
	"  answer_headers TEXT,"
	"  answer_body BLOB,"
	"  error TEXT,"
	"  ms INTEGER"
	");"
	"CREATE INDEX hook_deliveries_target ON hook_deliveries (target);"
	"CREATE TABLE block_activations ("
	"  row INTEGER PRIMARY KEY,"
	"  id TEXT NOT NULL UNIQUE," /* uniqueActivationId */
	"  block TEXT NOT NULL,"
	"  workflow_id TEXT NOT NULL,"
	"  version_id TEXT NOT NULL,"
	"  block_id TEXT NOT NULL,"
	"  token TEXT NOT NULL,"
	"  config TEXT NOT NULL,"
	"  outcomes TEXT," /* [{"id", "schema"}] of the configurator, as far as known */
	"  state TEXT NOT NULL CHECK (state IN ('activating', 'active', 'failed', 'inactive')),"
	"  attempts INTEGER NOT NULL DEFAULT 0,"
	"  error TEXT,"
	"  created_at TEXT NOT NULL,"
	"  ended_at TEXT"
	");"
	"CREATE TABLE block_runs ("
	"  row INTEGER PRIMARY KEY,"
	"  id TEXT NOT NULL UNIQUE," /* workflowRunId */
	"  block TEXT NOT NULL,"
	"  activation TEXT," /* of the trigger that started it */
	"  workflow_id TEXT NOT NULL,"
	"  version_id TEXT NOT NULL,"
	"  block_id TEXT NOT NULL,"
	"  execution_id TEXT NOT NULL UNIQUE,"
	"  token TEXT NOT NULL,"
	"  config TEXT NOT NULL,"
	"  outcomes TEXT," /* [{"id", "schema"}] of the configurator, as far as known */
	"  state TEXT NOT NULL CHECK (state IN ('running', 'waiting', 'done', 'exited', 'failed')),"
	"  attempts INTEGER NOT NULL DEFAULT 0,"
	"  outcome TEXT," /* {"id", "data"} */
	"  error TEXT,"
	"  created_at TEXT NOT NULL,"
	"  ended_at TEXT"
	");";
