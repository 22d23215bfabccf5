/* Recognising credentials by their form. The prefixes are those that the providers document for
 * secret scanners; keys that are public by design (publishable keys, account ids) and keys of test
 * modes are not in the table. Random-looking text is judged by its characters, and whatever could
 * be a word, a placeholder, a hash or an id is let go: a false alarm here teaches people to ignore
 * the rule. */
#include "rules/credentials.h"

#include <ctype.h>
#include <string.h>

#include "base/mem.h"

enum charset { ALNUM, TOKEN /* and - _ */, DOTTED /* and . */, UPPER /* A-Z 0-9 */, HEX };

static const struct provider {
	const char *prefix;
	const char *what;
	enum charset charset;
	size_t least; /* characters after the prefix */
	size_t most;  /* 0: any number */
} providers[] = {
	{"sk_live_", "a live Stripe secret key", ALNUM, 20, 0},
	{"rk_live_", "a live Stripe restricted key", ALNUM, 20, 0},
	{"whsec_", "a webhook signing secret", ALNUM, 24, 0},
	{"AKIA", "an AWS access key id", UPPER, 16, 16},
	{"ASIA", "an AWS access key id", UPPER, 16, 16},
	{"github_pat_", "a GitHub token", TOKEN, 50, 0},
	{"ghp_", "a GitHub token", ALNUM, 36, 0},
	{"gho_", "a GitHub token", ALNUM, 36, 0},
	{"ghu_", "a GitHub token", ALNUM, 36, 0},
	{"ghs_", "a GitHub token", ALNUM, 36, 0},
	{"ghr_", "a GitHub token", ALNUM, 36, 0},
	{"glpat-", "a GitLab token", DOTTED, 20, 0},
	{"xoxb-", "a Slack token", TOKEN, 20, 0},
	{"xoxp-", "a Slack token", TOKEN, 20, 0},
	{"xoxa-", "a Slack token", TOKEN, 20, 0},
	{"xoxr-", "a Slack token", TOKEN, 20, 0},
	{"xoxs-", "a Slack token", TOKEN, 20, 0},
	{"xoxe-", "a Slack token", TOKEN, 20, 0},
	{"xapp-", "a Slack token", TOKEN, 20, 0},
	{"sk-ant-", "an Anthropic API key", TOKEN, 30, 0},
	{"sk-proj-", "an OpenAI API key", TOKEN, 30, 0},
	{"sk-svcacct-", "an OpenAI API key", TOKEN, 30, 0},
	{"sk-admin-", "an OpenAI API key", TOKEN, 30, 0},
	{"sk-or-v1-", "an OpenRouter API key", HEX, 48, 0},
	{"sk-", "an OpenAI API key", ALNUM, 32, 0},
	{"AIza", "a Google API key", TOKEN, 35, 35},
	{"GOCSPX-", "a Google client secret", TOKEN, 28, 0},
	{"ya29.", "a Google access token", TOKEN, 30, 0},
	{"SG.", "a SendGrid API key", DOTTED, 60, 0},
	{"key-", "a Mailgun API key", HEX, 32, 32},
	{"npm_", "an npm token", ALNUM, 36, 36},
	{"pypi-AgE", "a PyPI token", TOKEN, 40, 0},
	{"shpat_", "a Shopify access token", HEX, 32, 32},
	{"shpss_", "a Shopify shared secret", HEX, 32, 32},
	{"shpca_", "a Shopify access token", HEX, 32, 32},
	{"shppa_", "a Shopify access token", HEX, 32, 32},
	{"sq0csp-", "a Square secret", TOKEN, 40, 0},
	{"dop_v1_", "a DigitalOcean token", HEX, 64, 64},
	{"doo_v1_", "a DigitalOcean token", HEX, 64, 64},
	{"pat-na1-", "a HubSpot token", TOKEN, 32, 0},
	{"pat-eu1-", "a HubSpot token", TOKEN, 32, 0},
	{"ntn_", "a Notion token", ALNUM, 40, 0},
	{"lin_api_", "a Linear API key", ALNUM, 32, 0},
	{"lin_oauth_", "a Linear token", ALNUM, 32, 0},
	{"dapi", "a Databricks token", HEX, 32, 32},
	{"hf_", "a Hugging Face token", ALNUM, 30, 0},
	{"figd_", "a Figma token", TOKEN, 38, 0},
	{"PMAK-", "a Postman API key", TOKEN, 50, 0},
	{"sbp_", "a Supabase token", HEX, 40, 40},
	{"sb_secret_", "a Supabase secret key", TOKEN, 24, 0},
	{"hvs.", "a Vault token", TOKEN, 24, 0},
	{"sntrys_", "a Sentry token", TOKEN, 40, 0},
	{"NRAK-", "a New Relic key", UPPER, 27, 27},
	{"glsa_", "a Grafana token", TOKEN, 32, 0},
	{"pscale_tkn_", "a PlanetScale token", TOKEN, 32, 0},
	{"pscale_pw_", "a PlanetScale password", TOKEN, 32, 0},
	{"gsk_", "a Groq API key", ALNUM, 48, 0},
	{"pplx-", "a Perplexity API key", ALNUM, 40, 0},
	{"xai-", "an xAI API key", ALNUM, 60, 0},
	{"r8_", "a Replicate token", ALNUM, 37, 37},
	{"ATATT3", "an Atlassian token", TOKEN, 60, 0},
	{"tfp_", "a Typeform token", TOKEN, 40, 0},
	{"access-production-", "a Plaid token", TOKEN, 36, 36},
};

