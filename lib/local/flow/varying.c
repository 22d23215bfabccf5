/* See varying.h. */
#include "local/flow/varying.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "local/clock.h"

enum { TOKEN_MIN = 20, MINUTE_MS = 60000 };
/* Numbers are moments when they are that near. */
#define NEAR_MS (400LL * 24 * 60 * MINUTE_MS)
/* A flow takes some seconds, and apps like spans of whole quarters of a minute: minutes are
 * counted from where neither is. */
#define EARLY_MS 17000

/* How many bytes of `text` fit the form: x a hexadecimal digit, 9 a decimal one, others themselves;
 * 0: it does not. */
static size_t fits(const char *text, const char *form)
{
	size_t i = 0;

	for (; form[i] != '\0'; i++) {
		unsigned char c = (unsigned char)text[i];

		if (form[i] == 'x' ? isxdigit(c) == 0
				   : (form[i] == '9' ? isdigit(c) == 0 : text[i] != form[i]))
			return 0;
	}
	return i;
}

static size_t digits(const char *text)
{
	return strspn(text, "0123456789");
}

bool varying_id_at(const char *text, char id[VARYING_ID_SIZE])
{
	if (fits(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx") == 0)
		return false;
	for (size_t i = 0; i < VARYING_ID_SIZE - 1; i++)
		id[i] = (char)tolower((unsigned char)text[i]);
	id[VARYING_ID_SIZE - 1] = '\0';
	return true;
}

/* ---- moments ---- */

/* "<time>", "<time+1h30m>", "<time-2d>". */
static void name_moment(long long away_ms, bool spans, char name[VARYING_NAME_SIZE])
{
	long long from = away_ms + EARLY_MS;
	long long minutes = from / MINUTE_MS - (from % MINUTE_MS < 0);
	long long size = minutes < 0 ? -minutes : minutes;
	char days[24] = "", hours[8] = "", rest[8] = "";

	if (!spans || minutes == 0) {
		snprintf(name, VARYING_NAME_SIZE, "<time>");
		return;
	}
	if (size >= 1440)
		snprintf(days, sizeof(days), "%lldd", size / 1440);
	if (size / 60 % 24 > 0)
		snprintf(hours, sizeof(hours), "%dh", (int)(size / 60 % 24));
	if (size % 60 > 0)
		snprintf(rest, sizeof(rest), "%dm", (int)(size % 60));
	snprintf(name, VARYING_NAME_SIZE, "<time%c%s%s%s>", minutes < 0 ? '-' : '+', days, hours,
		 rest);
}

/* A moment of a whole minute was not just read from the clock, unless it is this very one. */
static bool is_written(long long ms, const struct varying_now *now)
{
	long long away = ms - now->ms;

	return ms % MINUTE_MS == 0 && (away < -MINUTE_MS || away > MINUTE_MS);
}

/* 2026-11-29T07:06:08.054350189Z */
static size_t time_at(const char *text, const struct varying_now *now, char name[VARYING_NAME_SIZE])
{
	size_t len = fits(text, "9999-99-99T99:99:99");
	char moment[40];
	long long ms;

	if (len == 0)
		return 0;
	if (text[len] == '.' && isdigit((unsigned char)text[len + 1]) != 0)
		len += 1 + digits(text + len + 1);
	snprintf(moment, sizeof(moment), "%.*sZ", (int)(len < 30 ? len : 29), text);
	len += text[len] == 'Z';
	if (!now->spans || now->ms == 0 || clock_read(moment, &ms) != 0)
		name_moment(0, false, name);
	else if (is_written(ms, now))
		snprintf(name, VARYING_NAME_SIZE, "%.*s", (int)len, text);
	else
		name_moment(ms - now->ms, true, name);
	return len;
}

/* Milliseconds or seconds since 1970. */
static size_t number_at(const char *text, const char *start, const struct varying_now *now,
			char name[VARYING_NAME_SIZE])
{
	char before = ' ';
	size_t len = 0;
	long long ms;

	if (text > start)
		before = text[-1];
	if (now->ms == 0 || isdigit((unsigned char)*text) == 0 ||
	    isdigit((unsigned char)before) != 0 || before == '+' || before == '.')
		return 0;
	len = digits(text);
	if (len != 13 && (len != 10 || isalpha((unsigned char)before) != 0))
		return 0;
	ms = strtoll(text, NULL, 10) * (len == 13 ? 1 : 1000);
	if (ms - now->ms < -NEAR_MS || ms - now->ms > NEAR_MS || is_written(ms, now))
		return 0;
	name_moment(ms - now->ms, now->spans, name);
	if (text[len] == '.' && isdigit((unsigned char)text[len + 1]) != 0)
		len += 1 + digits(text + len + 1);
	return len;
}

/* 9:05:31, as dates are written for people and in headers of HTTP. */
static size_t time_of_day_at(const char *text, const char *start)
{
	size_t len = fits(text, "99:99:99");

	if (len == 0)
		len = fits(text, "9:99:99");
	if (len == 0 || isdigit((unsigned char)text[len]) != 0 ||
	    (text > start && (isalnum((unsigned char)text[-1]) != 0 || text[-1] == ':')))
		return 0;
	return len;
}

/* ---- the others ---- */

static size_t origin_at(const char *text)
{
	size_t len = fits(text, "http://127.0.0.1:9");

	return len > 0 ? len + digits(text + len) : 0;
}

/* The secret end of a callback's address. */
static size_t token_at(const char *text, const char *start)
{
	static const char *const before[] = {"/trigger/", "/defer/"};
	size_t len =
		strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

	for (size_t i = 0; i < ARRAY_LEN(before) && len >= TOKEN_MIN; i++) {
		size_t size = strlen(before[i]);

		if ((size_t)(text - start) >= size && memcmp(text - size, before[i], size) == 0)
			return len;
	}
	return 0;
}

/* Which of its names a connection's value has depends on what the app has done with it. */
static size_t connection_at(const char *text)
{
	size_t len = fits(text, "{workspace connection}");

	return len > 0 ? len : fits(text, "{user connection}");
}

/* As our FormData makes one. */
static size_t boundary_at(const char *text)
{
	return fits(text, "----formdata-attio-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
}

size_t varying_at(const char *text, const char *start, const struct varying_now *now,
		  char name[VARYING_NAME_SIZE])
{
	size_t len = time_at(text, now, name);

	if (len == 0)
		len = number_at(text, start, now, name);
	if (len > 0)
		return len;
	if ((len = time_of_day_at(text, start)) > 0)
		snprintf(name, VARYING_NAME_SIZE, "<time of day>");
	else if ((len = origin_at(text)) > 0)
		snprintf(name, VARYING_NAME_SIZE, "<platform>");
	else if ((len = token_at(text, start)) > 0)
		snprintf(name, VARYING_NAME_SIZE, "<token>");
	else if ((len = connection_at(text)) > 0)
		snprintf(name, VARYING_NAME_SIZE, "{connection}");
	else if ((len = boundary_at(text)) > 0)
		snprintf(name, VARYING_NAME_SIZE, "<boundary>");
	return len;
}
