/* Token, client and server of a run. The token comes from the environment or a file, never from
 * argv, where every user of the machine could read it. */
#include "cli/net/target.h"

#include <ctype.h>
#include <string.h>
#include <sys/stat.h>

#include "app/manifest.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/net/trust.h"
#include "local/server.h"
#include "local/store.h"
#include "sys/fs.h"
#include "sys/path.h"

#define TRIES 5 /* of one call to Attio; what fails within this process fails again */
#define TOKEN_LIMIT ((size_t)64 << 10)

const char *target_slug(const char *app, const struct manifest *manifest, struct error *error)
{
	if (app != NULL)
		return app;
	if (manifest->name != NULL)
		return manifest->name;
	error_set(error, ERROR_USAGE, "the app has no slug");
	error_why(error, manifest->present ? "package.json gives no usable name"
					   : "there is no package.json");
	error_fix(error, "name the app with `--app SLUG`, or set `name` in package.json");
	return NULL;
}

static int read_token_file(struct cli *cli, const char *name, char **token, struct error *error)
{
	const char *path = path_join(cli->arena, cli->cwd, name);
	struct error cause = {0};
	struct stat info;
	size_t len;

	if (fs_read(cli->arena, path, TOKEN_LIMIT, token, &len, &cause) != 0) {
		error_set(error, ERROR_AUTH, "the file named by `ATTIO_TOKEN_FILE` cannot be used");
		error_why(error, "%s%s%s", cause.message, cause.why[0] != '\0' ? ": " : "",
			  cause.why);
		return error_fix(error, "put the token in this file, readable by you alone");
	}
	/* PowerShell writes one before any text. */
	if (str_starts(*token, "\xef\xbb\xbf")) {
		*token += 3;
		len -= 3;
	}
	if (strlen(*token) != len)
		return error_set(error, ERROR_AUTH,
				 "the file named by `ATTIO_TOKEN_FILE` is not a text file");
	if (stat(path, &info) == 0 && (info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		cli_warn(cli, "other users may read the token in `%s`; run `chmod 600` on it",
			 path);
	return 0;
}

static int read_token(struct cli *cli, const char **token, struct error *error)
{
	const char *value = cli_env(cli, "ATTIO_TOKEN");
	const char *file = cli_env(cli, "ATTIO_TOKEN_FILE");
	char *text;
	size_t len;

	if (value != NULL) {
		text = arena_strdup(cli->arena, value);
	} else if (file != NULL) {
		if (read_token_file(cli, file, &text, error) != 0)
			return -1;
	} else {
		error_set(error, ERROR_AUTH, "this command needs an Attio token");
		error_why(error, "neither `ATTIO_TOKEN` nor `ATTIO_TOKEN_FILE` is set");
		return error_fix(error, "set `ATTIO_TOKEN`, or `ATTIO_TOKEN_FILE` to a file, to a "
					"developer's access token; `--local` needs none");
	}
	while (isspace((unsigned char)*text))
		text++;
	len = strlen(text);
	while (len > 0 && isspace((unsigned char)text[len - 1]))
		text[--len] = '\0';
	if (len == 0)
		return error_set(error, ERROR_AUTH, "the token is empty");
	*token = text;
	return 0;
}

static void say_retry(void *context, const char *text)
{
	cli_say(context, "%s", text);
}

static int open_client(struct target *target, struct cli *cli, unsigned tries, long timeout,
		       struct error *error)
{
	struct http_retry retry = {.tries = tries,
				   .base_ms = 250,
				   .max_ms = 5000,
				   .notice = say_retry,
				   .context = cli};

	target->client = http_client_new(timeout, error);
	if (target->client == NULL)
		return -1;
	http_client_set_retry(target->client, &retry);
	return 0;
}

static const char *find_proxy(const struct cli *cli)
{
	static const char *const names[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
	const char *proxy = NULL;

	for (size_t i = 0; i < ARRAY_LEN(names) && proxy == NULL; i++)
		proxy = cli_env(cli, names[i]);
	return proxy;
}

int target_open_attio(struct target *target, struct cli *cli, long timeout, const char *cacert,
		      struct error *error)
{
	const char *url = cli_env(cli, "ATTIO_API_URL");
	const char *token = NULL;

	target->name = "attio";
	target->place = url != NULL ? url : PLATFORM_PORTAL_URL;
	if (read_token(cli, &token, error) != 0 || trust_file(cli, cacert, &cacert, error) != 0 ||
	    open_client(target, cli, TRIES, timeout, error) != 0)
		return -1;
	http_client_set_trust(target->client, cacert);
	http_client_set_proxy(target->client, find_proxy(cli));
	return platform_init(&target->platform, cli->arena, target->client, url, token, error);
}

/* Takes the store, which may be NULL with the error that is there. */
static int open_local(struct target *target, struct cli *cli, struct local_store *store, long port,
		      long timeout, struct error *error)
{
	target->name = "local";
	target->store = store;
	if (store == NULL)
		return -1;
	target->server = local_server_start(target->store, (int)port, error);
	if (target->server == NULL || open_client(target, cli, 1, timeout, error) != 0)
		return -1;
	return platform_init(&target->platform, cli->arena, target->client,
			     local_server_url(target->server), local_server_token(target->server),
			     error);
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
	http_client_free(target->client);
	local_server_stop(target->server);
	local_store_close(target->store);
}

void target_explain(struct target *target, struct error *error)
{
	if (target->server != NULL)
		local_server_failed(target->server, error);
}
