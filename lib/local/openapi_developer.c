/* The description of the developer API, from the one table of what the local platform answers. */
#include "local/openapi.h"

#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "local/route.h"

static const char head[] =
	"{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Developer API of attio's local platform\","
	"\"version\":\"" ATTIO_VERSION "\",\"description\":\"What Attio's developer tools ask: "
	"signing in, apps, versions, dev versions, realtime logs. The secret of the run opens it "
	"too.\"},\"servers\":[";

static const char components[] =
	"\"components\":{\"securitySchemes\":{\"token\":{\"type\":\"http\",\"scheme\":\"bearer\"}},"
	"\"responses\":{\"No\":{\"description\":\"it was not done, and why\",\"content\":{"
	"\"application/json\":{\"schema\":{\"type\":\"object\"}}}}}}}";

static void put_shape(struct buf *out, const char *shape)
{
	buf_puts(out, "\"content\":{\"application/json\":{\"schema\":");
	openapi_put_shape(out, shape);
	buf_puts(out, "}}");
}

static void put_parameters(struct buf *out, const char *pattern)
{
	const char *comma = "";

	buf_puts(out, ",\"parameters\":[");
	for (const char *c = strchr(pattern, '{'); c != NULL; c = strchr(c + 1, '{')) {
		buf_printf(out,
			   "%s{\"name\":\"%.*s\",\"in\":\"path\",\"required\":true,\"schema\":{"
			   "\"type\":\"string\"}}",
			   comma, (int)strcspn(c + 1, ".}"), c + 1);
		comma = ",";
	}
	buf_putc(out, ']');
}

static void put_operation(struct buf *out, const struct route *row)
{
	openapi_begin_operation(out, row->method, row->pattern, row->summary);
	buf_printf(out, ",\"security\":[%s]", row->access == ROUTE_TOKEN ? "{\"token\":[]}" : "");
	put_parameters(out, row->pattern);
	if (row->takes != NULL) {
		buf_puts(out, ",\"requestBody\":{\"required\":true,");
		put_shape(out, row->takes);
		buf_putc(out, '}');
	}
	buf_puts(out, ",\"responses\":{\"200\":{\"description\":\"done\"");
	if (row->gives != NULL) {
		buf_putc(out, ',');
		put_shape(out, row->gives);
	}
	buf_puts(out, "},\"default\":{\"$ref\":\"#/components/responses/No\"}}}");
}

/* All rows of the first one's path, unless one before it has the same. */
static void put_path_of(struct buf *out, const struct route *rows, size_t count, size_t first)
{
	const char *comma = "";

	for (size_t i = 0; i < first; i++)
		if (strcmp(rows[i].pattern, rows[first].pattern) == 0)
			return;
	buf_puts(out, first > 0 ? "," : "");
	openapi_put_path(out, rows[first].pattern);
	buf_puts(out, ":{");
	for (size_t i = first; i < count; i++) {
		if (strcmp(rows[i].pattern, rows[first].pattern) != 0)
			continue;
		buf_puts(out, comma);
		put_operation(out, &rows[i]);
		comma = ",";
	}
	buf_putc(out, '}');
}

void openapi_print_developer(const struct route *rows, size_t count, const char *origin,
			     struct buf *out)
{
	buf_puts(out, head);
	buf_putc(out, '{');
	buf_put_json_member(out, "url", origin);
	buf_puts(out, "}],\"paths\":{");
	for (size_t i = 0; i < count; i++)
		put_path_of(out, rows, count, i);
	buf_puts(out, "},");
	buf_puts(out, components);
}
