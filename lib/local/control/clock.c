/* Moving the platform's clock. It goes from one moment at which something is due to the next, so
 * that what happens on the way happens in its order: a timer of app code at 20 s before the time
 * limit at 30 s. */
#include "local/control/control.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "local/run/calls.h"
#include "local/run/host.h"
#include "local/run/open_calls.h"
#include "local/run/platform.h"
#include "json/json.h"

extern const struct control_route clock_routes[];

struct move {
	struct platform *platform;
	struct control_call *call;
	long long target; /* the offset at the end */
};

static void put_clock(const struct platform *platform, struct buf *out)
{
	char now[CLOCK_TEXT_SIZE];

	clock_text(&platform->clock, now);
	buf_printf(out, "{\"now\":\"%s\",\"offset_ms\":%lld}", now, platform->clock.offset_ms);
}

static void show(struct platform *platform, struct control_call *call)
{
	struct buf out = {0};

	put_clock(platform, &out);
	control_answer_buf(call, &out);
}

static void step(struct move *move);

/* App code's timers up to here have fired. */
static void stepped(void *context, struct json_slice result, const struct run_error *error)
{
	struct move *move = context;
	struct platform *platform = move->platform;

	(void)result;
	(void)error;
	calls_serve(platform);
	if (platform->clock.offset_ms != move->target) {
		step(move);
		return;
	}
	show(platform, move->call);
	mem_free(move);
}

static void step(struct move *move)
{
	struct platform *platform = move->platform;
	long long deadline = calls_deadline(platform);
	long long left = deadline - clock_ms(&platform->clock);
	char params[48];
	int len;

	if (deadline != 0 && left > 0 && left < move->target - platform->clock.offset_ms)
		platform->clock.offset_ms += left;
	else
		platform->clock.offset_ms = move->target;
	len = snprintf(params, sizeof(params), "{\"offset\":%lld}", platform->clock.offset_ms);
	if (platform->host != NULL)
		host_ask(platform->host, "clock", params, (size_t)len, stepped, move);
	else
		stepped(move, (struct json_slice){0}, NULL);
}

/* The moment that it shall be, in milliseconds. */
static int read_moment(const struct platform *platform, const cJSON *body, long long *moment,
		       struct error *error)
{
	const cJSON *advance = cJSON_GetObjectItemCaseSensitive(body, "advance_ms");
	const char *now = json_string_or_null(body, "now");
	double goal;

	if (cJSON_IsNumber(advance)) {
		goal = (double)clock_ms(&platform->clock) + advance->valuedouble;
		*moment = goal >= 0 && goal < (double)CLOCK_LAST_MS ? (long long)goal : -1;
	} else if (now == NULL || clock_read(now, moment) != 0) {
		error_set(error, ERROR_USAGE, "`now` is no moment");
		return error_fix(error, "write it like 2026-01-01T00:00:00Z, or give advance_ms");
	}
	if (*moment >= 0 && *moment < CLOCK_LAST_MS)
		return 0;
	error_set(error, ERROR_USAGE, "the platform's time cannot be moved so far");
	return error_fix(error, "stay between the years 1970 and 2262");
}

static void set(struct platform *platform, struct control_call *call)
{
	bool real = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(call->body, "real"));
	struct error error = {0};
	long long moment = 0;
	struct move *move;

	if (!real && read_moment(platform, call->body, &moment, &error) != 0) {
		control_fail(call, &error);
		return;
	}
	move = mem_zalloc(1, sizeof(*move));
	*move = (struct move){.platform = platform, .call = call};
	if (!real)
		move->target = platform->clock.offset_ms + moment - clock_ms(&platform->clock);
	step(move);
}

static const struct control_field set_body[] = {
	{"advance_ms", "number", false, "milliseconds to add"},
	{"now", "string", false, "the moment that it shall be"},
	{"real", "boolean", false, "true: the time of this machine again"},
	{0},
};

const struct control_route clock_routes[] = {
	{"GET", "/clock", show, "the platform's time", NULL, NULL},
	{"POST", "/clock", set, "move the platform's time; what was due meanwhile happens",
	 set_body, NULL},
	{0},
};
