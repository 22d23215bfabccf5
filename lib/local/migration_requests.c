/* The log of requests that left, and of those to the REST API. */
/* Declared where it is used: the list (migrations.c). */
extern const char migration_requests[];

const char migration_requests[] = "CREATE TABLE requests ("
				  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
				  "  at TEXT NOT NULL," /* when it began, on the platform's clock */
				  "  node INTEGER,"     /* of the flow log; NULL: a script's */
				  "  flow INTEGER,"
				  "  kind TEXT NOT NULL," /* fetch, rest, rest-webhook */
				  "  method TEXT NOT NULL,"
				  "  url TEXT NOT NULL,"
				  "  status INTEGER," /* NULL: there was no answer */
				  "  ms REAL NOT NULL,"
				  "  error TEXT"
				  ");";
