/* attio dev: the platform, the builder and the loop that both are served on. The same for a command
 * that needs a platform while none runs, and makes a copy of itself to be it: built once, told to
 * nobody, and over when its starter closes our standard input or is gone. */
#include "cli/net/dev.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "cli/app_host.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/browser.h"
#include "cli/net/dev_builder.h"
#include "cli/net/dev_print.h"
#include "cli/net/dev_pushed.h"
#include "cli/net/dev_settings.h"
#include "cli/net/dev_told.h"
#include "cli/net/page_link.h"
#include "cli/net/pushing.h"
#include "cli/net/version_compare.h"
#include "cli/project.h"
#include "cli/running.h"
#include "local/run/host_code.h"
#include "sys/fs.h"
#include "sys/loop.h"
#include "sys/path.h"
#include "json/json.h"
#include "json/slice.h"

enum { CODE_MS = 4000 };

struct dev {
	struct cli *cli;
	const struct dev_options *options;
	const char *root;   /* of the app */
	const char *folder; /* of the state */
	struct running_lock lock;
	struct loop *loop;
	struct loop_file input; /* standard input, of another command's platform */
	struct dev_builder *builder;
	struct pushing *pushing; /* to Attio; or NULL */
	struct platform *platform;
	struct host_code code;         /* of the host */
	const char *const *code_words; /* start what makes it */
	long long running;             /* the generation whose code runs; 0: none */
	bool answered;                 /* the first build is there, or will not be */
	bool broken;                   /* and it is not one that runs */
	bool ready;                    /* that was told */
	bool over;                     /* the starter closed our input */
	long long offset;              /* of the clock, as it is kept */
};

/* --- events ------------------------------------------------------------------------------------
 */

/* The starter of a platform of its own reads only what it waits for: its pipe must not fill. */
static void on_event(void *context, const char *json, size_t len)
{
	struct json_slice event = json_slice_of(json, len);
	struct dev *dev = context;
	struct arena *arena = arena_new();
	const char *name = json_slice_text(arena, event, "event");

	if (name != NULL && strcmp(name, "running") == 0)
		dev->running = json_slice_int(event, "generation", dev->running);
	if (!dev->options->own || (name != NULL && strcmp(name, "build") == 0))
		dev_print_event(dev->cli, json, len);
	arena_free(arena);
}

/* For the platform: what it asks of us. */
static int compare_versions(void *context, const char *from, const char *to, struct buf *out,
			    struct error *error)
{
	const struct dev *dev = context;
	const struct platform_options *options = &dev->platform->options;
	struct arena *arena = arena_new();
	int result =
		version_diff_put(arena, options->root, options->app_slug, from, to, out, error);

	arena_free(arena);
	return result;
}

static void print_own(struct dev *dev, cJSON *event)
{
	if (dev->cli->json)
		answer_event(dev->cli, event);
	else
		cJSON_Delete(event);
}

static cJSON *event_new(const char *name)
{
	cJSON *event = cJSON_CreateObject();

	cJSON_AddStringToObject(event, "event", name);
	return event;
}

/* Everything can be used. */
static int get_ready(struct dev *dev, struct error *error)
{
	struct platform *platform = dev->platform;
	const struct running running = {platform->origin, platform->secret, platform->api_token};
	cJSON *event = event_new("ready");

	dev->ready = true;
	cJSON_AddStringToObject(event, "url", platform->origin);
	cJSON_AddStringToObject(event, "state", dev->folder);
	if (dev->options->own) {
		cJSON_AddStringToObject(event, "secret", platform->secret);
		cJSON_AddStringToObject(event, "api_token", platform->api_token);
	} else if (running_write(dev->cli->arena, dev->folder, &running, error) != 0) {
		cJSON_Delete(event);
		return -1;
	}
	print_own(dev, event);
	if (dev->builder != NULL) {
		host_code_make(&dev->code, dev->loop, dev->code_words, !dev->options->own);
		dev_builder_calm(dev->builder);
		/* The first change is shown as fast as those after it. */
		if (!dev->options->own)
			platform_warm(platform);
	}
	if (!dev->options->own)
		cli_say(dev->cli, "ready at %s, with its state in `%s`; Ctrl-C ends it",
			platform->origin, dev->folder);
	if (dev->options->open)
		browser_open(dev->cli, page_link(dev->cli, dev->folder, platform->origin,
						 platform->secret, NULL));
	return 0;
}

