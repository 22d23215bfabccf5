/* Nothing secret comes from argv, where every user of the machine could read it. */
#include "cli/net/account.h"

#include <sys/resource.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "cli/net/courier.h"
#include "cli/net/trust.h"
#include "platform/vault.h"
#include "sys/install.h"
#include "sys/path.h"

#define TRIES 5 /* of one call */

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

int account_errand(struct cli *cli, const struct account_options *options, struct errand *errand,
		   struct error *error)
{
	errand->timeout = options->timeout;
	errand->proxy = find_proxy(cli);
	return trust_file(cli, options->cacert, &errand->ca_file, error);
}

static void say_warning(void *context, const char *text)
{
	cli_warn(context, "%s", text);
}

static void say_notice(void *context, const char *text)
{
	cli_say(context, "%s", text);
}

/* Whether the system could show somebody a window. */
bool account_has_screen(const struct cli *cli)
{
#ifdef __APPLE__
	return cli_env(cli, "SSH_CONNECTION") == NULL;
#else
	return cli_env(cli, "DISPLAY") != NULL || cli_env(cli, "WAYLAND_DISPLAY") != NULL;
#endif
}

/* Without the keychain's program, which an installation may leave out, there is none. */
static const char *find_keychain(struct cli *cli)
{
	struct error ignored;
	char *program;

	return install_keychain_program(cli->arena, &program, &ignored) == 0 ? program : NULL;
}

/* The memory of who holds a credential, and of what is started from here, gets into no file should
 * it crash. One byte, not none: with none the kernel still gives it to a program that collects such
 * files. */
static void keep_memory(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_CORE, &limit) != 0 || limit.rlim_cur <= 1)
		return;
	limit.rlim_cur = 1;
	setrlimit(RLIMIT_CORE, &limit);
}

struct vault *account_vault(struct cli *cli, const struct addresses *addresses)
{
	struct vault *vault = arena_alloc(cli->arena, sizeof(*vault));
	const char *file = cli_env(cli, "ATTIO_TOKEN_FILE");
	const char *folder = cli->cwd != NULL ? cli->cwd : "/"; /* the current one may be gone */

	keep_memory();
	*vault = (struct vault){
		.arena = cli->arena,
		.at = addresses->at,
		.given = cli_env(cli, "ATTIO_TOKEN"),
		.token_file = file != NULL ? path_join(cli->arena, folder, file) : NULL,
		.own_file = vault_own_file(cli->arena, cli_env(cli, "XDG_CONFIG_HOME"),
					   cli_env(cli, "HOME"), addresses->at),
		.keychain = {.program = find_keychain(cli),
			     .at = addresses->at,
			     .may_ask = cli->interactive && account_has_screen(cli),
			     .notice = say_notice,
			     .context = cli},
		.warn = say_warning,
		.context = cli,
	};
	return vault;
}

int account_ready(struct account *account, struct cli *cli, const struct account_options *options,
		  struct error *error)
{
	struct courier_work *work = arena_alloc(cli->arena, sizeof(*work));

	account->addresses = arena_alloc(cli->arena, sizeof(*account->addresses));
	if (account_addresses(cli, account->addresses, error) != 0)
		return -1;
	account->client = account_client(cli, options, error);
	if (account->client == NULL)
		return -1;
	account->identity_client = account_client(cli, options, error);
	if (account->identity_client == NULL)
		return -1;
	account->arena = arena_new();
	account->vault = account_vault(cli, account->addresses);
	account->vault->arena = account->arena;
	account->session = arena_alloc(cli->arena, sizeof(*account->session));
	account->identity = (struct identity){account->arena, account->identity_client,
					      account->addresses, .renewer = renewer_of(work)};
	*work = (struct courier_work){.cli = cli, .arena = account->arena};
	work->errand.path = account->vault->token_file;
	return account_errand(cli, options, &work->errand, error);
}

int account_sign(struct account *account, struct cli *cli, struct error *error)
{
	if (platform_init(&account->platform, cli->arena, account->client, account->addresses,
			  account->session->credential.access, error) != 0)
		return -1;
	account->platform.signer = session_signer(account->session);
	return 0;
}

int account_open(struct account *account, struct cli *cli, const struct account_options *options,
		 struct error *error)
{
	if (account_ready(account, cli, options, error) != 0 ||
	    session_open(account->session, account->vault, &account->identity, error) != 0)
		return -1;
	return account_sign(account, cli, error);
}

void account_close(struct account *account)
{
	http_client_free(account->client);
	http_client_free(account->identity_client);
	arena_free(account->arena);
	account->client = NULL;
	account->identity_client = NULL;
	account->arena = NULL;
}
