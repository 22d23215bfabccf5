/* attio deploy, attio version create: check all that validate and build check, build in memory,
 * publish. stdout is the new version, or the errors that prevent one; steps and warnings go to
 * stderr, so that a script can keep the version. What needs no build (slug, token, plan, git, port)
 * is checked first. */
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "bundle/bundle.h"
#include "cli/cli.h"
#include "cli/findings.h"
#include "cli/net/deploying.h"
#include "cli/project.h"
#include "platform/artifact.h"
#include "platform/notice.h"
#include "sys/fs.h"
#include "sys/loop.h"
#include "sys/path.h"

#define PLAN_LIMIT ((size_t)16 << 20)

/* ---- what goes on meanwhile ---- */

static void say_step(void *context, const char *text)
{
	struct deploying *run = context;

	cli_say(run->cli, "%s", text);
}

static void begin_upload(void *context, size_t total)
{
	struct deploying *run = context;

	run->upload_total = total;
	if (total == 0) {
		progress_end(&run->progress);
		return;
	}
	progress_begin(&run->progress, run->cli, "uploading");
	progress_amount(&run->progress, 0, total);
}

static void note_sent(void *context, size_t bytes)
{
	struct deploying *run = context;

	if (run->upload_total > 0)
		progress_amount(&run->progress, bytes, run->upload_total);
}

/* The answer to *create* comes once: a version that was begun without it cannot be finished. So it
 * is waited for a little, whatever signal comes. */
static bool is_ended(void *context)
{
	enum { GRACE_S = 3 };
	struct deploying *run = context;
	struct timespec now;

	loop_look(run->loop);
	if (loop_ended(run->loop) == 0)
		return false;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (run->ended_at == 0)
		run->ended_at = now.tv_sec;
	return run->publishing.draft.stage != DRAFT_CREATING ||
	       now.tv_sec - run->ended_at >= GRACE_S;
}

/* ---- before the build ---- */

static int read_planned(struct deploying *run, struct error *error)
{
	const char *path;
	char *text;
	size_t len;

	if (run->options->apply == NULL)
		return 0;
	if (run->options->plan != NULL) {
		error_set(error, ERROR_USAGE, "`--plan` and `--apply` cannot be given together");
		return error_fix(error, "make a plan first, then apply it");
	}
	path = path_join(run->cli->arena, run->cli->cwd, run->options->apply);
	if (fs_read(run->cli->arena, path, PLAN_LIMIT, &text, &len, error) != 0) {
		error->kind = ERROR_USAGE;
		return error_fix(error, "make one with `attio deploy --plan=FILE`");
	}
	return plan_read(&run->planned, run->cli->arena, text, len, error);
}

static int refuse_dirty(const struct git_state *git, struct error *error)
{
	struct buf names = {0};

	error_set(error, ERROR_CONFLICT, "%zu %s of the git work tree %s in no commit",
		  git->changed, git->changed == 1 ? "file" : "files",
		  git->changed == 1 ? "is" : "are");
	for (size_t i = 0; i < git->changed && i < GIT_STATE_NAMES; i++)
		buf_printf(&names, "%s`%s`", i > 0 ? ", " : "", git->names[i]);
	if (git->changed > GIT_STATE_NAMES)
		buf_puts(&names, ", ...");
	error_why(error, "%s", buf_cstr(&names));
	buf_dispose(&names);
	return error_fix(error, "commit them, or publish them all the same with `--allow-dirty`");
}

/* A question needs no commit; what it is about is told. */
static bool only_asks(const struct deploying *run)
{
	return run->options->dry_run || run->options->plan != NULL;
}

static void say_git(struct deploying *run)
{
	const struct git_state *git = &run->git;

	if (!git->repository)
		cli_say(run->cli, "not in a git repository: no commit is remembered");
	else if (git->commit == NULL)
		cli_say(run->cli, "the git repository has no commit yet: none is remembered");
	else
		cli_say(run->cli, "commit %.12s%s%s%s", git->commit,
			git->branch != NULL ? " of " : "", git->branch != NULL ? git->branch : "",
			git->changed > 0 ? ", with changes that it does not have" : "");
	if (git->commit != NULL && git->changed > 0 && only_asks(run) && !run->options->allow_dirty)
		cli_say(run->cli, "to publish them, commit them or give `--allow-dirty`");
}

/* The file of a plan is no part of the app, wherever it is kept. */
static int read_git(struct deploying *run, struct error *error)
{
	const struct deploy_options *options = run->options;
	const char *plan = options->apply != NULL ? options->apply : options->plan;
	bool file = plan != NULL && strcmp(plan, DEPLOY_OWN) != 0;
	const char *const ours[] = {file ? path_join(run->cli->arena, run->cli->cwd, plan) : NULL,
				    NULL};

	return git_state_read(&run->git, run->cli->arena, run->app.root, ours, error);
}

