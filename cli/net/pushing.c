/* See pushing.h. The threads share the build that waits and the flag that ends them, under a lock;
 * news go to the loop through a mailbox. */
#include "cli/net/pushing.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#include <uv.h>

#include "app/dotenv.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "cli/net/log_lines.h"
#include "cli/net/push_news.h"
#include "cli/net/remote.h"
#include "cli/net/shared_signer.h"
#include "diag/text.h"
#include "platform/dev_versions.h"
#include "platform/log_stream.h"
#include "sys/mailbox.h"
#include "sys/moment.h"

#define PAUSE_S 2L /* after a failure; doubles up to the limit */
#define PAUSE_LIMIT_S 60L

/* What one thread has for itself. */
struct side {
	struct pushing *pushing; /* NULL: it was not started */
	pthread_t thread;
	bool started;
	bool over; /* under the lock: it puts no more news */
	struct http_client *client;
	struct attio_api platform;
	struct signer_share share;
};

struct pushing {
	struct cli *cli;
	struct remote remote;
	long timeout;
	const char *cacert;
	struct signer_lock signer;
	struct mailbox news;
	struct side sides[2]; /* of pushes, of the log */
	/* The thread's of pushes, once it runs. */
	struct push_build *accepted; /* whose variables the version has */
	char *version_id;
	/* Between the threads. */
	uv_mutex_t lock;
	uv_cond_t changed;
	struct push_build *next;
	bool ending;
};

static void is_over(struct side *side)
{
	uv_mutex_lock(&side->pushing->lock);
	side->over = true;
	uv_mutex_unlock(&side->pushing->lock);
}

static void free_build(struct push_build *build)
{
	if (build != NULL)
		arena_free(build->arena);
}

static bool is_ending(struct pushing *pushing)
{
	bool ending;

	uv_mutex_lock(&pushing->lock);
	ending = pushing->ending;
	uv_mutex_unlock(&pushing->lock);
	return ending;
}

static bool on_stop(void *context)
{
	return is_ending(context);
}

/* --- variables ---------------------------------------------------------------------------------
 */

static bool same_variables(const struct push_build *a, const struct push_build *b)
{
	if (a->env_count != b->env_count)
		return false;
	for (size_t i = 0; i < a->env_count; i++)
		if (strcmp(a->env[i].name, b->env[i].name) != 0 ||
		    strcmp(a->env[i].value, b->env[i].value) != 0)
			return false;
	return true;
}

/* A development version with the build's variables. ERROR_USAGE when they cannot be sent. */
static int make_version(struct pushing *pushing, struct attio_api *platform,
			const struct push_build *build, struct error *error)
{
	const char *id;
	const char *problems = platform_env_problems(platform->arena, build->env, build->env_count);

	if (problems != NULL) {
		error_set(error, ERROR_USAGE,
			  "variables of the .env files have names that Attio does not take");
		error_why(error, "%s", problems);
		return error_fix(error, "change `.env` or `.env.local`");
	}
	if (platform_dev_version_create(platform, pushing->remote.app.id,
					pushing->remote.workspace.id, build->env, build->env_count,
					&id, error) != 0)
		return -1;
	mem_free(pushing->version_id);
	pushing->version_id = mem_strdup(id);
	return 0;
}

static struct push_build *copy_variables(const struct env_variable *list, size_t count)
{
	struct arena *arena = arena_new();
	struct push_build *copy = arena_alloc(arena, sizeof(*copy));
	struct env_variable *env = arena_alloc(arena, (count + 1) * sizeof(*env));

	for (size_t i = 0; i < count; i++)
		env[i] = (struct env_variable){arena_strdup(arena, list[i].name),
					       arena_strdup(arena, list[i].value)};
	*copy = (struct push_build){.arena = arena, .env = env, .env_count = count};
	return copy;
}

static struct push_build *read_variables(const char *root)
{
	struct arena *arena = arena_new();
	struct push_build *build = arena_alloc(arena, sizeof(*build));
	struct texts texts;

	build->arena = arena;
	texts_init(&texts, arena, root);
	build->env = env_variables_read(&texts, arena, &build->env_count);
	texts_dispose(&texts);
	return build;
}

/* --- the thread of pushes ----------------------------------------------------------------------
 */

/* The old version goes on with its variables when the new ones are refused: their failure is told,
 * and the build pushed all the same. */
