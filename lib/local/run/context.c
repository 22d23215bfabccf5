/* See context.h. */
#include "local/run/context.h"

#include <cjson/cJSON.h>

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "local/run/connections.h"
#include "local/run/pieces.h"
#include "local/run/settings.h"
#include "json/json.h"

static int put_connection(struct pieces *pieces, const char *owner_type, const char *owner_id,
			  struct buf *out, struct error *error)
{
	struct arena *arena = arena_new_small(1024);
	struct connection *connection = NULL;
	int result = 0;

	if (owner_id != NULL)
		result = connection_of(pieces, arena, owner_type, owner_id, NULL, &connection,
				       error);
	if (connection != NULL) {
		cJSON *object = connection_for_app(connection);

		json_print(out, object, false);
		cJSON_Delete(object);
	} else {
		buf_puts(out, "null");
	}
	arena_free(arena);
	return result;
}

int context_put(struct pieces *pieces, const char *member_id, bool no_connections, struct buf *out,
		struct error *error)
{
	buf_puts(out, "{\"user\":");
	if (member_id != NULL) {
		buf_puts(out, "{\"id\":");
		buf_put_json_string(out, member_id, strlen(member_id));
		buf_putc(out, '}');
	} else {
		buf_puts(out, "null");
	}
	buf_puts(out, ",\"connections\":{\"user\":");
	if (put_connection(pieces, CONNECTION_USER, no_connections ? NULL : member_id, out,
			   error) != 0)
		return -1;
	buf_puts(out, ",\"workspace\":");
	if (put_connection(pieces, CONNECTION_WORKSPACE,
			   no_connections ? NULL : pieces->workspace_id, out, error) != 0)
		return -1;
	buf_puts(out, "},\"settings\":{\"workspace\":");
	if (settings_get(pieces, (struct json_slice){NULL, 0}, out, error) != 0)
		return -1;
	buf_puts(out, "}}");
	return 0;
}
