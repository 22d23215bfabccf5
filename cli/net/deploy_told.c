/* What a deploy tells: on stdout the version, or a plan, or with --json one document, also of a
 * failure; all else on stderr. */
#include "cli/net/deploying.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/findings.h"
#include "cli/project.h"
#include "cli/term.h"
#include "sys/fs.h"
#include "sys/loop.h"
#include "sys/path.h"
#include "json/json.h"

static void add_git(struct cJSON *document, const struct git_state *git)
{
	struct cJSON *object;

	if (!git->repository) {
		cJSON_AddNullToObject(document, "git");
		return;
	}
	object = cJSON_AddObjectToObject(document, "git");
	if (git->commit != NULL)
		cJSON_AddStringToObject(object, "commit", git->commit);
	if (git->branch != NULL)
		cJSON_AddStringToObject(object, "branch", git->branch);
	cJSON_AddBoolToObject(object, "dirty", git->changed > 0);
}

/* What an earlier run or this one has left on the platform. */
static void add_unfinished(struct cJSON *document, const struct draft *draft)
{
	struct cJSON *object;

	if (draft->stage == DRAFT_NONE)
		return;
	object = cJSON_AddObjectToObject(document, "unfinished");
	cJSON_AddStringToObject(object, "stage", draft_stage_name(draft->stage));
	if (draft->stage == DRAFT_CREATING)
		return;
	cJSON_AddNumberToObject(object, "major", (double)draft->version.major);
	cJSON_AddNumberToObject(object, "minor", (double)draft->version.minor);
}

static struct cJSON *start_json(struct deploying *run, int code)
{
	struct cJSON *document = cli_json(run->cli, code);
	long ms = elapsed_ms(&run->start);

	findings_add_json(document, &run->built.findings, &run->app.texts, run->app.module_count,
			  ms);
	cJSON_AddNumberToObject(document, "ms", (double)ms);
	cJSON_AddStringToObject(document, "app", run->slug);
	cJSON_AddStringToObject(document, "target", run->target.name);
	if (run->target.place != NULL)
		cJSON_AddStringToObject(document, run->target.store != NULL ? "store" : "url",
					run->target.place);
	add_git(document, &run->git);
	if (run->artifact[0] != '\0')
		cJSON_AddStringToObject(document, "artifact", run->artifact);
	return document;
}

int deploying_refuse(struct deploying *run)
{
	findings_print(run->cli, &run->built.findings, &run->app.texts);
	if (run->cli->json) {
		struct cJSON *document = cli_json(run->cli, EXIT_FINDINGS);
		long ms = elapsed_ms(&run->start);

		findings_add_json(document, &run->built.findings, &run->app.texts,
				  run->app.module_count, ms);
		cJSON_AddNumberToObject(document, "ms", (double)ms);
		cli_print_json(run->cli, document);
	}
	cli_say(run->cli, "%s; nothing was published",
		findings_count_words(run->cli, &run->built.findings));
	return EXIT_FINDINGS;
}

/* Warnings on the way to a version: beside the answer, not in it. */
void deploying_warn(struct deploying *run)
{
	struct cli aside = *run->cli;

	aside.out = aside.err;
	aside.out_color = aside.err_color;
	findings_print(&aside, &run->built.findings, &run->app.texts);
}

int deploying_fail(struct deploying *run, struct error *error)
{
	int signal = loop_ended(run->loop);
	int code = signal != 0 ? 128 + signal : cli_exit_code(error);
	struct cJSON *document = NULL;

	target_explain(&run->target, error);
	if (run->cli->json && run->target.name != NULL) {
		document = start_json(run, code);
		add_unfinished(document, &run->publishing.draft);
	}
	if (signal != 0) {
		const struct cli_refusal refusal = {
			"interrupted", code, "the deploy was stopped by a signal", "", error->fix};

		return cli_refuse(run->cli, &refusal, document);
	}
	return cli_fail_in(run->cli, error, document);
}

static void add_version(struct cJSON *document, const char *key, long long major, long long minor)
{
	struct cJSON *version = cJSON_AddObjectToObject(document, key);

	cJSON_AddNumberToObject(version, "major", (double)major);
	cJSON_AddNumberToObject(version, "minor", (double)minor);
}

static void add_bundles(struct cJSON *document, const struct bundles *bundles)
{
	struct cJSON *list = cJSON_AddArrayToObject(document, "bundles");

	for (size_t i = 0; i < bundles->count; i++) {
		struct cJSON *item = cJSON_CreateObject();

		cJSON_AddStringToObject(item, "path", bundles->items[i].path);
		cJSON_AddNumberToObject(item, "bytes", (double)bundles->items[i].len);
		cJSON_AddItemToArray(list, item);
	}
}

