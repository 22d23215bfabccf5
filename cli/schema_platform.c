/* See schema_platform.h. */
#include "cli/schema_platform.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "local/openapi.h"

/* A command's document holds what its route answers, or is of this shape. */
static const struct {
	const char *name;
	const char *route;
} documents[] = {
	{"action-list", "GET /surfaces"},
	{"action-run", "POST /actions/run"},
	{"block-activate", "POST /blocks/{id}/activate"},
	{"block-deactivate", "POST /blocks/{id}/deactivate"},
	{"block-finish", "POST /blocks/{id}/finish"},
	{"block-list", "GET /blocks"},
	{"block-run", "POST /blocks/{id}/run"},
	{"block-show", "POST /surfaces/show"},
	{"block-trigger", "POST /blocks/{id}/trigger"},
	{"call", "POST /server/call"},
	{"clock", "POST /clock"},
	{"connection-add", "POST /connections"},
	{"connection-expire", "POST /connections/{id}/expire"},
	{"connection-list", "GET /connections"},
	{"connection-rm", "DELETE /connections/{id}"},
	{"event-send", "POST /events/send"},
	{"flow-again", "GET /flows/{id}"},
	{"flow-list", "GET /flows"},
	{"flow-replay", "{items:[{file:string,equal:bool,updated:bool,diff:string,error:any}]}"},
	{"flow-save", "{file:string,lines:number}"},
	{"flow-show", "GET /flows/{id}"},
	{"kv-delete", "DELETE /kv/{key...}"},
	{"kv-get", "GET /kv/{key...}"},
	{"kv-list", "GET /kv"},
	{"kv-put", "PUT /kv/{key...}"},
	{"logs", "GET /logs"},
	{"open", "{url:string,opened:bool}"},
	{"page-list", "GET /surfaces"},
	{"page-show", "POST /surfaces/show"},
	{"recording-import", "POST /recordings"},
	{"recording-list", "GET /recordings"},
	{"records-create", "POST /records/{object}"},
	{"records-delete", "DELETE /records/{object}/{ref}"},
	{"records-get", "GET /records/{object}/{ref}"},
	{"records-import", "POST /records/{object}/import"},
	{"records-list", "GET /records/{object}"},
	{"records-set", "PATCH /records/{object}/{ref}"},
	{"settings-get", "GET /settings"},
	{"settings-set", "PATCH /settings"},
	{"settings-show", "POST /surfaces/show"},
	{"state-list", "GET /state"},
	{"state-reset", "POST /state/reset"},
	{"state-restore", "POST /state/restore"},
	{"state-save", "POST /state/save"},
	{"state-seed", "POST /state/seed"},
	{"tab-list", "GET /surfaces"},
	{"tab-show", "POST /surfaces/show"},
	{"webhook-deliveries", "GET /deliveries"},
	{"webhook-list", "GET /webhooks"},
	{"webhook-replay", "POST /deliveries/{id}/replay"},
	{"webhook-send", "POST /webhooks/send"},
	{"widget-list", "GET /surfaces"},
	{"widget-show", "POST /surfaces/show"},
};

#define HEAD                                                                                       \
	"{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"                    \
	"  \"$id\": \"urn:attio:schema:%s:1\",\n"                                                  \
	"  \"title\": \"Answer of attio %s --json\",\n"                                            \
	"  \"description\": \"Within this major version fields are only added: ignore those you "  \
	"do "                                                                                      \
	"not know.\",\n"                                                                           \
	"  \"type\": \"object\",\n"                                                                \
	"  \"required\": [\"schema\", \"tool\", \"ok\", \"exit\"],\n"                              \
	"  \"properties\": {\n"                                                                    \
	"    \"schema\": {\"const\": \"attio.%s/1\"},\n"                                           \
	"    \"tool\": {\"type\": \"object\", \"required\": [\"name\", \"version\"]},\n"           \
	"    \"ok\": {\"type\": \"boolean\", \"description\": \"Whether exit is 0.\"},\n"          \
	"    \"exit\": {\"type\": \"integer\", \"description\": \"The exit code: attio help "      \
	"exit-codes.\"}\n"                                                                         \
	"  },\n"                                                                                   \
	"  \"if\": {\"properties\": {\"ok\": {\"const\": true}}},\n"                               \
	"  \"then\": "

#define TAIL                                                                                       \
	",\n  \"else\": {\n"                                                                       \
	"    \"required\": [\"error\"],\n"                                                         \
	"    \"properties\": {\n"                                                                  \
	"      \"error\": {\n"                                                                     \
	"        \"type\": \"object\",\n"                                                          \
	"        \"required\": [\"kind\", \"message\", \"why\", \"fix\"],\n"                       \
	"        \"properties\": {\n"                                                              \
	"          \"kind\": {\"type\": \"string\"},\n"                                            \
	"          \"message\": {\"type\": \"string\"},\n"                                         \
	"          \"why\": {\"type\": \"string\"},\n"                                             \
	"          \"fix\": {\"type\": \"string\"},\n"                                             \
	"          \"stack\": {\"type\": \"string\", \"description\": \"Of what the app "          \
	"threw.\"}\n"                                                                              \
	"        }\n      }\n    }\n  }\n}\n"

const char *schema_platform_name(size_t at)
{
	return at < ARRAY_LEN(documents) ? documents[at].name : NULL;
}

static const char *shape_of(const char *route)
{
	if (route[0] == '{')
		return route;
	for (size_t i = 0; i < openapi_answer_count; i++)
		if (strcmp(openapi_answers[i].route, route) == 0)
			return openapi_answers[i].shape;
	return NULL;
}

static void put_words(struct buf *out, const char *name)
{
	for (; *name != '\0'; name++)
		buf_putc(out, *name == '-' ? ' ' : *name);
}

bool schema_platform_put(struct buf *out, const char *name)
{
	struct buf words = {0};
	size_t at = 0;

	while (at < ARRAY_LEN(documents) && strcmp(documents[at].name, name) != 0)
		at++;
	if (at == ARRAY_LEN(documents))
		return false;
	put_words(&words, name);
	buf_printf(out, HEAD, name, buf_cstr(&words), name);
	openapi_put_shape(out, shape_of(documents[at].route));
	buf_puts(out, TAIL);
	buf_dispose(&words);
	return true;
}
