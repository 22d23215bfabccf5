/* What runs, and where. */
#include "local/control/control.h"

#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "local/control/parts.h"
#include "local/run/generations.h"
#include "local/run/host.h"
#include "local/run/pieces.h"
#include "local/run/platform.h"

extern const struct control_route status_routes[];

static void put_generation(struct buf *out, const struct generations *generations)
{
	static const char *const states[] = {"none", "loading", "running", "failed"};

	buf_printf(out, ",\"generation\":{\"number\":%lld,\"state\":\"%s\",\"built_at\":",
		   generations->current, states[generations->state]);
	if (generations->built_at[0] != '\0')
		buf_printf(out, "\"%s\"", generations->built_at);
	else
		buf_puts(out, "null");
	buf_printf(out, ",\"errors\":%s}",
		   generations->errors.len > 0 ? generations->errors.ptr : "[]");
}

void status_put(const struct platform *platform, struct buf *out)
{
	static const char *const modes[] = {"live", "record", "replay", "deny"};
	const struct platform_options *options = &platform->options;
	char now[CLOCK_TEXT_SIZE];

	clock_text(&platform->clock, now);
	buf_putc(out, '{');
	buf_put_json_member(out, "url", platform->origin);
	buf_puts(out, ",\"app\":{");
	buf_put_json_member(out, "slug", platform->pieces->app_slug);
	buf_put_json_member(out, "title", platform->pieces->app_title);
	buf_put_json_member(out, "root", options->root);
	buf_putc(out, '}');
	buf_put_json_member(out, "state", options->state);
	buf_put_json_member(out, "hooks_url", platform->hooks);
	buf_put_json_member(out, "net", modes[options->net]);
	buf_printf(out, ",\"pid\":%ld,\"host\":{\"pid\":%d}", (long)getpid(),
		   platform->host != NULL ? host_pid(platform->host) : 0);
	buf_printf(out, ",\"clock\":{\"now\":\"%s\",\"offset_ms\":%lld}", now,
		   platform->clock.offset_ms);
	put_generation(out, platform->generations);
	buf_putc(out, '}');
}

static void status(struct platform *platform, struct control_call *call)
{
	struct buf out = {0};

	status_put(platform, &out);
	control_answer_buf(call, &out);
}

const struct control_route status_routes[] = {
	{"GET", "/status", status, "what runs, and where", NULL, NULL},
	{0},
};
