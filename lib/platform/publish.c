/* The sequence of a deploy. Only `complete` makes a version visible, so whatever fails before it
 * leaves the app as it was; the official CLI completes even when the storage refused a bundle. Each
 * step is on the disk before the next one is taken. */
#include "platform/publish.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "bundle/bundle.h"
#include "platform/errand.h"
#include "platform/keep.h"
#include "platform/upload.h"

static void tell(const struct publishing *publishing, const char *text)
{
	const struct publish_progress *progress = &publishing->request->progress;

	if (progress->step != NULL)
		progress->step(progress->context, text);
}

static int remember(struct publishing *publishing, enum draft_stage stage, struct error *error)
{
	const struct keep *keep = publishing->request->keep;
	struct attio_api *platform = publishing->platform;

	publishing->draft.stage = stage;
	if (keep == NULL)
		return 0;
	return draft_write(&publishing->draft, keep, platform->base_url, publishing->app.id,
			   platform->token, error);
}

static void forget(struct publishing *publishing)
{
	const struct keep *keep = publishing->request->keep;

	publishing->draft.stage = DRAFT_NONE;
	if (keep != NULL)
		draft_remove(keep, publishing->platform->base_url, publishing->app.id);
}

/* ---- looking ---- */

static bool is_newer(const struct platform_version *a, long long major, long long minor)
{
	return a->major != major ? a->major > major : a->minor > minor;
}

static void find_newest(struct publishing *publishing)
{
	const struct draft *draft = &publishing->draft;

	for (size_t i = 0; i < publishing->count; i++) {
		const struct platform_version *one = &publishing->versions[i];

		if (draft->stage > DRAFT_CREATING && one->major == draft->version.major &&
		    one->minor == draft->version.minor)
			continue;
		if (publishing->newest == NULL ||
		    is_newer(one, publishing->newest->major, publishing->newest->minor))
			publishing->newest = one;
	}
}

static int unknown_major(struct publishing *publishing, long long next, struct error *error)
{
	const char *slug = publishing->request->slug;

	error_set(error, ERROR_NOT_FOUND, "`%s` has no major version %lld", slug,
		  publishing->request->major);
	if (next == 1)
		return error_fix(error, "the first one is 1");
	return error_fix(error,
			 "give one of those that `attio version list` shows, or %lld, "
			 "which begins a new one",
			 next);
}

static int choose_major(struct publishing *publishing, struct error *error)
{
	long long wanted = publishing->request->major;
	long long highest = 0;
	bool known = false;

	for (size_t i = 0; i < publishing->count; i++) {
		if (publishing->versions[i].major > highest)
			highest = publishing->versions[i].major;
		known = known || publishing->versions[i].major == wanted;
	}
	publishing->major = wanted != 0 ? wanted : highest > 1 ? highest : 1;
	if (wanted == 0 || known || wanted == highest + 1)
		return 0;
	return unknown_major(publishing, highest + 1, error);
}

static size_t collect_blocks(struct arena *arena, const struct bundles *bundles,
			     const char ***block_ids)
{
	size_t count = 0;

	*block_ids = arena_alloc(arena, (bundles->count + 1) * sizeof(**block_ids));
	for (size_t i = 0; i < bundles->count; i++)
		if (bundles->items[i].block != NULL)
			(*block_ids)[count++] = bundles->items[i].block;
	return count;
}

static bool same_blocks(const struct draft *draft, const struct publishing *publishing)
{
	const char **ids;
	size_t count =
		collect_blocks(publishing->platform->arena, publishing->request->bundles, &ids);

	if (count != draft->block_count)
		return false;
	for (size_t i = 0; i < count; i++)
		if (strcmp(ids[i], draft->blocks[i]) != 0)
			return false;
	return true;
}

static int cannot_resume(const struct publishing *publishing, const char *why, struct error *error)
{
	const struct platform_draft *version = &publishing->draft.version;

	error_set(error, ERROR_CONFLICT, "version %lld.%lld, begun %s, is not finished",
		  version->major, version->minor, publishing->draft.at);
	error_why(error, "%s", why);
	return error_fix(error, "`--new` leaves it unfinished, where nobody sees it, and publishes "
				"the app as another version");
}