static int check_tag(struct deploying *run, struct error *error)
{
	const char *tag = run->options->tag;

	if (tag == NULL)
		return 0;
	if (run->git.commit == NULL) {
		error_set(error, ERROR_USAGE, "there is no git commit to tag");
		return error_fix(error, "leave out `--tag`, or commit the app");
	}
	if (run->git.changed > 0) {
		error_set(error, ERROR_USAGE,
			  "a tag would name a commit that is not what is "
			  "published");
		return error_fix(error, "leave out `--tag`, or commit the changes");
	}
	return strcmp(tag, DEPLOY_OWN) == 0 ? 0 : git_tag_look(run->app.root, tag, error);
}

/* Trying something on this machine is no matter of commits, and before the first one there is
 * nothing to differ from, as where there is no repository. */
static int check_git(struct deploying *run, struct error *error)
{
	char fix[sizeof(error->fix)];
	bool known = read_git(run, error) == 0;

	if (!known && !run->options->local && !run->options->allow_dirty) {
		memcpy(fix, error->fix, sizeof(fix));
		return error_fix(error, "%s; or publish without asking git, with `--allow-dirty`",
				 fix);
	}
	if (!known)
		run->git = (struct git_state){0};
	if (run->git.commit != NULL && run->git.changed > 0 && !run->options->allow_dirty &&
	    !run->options->local && !only_asks(run))
		return refuse_dirty(&run->git, error);
	if (check_tag(run, error) != 0)
		return -1;
	if (!run->options->local && known)
		say_git(run);
	else if (!run->options->local)
		cli_warn(run->cli, "no commit is remembered: %s", error->message);
	return 0;
}

static int open_target(struct deploying *run, struct error *error)
{
	const struct deploy_options *options = run->options;
	int result;

	if (options->local)
		result = target_open_local(&run->target, run->cli, run->app.root, options->port,
					   options->timeout, error);
	else
		result = target_open_attio(&run->target, run->cli, options->timeout,
					   options->cacert, error);
	run->target_id = options->local ? "local" : run->target.platform.base_url;
	return result;
}

/* ---- after it ---- */

/* Without a place to remember things in, a deploy that is interrupted cannot be gone on with; that
 * is no reason not to try. */
static int open_keep(struct deploying *run, struct error *error)
{
	keep_look(&run->keep, run->cli->arena, run->app.root);
	if (only_asks(run))
		return 0;
	if (keep_open(&run->keep, run->cli->arena, run->app.root, error) == 0)
		return 0;
	if (error->kind == ERROR_CONFLICT)
		return -1;
	cli_warn(run->cli, "what is published cannot be remembered here: %s", error->message);
	keep_close(&run->keep);
	run->keep.folder = NULL;
	*error = (struct error){0};
	return 0;
}

/* The newest of the versions that are on the platform and kept here. */
static void find_base(struct deploying *run, struct inventory *inventory)
{
	const struct publishing *publishing = &run->publishing;
	struct deployed *versions;
	struct error ignored = {0};
	size_t count;

	if (run->keep.folder == NULL)
		return;
	keep_versions(&run->keep, &versions, &count);
	for (size_t i = 0; i < publishing->count; i++) {
		const struct platform_version *one = &publishing->versions[i];
		const struct deployed *kept = keep_version(versions, count, run->target_id,
							   run->slug, one->major, one->minor);

		if (kept == NULL ||
		    (run->base != NULL &&
		     (run->base->major > kept->major ||
		      (run->base->major == kept->major && run->base->minor > kept->minor))) ||
		    keep_inventory(&run->keep, kept->artifact, inventory, &ignored) != 0)
			continue;
		run->base = kept;
	}
	if (run->base != NULL)
		keep_inventory(&run->keep, run->base->artifact, inventory, &ignored);
}

static void make_plan(struct deploying *run)
{
	const struct publishing *publishing = &run->publishing;
	struct inventory before = {0};

	find_base(run, &before);
	changes_between(&run->changes, run->cli->arena, run->base != NULL ? &before : NULL,
			&run->inventory);
	run->plan = (struct plan){
		.target = run->target_id,
		.slug = run->slug,
		.app_id = publishing->app.id,
		.major = publishing->major,
		.newest_major = publishing->newest != NULL ? publishing->newest->major : 0,
		.newest_minor = publishing->newest != NULL ? publishing->newest->minor : 0,
		.artifact = run->artifact,
		.commit = run->git.commit,
		.dirty = run->git.changed > 0,
	};
}

/* The version is there: what fails now is told, and is no failure of the deploy. */
static void remember(struct deploying *run)
{
	const struct platform_draft *version = &run->publishing.draft.version;
	const struct deployed deployed = {
		.target = run->target_id,
		.app_id = run->publishing.app.id,
		.slug = run->slug,
		.major = version->major,
		.minor = version->minor,
		.artifact = run->artifact,
		.commit = run->git.commit,
		.dirty = run->git.changed > 0,
	};
	const char *tag = run->options->tag;
	struct error error = {0};

	if (run->keep.folder != NULL && keep_add(&run->keep, &deployed, &error) != 0)
		cli_warn(run->cli, "the version is published but not remembered here: %s",
			 error.message);
	if (tag == NULL)
		return;
	if (strcmp(tag, DEPLOY_OWN) == 0)
		tag = arena_printf(run->cli->arena, "v%lld.%lld", version->major, version->minor);
	if (git_tag_make(run->app.root, tag, run->git.commit, &error) == 0) {
		run->tag = tag;
		cli_say(run->cli, "tagged %.12s as %s", run->git.commit, tag);
	} else {
		cli_warn(run->cli, "the version is published but not tagged: %s", error.message);
	}
}

