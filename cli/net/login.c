/* See login.h. stdout stays empty but for --json and for whoami, whose answer is the person. */
#include "cli/net/login.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/net/account.h"
#include "cli/net/export.h"
#include "cli/net/sign_in.h"
#include "platform/session.h"
#include "platform/vault.h"
#include "platform/workspaces.h"
#include "sys/fs.h"

/* Seconds for one request of a login, whose --timeout is for a person. */
#define REQUEST_SECONDS 30L

struct login {
	struct cli *cli;
	const struct login_options *options;
	struct account account;
	const char *export_path; /* NULL: none */
	struct platform_user user;
	bool knows_user;
};

static const char *ends_at(struct arena *arena, const struct credential *credential)
{
	const time_t seconds = (time_t)(credential->expires_at / 1000);
	char text[40];
	struct tm when;

	if (credential->expires_at >= CREDENTIAL_NEVER || gmtime_r(&seconds, &when) == NULL ||
	    strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &when) == 0)
		return NULL;
	return arena_strdup(arena, text);
}

static void add_user(struct cJSON *document, const struct platform_user *user)
{
	struct cJSON *object = cJSON_AddObjectToObject(document, "user");

	cJSON_AddStringToObject(object, "id", user->id);
	cJSON_AddStringToObject(object, "name", user->name);
	cJSON_AddStringToObject(object, "email", user->email);
}

static void add_credential(struct cli *cli, struct cJSON *document, const struct session *session)
{
	const char *ends = ends_at(cli->arena, &session->credential);

	cJSON_AddStringToObject(document, "source", vault_place_name(session->place));
	if (ends != NULL)
		cJSON_AddStringToObject(document, "expires_at", ends);
	else
		cJSON_AddNullToObject(document, "expires_at");
	cJSON_AddBoolToObject(document, "renewable", session->credential.refresh != NULL);
}

/* --- login -------------------------------------------------------------------------------------
 */

/* What the environment names goes before what signing in stores. */
static void warn_of_others(struct login *login)
{
	const struct vault *vault = login->account.vault;

	if (vault->given != NULL || vault->token_file != NULL)
		cli_warn(login->cli, "`%s` is set, and the other commands use that one",
			 vault->given != NULL ? "ATTIO_TOKEN" : "ATTIO_TOKEN_FILE");
}

static int ask_user(struct login *login, struct error *error)
{
	if (account_sign(&login->account, login->cli, error) != 0 ||
	    platform_whoami(&login->account.platform, &login->user, error) != 0)
		return -1;
	login->knows_user = true;
	return 0;
}

/* -1: the platform refuses what the session has. What cannot be tried now is believed. */
static int try_it(struct login *login, struct error *error)
{
	struct error failure = {0};

	if (ask_user(login, &failure) == 0)
		return 0;
	if (failure.kind == ERROR_AUTH) {
		*error = failure;
		return -1;
	}
	cli_warn(login->cli, "the token could not be tried: %s", failure.message);
	return 0;
}

/* 1: somebody is signed in, and the session is open; 0: nobody is, or not any more. */
static int look(struct login *login, struct error *error)
{
	struct account *account = &login->account;
	struct credential credential;
	enum vault_place place;

	/* What is exported is what the other commands would use. */
	if (login->export_path != NULL) {
		if (vault_read(account->vault, &place, &credential, error) != 0)
			return place == VAULT_GIVEN || place == VAULT_TOKEN_FILE ? -1 : 0;
	} else if (vault_read_stored(account->vault, &place, &credential, error) != 0) {
		return 0;
	}
	if (place == VAULT_NOWHERE)
		return 0;
	if (session_begin(account->session, account->vault, &account->identity, &credential, place,
			  error) != 0)
		return error->kind == ERROR_AUTH ? 0 : -1;
	if (try_it(login, error) == 0)
		return 1;
	cli_say(login->cli, "the credential from %s does not count any more",
		vault_place_name(place));
	return 0;
}

static int keep(struct login *login, const struct credential *credential, struct error *error)
{
	struct account *account = &login->account;
	enum vault_place place;

	if (vault_keep(account->vault, credential, &place, error) != 0)
		return -1;
	*account->session = (struct session){
		.vault = account->vault,
		.identity = account->identity,
		.credential = *credential,
		.place = place,
		.margin = CREDENTIAL_MARGIN,
	};
	return 0;
}

