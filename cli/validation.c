/* See validation.h. */
#include "cli/validation.h"

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "check/install.h"
#include "cli/cli.h"
#include "diag/fix.h"
#include "rules/graphql.h"

static void put_count(struct buf *out, size_t count, const char *text)
{
	if (count > 0)
		buf_printf(out, "%s%zu %s", out->len > 0 ? ", " : "", count, text);
}

void validation_say(const struct validation *run)
{
	const struct check_request *request = run->check.request;
	const struct checked *checked = &run->checked;
	const struct finding_counts *counts = &run->counts;
	size_t files = checked->app.module_count, safe = 0, unsafe = 0;
	struct cli *cli = run->cli;
	struct buf more = {0};
	const char *note, *caused = "";

	if (request->staged)
		caused = ", caused by what is staged";
	else if (request->since != NULL)
		caused = arena_printf(cli->arena, ", caused since `%s`", request->since);
	for (size_t i = 0; i < checked->findings.count; i++) {
		safe += fix_applies(&checked->findings.items[i], false);
		unsafe += fix_applies(&checked->findings.items[i], true);
	}
	unsafe -= safe;
	put_count(&more, counts->fixed, "fixed");
	if (!run->repairs)
		put_count(&more, safe, "fixable with --fix");
	put_count(&more, unsafe, "fixable with --fix=unsafe");
	put_count(&more, counts->suppressed, "suppressed");
	put_count(&more, counts->baseline, "in the baseline");
	put_count(&more, counts->before, "from before");
	cli_say(cli, "%s in %zu file%s%s (%ld ms)%s%s",
		findings_count_words(cli, &checked->findings), files, files == 1 ? "" : "s", caused,
		elapsed_ms(&run->start), more.len > 0 ? "; " : "", buf_cstr(&more));
	buf_dispose(&more);
	note = rules_graphql_note(&checked->app, cli->arena);
	if (note != NULL && !install_is_told(&checked->app, &checked->findings))
		cli_say(cli, "%s", note);
	if (checked->gone > 0)
		cli_say(cli,
			"%zu finding%s of the baseline `%s` %s gone; write it anew with "
			"`--write-baseline=%s`",
			checked->gone, checked->gone == 1 ? "" : "s", request->baseline_name,
			checked->gone == 1 ? "is" : "are", request->baseline_name);
}

/* What the findings are caused by. */
static void add_changes(struct cJSON *document, const struct validation *run)
{
	struct cJSON *summary = cJSON_GetObjectItemCaseSensitive(document, "summary");

	if (run->check.request->since != NULL)
		cJSON_AddStringToObject(summary, "since", run->check.request->since);
	else
		cJSON_AddTrueToObject(summary, "staged");
	cJSON_AddStringToObject(summary, "base", run->check.changes.base);
	cJSON_AddNumberToObject(summary, "before", (double)run->counts.before);
}

struct cJSON *validation_document(struct validation *run, int code)
{
	struct checked *checked = &run->checked;
	const struct check_request *request = run->check.request;
	struct cJSON *document = cli_json(run->cli, code);

	findings_add_json(document, &checked->findings, &checked->app.texts,
			  checked->app.module_count, elapsed_ms(&run->start));
	findings_add_counts(document, &run->counts);
	if (request->since != NULL || request->staged)
		add_changes(document, run);
	return document;
}