/* Whether what an earlier run has left can be made into what is to be published. */
static int check_draft(const struct publishing *publishing, struct error *error)
{
	const struct draft *draft = &publishing->draft;
	bool same = str_equal(draft->artifact, publishing->request->artifact);
	const struct platform_version *newest = publishing->newest;

	if (publishing->request->major != 0 && draft->version.major != publishing->request->major)
		return cannot_resume(publishing, "it has another major number than `--major` says",
				     error);
	if (draft->stage == DRAFT_COMPLETING) {
		if (same)
			return 0;
		return cannot_resume(publishing,
				     "all of it was sent and perhaps it is complete, as `attio "
				     "version list` tells, but the app has changed since",
				     error);
	}
	if (draft->sealed)
		return cannot_resume(publishing,
				     "its upload addresses are sealed with the token of that run, "
				     "which is not the one of now",
				     error);
	if (newest != NULL && is_newer(newest, draft->version.major, draft->version.minor) &&
	    is_newer(newest, draft->newest_major, draft->newest_minor))
		return cannot_resume(
			publishing,
			arena_printf(publishing->platform->arena,
				     "somebody has begun or published %lld.%lld in the meantime",
				     newest->major, newest->minor),
			error);
	if (!same && !same_blocks(draft, publishing))
		return cannot_resume(publishing,
				     "the app has other workflow blocks now than it was begun with",
				     error);
	return 0;
}

/* What an earlier run began whose answer is nowhere: its machine died, or the platform never
 * answered. The addresses went into that answer alone, so nobody can finish it; it can be named
 * where the list has just one that is new and not published. */
static void tell_orphan(const struct publishing *publishing)
{
	const struct draft *draft = &publishing->draft;
	const struct platform_version *one = NULL;
	size_t count = 0;

	for (size_t i = 0; i < publishing->count; i++) {
		const struct platform_version *version = &publishing->versions[i];

		if (!is_newer(version, draft->newest_major, draft->newest_minor))
			continue;
		one = version;
		count++;
	}
	if (count == 1 && !one->published)
		tell(publishing,
		     arena_printf(publishing->platform->arena,
				  "an earlier run ended while it began a version, probably "
				  "%lld.%lld: it stays unfinished, since its upload addresses are "
				  "given once, and another one is begun",
				  one->major, one->minor));
	else
		tell(publishing, "an earlier run ended while it began a version: if one was begun, "
				 "it stays unfinished and nobody sees it");
}

static const char *answer_path(const struct publishing *publishing)
{
	return draft_answer_path(publishing->request->keep, publishing->platform->base_url,
				 publishing->app.id);
}

/* What the answer to *create* says is in the draft, where its file is needed no more. */
static int remember_begun(struct publishing *publishing, struct error *error)
{
	if (remember(publishing, DRAFT_UPLOADING, error) != 0)
		return -1;
	if (publishing->request->keep != NULL)
		errand_forget(answer_path(publishing));
	return 0;
}

/* The process that sent *create* for an earlier run may still wait for its answer. */
static int wait_for_errand(struct publishing *publishing, struct error *error)
{
	enum { STEP_MS = 50, LIMIT_MS = (ERRAND_GRACE_S + 5) * 1000 };
	const struct publish_progress *progress = &publishing->request->progress;
	const struct timespec step = {.tv_nsec = STEP_MS * 1000000L};
	const char *path = answer_path(publishing);
	int lock = errand_lock(path);

	if (lock < 0)
		tell(publishing, "waiting for the answer to what an earlier run began");
	for (int ms = 0; lock < 0 && ms < LIMIT_MS; ms += STEP_MS) {
		if (progress->stop != NULL && progress->stop(progress->context))
			return error_set(error, ERROR_NETWORK, "the deploy was stopped");
		nanosleep(&step, NULL);
		lock = errand_lock(path);
	}
	if (lock >= 0)
		close(lock);
	return 0;
}

/* What was begun by a run that did not live to see the answer. A refusal has begun nothing. */
static int take_answer(struct publishing *publishing, struct error *error)
{
	struct attio_api *platform = publishing->platform;
	struct draft *draft = &publishing->draft;
	struct http_response response;
	struct error why = {0};
	bool whole;

	if (wait_for_errand(publishing, error) != 0)
		return -1;
	if (!errand_kept(&response, platform->arena, answer_path(publishing), platform->token)) {
		tell_orphan(publishing);
		*draft = (struct draft){0};
		return 0;
	}
	whole = platform_version_created(platform, &response, draft->blocks, draft->block_count,
					 &draft->version, &why) == 0;
	http_response_dispose(&response);
	if (whole)
		return remember_begun(publishing, error);
	tell(publishing,
	     arena_printf(platform->arena,
			  "an earlier run ended while it began a version, which failed: %s",
			  why.message));
	*draft = (struct draft){0};
	return 0;
}