static int browse(struct login *login, struct error *error)
{
	struct cli *cli = login->cli;
	const struct sign_in_options options = {
		.timeout = login->options->timeout,
		.browse = !login->options->no_browser && cli->interactive,
	};
	struct credential credential;

	if (sign_in(cli, &login->account.identity, &options, &credential, error) != 0)
		return -1;
	return keep(login, &credential, error);
}

/* A token that the platform refuses is not kept; one that nobody can ask about now is. */
static int take_stdin(struct login *login, struct error *error)
{
	struct account *account = &login->account;
	struct credential credential;
	char *text;
	size_t len;

	if (isatty(STDIN_FILENO) == 1) {
		error_set(error, ERROR_USAGE,
			  "`--token-stdin` does not read a token from a terminal");
		return error_fix(error, "pipe it in: `attio login --token-stdin <FILE`");
	}
	if (fs_read_stream(login->cli->arena, STDIN_FILENO, "standard input", CREDENTIAL_LIMIT,
			   &text, &len, error) != 0 ||
	    credential_read(login->cli->arena, text, len, "standard input", &credential, error) !=
		    0 ||
	    vault_check(account->vault, &credential, "standard input", error) != 0 ||
	    session_begin(account->session, account->vault, &account->identity, &credential,
			  VAULT_NOWHERE, error) != 0)
		return -1;
	if (try_it(login, error) != 0)
		return -1;
	credential = account->session->credential;
	return keep(login, &credential, error);
}

static int sign_somebody_in(struct login *login, bool *was, struct error *error)
{
	int found;

	*was = false;
	if (login->options->token_stdin)
		return take_stdin(login, error);
	found = look(login, error);
	*was = found == 1;
	if (found != 0)
		return found == 1 ? 0 : -1;
	if (login->cli->globals.no_input || cli_env(login->cli, "CI") != NULL)
		return 1;
	return browse(login, error);
}

static void add_workspaces(struct login *login, struct cJSON *document)
{
	struct platform_workspace *workspaces;
	size_t count;
	struct error error = {0};
	struct cJSON *list;

	if (platform_workspaces(&login->account.platform, &workspaces, &count, &error) != 0) {
		cli_warn(login->cli, "the workspaces are not known: %s", error.message);
		return;
	}
	list = cJSON_AddArrayToObject(document, "workspaces");
	for (size_t i = 0; i < count; i++) {
		struct cJSON *item = cJSON_CreateObject();

		cJSON_AddStringToObject(item, "id", workspaces[i].id);
		cJSON_AddStringToObject(item, "slug", workspaces[i].slug);
		cJSON_AddStringToObject(item, "name", workspaces[i].name);
		cJSON_AddItemToArray(list, item);
	}
}

/* Only a program is told the person and the workspaces, which have to be asked for: a person has
 * seen the browser's page. What cannot be asked now makes the sign-in no failure. */
static int report_json(struct login *login)
{
	struct cJSON *document = cli_json(login->cli, EXIT_OK);
	struct error error = {0};

	if (!login->knows_user && ask_user(login, &error) != 0)
		cli_warn(login->cli, "you are signed in, but not known as whom: %s", error.message);
	if (login->knows_user) {
		add_user(document, &login->user);
		add_workspaces(login, document);
	}
	add_credential(login->cli, document, login->account.session);
	if (login->export_path != NULL)
		cJSON_AddStringToObject(document, "file", login->export_path);
	cli_print_json(login->cli, document);
	return EXIT_OK;
}

static int report(struct login *login, bool was)
{
	const char *at = login->account.addresses->at;
	struct cli *cli = login->cli;

	if (login->export_path != NULL)
		cli_say(cli, "the credential is in `%s`, readable by you alone",
			login->export_path);
	else if (was)
		cli_say(cli,
			"you are signed in already%s%s; to change that run `attio logout` first",
			at != NULL ? " at " : "", at != NULL ? at : "");
	else
		cli_say(cli, "signed in%s%s%s%s", login->knows_user ? " as " : "",
			login->knows_user ? login->user.name : "", at != NULL ? " at " : "",
			at != NULL ? at : "");
	return cli->json ? report_json(login) : EXIT_OK;
}

