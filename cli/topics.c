/* See topics.h. */
#include "cli/topics.h"

#include <stddef.h>

const char *const help_topics[] = {"environment", "exit-codes", "schema", NULL};

const struct variable variables[] = {
	{"ATTIO_TOKEN",
	 "A developer's access token, or the credential that `attio login --export` writes; not a "
	 "workspace's API key. It goes before what `attio login` has stored."},
	{"ATTIO_TOKEN_FILE", "File that holds one of them, when ATTIO_TOKEN is not set. A "
			     "credential that was renewed is "
			     "written back to it. One that `attio login --export` has written "
			     "says which address it is for, and is sent to no other one."},
	{"ATTIO_API_URL",
	 "Address of the platform's developer API, for tests and proxies. Each has a "
	 "sign-in of its own: what `attio login` has stored for Attio is sent to "
	 "Attio alone."},
	{"ATTIO_APP_URL",
	 "Address for signing in (default: the host of ATTIO_API_URL, when that is set)."},
	{"ATTIO_REALTIME_URL",
	 "Address of the log service, ws or wss (default: the host of ATTIO_API_URL, when that is "
	 "set)."},
	{"BROWSER", "Programs for `attio login`, separated by colons; %s in one is the address."},
	{"XDG_CONFIG_HOME",
	 "Folder of attio/credential.json, where no keychain answers (default: ~/.config); for "
	 "other "
	 "addresses than Attio's, the file beside it with the address as its name."},
	{"ATTIO_CACHE_DIR", "Folder for what can be made again, seen from the app."},
	{"ATTIO_STATE_DIR", "Folder of the local platform, for commands without --state."},
	{"ATTIO_NODE",
	 "The Node, 20 or later, that runs the app's code, instead of the one in PATH."},
	{"ATTIO_TSC", "The TypeScript 7 executable to check types with, instead of our own."},
	{"ESBUILD_BINARY_PATH", "The esbuild executable to bundle with, instead of our own."},
	{"HTTPS_PROXY",
	 "Proxy for requests to Attio; else ALL_PROXY. Hosts in NO_PROXY go without it."},
	{"CURL_CA_BUNDLE", "PEM file of certificates to trust, instead of the system's."},
	{"SSL_CERT_FILE", "The same, when CURL_CA_BUNDLE is not set."},
	{"NO_COLOR", "Not empty: no colour, unless --color says otherwise."},
	{"FORCE_COLOR", "Anything but \"0\" and \"false\": colour also into pipes and files."},
	{"CLICOLOR_FORCE", "The same as FORCE_COLOR."},
	{"CLICOLOR", "\"0\": no colour, unless one of these two says otherwise."},
	{"COLUMNS", "How wide help and source lines are shown, instead of what the terminal says."},
	{"TERM", "\"dumb\": no colour."},
	{"CI", "Not empty: never ask a question."},
	{"GITHUB_ACTIONS",
	 "\"true\": validate, check and build also print annotations, unless --format is given."},
	{"GITHUB_STEP_SUMMARY", "File that a table of the findings is then added to."},
	{NULL, NULL},
};
