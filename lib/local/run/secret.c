/* See secret.h. */
#include "local/run/secret.h"

#include <ctype.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "rules/credentials.h"

/* Shorter ones are found in other data by chance; words too, unless they are many. */
enum { OWN_MIN = 8, WORDS_MIN = 16, PADDING_MAX = 1024 };

struct shape {
	size_t len, letters, digits, joints, others;
	bool mixed; /* a part has letters and digits: k3y */
};

/* Between words, and parts of names and places. */
static bool is_joint(char c)
{
	return c != '\0' && strchr(" -_./,+():", c) != NULL;
}

/* Of any alphabet. */
static bool is_letter(char c)
{
	return ((unsigned char)c & 0x80) != 0 || isalpha((unsigned char)c) != 0;
}

/* Counts characters, not bytes. */
static struct shape shape_of(const char *value)
{
	struct shape shape = {0};
	bool letters = false, digits = false;

	for (const char *c = value; *c != '\0'; c++) {
		bool joint = is_joint(*c);

		if (((unsigned char)*c & 0xc0) == 0x80)
			continue;
		shape.len++;
		shape.letters += is_letter(*c);
		shape.digits += isdigit((unsigned char)*c) != 0;
		shape.joints += joint;
		shape.others += !joint && !is_letter(*c) && isdigit((unsigned char)*c) == 0;
		letters = !joint && (letters || is_letter(*c));
		digits = !joint && (digits || isdigit((unsigned char)*c) != 0);
		shape.mixed = shape.mixed || (letters && digits);
	}
	return shape;
}

/* 2026-11-29, and with a time. */
static bool is_date(const char *value)
{
	return strlen(value) >= 10 && value[4] == '-' && value[7] == '-' &&
	       strspn(value, "0123456789-T:.Z+ ") == strlen(value);
}

static bool is_email(const char *value)
{
	const char *at = strchr(value, '@');

	return at != NULL && at != value && strchr(at, '.') != NULL &&
	       strchr(at + 1, '@') == NULL &&
	       strspn(value,
		      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_+@") ==
		       strlen(value);
}

/* Who signs in, or a key of a known form, stands in it. */
static bool is_secret_address(const char *value)
{
	const char *scheme = strstr(value, "://");
	struct credential found;
	size_t len;

	if (credential_find(value, strlen(value), &found))
		return true;
	len = strcspn(scheme + 3, "/?#");
	return memchr(scheme + 3, '@', len) != NULL;
}

/* What many things are called or have: ids, dates, addresses. */
static bool is_data(const char *value)
{
	return str_is_uuid(value) || is_date(value) || is_email(value) ||
	       (strstr(value, "://") != NULL && !is_secret_address(value));
}

enum secret secret_value(const char *value)
{
	struct shape shape = shape_of(value);

	if (shape.len == 0)
		return SECRET_NOT;
	if (shape.len < OWN_MIN || is_data(value))
		return SECRET_COMMON;
	if (shape.others == 0 && (shape.letters == 0 || shape.digits == 0))
		return shape.len < WORDS_MIN ? SECRET_COMMON : SECRET_OWN;
	return SECRET_OWN;
}

static bool is_called_secret(const char *name)
{
	static const char *const last[] = {"KEY", "PASS", "PWD", "AUTH", "PAT", "PIN", "DSN"};
	const char *word;
	char upper[64];
	size_t i = 0;

	for (; i < sizeof(upper) - 1 && name[i] != '\0'; i++)
		upper[i] = (char)toupper((unsigned char)name[i]);
	upper[i] = '\0';
	if (strstr(upper, "PUBLIC") != NULL || strstr(upper, "PUBLISHABLE") != NULL)
		return false;
	if (credential_name(name, strlen(name)) || strstr(upper, "SECRET") != NULL ||
	    strstr(upper, "PASSWORD") != NULL || strstr(upper, "TOKEN") != NULL)
		return true;
	word = strrchr(upper, '_');
	word = word != NULL ? word + 1 : upper;
	for (i = 0; i < ARRAY_LEN(last); i++)
		if (str_is(word, last[i]))
			return true;
	return false;
}

/* A place in the file system, a host, a list of texts in JSON. */
static bool is_setting(const char *value)
{
	return value[0] == '/' || str_starts(value, "./") || strchr("{[", value[0]) != NULL ||
	       (strchr(value, '.') != NULL &&
		strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789.-:") == strlen(value));
}

enum secret secret_variable(const char *name, const char *value)
{
	struct shape shape = shape_of(value);
	struct credential found;

	if (shape.len == 0)
		return SECRET_NOT;
	if (strstr(value, "://") != NULL)
		return is_secret_address(value) ? SECRET_OWN : SECRET_NOT;
	if (is_called_secret(name) || credential_find(value, strlen(value), &found))
		return secret_value(value);
	if (shape.len < OWN_MIN || is_data(value) || is_setting(value))
		return SECRET_NOT;
	if (shape.letters == 0 && shape.others == 0)
		return SECRET_NOT;
	return shape.mixed || (shape.others > 0 && shape.digits > 0) ? SECRET_OWN : SECRET_NOT;
}

bool secret_in_address(const char *text, size_t len, size_t *from, size_t *until)
{
	size_t at = 3;

	*from = *until = 0;
	if (len < 6 || memcmp(text, "://", 3) != 0)
		return false;
	for (; at < len && at < PADDING_MAX && strchr("/?# \t\r\n\"'<>\\`", text[at]) == NULL;
	     at++) {
		if (text[at] == ':' && *from == 0)
			*from = at + 1;
		if (text[at] == '@')
			*until = at;
	}
	return *from > 0 && *until > *from;
}
