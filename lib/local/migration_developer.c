/* What the developer API keeps beside versions: who has signed in, and dev versions with the
 * bundles that were pushed to them (lib/local/developer/).
 *
 * developer_tokens: of each pair only the SHA-256 sums; `family` is the sign-in that it goes back
 * to, `spent` tells that its refresh token was used. Times are ms by the platform's clock.
 *
 * dev_bundles: one push. dev_files are made with it and hold NULL until the upload comes. */
extern const char migration_developer[];

const char migration_developer[] =
	"ALTER TABLE apps ADD COLUMN title TEXT;"
	"CREATE TABLE developer_tokens ("
	"  row INTEGER PRIMARY KEY,"
	"  access_sum TEXT NOT NULL UNIQUE,"
	"  refresh_sum TEXT NOT NULL UNIQUE,"
	"  family TEXT NOT NULL,"
	"  member_id TEXT NOT NULL,"
	"  access_until INTEGER NOT NULL,"
	"  refresh_until INTEGER NOT NULL,"
	"  spent INTEGER NOT NULL DEFAULT 0"
	");"
	"CREATE TABLE dev_versions ("
	"  row INTEGER PRIMARY KEY,"
	"  id TEXT NOT NULL UNIQUE,"
	"  app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,"
	"  environment TEXT NOT NULL," /* JSON: {name: value} */
	"  cli_version TEXT NOT NULL,"
	"  created_at TEXT NOT NULL"
	");"
	"CREATE TABLE dev_bundles ("
	"  row INTEGER PRIMARY KEY,"
	"  id TEXT NOT NULL UNIQUE,"
	"  dev_version INTEGER NOT NULL REFERENCES dev_versions (row) ON DELETE CASCADE,"
	"  sdk_version TEXT NOT NULL,"
	"  created_at TEXT NOT NULL,"
	"  completed INTEGER NOT NULL DEFAULT 0"
	");"
	"CREATE INDEX dev_bundles_of ON dev_bundles (dev_version);"
	"CREATE TABLE dev_files ("
	"  bundle INTEGER NOT NULL REFERENCES dev_bundles (row) ON DELETE CASCADE,"
	"  kind TEXT NOT NULL,"
	"  bytes BLOB,"
	"  PRIMARY KEY (bundle, kind)"
	");";