/* ---- plans ---- */

static void add_plan(struct deploying *run, struct cJSON *object)
{
	plan_add_json(object, &run->plan);
	if (run->base == NULL) {
		cJSON_AddNullToObject(object, "base");
	} else {
		add_version(object, "base", run->base->major, run->base->minor);
		cJSON_AddStringToObject(cJSON_GetObjectItemCaseSensitive(object, "base"),
					"artifact", run->base->artifact);
	}
	changes_add_json(object, &run->changes);
}

static int write_plan(struct deploying *run, struct error *error)
{
	struct cJSON *document = cJSON_CreateObject();
	struct buf text = {0};
	int result;

	cJSON_AddStringToObject(document, "schema", PLAN_SCHEMA);
	add_plan(run, document);
	json_print(&text, document, true);
	buf_putc(&text, '\n');
	result = fs_write_atomic(path_join(run->cli->arena, run->cli->cwd, run->options->plan),
				 text.ptr, text.len, 0666, error);
	cJSON_Delete(document);
	buf_dispose(&text);
	return result;
}

static void print_plan(struct deploying *run)
{
	struct buf text = {0};
	struct buf shown = {0};

	buf_printf(&text, "%s %lld.x", run->slug, run->plan.major);
	if (run->base != NULL)
		buf_printf(&text, ", against %lld.%lld", run->base->major, run->base->minor);
	else
		buf_puts(&text,
			 ", against nothing: no artifact of a published version is kept here");
	buf_putc(&text, '\n');
	changes_put(&text, &run->changes);
	buf_printf(&text, "artifact sha256:%s\n", run->artifact);
	term_escape_lines(&shown, buf_cstr(&text));
	fputs(buf_cstr(&shown), run->cli->out);
	buf_dispose(&text);
	buf_dispose(&shown);
}

static void say_base(struct deploying *run)
{
	if (run->base != NULL && (run->base->major != run->plan.newest_major ||
				  run->base->minor != run->plan.newest_minor))
		cli_say(run->cli,
			"the newest version is %lld.%lld, of which no artifact is kept here",
			run->plan.newest_major, run->plan.newest_minor);
}

int deploying_tell_plan(struct deploying *run)
{
	bool file = strcmp(run->options->plan, DEPLOY_OWN) != 0;
	struct error error = {0};

	if (file && write_plan(run, &error) != 0)
		return deploying_fail(run, &error);
	if (run->cli->json) {
		struct cJSON *document = start_json(run, EXIT_OK);

		add_plan(run, cJSON_AddObjectToObject(document, "plan"));
		add_bundles(document, &run->built.bundles);
		add_unfinished(document, &run->publishing.draft);
		cli_print_json(run->cli, document);
	} else {
		print_plan(run);
	}
	say_base(run);
	if (file)
		cli_say(run->cli, "nothing was published; `attio deploy --apply %s` does it",
			run->options->plan);
	else
		cli_say(run->cli, "nothing was published");
	return EXIT_OK;
}

int deploying_tell_dry(struct deploying *run)
{
	const struct publishing *publishing = &run->publishing;

	if (run->cli->json) {
		struct cJSON *document = start_json(run, EXIT_OK);

		cJSON_AddBoolToObject(document, "dry_run", true);
		add_bundles(document, &run->built.bundles);
		add_unfinished(document, &publishing->draft);
		cli_print_json(run->cli, document);
	}
	if (publishing->resumes)
		cli_say(run->cli, "would go on with %lld.%lld of `%s`; nothing was sent",
			publishing->draft.version.major, publishing->draft.version.minor,
			publishing->app.title);
	else
		cli_say(run->cli, "would publish the next %lld.x of `%s`; nothing was sent",
			publishing->major, publishing->app.title);
	return EXIT_OK;
}

int deploying_tell_published(struct deploying *run)
{
	const struct platform_draft *version = &run->publishing.draft.version;

	if (run->cli->json) {
		struct cJSON *document = start_json(run, EXIT_OK);

		add_version(document, "version", version->major, version->minor);
		cJSON_AddBoolToObject(document, "resumed", run->publishing.resumes);
		if (run->tag != NULL)
			cJSON_AddStringToObject(document, "tag", run->tag);
		add_bundles(document, &run->built.bundles);
		cli_print_json(run->cli, document);
	} else {
		fprintf(run->cli->out, "%lld.%lld\n", version->major, version->minor);
	}
	cli_say(run->cli, "published %lld.%lld of `%s` to %s in %ld ms", version->major,
		version->minor, run->publishing.app.title, run->target.place,
		elapsed_ms(&run->start));
	return EXIT_OK;
}