static int send_all(struct deploying *run)
{
	struct error error = {0};
	int sent;

	if (run->keep.folder != NULL &&
	    keep_artifact(&run->keep, run->artifact, &run->built.bundles, &run->inventory,
			  &error) != 0)
		return deploying_fail(run, &error);
	sent = publish_send(&run->publishing, &error);
	progress_end(&run->progress);
	if (sent != 0)
		return deploying_fail(run, &error);
	remember(run);
	return deploying_tell_published(run);
}

static int publish(struct deploying *run)
{
	const struct http_watch watch = {is_ended, note_sent, run};
	const struct account_options requests = {run->options->timeout, run->options->cacert};
	struct cli *cli = run->cli;
	struct error error = {0};

	deploying_warn(run);
	/* From here on something may be on the platform: it is said, whatever ends us. */
	if (loop_catch_end(run->loop, &error) != 0 || open_keep(run, &error) != 0)
		return deploying_fail(run, &error);
	http_client_set_watch(run->target.platform.client, &watch);
	artifact_sum(&run->built.bundles, run->artifact);
	inventory_take(&run->inventory, cli->arena, &run->app, &run->built.bundles);
	run->request = (struct publish_request){
		.slug = run->slug,
		.bundles = &run->built.bundles,
		.artifact = run->artifact,
		.major = run->options->major,
		/* The local platform's upload addresses end with this process. */
		.keep = run->options->local || run->keep.folder == NULL ? NULL : &run->keep,
		.fresh = run->options->fresh,
		.progress = {say_step, begin_upload, is_ended, run},
	};
	if (!run->options->local) {
		run->courier = (struct courier_work){
			.cli = cli,
			.arena = cli->arena,
			.client = run->target.platform.client,
			.watch = {.stop = is_ended, .context = run},
		};
		if (account_errand(cli, &requests, &run->courier.errand, &error) != 0)
			return deploying_fail(run, &error);
		run->target.platform.courier = courier_of(&run->courier);
	}
	if (run->request.major == 0 && run->planned.artifact != NULL)
		run->request.major = run->planned.major;
	if (publish_look(&run->publishing, &run->target.platform, &run->request, &error) != 0)
		return deploying_fail(run, &error);
	make_plan(run);
	if (run->planned.artifact != NULL && plan_check(&run->planned, &run->plan, &error) != 0)
		return deploying_fail(run, &error);
	if (run->options->plan != NULL)
		return deploying_tell_plan(run);
	if (run->options->dry_run)
		return deploying_tell_dry(run);
	return send_all(run);
}

/* The cheap questions first: the slug, a plan, then Attio's token (opening sends nothing), git,
 * then the app. The local platform opens last: it writes its store into the app's folder. */
static int deploy(struct deploying *run)
{
	struct error error = {0};

	if (!run->app.exists) {
		run->built.findings = run->app.problems;
		return deploying_refuse(run);
	}
	run->slug = target_slug(run->options->app, &run->app.manifest, &error);
	if (run->slug == NULL || read_planned(run, &error) != 0 ||
	    (!run->options->local && open_target(run, &error) != 0) || check_git(run, &error) != 0)
		return cli_fail(run->cli, &error);
	cli_say(run->cli, "checking and bundling the app");
	int code = building_run(run->cli, &run->building, &run->app, &run->built);
	if (code != EXIT_OK)
		return code;
	built_say_notes(run->cli, &run->built);
	if (diags_count(&run->built.findings, SEVERITY_ERROR) > 0)
		return deploying_refuse(run);
	if (run->options->local && open_target(run, &error) != 0)
		return cli_fail(run->cli, &error);
	return publish(run);
}

int deploy_run(struct cli *cli, const void *opaque)
{
	const struct deploy_options *options = opaque;
	struct deploying run = {.cli = cli, .options = options, .keep = {.lock = -1}};
	struct error error;
	struct loop *loop = loop_open(&error);
	const struct building_options building = {
		.loop = loop, .rules = true, .app_compiler = strcmp(options->tsc, "app") == 0};
	int code;

	if (loop == NULL)
		return cli_fail(cli, &error);
	run.loop = loop;
	clock_gettime(CLOCK_MONOTONIC, &run.start);
	code = building_start(cli, &run.building, &building);
	if (code == EXIT_OK)
		code = project_open(cli, options->path, NULL, &run.app);
	if (code == EXIT_OK)
		code = deploy(&run);
	target_close(&run.target);
	building_stop(&run.building);
	loop_close(loop);
	built_dispose(&run.built);
	keep_close(&run.keep);
	app_close(&run.app);
	return code;
}