static int renew_version(struct pushing *pushing, struct attio_api *platform,
			 const struct push_build *build, struct error *error)
{
	if (pushing->version_id != NULL && same_variables(pushing->accepted, build))
		return 0;
	if (make_version(pushing, platform, build, error) != 0) {
		if (error->kind != ERROR_USAGE || pushing->version_id == NULL)
			return -1;
		mailbox_put(&pushing->news, push_news_failed(PUSH_REFUSED_ENV, error, 0));
	}
	free_build(pushing->accepted);
	pushing->accepted = copy_variables(build->env, build->env_count);
	return 0;
}

static int push_once(struct pushing *pushing, struct side *side, const struct push_build *build,
		     struct error *error)
{
	struct attio_api platform = side->platform;
	int result;

	platform.arena = arena_new();
	result = renew_version(pushing, &platform, build, error);
	if (result == 0)
		result = platform_push(&platform, pushing->remote.app.id, pushing->version_id,
				       &build->push, error);
	if (result != 0 && error->kind == ERROR_NOT_FOUND) {
		/* The next try begins a new one. */
		mem_free(pushing->version_id);
		pushing->version_id = NULL;
	}
	side->platform.token = platform.token;
	arena_free(platform.arena);
	return result;
}

/* Waits for a build, `seconds` at most (0: as long as it takes). False: we are to end. */
static bool wait_for_build(struct pushing *pushing, long seconds, struct push_build **build)
{
	long long until = moment_ms() + seconds * 1000;
	bool ending;

	uv_mutex_lock(&pushing->lock);
	while (!pushing->ending && pushing->next == NULL) {
		long long left = until - moment_ms();

		if (seconds == 0)
			uv_cond_wait(&pushing->changed, &pushing->lock);
		else if (left <= 0 || uv_cond_timedwait(&pushing->changed, &pushing->lock,
							(uint64_t)left * 1000000) != 0)
			break;
	}
	if (pushing->next != NULL) {
		free_build(*build);
		*build = pushing->next;
		pushing->next = NULL;
	}
	ending = pushing->ending;
	uv_mutex_unlock(&pushing->lock);
	return !ending;
}

/* What another try may change. */
static long next_pause(const struct error *error, long pause)
{
	if (error->lasting)
		return 0;
	if (error->kind != ERROR_NETWORK && error->kind != ERROR_SERVICE &&
	    error->kind != ERROR_NOT_FOUND)
		return 0;
	if (pause == 0)
		return PAUSE_S;
	return pause * 2 < PAUSE_LIMIT_S ? pause * 2 : PAUSE_LIMIT_S;
}

static void *push_all(void *context)
{
	struct side *side = context;
	struct pushing *pushing = side->pushing;
	struct push_build *build = NULL;
	long pause = 0;

	while (wait_for_build(pushing, pause, &build)) {
		struct error error = {0};
		struct timespec start;

		clock_gettime(CLOCK_MONOTONIC, &start);
		mailbox_put(&pushing->news, push_news_new(PUSH_BEGUN));
		if (push_once(pushing, side, build, &error) == 0) {
			mailbox_put(&pushing->news, push_news_done(&build->push, &start));
			pause = 0;
		} else if (!is_ending(pushing)) {
			pause = next_pause(&error, pause);
			mailbox_put(&pushing->news, push_news_failed(PUSH_FAILED, &error, pause));
		}
	}
	free_build(build);
	is_over(side);
	return NULL;
}

/* --- the thread of the log ---------------------------------------------------------------------
 */

static void on_log(void *context, const struct log_event *event)
{
	struct pushing *pushing = context;

	mailbox_put(&pushing->news, push_news_log(event));
}

static void *follow_log(void *context)
{
	struct side *side = context;
	struct pushing *pushing = side->pushing;
	const struct log_stream_options options = {
		.app_id = pushing->remote.app.id,
		.workspace_id = pushing->remote.workspace.id,
		.timeout = pushing->timeout,
		.tell = on_log,
		.stop = on_stop,
		.context = pushing,
	};
	struct error error = {0};

	if (log_stream_run(&side->platform, &options, &error) != 0 && !is_ending(pushing))
		mailbox_put(&pushing->news, push_news_failed(PUSH_NO_LOG, &error, 0));
	is_over(side);
	return NULL;
}

/* --- the loop's side ---------------------------------------------------------------------------
 */

