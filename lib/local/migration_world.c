/* The tables of the CRM data (lib/local/world/). Integer `row`s join tables within the store; the
 * UUIDs are what the API shows.
 *
 * items: records and list entries alike. `owner_id` is the object's or the list's id; `parent_id`
 * is an entry's record. A merged or deleted item is gone with its values.
 *
 * vals: what items hold, with history: a row is current while `active_until` is NULL; current rows
 * of one attribute are ordered by `position` (smallest first). `value` holds the type's own fields
 * as the REST API shows them ({"value":..}, {"domain":..,"root_domain":..}), except for
 *     record-reference  {"target_object_id"}, the record is `ref`
 *     select, status    {}, the option is `ref`
 * and for an actor-reference `ref` is the actor's id besides. `key` is what uniqueness and lookup
 * compare, of types that can be unique: e-mail addresses and domains in lower case, text as it is.
 *
 * schema_stamp: another number after each change of the structure, so that a copy in memory knows
 * that it is old.
 *
 * changes: what happened, for the webhooks of the REST API: `payload` is the event without its type
 * and actor: {"id":{..}} and what the event has besides. Rows are removed once they are delivered.
 */
extern const char migration_world[];

#define STAMP(table, event)                                                                        \
	"CREATE TRIGGER stamp_" table "_" event " AFTER " event " ON " table                       \
	" BEGIN UPDATE schema_stamp SET stamp = random(); END;"
#define STAMPS(table) STAMP(table, "INSERT") STAMP(table, "UPDATE") STAMP(table, "DELETE")