/* --- builds ------------------------------------------------------------------------------------
 */

static void tell_build(struct dev *dev, const struct dev_build *build)
{
	struct buf event = {0};

	dev_told_findings(&event, build);
	platform_tell_build(dev->platform, buf_cstr(&event), build->environment);
	buf_clear(&event);
	/* Nothing new: our own writing woke us, or the same is wrong. */
	if ((build->news == DEV_SAME && !build->healed) ||
	    (build->news == DEV_CHECKED && build->told)) {
		buf_dispose(&event);
		return;
	}
	dev_build_event(&event, build, dev->running);
	platform_event(dev->platform, event.ptr, event.len);
	buf_dispose(&event);
	if (!dev->cli->json)
		dev_print_build(dev->cli, build, dev->running);
}

static void take_build(struct dev *dev, const struct dev_build *build)
{
	if (build->news == DEV_BEGUN) {
		platform_warm(dev->platform);
		return;
	}
	/* Who reads of it can count on its being pushed. */
	dev_pushed_give(dev->pushing, build);
	tell_build(dev, build);
	if (build->news == DEV_BUILT) {
		platform_load(dev->platform, &build->bundles);
		dev->broken = false;
	} else if (build->news == DEV_BROKEN || build->news == DEV_FAILED) {
		dev->broken = !dev->answered || dev->broken;
		if (dev->broken)
			platform_without(dev->platform, "the app does not build");
	}
	dev->answered = true;
}

static void take_builds(struct dev *dev)
{
	struct dev_build *build;

	while (dev->builder != NULL && (build = dev_builder_take(dev->builder)) != NULL) {
		take_build(dev, build);
		dev_build_free(build);
	}
}

static int start_builder(struct dev *dev, struct error *error)
{
	const struct dev_builder_options options = {
		.root = dev->root,
		.watch = !dev->options->own,
		.check = !dev->options->own && !dev->options->no_check,
		.look = {dev->cli->err_color, dev->cli->err_columns},
		.bundles = dev->options->bundles,
	};

	dev->builder = dev_builder_start(dev->cli, &options, dev->loop, error);
	return dev->builder != NULL ? 0 : -1;
}

/* --- the clock ---------------------------------------------------------------------------------
 *
 * A clock that was moved stays so: records have been written at its times, and a command that moves
 * it may be all that its platform lives for. */

static const char *clock_file(const struct dev *dev)
{
	return path_join(dev->cli->arena, dev->folder, "clock.json");
}

static void recall_clock(struct dev *dev, struct platform_options *options)
{
	const struct clock machine = {0};
	struct error ignored;
	long long now = clock_ms(&machine);
	cJSON *kept;
	char *text;
	size_t len;

	if (dev->options->now == NULL &&
	    fs_read(dev->cli->arena, clock_file(dev), 4096, &text, &len, &ignored) == 0) {
		kept = json_parse(text, len, "clock.json", NULL, &ignored);
		if (cJSON_IsObject(kept))
			json_get_int(kept, "clock.json", "offset_ms", &options->offset_ms,
				     &ignored);
		cJSON_Delete(kept);
		/* Somebody has edited it. */
		if (options->offset_ms < -now || options->offset_ms >= CLOCK_LAST_MS - now)
			options->offset_ms = 0;
	}
	dev->offset = options->offset_ms;
}

static void keep_clock(struct dev *dev)
{
	struct error ignored;
	char text[64];

	if (dev->platform->clock.offset_ms == dev->offset)
		return;
	dev->offset = dev->platform->clock.offset_ms;
	snprintf(text, sizeof(text), "{\"offset_ms\": %lld}\n", dev->offset);
	fs_write_derived(clock_file(dev), text, strlen(text), &ignored);
}

/* --- start -------------------------------------------------------------------------------------
 */

