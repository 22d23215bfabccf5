#include "cli/net/target.h"

#include "app/identifiers.h"
#include "app/manifest.h"
#include "base/arena.h"
#include "base/error.h"
#include "cli/cli.h"
#include "diag/text.h"
#include "local/server.h"
#include "local/store.h"
#include "scaffold/slug.h"

/* Where the slug came from is where a better one goes. NULL: it is none. */
static const char *take_slug(const char *slug, bool named, struct error *error)
{
	struct arena *arena;
	const char *better;

	/* One that is there may hold the platform's own word: only a new one is checked for it. */
	if (id_fault(slug) == ID_FINE)
		return slug;
	slug_check(slug, error);
	arena = arena_new();
	better = slug_suggest(arena, slug);
	better = better != NULL ? better : "my-app";
	if (named)
		error_fix(error, "name the app by its slug, for example `--app %s`", better);
	else
		error_fix(error,
			  "set `name` in package.json to a slug, for example `%s`, or name the app "
			  "with `--app %s`",
			  better, better);
	arena_free(arena);
	return NULL;
}

const char *target_slug(const char *app, const struct manifest *manifest, struct error *error)
{
	if (app != NULL || manifest->name != NULL)
		return take_slug(app != NULL ? app : manifest->name, app != NULL, error);
	error_set(error, ERROR_USAGE, "the app has no slug");
	error_why(error, manifest->present ? "package.json gives no usable name"
					   : "there is no package.json");
	error_fix(error, "name the app with `--app SLUG`, or set `name` in package.json");
	return NULL;
}

const char *target_slug_at(struct cli *cli, const char *app, const char *root, struct error *error)
{
	struct manifest manifest = {0};
	struct diags problems = {.arena = cli->arena};
	struct texts texts;

	if (app == NULL) {
		texts_init(&texts, cli->arena, root);
		manifest_read(&manifest, &texts, &problems);
		texts_dispose(&texts);
	}
	return target_slug(app, &manifest, error);
}

int target_open_attio(struct target *target, struct cli *cli, long timeout, const char *cacert,
		      struct error *error)
{
	const struct account_options options = {.timeout = timeout, .cacert = cacert};
	const char *url = cli_env(cli, "ATTIO_API_URL");

	target->name = "attio";
	target->place = url != NULL ? url : PLATFORM_PORTAL_URL;
	if (account_open(&target->account, cli, &options, error) != 0)
		return -1;
	target->platform = target->account.platform;
	return 0;
}

/* Takes the store, which may be NULL with the error that is there. What fails within this process
 * fails again: there is one try. */
static int open_local(struct target *target, struct cli *cli, struct local_store *store, long port,
		      long timeout, struct error *error)
{
	static const struct http_retry once = {.tries = 1};
	struct addresses_wanted wanted = {0};
	struct addresses addresses;

	target->name = "local";
	target->store = store;
	if (store == NULL)
		return -1;
	target->server = local_server_start(target->store, (int)port, error);
	if (target->server == NULL)
		return -1;
	wanted.api = local_server_url(target->server);
	target->local_client = http_client_new(timeout, error);
	if (target->local_client == NULL ||
	    addresses_choose(cli->arena, &wanted, &addresses, error) != 0)
		return -1;
	http_client_set_retry(target->local_client, &once);
	return platform_init(&target->platform, cli->arena, target->local_client, &addresses,
			     local_server_token(target->server), error);
}

int target_open_local(struct target *target, struct cli *cli, const char *root, long port,
		      long timeout, struct error *error)
{
	target->place = local_store_path(cli->arena, root);
	return open_local(target, cli, local_store_open(root, error), port, timeout, error);
}

int target_ask_local(struct target *target, struct cli *cli, const char *root, long timeout,
		     struct error *error)
{
	target->place = local_store_path(cli->arena, root);
	return open_local(target, cli, local_store_open_to_read(root, error), 0, timeout, error);
}

void target_close(struct target *target)
{
	account_close(&target->account);
	http_client_free(target->local_client);
	local_server_stop(target->server);
	local_store_close(target->store);
}

void target_explain(struct target *target, struct error *error)
{
	if (target->server != NULL)
		local_server_failed(target->server, error);
}
