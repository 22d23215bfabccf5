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

static int store(const struct keychain_entry *entry, bool unlock)
{
	static char secret[CREDENTIAL_LIMIT + 2];
	size_t len = fgets(secret, sizeof(secret), stdin) != NULL ? strlen(secret) : 0;

	if (len > 0 && secret[len - 1] == '\n')
		secret[--len] = '\0';
	if (len == 0 || len > CREDENTIAL_LIMIT)
		return keychain_say(KEYCHAIN_EXIT_FAILED, "there is no secret to store");
	return keychain_store(entry, secret, len, unlock);
}

static int serve(const char *word, const struct keychain_entry *entry, bool unlock)
{
	if (strcmp(word, "lookup") == 0)
		return keychain_lookup(entry, unlock);
	if (strcmp(word, "store") == 0)
		return store(entry, unlock);
	if (strcmp(word, "clear") == 0)
		return keychain_clear(entry, unlock);
	return KEYCHAIN_EXIT_USAGE;
}

/* False: there are other words than it takes. `label` is for the entry's. */
static bool read_words(char **words, struct keychain_entry *entry, char label[400], bool *unlock)
{
	*unlock = *words != NULL && strcmp(*words, "--unlock") == 0;
	if (*unlock)
		words++;
	if (*words != NULL && strcmp(*words, "--at") == 0 && words[1] != NULL &&
	    words[1][0] != '\0') {
		entry->service = KEYCHAIN_OTHER_SERVICE;
		entry->account = words[1];
		words += 2;
	}
	entry->label = label;
	return *words == NULL &&
	       snprintf(label, 400, "%s/%s", entry->service, entry->account) < 400;
}

int main(int argc, char **argv)
{
	/* What is in memory here shall not end in a file when something crashes. */
	static const int held[] = {SIGINT, SIGTERM, SIGHUP};
	const struct rlimit none = {0};
	struct keychain_entry entry = {KEYCHAIN_SERVICE, KEYCHAIN_ACCOUNT, NULL};
	int code = KEYCHAIN_EXIT_USAGE;
	char label[400];
	bool unlock;

	setrlimit(RLIMIT_CORE, &none);
	/* Who asks may hold Ctrl-C back until a credential that has replaced another is stored, and
	 * the terminal tells us, too. */
	if (argc >= 2 && strcmp(argv[1], "store") == 0)
		for (size_t i = 0; i < sizeof(held) / sizeof(held[0]); i++)
			signal(held[i], SIG_IGN);
	if (argc >= 2 && read_words(argv + 2, &entry, label, &unlock))
		code = serve(argv[1], &entry, unlock);
	return code != KEYCHAIN_EXIT_USAGE
		       ? code
		       : keychain_say(code, "this is a part of attio: attio-keychain "
					    "lookup|store|clear [--unlock] [--at ORIGIN]");
}