static int refuse_question(struct cli *cli)
{
	const struct cli_refusal refusal = {
		.kind = "needs-input",
		.exit_code = EXIT_NEEDS_INPUT,
		.message = "signing in needs a person at a browser",
		.why = "`--no-input` or the variable `CI` forbids to wait for one",
		.fix = "give a token with `attio login --token-stdin`, or set `ATTIO_TOKEN` or "
		       "`ATTIO_TOKEN_FILE`",
	};

	return cli_refuse(cli, &refusal, NULL);
}

/* Out of the user's own places it says whose it is, so that no other platform gets it. */
static int export_credential(const struct login *login, struct error *error)
{
	struct credential credential = login->account.session->credential;

	credential.platform = vault_platform(login->account.vault);
	return export_write(login->export_path, &credential, error);
}

static int log_in(struct login *login)
{
	const struct login_options *options = login->options;
	const struct account_options requests = {
		.timeout = options->timeout < REQUEST_SECONDS ? options->timeout : REQUEST_SECONDS,
		.cacert = options->cacert,
	};
	struct error error = {0};
	bool was;
	int result;

	if (options->export_file != NULL &&
	    export_check(login->cli, options->export_file, options->force, &login->export_path,
			 &error) != 0)
		return cli_fail(login->cli, &error);
	if (account_ready(&login->account, login->cli, &requests, &error) != 0)
		return cli_fail(login->cli, &error);
	result = sign_somebody_in(login, &was, &error);
	if (result == 1)
		return refuse_question(login->cli);
	if (result == 0 && login->export_path != NULL)
		result = export_credential(login, &error);
	if (result != 0)
		return cli_fail(login->cli, &error);
	if (login->export_path == NULL)
		warn_of_others(login);
	return report(login, was);
}

int login_run(struct cli *cli, const void *opaque)
{
	struct login login = {.cli = cli, .options = opaque};
	int code = log_in(&login);

	account_close(&login.account);
	return code;
}

/* --- logout ------------------------------------------------------------------------------------
 */

int logout_run(struct cli *cli, const void *opaque)
{
	const struct vault *vault;
	struct addresses addresses;
	struct error error = {0};
	bool found;

	(void)opaque;
	if (account_addresses(cli, &addresses, &error) != 0)
		return cli_fail(cli, &error);
	vault = account_vault(cli, &addresses);
	if (vault_forget(vault, &found, &error) != 0)
		return cli_fail(cli, &error);
	cli_say(cli, "%s%s%s%s", found ? "signed out" : "nobody was signed in",
		addresses.at != NULL ? " at " : "", addresses.at != NULL ? addresses.at : "",
		found ? "; the token itself is good until it expires" : "");
	if (vault->given != NULL || vault->token_file != NULL)
		cli_warn(cli, "`%s` is set and stays in use",
			 vault->given != NULL ? "ATTIO_TOKEN" : "ATTIO_TOKEN_FILE");
	if (cli->json) {
		struct cJSON *document = cli_json(cli, EXIT_OK);

		cJSON_AddBoolToObject(document, "signed_out", found);
		cli_print_json(cli, document);
	}
	return EXIT_OK;
}

/* --- whoami ------------------------------------------------------------------------------------
 */

static void print_person(struct cli *cli, const struct platform_user *user,
			 const struct session *session)
{
	const char *ends = ends_at(cli->arena, &session->credential);
	struct cJSON *document;

	if (!cli->json) {
		fprintf(cli->out, "%s (%s)\n", user->name, user->email);
		cli_note(cli, "the token comes from %s and %s%s%s",
			 vault_place_name(session->place),
			 ends != NULL ? "expires at " : "nobody knows when it expires",
			 ends != NULL ? ends : "",
			 session->credential.refresh != NULL ? "; it can be renewed" : "");
		return;
	}
	document = cli_json(cli, EXIT_OK);
	add_user(document, user);
	add_credential(cli, document, session);
	cli_print_json(cli, document);
}

int whoami_run(struct cli *cli, const void *opaque)
{
	const struct whoami_options *options = opaque;
	const struct account_options requests = {options->timeout, options->cacert};
	struct account account = {0};
	struct platform_user user;
	struct error error = {0};
	int code = EXIT_OK;

	if (account_open(&account, cli, &requests, &error) != 0 ||
	    platform_whoami(&account.platform, &user, &error) != 0)
		code = cli_fail(cli, &error);
	else
		print_person(cli, &user, account.session);
	account_close(&account);
	return code;
}
