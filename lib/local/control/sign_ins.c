/* Who asks to sign in, and saying yes or no in place of the page. */
#include "local/control/control.h"

#include "base/buf.h"
#include "base/error.h"
#include "local/clock.h"
#include "local/control/acting_as.h"
#include "local/developer/identity.h"
#include "local/routes.h"
#include "local/run/platform.h"

extern const struct control_route sign_in_routes[];

static void list(struct platform *platform, struct control_call *call)
{
	const struct sign_ins *all = &platform->routes->sign_ins;
	long long now = clock_ms(&platform->clock);
	struct buf out = {0};
	const char *comma = "";
	char until[CLOCK_TEXT_SIZE];

	buf_puts(&out, "{\"items\":[");
	for (size_t i = 0; i < all->count; i++) {
		const struct sign_in *one = &all->items[i];

		if (one->code[0] != '\0' || one->until <= now)
			continue;
		clock_write(one->until * 1000000, until);
		buf_printf(&out, "%s{", comma);
		buf_put_json_member(&out, "id", one->id);
		buf_put_json_member(&out, "redirect_uri", one->redirect_uri);
		buf_put_json_member(&out, "expires_at", until);
		buf_putc(&out, '}');
		comma = ",";
	}
	buf_puts(&out, "]}");
	control_answer_buf(call, &out);
}

/* The one that the path names, or NULL with the call answered. */
static struct sign_in *find(struct platform *platform, struct control_call *call)
{
	struct sign_in *one = sign_ins_find(&platform->routes->sign_ins, control_path(call, "id"),
					    clock_ms(&platform->clock));

	if (one == NULL)
		control_refuse(call, 404, "not_found", "nobody asks to sign in under this id", NULL,
			       NULL);
	return one;
}

static void answer(struct control_call *call, const struct sign_in *one, const char *refusal)
{
	struct buf location = {0}, out = {0};

	identity_put_location(&location, one, refusal);
	buf_putc(&out, '{');
	buf_put_json_member(&out, "location", buf_cstr(&location));
	buf_putc(&out, '}');
	buf_dispose(&location);
	control_answer_buf(call, &out);
}

static void approve(struct platform *platform, struct control_call *call)
{
	struct sign_in *one = find(platform, call);
	struct error error = {0};
	const char *member_id;

	if (one == NULL)
		return;
	if (acting_as(platform, call, &member_id, &error) != 0 ||
	    sign_in_approve(one, member_id, clock_ms(&platform->clock), &error) != 0)
		control_fail(call, &error);
	else
		answer(call, one, NULL);
}

static void deny(struct platform *platform, struct control_call *call)
{
	struct sign_in *one = find(platform, call);

	if (one == NULL)
		return;
	answer(call, one, "access_denied");
	sign_ins_end(&platform->routes->sign_ins, one);
}

static const struct control_field approve_body[] = {
	{"as", "string", false, "the member who signs in: id, e-mail address or name"},
	{0},
};

const struct control_route sign_in_routes[] = {
	{"GET", "/sign-ins", list, "who asks to sign in as a developer", NULL, NULL},
	{"POST", "/sign-ins/{id}/approve", approve,
	 "say yes; where to go on: open `location` as the browser would", approve_body, NULL},
	{"POST", "/sign-ins/{id}/deny", deny, "say no", NULL, NULL},
	{0},
};
