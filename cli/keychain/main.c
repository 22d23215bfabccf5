/* See keychain.h. */
#include "cli/keychain/keychain.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "platform/credential.h"

int keychain_say(int code, const char *text)
{
	fprintf(stderr, "%s\n", text);
	return code;
}

int keychain_answer(const char *secret, size_t len)
{
	if (len > CREDENTIAL_LIMIT)
		return keychain_say(KEYCHAIN_EXIT_FAILED, "the entry is too large");
	if (fwrite(secret, 1, len, stdout) != len || fflush(stdout) != 0)
		return keychain_say(KEYCHAIN_EXIT_FAILED, "nobody reads the secret");
	return KEYCHAIN_EXIT_DONE;
}

static int store(bool unlock)
{
	static char secret[CREDENTIAL_LIMIT + 2];
	size_t len = fgets(secret, sizeof(secret), stdin) != NULL ? strlen(secret) : 0;

	if (len > 0 && secret[len - 1] == '\n')
		secret[--len] = '\0';
	if (len == 0 || len > CREDENTIAL_LIMIT)
		return keychain_say(KEYCHAIN_EXIT_FAILED, "there is no secret to store");
	return keychain_store(secret, len, unlock);
}

int main(int argc, char **argv)
{
	/* What is in memory here shall not end in a file when something crashes. */
	static const int held[] = {SIGINT, SIGTERM, SIGHUP};
	const struct rlimit none = {0};
	bool unlock = argc == 3 && strcmp(argv[2], "--unlock") == 0;

	setrlimit(RLIMIT_CORE, &none);
	/* Who asks may hold Ctrl-C back until a credential that has replaced another is stored, and
	 * the terminal tells us, too. */
	if (argc >= 2 && strcmp(argv[1], "store") == 0)
		for (size_t i = 0; i < sizeof(held) / sizeof(held[0]); i++)
			signal(held[i], SIG_IGN);
	if (argc == 2 || unlock) {
		if (strcmp(argv[1], "lookup") == 0)
			return keychain_lookup(unlock);
		if (strcmp(argv[1], "store") == 0)
			return store(unlock);
		if (strcmp(argv[1], "clear") == 0)
			return keychain_clear(unlock);
	}
	return keychain_say(
		KEYCHAIN_EXIT_USAGE,
		"this is a part of attio: attio-keychain lookup|store|clear [--unlock]");
}
