/* The state of the store: saved, brought back, made anew, filled. */
#include "local/run/state.h"
#include "local/control/control.h"
#include "local/control/told.h"

#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "local/run/events.h"
#include "local/run/platform.h"
#include "local/run/seed.h"
#include "local/run/settings_tell.h"
#include "local/sql.h"
#include "json/json.h"

static void list(struct platform *platform, struct control_call *call)
{
	struct buf out = {0};
	struct error error;

	buf_puts(&out, "{\"path\":");
	buf_put_json_string(&out, platform->store->path, strlen(platform->store->path));
	buf_puts(&out, ",\"items\":");
	if (state_list(platform->store, &out, &error) != 0) {
		buf_dispose(&out);
		told_failure(call, &error);
		return;
	}
	buf_putc(&out, '}');
	control_answer_buf(call, &out);
}

static void done(struct control_call *call)
{
	control_answer(call, "{\"ok\":true}", 11);
}

/* Other data is there now: what was kept of the former in memory is renewed. */
static int renew(struct platform *platform, struct error *error)
{
	long long workspaces;

	if (sql_number(platform->store, "SELECT count(*) FROM workspace", &workspaces, error) != 0)
		return -1;
	/* A state of a program that had no CRM data yet. */
	if (workspaces == 0 && seed_anew(platform, error) != 0)
		return -1;
	settings_tell(platform);
	return events_hide_values(platform, error);
}

static void reset(struct platform *platform, struct control_call *call)
{
	struct error error;

	if (seed_anew(platform, &error) != 0 || renew(platform, &error) != 0)
		told_failure(call, &error);
	else
		done(call);
}

static void save(struct platform *platform, struct control_call *call)
{
	struct error error;

	if (state_save(platform->store, json_string_or_null(call->body, "name"), &error) != 0)
		control_fail(call, &error);
	else
		done(call);
}

static void restore(struct platform *platform, struct control_call *call)
{
	struct error error;

	if (state_restore(platform->store, json_string_or_null(call->body, "name"), &error) != 0)
		control_fail(call, &error);
	else if (renew(platform, &error) != 0)
		told_failure(call, &error);
	else
		done(call);
}

static void seed(struct platform *platform, struct control_call *call)
{
	const cJSON *world = cJSON_GetObjectItemCaseSensitive(call->body, "world");
	struct buf out = {0};
	struct error error;

	buf_puts(&out, "{\"ok\":true,\"added\":");
	if (seed_from(platform, world, &out, &error) != 0) {
		buf_dispose(&out);
		told_failure(call, &error);
		return;
	}
	buf_putc(&out, '}');
	settings_tell(platform);
	control_answer_buf(call, &out);
}

static const struct control_field name_body[] = {
	{"name", "string", true, "letters, digits, `-`, `_` and `.`"}, {0}};
static const struct control_field seed_body[] = {
	{"world", "object", true,
	 "objects, attributes, lists, records, entries, notes, tasks, comments, kv, settings"},
	{0}};

extern const struct control_route state_routes[];

const struct control_route state_routes[] = {
	{"GET", "/state", list, "saved states of the store", NULL, NULL},
	{"POST", "/state/reset", reset, "make the seed world anew; all other data goes", NULL,
	 NULL},
	{"POST", "/state/save", save, "save the store under a name", name_body, NULL},
	{"POST", "/state/restore", restore, "bring a saved state back", name_body, NULL},
	{"POST", "/state/seed", seed, "add what a document holds, all of it or nothing", seed_body,
	 NULL},
	{0},
};