static bool in_charset(char c, enum charset charset)
{
	switch (charset) {
	case UPPER:
		return (c >= 'A' && c <= 'Z') || isdigit((unsigned char)c);
	case HEX:
		return isxdigit((unsigned char)c) != 0;
	case TOKEN:
		return isalnum((unsigned char)c) || c == '-' || c == '_';
	case DOTTED:
		return isalnum((unsigned char)c) || c == '-' || c == '_' || c == '.';
	default:
		return isalnum((unsigned char)c) != 0;
	}
}

/* How many different characters the text has, frequent ones counted less: 11 and more for random
 * hex digits, 15 for random letters and digits, 1 for a repeated one. */
static size_t variety(const char *text, size_t len)
{
	size_t counts[256] = {0}, squares = 0;

	for (size_t i = 0; i < len; i++)
		counts[(unsigned char)text[i]]++;
	for (size_t i = 0; i < ARRAY_LEN(counts); i++)
		squares += counts[i] * counts[i];
	return squares == 0 ? 0 : len * len / squares;
}

static bool holds(const char *text, size_t len, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= len; i++) {
		size_t k = 0;

		while (k < n && tolower((unsigned char)text[i + k]) == word[k])
			k++;
		if (k == n)
			return true;
	}
	return false;
}

/* Words and patterns that people write where a real key would stand. */
static bool is_placeholder(const char *text, size_t len)
{
	static const char *const words[] = {
		"example",  "placeholder", "your",   "xxxx",     "****",   "....",
		"dummy",    "change",      "insert", "replace",  "sample", "redacted",
		"fake",     "abcdef",      "12345",  "00000000", "aaaaaa", "secret",
		"password", "<",           "${",     "{{",       "todo",   "goes",
		"mock",     "0123456",     "xxx-",   "-xxx",     "_xxx",   "deadbeef"};
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (holds(text, len, words[i]))
			return true;
	}
	return false;
}

static size_t count_digits(const char *text, size_t len)
{
	size_t count = 0;

	for (size_t i = 0; i < len; i++)
		count += isdigit((unsigned char)text[i]) ? 1 : 0;
	return count;
}

/* Whether what follows a provider's prefix can be a key at all. */
static bool is_live(const char *text, size_t len)
{
	return !is_placeholder(text, len) && count_digits(text, len) > 0 && variety(text, len) >= 7;
}

