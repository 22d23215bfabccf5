/* Versions of the app that were deployed to this platform, and dev versions that were pushed. */
#include "local/control/control.h"

#include "base/buf.h"
#include "base/error.h"
#include "local/control/told.h"
#include "local/developer/version_list.h"
#include "local/run/pieces.h"
#include "local/run/platform.h"

extern const struct control_route version_routes[];

static void list(struct platform *platform, struct control_call *call)
{
	struct buf out = {0};
	struct error error;

	buf_putc(&out, '{');
	buf_put_json_member(&out, "app", platform->pieces->app_slug);
	buf_putc(&out, ',');
	if (version_list_put(platform->store, platform->pieces->app_slug, &out, &error) != 0) {
		buf_dispose(&out);
		told_failure(call, &error);
		return;
	}
	buf_putc(&out, '}');
	control_answer_buf(call, &out);
}

/* What a version holds is kept where it was deployed from: the command knows. */
static void diff(struct platform *platform, struct control_call *call)
{
	const struct platform_options *options = &platform->options;
	const char *from = control_query(call, "from"), *to = control_query(call, "to");
	struct buf out = {0};
	struct error error = {0};

	if (from == NULL || options->compare == NULL)
		error_set(&error, ERROR_USAGE,
			  from == NULL ? "`from` is missing" : "versions cannot be compared here");
	else if (options->compare(options->context, from, to, &out, &error) == 0) {
		control_answer_buf(call, &out);
		return;
	}
	buf_dispose(&out);
	control_fail(call, &error);
}

static const struct control_field diff_query[] = {
	{"from", "string", true, "number of the older one, like 1.1"},
	{"to", "string", false, "of the newer one (the last that was deployed)"},
	{0},
};

const struct control_route version_routes[] = {
	{"GET", "/versions", list, "what was deployed and pushed to this platform", NULL, NULL},
	{"GET", "/versions/diff", diff, "what users notice between two deployed versions", NULL,
	 diff_query},
	{0},
};
