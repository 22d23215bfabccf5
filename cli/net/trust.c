#include "cli/net/trust.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "sys/path.h"

int trust_file(struct cli *cli, const char *option, const char **file, struct error *error)
{
	static const char *const names[] = {"CURL_CA_BUNDLE", "SSL_CERT_FILE"};
	const char *origin = "--cacert", *named = option;

	for (size_t i = 0; i < ARRAY_LEN(names) && named == NULL; i++) {
		origin = names[i];
		named = cli_env(cli, origin);
	}
	*file = named != NULL ? path_join(cli->arena, cli->cwd, named) : NULL;
	if (named == NULL || access(*file, R_OK) == 0)
		return 0;
	error_set(error, ERROR_USAGE, "the certificates in `%s`, which `%s` names, cannot be read",
		  named, origin);
	error_why(error, "%s", strerror(errno));
	return error_fix(error, "name a PEM file with the certificates to trust%s",
			 option != NULL ? "" : ", or unset the variable");
}