static bool is_inner(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* How many characters tell a key from other text. What is longer is read to its end only when it is
 * a key, so that a text of thousands of prefixes is not read thousands of times. */
#define KEY_LOOK ((size_t)256)

static bool match_provider(const char *text, size_t len, size_t at, struct credential *found)
{
	for (size_t i = 0; i < ARRAY_LEN(providers); i++) {
		const struct provider *p = &providers[i];
		size_t prefix, n = 0;

		if (p->prefix[0] != text[at])
			continue; /* most, at once */
		prefix = strlen(p->prefix);
		if (len - at < prefix + p->least || memcmp(text + at, p->prefix, prefix) != 0)
			continue;
		while (n < KEY_LOOK && at + prefix + n < len &&
		       in_charset(text[at + prefix + n], p->charset))
			n++;
		if (n < p->least || (p->most > 0 && n > p->most) ||
		    (p->most > 0 && at + prefix + n < len && is_inner(text[at + prefix + n])) ||
		    !is_live(text + at + prefix, n))
			continue;
		while (at + prefix + n < len && in_charset(text[at + prefix + n], p->charset))
			n++;
		*found = (struct credential){p->what, at, prefix, n};
		return true;
	}
	return false;
}

static bool match_private_key(const char *text, size_t len, size_t at, struct credential *found)
{
	static const char begin[] = "-----BEGIN ";
	size_t after = at + sizeof(begin) - 1, body = 0, end;

	if (len - at < 60 || memcmp(text + at, begin, sizeof(begin) - 1) != 0)
		return false;
	while (after < len && text[after] != '-')
		after++;
	if (!holds(text + at, after - at, "private key"))
		return false;
	while (after < len && text[after] == '-')
		after++;
	for (end = after; end < len && text[end] != '-'; end++)
		body += isalnum((unsigned char)text[end]) || text[end] == '+' || text[end] == '/';
	if (body < 40 || holds(text + after, end - after, "your") ||
	    holds(text + after, end - after, "...") || variety(text + after, end - after) < 10)
		return false;
	*found = (struct credential){"a private key", at, after - at, end - after};
	return true;
}

static bool match_jwt(const char *text, size_t len, size_t at, struct credential *found)
{
	/* The payload of the token that jwt.io and most manuals show: {"sub":"1234567890", ... */
	static const char documented[] = "eyJzdWIiOiIxMjM0NTY3ODkwI";
	size_t dots = 0, part = 0, end = at;

	if (len - at < 40 || memcmp(text + at, "eyJ", 3) != 0)
		return false;
	for (; end < len && in_charset(text[end], DOTTED); end++) {
		part++;
		if (text[end] != '.')
			continue;
		if (part < 10 || ++dots > 2 ||
		    (dots == 1 && (len - end < 4 || memcmp(text + end + 1, "eyJ", 3) != 0)))
			return false;
		part = 0;
	}
	if (dots != 2 || part < 20 || holds(text + at, end - at, "example") ||
	    variety(text + end - part, part) < 7)
		return false;
	for (size_t i = at; i + sizeof(documented) - 1 <= end; i++) {
		if (memcmp(text + i, documented, sizeof(documented) - 1) == 0)
			return false;
	}
	*found = (struct credential){"a signed token (JWT)", at, 3, end - at - 3};
	return true;
}

static bool match_slack_hook(const char *text, size_t len, size_t at, struct credential *found)
{
	static const char host[] = "hooks.slack.com/services/T";
	size_t n = sizeof(host) - 1, rest = 0;

	if (len - at < n + 40 || memcmp(text + at, host, n) != 0)
		return false;
	while (at + n + rest < len &&
	       (in_charset(text[at + n + rest], TOKEN) || text[at + n + rest] == '/'))
		rest++;
	if (rest < 40 || !is_live(text + at + n, rest))
		return false;
	*found = (struct credential){"the address of a Slack webhook", at, n - 1, rest + 1};
	return true;
}

static bool match(const char *text, size_t len, size_t at, struct credential *found)
{
	if (at > 0 && is_inner(text[at - 1]) && text[at] != '-')
		return false;
	return match_provider(text, len, at, found) || match_private_key(text, len, at, found) ||
	       match_jwt(text, len, at, found) || match_slack_hook(text, len, at, found);
}

bool credential_find(const char *text, size_t len, struct credential *found)
{
	if (len >= 5 && memcmp(text, "data:", 5) == 0)
		return false;
	for (size_t at = 0; at < len; at++) {
		if (match(text, len, at, found))
			return true;
	}
	return false;
}

bool credential_next(const char *text, size_t len, size_t from, struct credential *found)
{
	bool first[256] = {['-'] = true, ['e'] = true, ['h'] = true};

	for (size_t i = 0; i < ARRAY_LEN(providers); i++)
		first[(unsigned char)providers[i].prefix[0]] = true;
	for (size_t at = from; at < len; at++) {
		if (first[(unsigned char)text[at]] && match(text, len, at, found))
			return true;
	}
	return false;
}

/* --- random text
 * ----------------------------------------------------------------------------------- */

static bool is_hex_id(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (!isxdigit((unsigned char)text[i]) && text[i] != '-' && text[i] != ':')
			return false;
	}
	return true;
}

static bool begins(const char *text, size_t len, const char *prefix)
{
	return len >= strlen(prefix) && memcmp(text, prefix, strlen(prefix)) == 0;
}

/* Words joined by punctuation: no part mixes letters and digits, as in `refresh-token-2024`. */
static bool is_words(const char *text, size_t len)
{
	bool letters = false, digits = false;

	for (size_t i = 0; i <= len; i++) {
		if (i < len && isalpha((unsigned char)text[i])) {
			letters = true;
		} else if (i < len && isdigit((unsigned char)text[i])) {
			digits = true;
		} else {
			if (letters && digits)
				return false;
			letters = digits = false;
		}
	}
	return true;
}