int pushing_open(struct pushing **out, struct cli *cli, const struct remote_options *options,
		 const char *root)
{
	struct pushing *pushing = mem_zalloc(1, sizeof(*pushing));
	struct attio_api *platform = &pushing->remote.account.platform;
	struct error error = {0};
	int code;

	*out = pushing;
	pushing->cli = cli;
	pushing->timeout = options->timeout;
	pushing->cacert = options->cacert;
	uv_mutex_init(&pushing->lock);
	uv_cond_init(&pushing->changed);
	code = remote_open(&pushing->remote, cli, options, root);
	signer_lock_init(&pushing->signer, &platform->signer);
	if (code != EXIT_OK)
		return code;
	pushing->accepted = read_variables(root);
	if (make_version(pushing, platform, pushing->accepted, &error) == 0)
		return EXIT_OK;
	if (error.kind == ERROR_USAGE) {
		struct cli_refusal refusal = cli_refusal_of(&error);

		refusal.kind = "findings";
		refusal.exit_code = EXIT_FINDINGS;
		return cli_refuse(cli, &refusal, NULL);
	}
	return cli_fail(cli, &error);
}

static int start_side(struct pushing *pushing, struct side *side, void *(*work)(void *),
		      struct error *error)
{
	const struct account_options options = {.timeout = pushing->timeout,
						.cacert = pushing->cacert};
	/* Nobody reads what a thread would say, so what failed is told as a whole. */
	const struct http_retry retry = {.tries = 3, .base_ms = 250, .max_ms = 5000};
	const struct http_watch watch = {.stop = on_stop, .context = pushing};
	sigset_t all, before;
	int failure;

	side->pushing = pushing;
	side->platform = pushing->remote.account.platform;
	side->client = account_client(pushing->cli, &options, error);
	if (side->client == NULL)
		return -1;
	http_client_set_retry(side->client, &retry);
	http_client_set_watch(side->client, &watch);
	side->platform.client = side->client;
	signer_share_use(&side->share, &pushing->signer, &side->platform);
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	failure = pthread_create(&side->thread, NULL, work, side);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	side->started = failure == 0;
	return failure == 0 ? 0 : error_system(error, failure, "cannot start another thread");
}

int pushing_start(struct pushing *pushing, struct loop *loop, struct error *error)
{
	const struct http_watch watch = {.stop = on_stop, .context = pushing};

	http_client_set_watch(pushing->remote.account.client, &watch);
	if (mailbox_open(&pushing->news, loop, error) != 0 ||
	    start_side(pushing, &pushing->sides[0], push_all, error) != 0)
		return -1;
	return start_side(pushing, &pushing->sides[1], follow_log, error);
}

void pushing_give(struct pushing *pushing, struct push_build *build)
{
	uv_mutex_lock(&pushing->lock);
	free_build(pushing->next);
	pushing->next = build;
	uv_cond_signal(&pushing->changed);
	uv_mutex_unlock(&pushing->lock);
}

void pushing_tell(struct pushing *pushing)
{
	struct push_news *news;

	while ((news = mailbox_take(&pushing->news)) != NULL) {
		push_news_print(pushing->cli, &pushing->remote, news);
		push_news_free(news);
	}
}

/* A thread may wait for room in the mailbox. */
static void join_side(struct side *side)
{
	struct pushing *pushing = side->pushing;
	const struct timespec moment = {.tv_nsec = 5000000};
	struct push_news *news;
	bool over = !side->started;

	while (!over) {
		while ((news = mailbox_take_rest(&pushing->news)) != NULL)
			push_news_free(news);
		uv_mutex_lock(&pushing->lock);
		over = side->over;
		uv_mutex_unlock(&pushing->lock);
		if (!over)
			nanosleep(&moment, NULL);
	}
	if (side->started)
		pthread_join(side->thread, NULL);
	http_client_free(side->client);
	signer_share_dispose(&side->share);
}

void pushing_close(struct pushing *pushing)
{
	struct push_news *news;

	if (pushing == NULL)
		return;
	uv_mutex_lock(&pushing->lock);
	pushing->ending = true;
	uv_cond_broadcast(&pushing->changed);
	uv_mutex_unlock(&pushing->lock);
	join_side(&pushing->sides[0]);
	join_side(&pushing->sides[1]);
	while ((news = mailbox_take_rest(&pushing->news)) != NULL)
		push_news_free(news);
	mailbox_close(&pushing->news);
	free_build(pushing->next);
	free_build(pushing->accepted);
	mem_free(pushing->version_id);
	remote_close(&pushing->remote);
	signer_lock_dispose(&pushing->signer);
	uv_cond_destroy(&pushing->changed);
	uv_mutex_destroy(&pushing->lock);
	mem_free(pushing);
}
