/* See dev_pushed.h. */
#include "cli/net/dev_pushed.h"

#include <signal.h>

#include "app/dotenv.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/net/arguments.h"
#include "cli/net/dev.h"
#include "cli/net/dev_builder.h"
#include "cli/net/dev_print.h"
#include "cli/net/pushing.h"
#include "cli/net/remote_options.h"
#include "cli/project.h"
#include "sys/loop.h"

int dev_pushed_open(struct pushing **pushing, struct cli *cli, const struct dev_options *options,
		    const char *root)
{
	const struct remote_options remote = {.app = options->app,
					      .workspace = options->workspace,
					      .cacert = options->cacert,
					      .timeout = options->timeout};

	*pushing = NULL;
	if (options->own || (options->workspace == NULL && !options->remote))
		return EXIT_OK;
	if (options->no_build)
		return argument_wrong(cli, "with `--no-build` there is nothing to push to Attio",
				      "leave it out, or `--workspace` and `--remote`");
	return pushing_open(pushing, cli, &remote, root);
}

static const char *copy(struct arena *arena, const char *text)
{
	return arena_strdup(arena, text != NULL ? text : "");
}

static struct push_build *push_of(const struct platform_bundles *bundles)
{
	struct arena *arena = arena_new();
	struct push_build *build = arena_alloc(arena, sizeof(*build));
	struct push_block *blocks =
		arena_alloc(arena, (bundles->block_count + 1) * sizeof(*blocks));
	struct env_variable *env = arena_alloc(arena, (bundles->env_count + 1) * sizeof(*env));

	for (size_t i = 0; i < bundles->block_count; i++)
		blocks[i] = (struct push_block){copy(arena, bundles->blocks[i].id),
						copy(arena, bundles->blocks[i].text)};
	for (size_t i = 0; i < bundles->env_count; i++)
		env[i] = (struct env_variable){copy(arena, bundles->env[i].name),
					       copy(arena, bundles->env[i].value)};
	*build = (struct push_build){
		.arena = arena,
		.push = {copy(arena, bundles->client), copy(arena, bundles->server), blocks,
			 bundles->block_count},
		.env = env,
		.env_count = bundles->env_count,
	};
	return build;
}

void dev_pushed_give(struct pushing *pushing, const struct dev_build *build)
{
	if (pushing != NULL && build->news == DEV_BUILT)
		pushing_give(pushing, push_of(&build->bundles));
}

/* --- without a platform here -------------------------------------------------------------------
 */

struct remote_dev {
	struct cli *cli;
	struct loop *loop;
	struct dev_builder *builder;
	struct pushing *pushing;
	long long good; /* builds that were good */
};

static void tell_build(struct remote_dev *dev, const struct dev_build *build)
{
	struct buf event = {0};

	if (build->news == DEV_BEGUN || (build->news == DEV_SAME && !build->healed) ||
	    (build->news == DEV_CHECKED && build->told))
		return;
	if (dev->cli->json) {
		dev_build_event(&event, build, dev->good);
		dev_print_event(dev->cli, event.ptr, event.len);
		buf_dispose(&event);
	} else {
		dev_print_build(dev->cli, build, dev->good);
	}
}

static void serve(struct remote_dev *dev)
{
	while (loop_ended(dev->loop) == 0 && ferror(dev->cli->out) == 0) {
		struct dev_build *build;

		while ((build = dev_builder_take(dev->builder)) != NULL) {
			dev->good += build->news == DEV_BUILT ? 1 : 0;
			/* Who reads of it can count on its being pushed. */
			dev_pushed_give(dev->pushing, build);
			tell_build(dev, build);
			dev_build_free(build);
		}
		pushing_tell(dev->pushing);
		loop_turn(dev->loop);
	}
}

static int start(struct remote_dev *dev, const struct dev_options *options, const char *root,
		 struct error *error)
{
	const struct dev_builder_options builder = {
		.root = root,
		.watch = true,
		.check = !options->no_check,
		.look = {dev->cli->err_color, dev->cli->err_columns},
		.bundles = options->bundles,
	};

	dev->loop = loop_open(error);
	if (dev->loop == NULL || loop_catch_end(dev->loop, error) != 0)
		return -1;
	dev->builder = dev_builder_start(dev->cli, &builder, dev->loop, error);
	if (dev->builder == NULL)
		return -1;
	dev_builder_calm(dev->builder);
	return pushing_start(dev->pushing, dev->loop, error);
}

int dev_pushed_serve(struct cli *cli, const struct dev_options *options)
{
	struct remote_dev dev = {.cli = cli};
	struct error error = {0};
	const char *root = project_root_of_app(cli, options->path, &error);
	int ended = 0, code;

	if (root == NULL)
		return cli_fail(cli, &error);
	code = dev_pushed_open(&dev.pushing, cli, options, root);
	if (code == EXIT_OK && start(&dev, options, root, &error) != 0)
		code = cli_fail(cli, &error);
	if (code == EXIT_OK) {
		serve(&dev);
		ended = loop_ended(dev.loop);
		/* A second Ctrl-C ends us as if we had never caught the first. */
		signal(SIGINT, SIG_DFL);
		signal(SIGTERM, SIG_DFL);
	}
	dev_builder_stop(dev.builder);
	pushing_close(dev.pushing);
	loop_close(dev.loop);
	return code == EXIT_OK ? exit_of_signal(ended) : code;
}