static int look_back(struct publishing *publishing, struct error *error)
{
	const struct publish_request *request = publishing->request;
	struct attio_api *platform = publishing->platform;
	struct draft *draft = &publishing->draft;

	if (request->keep != NULL)
		draft_read(draft, request->keep, platform->base_url, publishing->app.id,
			   platform->token);
	if (draft->stage == DRAFT_CREATING && take_answer(publishing, error) != 0)
		return -1;
	if (request->fresh)
		*draft = (struct draft){0};
	find_newest(publishing);
	if (draft->stage == DRAFT_NONE)
		return 0;
	if (check_draft(publishing, error) != 0)
		return -1;
	publishing->resumes = true;
	publishing->major = draft->version.major;
	return 0;
}

int publish_look(struct publishing *publishing, struct attio_api *platform,
		 const struct publish_request *request, struct error *error)
{
	const struct bundles *bundles = request->bundles;

	*publishing = (struct publishing){.platform = platform, .request = request};
	if (bundles->count < 2 || bundles->items[0].block != NULL ||
	    bundles->items[1].block != NULL)
		return error_set(error, ERROR_INTERNAL, "the client or server bundle is missing");
	tell(publishing, "looking up the app");
	if (platform_app_by_slug(platform, request->slug, &publishing->app, error) != 0)
		return -1;
	tell(publishing, "looking up its versions");
	if (platform_versions(platform, publishing->app.id, &publishing->versions,
			      &publishing->count, error) != 0 ||
	    choose_major(publishing, error) != 0)
		return -1;
	return look_back(publishing, error);
}

/* ---- sending ---- */

/* Whether the last call was answered, and with a "no" that leaves nothing behind. A server that
 * stopped waiting (408) may have done it all the same. */
static bool was_refused(const struct attio_api *platform)
{
	return platform->status >= 300 && platform->status < 500 && platform->status != 408;
}

/* What is on the platform now that `error` has ended the run. */
static int explain(const struct publishing *publishing, struct error *error)
{
	const struct platform_draft *version = &publishing->draft.version;
	const char *again = publishing->request->keep != NULL ? "run it again to go on with it"
							      : "deploy again; it stays as it is";
	char fix[sizeof(error->fix)];

	memcpy(fix, error->fix, sizeof(fix));
	switch (publishing->draft.stage) {
	case DRAFT_CREATING:
		if (was_refused(publishing->platform))
			return -1;
		if (error->kind == ERROR_NETWORK || error->kind == ERROR_SERVICE)
			return error_fix(error,
					 "%s%swhether a version was begun is not known; if "
					 "one was, it is unfinished and nobody sees it",
					 fix, fix[0] != '\0' ? "; " : "");
		return -1;
	case DRAFT_UPLOADING:
		return error_fix(error,
				 "%s%sversion %lld.%lld is begun but not published, and nobody "
				 "sees it: %s%s",
				 fix, fix[0] != '\0' ? "; " : "", version->major, version->minor,
				 again,
				 publishing->resumes ? ", or use `--new` to begin another one "
						       "when its upload addresses have expired"
						     : "");
	case DRAFT_COMPLETING:
		return error_fix(error,
				 "%s%sall of version %lld.%lld was sent, but whether it is "
				 "complete is not known: run it again, which asks for that alone",
				 fix, fix[0] != '\0' ? "; " : "", version->major, version->minor);
	default:
		return -1;
	}
}

