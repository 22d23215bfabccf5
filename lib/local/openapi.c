/* The document; see the header. Routes of one path stand together, in the order of the tables. */
#include "local/openapi.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "local/control/control.h"

/* {"type":"string"} of a field's type. */
static void put_type(struct buf *out, const char *type)
{
	if (str_is(type, "any"))
		buf_puts(out, "{}");
	else
		buf_printf(out, "{\"type\":\"%s\"}", type);
}

/* The next "{id}" or "{key...}" of a pattern; NULL at the end. */
static const char *next_capture(const char *at, char name[64], bool *rest)
{
	size_t len;

	at = strchr(at, '{');
	if (at == NULL)
		return NULL;
	len = strcspn(at + 1, ".}");
	*rest = at[1 + len] == '.';
	memcpy(name, at + 1, len < 63 ? len : 63);
	name[len < 63 ? len : 63] = '\0';
	return at + 1 + len;
}

static void put_parameters(struct buf *out, const struct control_route *route)
{
	const char *at = route->pattern;
	char name[64];
	bool rest, first = true;

	buf_puts(out, ",\"parameters\":[");
	while ((at = next_capture(at, name, &rest)) != NULL) {
		buf_printf(out,
			   "%s{\"name\":\"%s\",\"in\":\"path\",\"required\":true,\"schema\":{"
			   "\"type\":\"string\"}%s}",
			   first ? "" : ",", name,
			   rest ? ",\"description\":\"slashes may stand in it as they are\"" : "");
		first = false;
	}
	for (const struct control_field *field = route->query; field != NULL && field->name != NULL;
	     field++) {
		buf_printf(out, "%s{\"name\":\"%s\",\"in\":\"query\",\"required\":%s",
			   first ? "" : ",", field->name, field->required ? "true" : "false");
		buf_put_json_member(out, "description", field->help != NULL ? field->help : "");
		buf_puts(out, ",\"schema\":");
		put_type(out, field->type);
		buf_putc(out, '}');
		first = false;
	}
	buf_putc(out, ']');
}

static void put_body(struct buf *out, const struct control_field *fields)
{
	bool required = false;

	for (const struct control_field *field = fields; field->name != NULL; field++)
		required = required || field->required;
	buf_printf(out,
		   ",\"requestBody\":{\"required\":%s,\"content\":{\"application/json\":{"
		   "\"schema\":{\"type\":\"object\",\"properties\":{",
		   required ? "true" : "false");
	for (const struct control_field *field = fields; field->name != NULL; field++) {
		buf_printf(out, "%s\"%s\":{", field != fields ? "," : "", field->name);
		buf_put_json_member(out, "description", field->help != NULL ? field->help : "");
		if (!str_is(field->type, "any"))
			buf_printf(out, ",\"type\":\"%s\"", field->type);
		buf_putc(out, '}');
	}
	buf_puts(out, "},\"required\":[");
	required = false;
	for (const struct control_field *field = fields; field->name != NULL; field++) {
		if (!field->required)
			continue;
		buf_printf(out, "%s\"%s\"", required ? "," : "", field->name);
		required = true;
	}
	buf_puts(out, "],\"additionalProperties\":false}}}}");
}

static const struct openapi_answer *answer_of(const struct control_route *route)
{
	size_t len = strlen(route->method);

	for (size_t i = 0; i < openapi_answer_count; i++) {
		const char *name = openapi_answers[i].route;

		if (str_starts(name, route->method) && name[len] == ' ' &&
		    strcmp(name + len + 1, route->pattern) == 0)
			return &openapi_answers[i];
	}
	return NULL;
}

static void put_answers(struct buf *out, const struct control_route *route)
{
	const struct openapi_answer *answer = answer_of(route);

	buf_puts(out, ",\"responses\":{\"200\":{\"description\":\"done\",\"content\":{");
	if (answer != NULL && answer->shape == NULL) {
		buf_puts(out, "\"text/event-stream\":{\"schema\":{\"type\":\"string\"}}");
	} else {
		buf_puts(out, "\"application/json\":{\"schema\":");
		if (answer == NULL)
			buf_puts(out, "{\"type\":\"object\"}");
		else
			openapi_put_shape(out, answer->shape);
		buf_putc(out, '}');
	}
	buf_puts(out, "}},\"default\":{\"$ref\":\"#/components/responses/No\"}}");
}

static void put_operation(struct buf *out, const struct control_route *route)
{
	openapi_begin_operation(out, route->method, route->pattern, route->summary);
	put_parameters(out, route);
	if (route->body != NULL)
		put_body(out, route->body);
	put_answers(out, route);
	buf_putc(out, '}');
}

/* All routes of the pattern of `first`, unless one before it has the same. */
static void put_routes(struct buf *out, const struct control_route *const *all, size_t count,
		       size_t first, bool *any)
{
	bool more = false;

	for (size_t i = 0; i < first; i++) {
		if (strcmp(all[i]->pattern, all[first]->pattern) == 0)
			return;
	}
	buf_puts(out, *any ? "," : "");
	*any = true;
	openapi_put_path(out, all[first]->pattern);
	buf_puts(out, ":{");
	for (size_t i = first; i < count; i++) {
		if (strcmp(all[i]->pattern, all[first]->pattern) != 0)
			continue;
		buf_puts(out, more ? "," : "");
		more = true;
		put_operation(out, all[i]);
	}
	buf_putc(out, '}');
}

static const char head[] =
	"{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Control API of attio's local platform\","
	"\"version\":\"" ATTIO_VERSION "\",\"description\":\"Everything that the local platform "
	"does for the commands. It listens on this machine only, and each call needs the secret of "
	"this run, which is in the run file.\"},\"security\":[{\"secret\":[]}],\"servers\":[";

static const char components[] =
	"\"components\":{\"securitySchemes\":{\"secret\":{\"type\":\"http\",\"scheme\":\"bearer\"}"
	"},\"responses\":{\"No\":{\"description\":\"it was not done, and why\",\"content\":{"
	"\"application/json\":{\"schema\":{\"type\":\"object\",\"required\":[\"error\"],"
	"\"properties\":{\"error\":{\"type\":\"object\",\"required\":[\"kind\",\"message\"],"
	"\"properties\":{\"kind\":{\"enum\":[\"usage\",\"findings\",\"auth\",\"not_found\","
	"\"conflict\",\"needs_input\",\"service\",\"network\",\"system\"]},\"message\":{\"type\":"
	"\"string\"},\"why\":{\"type\":\"string\"},\"fix\":{\"type\":\"string\"},\"errors\":{"
	"\"type\":\"array\",\"items\":{}}}}}}}}}}}";

void openapi_print(const struct control_route *const *tables, const char *server, struct buf *out)
{
	struct arena *arena = arena_new();
	const struct control_route **all = NULL;
	size_t count = 0;
	bool any = false;

	for (; *tables != NULL; tables++) {
		for (const struct control_route *row = *tables; row->method != NULL; row++)
			*(const struct control_route **)arena_push(arena, &all, &count,
								   sizeof(*all)) = row;
	}
	buf_puts(out, head);
	buf_putc(out, '{');
	buf_put_json_member(out, "url", server != NULL ? server : "/__attio/api");
	buf_puts(out, "}],\"paths\":{");
	for (size_t i = 0; i < count; i++)
		put_routes(out, all, count, i, &any);
	buf_puts(out, "},");
	buf_puts(out, components);
	buf_putc(out, '}');
	arena_free(arena);
}
