/* attio login, logout, whoami: what they take. They run in attio-net: cli/net/login.c. */
#include <stddef.h>

#include "cli/net/login.h"
#include "cli/rows.h"
#include "cli/table.h"

#define PLACES_TEXT                                                                                \
	"Commands that speak with Attio look for a credential in ATTIO_TOKEN, then in the file "   \
	"that ATTIO_TOKEN_FILE names, then in the keychain, then in a file of the user's folder "  \
	"of configuration, which is used where no keychain answers: attio/credential.json, for "   \
	"ATTIO_API_URL one with the address as its name."

static const struct option login_options[] = {
	{.name = "no-browser",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct login_options, no_browser),
	 .help = "Print the address only, and open no browser"},
	{.name = "token-stdin",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct login_options, token_stdin),
	 .help = "Read a token or a credential from standard input, instead of a browser"},
	{.name = "export",
	 .kind = OPTION_PATH,
	 .field = offsetof(struct login_options, export_file),
	 .value = "FILE",
	 .help = "Write the credential to a file for ATTIO_TOKEN_FILE, readable by you alone"},
	{.name = "force",
	 .kind = OPTION_FLAG,
	 .field = offsetof(struct login_options, force),
	 .help = "Replace a file that is not a credential of yours",
	 .needs = "export"},
	{ROW_TIMEOUT(offsetof(struct login_options, timeout)),
	 .help = "Longest wait for the browser, in seconds", .fallback = "300"},
	{ROW_CACERT(offsetof(struct login_options, cacert))},
	{.name = NULL},
};

static const struct operand no_operands[] = {{.name = NULL}};

static const struct example login_examples[] = {
	{"attio login", "Sign in with the browser"},
	{"attio login --no-browser", "The same over SSH: open the address elsewhere"},
	{"attio login --export ci.json", "Write a credential for a CI job's ATTIO_TOKEN_FILE"},
	{"attio login --token-stdin", "Sign in with a token or a credential that is piped in"},
	{.command = NULL},
};

const struct command cmd_login = {
	.name = "login",
	.group = "Publish it",
	.summary = "Sign in to Attio",
	.description =
		"Opens Attio's page for signing in and waits until the browser comes back to a "
		"port of "
		"this machine, from 3000 on. The address is always printed. Where the browser is "
		"on "
		"another machine, as over SSH, it ends at a page that cannot be shown: paste that "
		"page's address here. A local platform (ATTIO_API_URL) shows a page of its own, "
		"which asks for the digits that `attio dev` has printed; without a browser, "
		"`attio api POST /sign-ins/ID/approve` says yes and gives that address.\n\n"
		"The credential is kept in the keychain, in the entry of Attio's own CLI, so that "
		"one sign-in serves both; where no keychain answers, in a file that only you can "
		"read, which is told. One for another address (ATTIO_API_URL) has an entry or file "
		"of its own: each address has its own sign-in. Who is signed in already, and is "
		"taken for it there, stays so.\n\n"
		"A credential is an access token, which lives for a limited time, and a refresh "
		"token, with which attio renews it by itself when less than five minutes are left. "
		"For CI, `--export` writes both to a file: name it in ATTIO_TOKEN_FILE, and let "
		"the "
		"job keep the file, since a renewed credential is written back to it. The file "
		"says which address it is for, and is sent to no other one. A refresh "
		"token "
		"may count once only, so two places should not share one: after an export, `attio "
		"logout` and `attio login` give this machine its own. An access token alone, in "
		"ATTIO_TOKEN, serves until it expires. All of these are a developer's; the API key "
		"of "
		"a workspace is for Attio's REST API and is not accepted here.\n\n" PLACES_TEXT,
	.options = login_options,
	.operands = no_operands,
	.examples = login_examples,
	.exit_codes = "0 2 3 5 6 7 8 70",
	.options_size = sizeof(struct login_options),
	.needs = NEED_FOLDER | NEED_NET,
};

static const struct example logout_examples[] = {
	{"attio logout", "Remove the stored credential"},
	{.command = NULL},
};

const struct command cmd_logout = {
	.name = "logout",
	.group = "Publish it",
	.summary = "Forget the stored credential",
	.description =
		"Removes the credential that `attio login` has stored, from the keychain and from "
		"the file beside it; Attio's own CLI is signed out, too. Nothing is sent: a "
		"token that is elsewhere is good until it expires. What ATTIO_TOKEN and "
		"ATTIO_TOKEN_FILE hold stays. Each address (ATTIO_API_URL) has its own sign-in, "
		"and only that of the one that is asked is forgotten.",
	.options = no_options,
	.operands = no_operands,
	.examples = logout_examples,
	.exit_codes = "0 2 8 70",
	.options_size = sizeof(struct logout_options),
	.needs = NEED_NET,
};

static const struct option whoami_options[] = {
	{ROW_TIMEOUT(offsetof(struct whoami_options, timeout)), .help = ROW_TIMEOUT_HELP,
	 .fallback = "30"},
	{ROW_CACERT(offsetof(struct whoami_options, cacert))},
	{.name = NULL},
};

static const struct example whoami_examples[] = {
	{"attio whoami", "Show who is signed in"},
	{"attio whoami --json", "Report it for a script, with when the token expires"},
	{.command = NULL},
};

const struct command cmd_whoami = {
	.name = "whoami",
	.group = "Publish it",
	.summary = "Show who is signed in to Attio",
	.description =
		"Asks Attio whose token it is and prints the name and the address of that "
		"person. Exit code 3 when nobody is signed in, or the token is not "
		"accepted. Each address (ATTIO_API_URL) has its own sign-in.\n\n" PLACES_TEXT,
	.options = whoami_options,
	.operands = no_operands,
	.examples = whoami_examples,
	.exit_codes = "0 2 3 5 6 8 70",
	.options_size = sizeof(struct whoami_options),
	.needs = NEED_FOLDER | NEED_NET,
};