const char migration_world[] =
	"CREATE TABLE workspace ("
	"  id TEXT PRIMARY KEY,"
	"  slug TEXT NOT NULL,"
	"  name TEXT NOT NULL,"
	"  logo_url TEXT,"
	"  created_at TEXT NOT NULL"
	");"
	"CREATE TABLE members ("
	"  row INTEGER PRIMARY KEY,"
	"  id TEXT NOT NULL UNIQUE,"
	"  email TEXT NOT NULL UNIQUE,"
	"  first_name TEXT NOT NULL,"
	"  last_name TEXT NOT NULL,"
	"  avatar_url TEXT,"
	"  access_level TEXT NOT NULL," /* admin, member, suspended */
	"  created_at TEXT NOT NULL"
	");"
	"CREATE TABLE objects ("
	"  row INTEGER PRIMARY KEY," /* their order */
	"  id TEXT NOT NULL UNIQUE,"
	"  slug TEXT NOT NULL UNIQUE,"
	"  singular TEXT NOT NULL,"
	"  plural TEXT NOT NULL,"
	"  standard INTEGER NOT NULL DEFAULT 0," /* people, companies, deals, users, workspaces */
	"  enabled INTEGER NOT NULL DEFAULT 1," /* an object that is off is not there for the API */
	"  created_at TEXT NOT NULL"
	");"
	"CREATE TABLE lists ("
	"  row INTEGER PRIMARY KEY,"
	"  id TEXT NOT NULL UNIQUE,"
	"  slug TEXT NOT NULL UNIQUE,"
	"  name TEXT NOT NULL,"
	"  object_id TEXT NOT NULL REFERENCES objects (id)," /* of the parent records */
	"  workspace_access TEXT," /* full-access, read-and-write, read-only, NULL */
	"  member_access TEXT NOT NULL DEFAULT '[]'," /* [{"level","workspace_member_id"}] */
	"  actor_type TEXT NOT NULL,"
	"  actor_id TEXT,"
	"  created_at TEXT NOT NULL"
	");"
	"CREATE TABLE attributes ("
	"  row INTEGER PRIMARY KEY,"
	"  id TEXT NOT NULL UNIQUE,"
	"  owner_id TEXT NOT NULL," /* an object's or a list's id */
	"  position INTEGER NOT NULL,"
	"  slug TEXT NOT NULL,"
	"  title TEXT NOT NULL,"
	"  description TEXT,"
	"  type TEXT NOT NULL," /* as the REST API spells it: text, email-address, ... */
	"  system INTEGER NOT NULL DEFAULT 0,"
	"  writable INTEGER NOT NULL DEFAULT 1,"
	"  required INTEGER NOT NULL DEFAULT 0,"
	"  uniq INTEGER NOT NULL DEFAULT 0,"
	"  multi INTEGER NOT NULL DEFAULT 0,"
	"  archived INTEGER NOT NULL DEFAULT 0,"
	"  default_enabled INTEGER NOT NULL DEFAULT 0,"
	"  default_value TEXT,"      /* JSON: {"type","template"} or NULL */
	"  relationship_id TEXT,"    /* the attribute of the other side */
	"  allowed_object_ids TEXT," /* JSON: object ids, or NULL: any; of a record-reference */
	"  currency_code TEXT,"
	"  currency_display TEXT," /* code, name, narrowSymbol, symbol */
	"  created_at TEXT NOT NULL,"
	"  UNIQUE (owner_id, slug)"
	");"
	"CREATE TABLE options (" /* of selects, and the statuses of status attributes */
	"  row INTEGER PRIMARY KEY,"
	"  id TEXT NOT NULL UNIQUE,"
	"  attribute_id TEXT NOT NULL REFERENCES attributes (id) ON DELETE CASCADE,"
	"  position INTEGER NOT NULL,"
	"  title TEXT NOT NULL,"
	"  archived INTEGER NOT NULL DEFAULT 0,"
	"  celebration INTEGER NOT NULL DEFAULT 0," /* of a status */
	"  target_time TEXT"                        /* of a status: an ISO duration or NULL */
	");"
	"CREATE INDEX options_of ON options (attribute_id, position);"
	"CREATE TABLE items ("
	"  row INTEGER PRIMARY KEY,"
	"  id TEXT NOT NULL UNIQUE,"
	"  owner_id TEXT NOT NULL,"
	"  parent_id TEXT REFERENCES items (id) ON DELETE CASCADE,"
	"  created_at TEXT NOT NULL"
	");"
	"CREATE INDEX items_of ON items (owner_id, created_at, id);"
	"CREATE INDEX items_below ON items (parent_id) WHERE parent_id IS NOT NULL;"
	"CREATE TABLE vals ("
	"  row INTEGER PRIMARY KEY,"
	"  item INTEGER NOT NULL REFERENCES items (row) ON DELETE CASCADE,"
	"  attribute INTEGER NOT NULL REFERENCES attributes (row) ON DELETE CASCADE,"
	"  position INTEGER NOT NULL,"
	"  active_from TEXT NOT NULL,"
	"  active_until TEXT,"
	"  actor_type TEXT NOT NULL,"
	"  actor_id TEXT,"
	"  value TEXT NOT NULL,"
	"  key TEXT,"
	"  ref TEXT"
	");"
	"CREATE INDEX vals_of ON vals (item, attribute, position);"
	"CREATE INDEX vals_by_key ON vals (attribute, key) WHERE active_until IS NULL AND key IS "
	"NOT "
	"NULL;"
	"CREATE INDEX vals_by_ref ON vals (ref, attribute) WHERE ref IS NOT NULL;"
	"CREATE TABLE changes ("
	"  row INTEGER PRIMARY KEY AUTOINCREMENT,"
	"  event_type TEXT NOT NULL," /* record.created, list-entry.updated, ... */
	"  payload TEXT NOT NULL,"
	"  actor_type TEXT NOT NULL,"
	"  actor_id TEXT,"
	"  at TEXT NOT NULL"
	");"
	"CREATE TABLE schema_stamp (stamp INTEGER NOT NULL);"
	"INSERT INTO schema_stamp VALUES (random());" STAMPS("workspace") STAMPS("objects")
		STAMPS("lists") STAMPS("attributes") STAMPS("options");
