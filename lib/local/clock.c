/* See clock.h. Days are counted by the civil calendar's own arithmetic: the C library's functions
 * know the user's time zone, which has no place here. */
#include "local/clock.h"

#include <stdbool.h>
#include <stdio.h>
#include <time.h>

#define NS 1000000000LL
#define DAY 86400LL

const struct clock clock_machine = {0};

long long clock_ns(const struct clock *clock)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (long long)now.tv_sec * NS + now.tv_nsec + clock->offset_ms * 1000000;
}

long long clock_ms(const struct clock *clock)
{
	return clock_ns(clock) / 1000000;
}

static long long floor_div(long long a, long long b)
{
	return a / b - (a % b < 0 ? 1 : 0);
}

/* Days since 1970-01-01 of a date of the Gregorian calendar; years are counted from March. */
static long long days_of(long long year, long long month, long long day)
{
	long long y = month <= 2 ? year - 1 : year;
	long long era = floor_div(y, 400);
	long long of_era = y - era * 400;
	long long of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void date_of(long long days, long long *year, long long *month, long long *day)
{
	long long shifted = days + 719468;
	long long era = floor_div(shifted, 146097);
	long long of_era = shifted - era * 146097;
	long long y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	long long of_year = of_era - (365 * y + y / 4 - y / 100);
	long long m = (5 * of_year + 2) / 153;

	*day = of_year - (153 * m + 2) / 5 + 1;
	*month = m < 10 ? m + 3 : m - 9;
	*year = y + era * 400 + (*month <= 2 ? 1 : 0);
}

void clock_write(long long ns, char text[CLOCK_TEXT_SIZE])
{
	long long seconds = floor_div(ns, NS);
	long long days = floor_div(seconds, DAY);
	long long rest = seconds - days * DAY;
	long long year, month, day;

	date_of(days, &year, &month, &day);
	/* None of the remainders is negative; as unsigned numbers the compiler sees that they fit.
	 */
	snprintf(text, CLOCK_TEXT_SIZE, "%04u-%02u-%02uT%02u:%02u:%02u.%09uZ",
		 (unsigned)year % 10000, (unsigned)month % 100, (unsigned)day % 100,
		 (unsigned)(rest / 3600) % 100, (unsigned)(rest / 60) % 60, (unsigned)rest % 60,
		 (unsigned)(ns - seconds * NS) % 1000000000);
}

void clock_text(const struct clock *clock, char text[CLOCK_TEXT_SIZE])
{
	clock_write(clock_ns(clock), text);
}

/* ---- reading ---- */

/* Exactly `count` digits at *at. */
static bool digits(const char **at, int count, long long *number)
{
	*number = 0;
	for (int i = 0; i < count; i++, (*at)++) {
		if (**at < '0' || **at > '9')
			return false;
		*number = *number * 10 + (**at - '0');
	}
	return true;
}

static bool mark(const char **at, char c)
{
	if (**at != c)
		return false;
	(*at)++;
	return true;
}

static bool date_fits(long long year, long long month, long long day)
{
	long long y, m, d;

	if (month < 1 || month > 12 || day < 1)
		return false;
	date_of(days_of(year, month, day), &y, &m, &d);
	return y == year && m == month && d == day;
}

static bool read_fraction(const char **at, long long *ms)
{
	long long unit = 100;

	*ms = 0;
	if (!mark(at, '.'))
		return true;
	if (**at < '0' || **at > '9')
		return false;
	for (; **at >= '0' && **at <= '9'; (*at)++, unit /= 10)
		*ms += (**at - '0') * unit;
	return true;
}

/* "Z" or "+02:00", in minutes. */
static bool read_zone(const char **at, long long *minutes)
{
	long long hours, rest;
	bool west = **at == '-';

	*minutes = 0;
	if (mark(at, 'Z'))
		return true;
	if (!west && **at != '+')
		return false;
	(*at)++;
	if (!digits(at, 2, &hours) || !mark(at, ':') || !digits(at, 2, &rest) || hours > 23 ||
	    rest > 59)
		return false;
	*minutes = (hours * 60 + rest) * (west ? -1 : 1);
	return true;
}

static bool read_time(const char **at, long long *ms)
{
	long long hours, minutes, seconds = 0, fraction = 0, zone;

	if (!digits(at, 2, &hours) || !mark(at, ':') || !digits(at, 2, &minutes))
		return false;
	if (mark(at, ':') && (!digits(at, 2, &seconds) || !read_fraction(at, &fraction)))
		return false;
	if (!read_zone(at, &zone) || hours > 23 || minutes > 59 || seconds > 59)
		return false;
	*ms = ((hours * 60 + minutes - zone) * 60 + seconds) * 1000 + fraction;
	return true;
}

int clock_read(const char *text, long long *ms)
{
	const char *at = text;
	long long year, month, day, time = 0;

	if (!digits(&at, 4, &year) || !mark(&at, '-') || !digits(&at, 2, &month) ||
	    !mark(&at, '-') || !digits(&at, 2, &day) || !date_fits(year, month, day))
		return -1;
	if (*at != '\0' && (!mark(&at, 'T') || !read_time(&at, &time) || *at != '\0'))
		return -1;
	*ms = days_of(year, month, day) * DAY * 1000 + time;
	return 0;
}