/* `NEXT_PUBLIC_KEY_V2`: the name of a variable. */
static bool is_constant(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (!in_charset(text[i], UPPER) && text[i] != '_')
			return false;
	}
	return memchr(text, '_', len) != NULL;
}

bool credential_is_random(const char *text, size_t len)
{
	static const char *const known[] = {"data:",    "sha1-", "sha256-", "sha384-", "sha512-",
					    "sha256:",  "$2a$",  "$2b$",    "$2y$",    "$argon2",
					    "$scrypt",  "/",     "./",      "pk_",     "sk_test_",
					    "rk_test_", "urn:",  "#"};
	static const char *const schemes[] = {"Bearer ", "bearer ", "Basic ", "Token ", "token "};
	bool sent = false; /* as a credential: nobody sends a hash so */

	for (size_t i = 0; i < ARRAY_LEN(schemes); i++) {
		if (begins(text, len, schemes[i])) {
			text += strlen(schemes[i]);
			len -= strlen(schemes[i]);
			sent = true;
			break;
		}
	}
	if (len < 16 || len > 512 || is_placeholder(text, len) || (!sent && is_hex_id(text, len)) ||
	    is_constant(text, len) || holds(text, len, "://") || holds(text, len, "test") ||
	    holds(text, len, "demo"))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		if (begins(text, len, known[i]))
			return false;
	}
	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)text[i] <= ' ' || (unsigned char)text[i] >= 0x7f ||
		    strchr("<>{}()[],;\"'`\\", text[i]) != NULL)
			return false;
	}
	return count_digits(text, len) >= 2 && !is_words(text, len) && variety(text, len) >= 9;
}

/* --- names
 * ----------------------------------------------------------------------------------------- */

#define NAME_WORDS 8

/* Splits `apiKey`, `API_KEY`, `x-api-key` into lower-case words; gives the last NAME_WORDS of them.
 */
static size_t split(const char *name, size_t len, char words[NAME_WORDS][16])
{
	size_t count = 0, n = 0;

	for (size_t i = 0; i < len; i++) {
		char c = name[i];
		bool alnum = isalnum((unsigned char)c) != 0;
		bool hump = alnum && i > 0 && isupper((unsigned char)c) &&
			    (islower((unsigned char)name[i - 1]) ||
			     isdigit((unsigned char)name[i - 1]) ||
			     (isupper((unsigned char)name[i - 1]) && i + 1 < len &&
			      islower((unsigned char)name[i + 1])));

		if ((!alnum || hump) && n > 0) {
			count++;
			n = 0;
		}
		if (!alnum)
			continue;
		if (count == NAME_WORDS) {
			memmove(words[0], words[1], sizeof(words[0]) * (NAME_WORDS - 1));
			count--;
		}
		if (n < sizeof(words[0]) - 1) {
			words[count][n++] = (char)tolower((unsigned char)c);
			words[count][n] = '\0';
		}
	}
	return n > 0 ? count + 1 : count;
}

static bool is_one(const char *word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(word, words[i]) == 0)
			return true;
	}
	return false;
}

bool credential_name(const char *name, size_t len)
{
	static const char *const secret[] = {
		"secret",      "password",      "passwd",     "passphrase",  "token",
		"apikey",      "secretkey",     "privatekey", "pwd",         "credential",
		"credentials", "authorization", "authtoken",  "accesstoken", "apitoken",
		"apisecret",   "accesskey"};
	static const char *const before_key[] = {"api",        "secret", "private",
						 "access",     "auth",   "signing",
						 "encryption", "master", "service"};
	static const char *const harmless[] = {"public", "publishable", "page",  "csrf",   "cancel",
					       "design", "color",       "theme", "cursor", "sync"};
	char words[NAME_WORDS][16];
	size_t count = split(name, len, words);

	if (count > 1 &&
	    (strcmp(words[count - 1], "value") == 0 || strcmp(words[count - 1], "string") == 0))
		count--;
	if (count == 0)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (is_one(words[i], harmless, ARRAY_LEN(harmless)))
			return false;
	}
	if (is_one(words[count - 1], secret, ARRAY_LEN(secret)))
		return true;
	return count > 1 && strcmp(words[count - 1], "key") == 0 &&
	       is_one(words[count - 2], before_key, ARRAY_LEN(before_key));
}