static int begin(struct publishing *publishing, struct error *error)
{
	struct draft *draft = &publishing->draft;
	struct attio_api *platform = publishing->platform;

	*draft = (struct draft){.artifact = publishing->request->artifact,
				.at = keep_now(platform->arena)};
	if (publishing->newest != NULL) {
		draft->newest_major = publishing->newest->major;
		draft->newest_minor = publishing->newest->minor;
	}
	draft->block_count =
		collect_blocks(platform->arena, publishing->request->bundles, &draft->blocks);
	tell(publishing, "creating the version");
	if (remember(publishing, DRAFT_CREATING, error) != 0)
		return -1;
	if (publishing->request->keep != NULL && platform->courier.send != NULL) {
		platform->courier.path = answer_path(publishing);
		errand_forget(platform->courier.path);
	}
	if (platform_version_create(platform, publishing->app.id, publishing->major, draft->blocks,
				    draft->block_count, &draft->version, error) == 0)
		return remember_begun(publishing, error) == 0 ? 0 : explain(publishing, error);
	explain(publishing, error);
	/* What was refused is not there. */
	if (was_refused(publishing->platform))
		forget(publishing);
	return -1;
}

/* Blocks first, then client and server, as the official CLI starts them. */
static int upload_bundles(struct publishing *publishing, struct error *error)
{
	const struct bundles *bundles = publishing->request->bundles;
	const struct publish_progress *progress = &publishing->request->progress;
	const struct platform_draft *version = &publishing->draft.version;
	struct platform_upload *uploads =
		arena_alloc(publishing->platform->arena, bundles->count * sizeof(*uploads));
	size_t count = 0;
	size_t block = 0;
	size_t total = 0;
	int result;

	for (size_t i = 0; i < bundles->count; i++) {
		const struct bundle *bundle = &bundles->items[i];

		total += bundle->len;
		if (bundle->block != NULL)
			uploads[count++] =
				(struct platform_upload){bundle->path, version->block_urls[block++],
							 bundle->bytes, bundle->len};
	}
	for (size_t i = 0; i < 2; i++) {
		const struct bundle *bundle = &bundles->items[i];

		uploads[count++] = (struct platform_upload){
			bundle->path, i == 0 ? version->client_url : version->server_url,
			bundle->bytes, bundle->len};
	}
	tell(publishing, "uploading the bundles");
	if (progress->uploading != NULL)
		progress->uploading(progress->context, total);
	result = platform_upload(publishing->platform, uploads, count, error);
	if (progress->uploading != NULL)
		progress->uploading(progress->context, 0);
	return result;
}

static bool is_listed(const struct publishing *publishing)
{
	const struct platform_draft *version = &publishing->draft.version;

	for (size_t i = 0; i < publishing->count; i++)
		if (publishing->versions[i].major == version->major &&
		    publishing->versions[i].minor == version->minor)
			return true;
	return false;
}

static int complete(struct publishing *publishing, struct error *error)
{
	bool again = publishing->resumes && publishing->draft.stage == DRAFT_COMPLETING;
	struct error ignored = {0};

	tell(publishing, "completing the version");
	if (remember(publishing, DRAFT_COMPLETING, error) != 0) {
		publishing->draft.stage = DRAFT_UPLOADING;
		return explain(publishing, error);
	}
	if (platform_version_complete(publishing->platform, &publishing->draft.version, error) == 0)
		return 0;
	/* It was asked for before, and the platform says that it was done. */
	if (again && error->kind == ERROR_CONFLICT && is_listed(publishing))
		return 0;
	if (error->kind != ERROR_NETWORK && error->kind != ERROR_AUTH &&
	    publishing->draft.version.client_url != NULL)
		remember(publishing, DRAFT_UPLOADING, &ignored);
	explain(publishing, error);
	return -1;
}

static int resume(struct publishing *publishing, struct error *error)
{
	struct draft *draft = &publishing->draft;
	bool same = str_equal(draft->artifact, publishing->request->artifact);

	tell(publishing, arena_printf(publishing->platform->arena,
				      "going on with version %lld.%lld, begun %s%s",
				      draft->version.major, draft->version.minor, draft->at,
				      same ? "" : ", with the app as it is now"));
	if (same)
		return 0;
	draft->artifact = publishing->request->artifact;
	return remember(publishing, DRAFT_UPLOADING, error);
}

int publish_send(struct publishing *publishing, struct error *error)
{
	int begun = publishing->resumes ? resume(publishing, error) : begin(publishing, error);

	if (begun != 0)
		return -1;
	if (publishing->draft.stage == DRAFT_UPLOADING && upload_bundles(publishing, error) != 0)
		return explain(publishing, error), -1;
	if (complete(publishing, error) != 0)
		return -1;
	forget(publishing);
	return 0;
}
