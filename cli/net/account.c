/* Token and client of a run. The token comes from the environment or a file, never from argv, where
 * every user of the machine could read it. */
#include "cli/net/account.h"

#include <ctype.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/net/trust.h"
#include "sys/fs.h"
#include "sys/path.h"

#define TRIES 5 /* of one call */
#define TOKEN_LIMIT ((size_t)64 << 10)

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

int account_addresses(struct cli *cli, struct addresses *addresses, struct error *error)
{
	const struct addresses_wanted wanted = {
		.api = cli_env(cli, "ATTIO_API_URL"),
		.app = cli_env(cli, "ATTIO_APP_URL"),
		.realtime = cli_env(cli, "ATTIO_REALTIME_URL"),
	};

	return addresses_choose(cli->arena, &wanted, addresses, error);
}

static void say_retry(void *context, const char *text)
{
	cli_say(context, "%s", text);
}

static const char *find_proxy(const struct cli *cli)
{
	static const char *const names[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
	const char *proxy = NULL;

	for (size_t i = 0; i < ARRAY_LEN(names) && proxy == NULL; i++)
		proxy = cli_env(cli, names[i]);
	return proxy;
}

struct http_client *account_client(struct cli *cli, const struct account_options *options,
				   struct error *error)
{
	const struct http_retry retry = {.tries = TRIES,
					 .base_ms = 250,
					 .max_ms = 5000,
					 .notice = say_retry,
					 .context = cli};
	struct http_client *client;
	const char *cacert;

	if (trust_file(cli, options->cacert, &cacert, error) != 0)
		return NULL;
	client = http_client_new(options->timeout, error);
	if (client == NULL)
		return NULL;
	http_client_set_retry(client, &retry);
	http_client_set_trust(client, cacert);
	http_client_set_proxy(client, find_proxy(cli));
	return client;
}

int account_open(struct account *account, struct cli *cli, const struct account_options *options,
		 struct error *error)
{
	struct addresses addresses;
	const char *token = NULL;

	if (account_addresses(cli, &addresses, error) != 0 || read_token(cli, &token, error) != 0)
		return -1;
	account->client = account_client(cli, options, error);
	if (account->client == NULL)
		return -1;
	return platform_init(&account->platform, cli->arena, account->client, &addresses, token,
			     error);
}

void account_close(struct account *account)
{
	http_client_free(account->client);
	account->client = NULL;
}