/* The builder first: it starts esbuild, while we look for Node and open the store. */
static int start(struct dev *dev, struct error *error)
{
	bool app = !dev->options->own || dev->options->eager;
	bool builds = app && !dev->options->no_build;
	struct platform_options options = {.state = dev->folder,
					   .host_early = dev->cli->early,
					   .compare = compare_versions,
					   .event = on_event,
					   .context = dev};

	dev->loop = loop_open(error);
	if (dev->loop == NULL || loop_catch_end(dev->loop, error) != 0 ||
	    dev_settings(dev->cli, dev->options, dev->root, &options, error) != 0)
		return -1;
	recall_clock(dev, &options);
	if (dev->options->own && loop_file_attach(&dev->input, dev->loop, STDIN_FILENO, error) != 0)
		return -1;
	if (builds && start_builder(dev, error) != 0)
		return -1;
	if (app)
		options.host_words = app_host_words(dev->cli, dev->root, dev->loop, &dev->code,
						    &dev->code_words, error);
	if (app && options.host_words == NULL)
		return -1;
	if (dev->pushing != NULL && pushing_start(dev->pushing, dev->loop, error) != 0)
		return -1;
	dev->answered = !builds;
	dev->platform = platform_open(&options, dev->loop, error);
	if (dev->platform != NULL && app && !builds)
		platform_without(dev->platform, "nothing was pushed yet");
	return dev->platform != NULL ? 0 : -1;
}

/* --- the run -----------------------------------------------------------------------------------
 */

/* Nothing is ever sent to us. */
static void look_at_input(struct dev *dev)
{
	char byte[64];
	ssize_t got;

	if (!dev->input.ready)
		return;
	do
		got = read(STDIN_FILENO, byte, sizeof(byte));
	while (got > 0 || (got < 0 && errno == EINTR));
	dev->input.ready = false;
	dev->over = got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
}

static bool is_ready(const struct dev *dev)
{
	return dev->answered &&
	       (dev->broken || dev->builder == NULL || platform_is_settled(dev->platform));
}

static int serve(struct dev *dev, struct error *error)
{
	while (loop_ended(dev->loop) == 0 && !dev->over) {
		take_builds(dev);
		if (dev->pushing != NULL)
			pushing_tell(dev->pushing);
		if (!platform_turn(dev->platform)) {
			*error = dev->platform->failure;
			return -1;
		}
		keep_clock(dev);
		if (!dev->ready && is_ready(dev) && get_ready(dev, error) != 0)
			return -1;
		/* Nobody reads any more. */
		if (ferror(dev->cli->out) != 0)
			return 0;
		loop_turn(dev->loop);
		look_at_input(dev);
		host_code_take(&dev->code);
	}
	return 0;
}

/* A second Ctrl-C ends us as if we had never caught the first. */
static void end(struct dev *dev)
{
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	if (dev->ready && !dev->options->own)
		running_remove(dev->cli->arena, dev->folder);
	dev_builder_stop(dev->builder);
	pushing_close(dev->pushing);
	platform_close(dev->platform);
	/* Else no command would ever live long enough. */
	if (dev->options->own)
		host_code_finish(&dev->code, CODE_MS);
	host_code_dispose(&dev->code);
	loop_file_detach(&dev->input);
}

static int run(struct dev *dev)
{
	struct error error = {0};
	int code = EXIT_OK, ended = 0;

	if (start(dev, &error) != 0 || serve(dev, &error) != 0)
		code = EXIT_SYSTEM;
	if (dev->loop != NULL)
		ended = loop_ended(dev->loop);
	end(dev);
	loop_close(dev->loop);
	/* An engine that Ctrl-C ended before us is no failure. */
	if (code != EXIT_OK && ended == 0)
		return cli_fail(dev->cli, &error);
	if (!dev->options->own)
		print_own(dev, event_new("stopped"));
	return exit_of_signal(ended);
}

int dev_serve(struct cli *cli, const struct dev_options *options)
{
	struct dev dev = {.cli = cli, .options = options, .lock = {.fd = -1}};
	struct error error = {0};
	int code;

	dev.root = project_root_of_app(cli, options->path, &error);
	if (dev.root == NULL)
		return cli_fail(cli, &error);
	dev.folder = running_folder(cli, options->state, dev.root);
	if (running_take(cli, &dev.lock, dev.folder, !options->own, &error) != 0)
		return cli_fail(cli, &error);
	code = dev_pushed_open(&dev.pushing, cli, options, dev.root);
	if (code == EXIT_OK)
		code = run(&dev);
	else
		pushing_close(dev.pushing);
	running_release(&dev.lock);
	return code;
}

int dev_serve_own(struct cli *cli, const struct dev_options *given)
{
	struct dev_options options = *given;

	options.own = true;
	return dev_serve(cli, &options);
}
