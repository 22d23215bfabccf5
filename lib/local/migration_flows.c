/* The flow log's tables. A flow is its first node: they have the same number. */
/* Declared where it is used: the list (migrations.c). */
extern const char migration_flows[];

const char migration_flows[] =
	"CREATE TABLE flow_nodes ("
	"  id INTEGER PRIMARY KEY AUTOINCREMENT,"
	"  flow INTEGER NOT NULL,"
	"  cause INTEGER," /* NULL: it begins the flow */
	"  kind TEXT NOT NULL,"
	"  name TEXT NOT NULL,"
	"  started_at TEXT NOT NULL,"
	"  ms REAL," /* NULL while it is open */
	"  input TEXT,"
	"  output TEXT,"
	"  error TEXT,"
	"  notes TEXT" /* JSON: [{code, text}] */
	");"
	"CREATE INDEX flow_nodes_of_flow ON flow_nodes (flow);"
	"CREATE TABLE logs ("
	"  id INTEGER PRIMARY KEY AUTOINCREMENT,"
	"  at TEXT NOT NULL,"
	"  node INTEGER,"
	"  flow INTEGER,"
	"  realm TEXT NOT NULL," /* client, server */
	"  level TEXT NOT NULL," /* debug, info, warning, error */
	"  text TEXT NOT NULL"
	");"
	"CREATE TABLE recordings (" /* what the outside answered, for --net replay */
	"  id INTEGER PRIMARY KEY,"
	"  method TEXT NOT NULL,"
	"  url TEXT NOT NULL,"
	"  body TEXT NOT NULL,"   /* SHA-256 of the request's body */
	"  answer TEXT NOT NULL," /* JSON, as the host gets it */
	"  at TEXT NOT NULL"
	");"
	"CREATE INDEX recordings_of_request ON recordings (method, url, body);";
