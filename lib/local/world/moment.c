/* Days are counted from the civil calendar (proleptic Gregorian); no time zones but offsets. */
#include "local/world/moment.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define OUTSIDE 10000000LL /* days; no year of four digits */

struct moment {
	long long days;    /* since 1970-01-01 */
	long long seconds; /* of the day; may leave it before it is normalised */
	long nanos;
};

static long long days_of(long long year, int month, int day)
{
	long long y = month <= 2 ? year - 1 : year;
	long long era = (y >= 0 ? y : y - 399) / 400;
	long long of_era = y - era * 400;
	long long of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void civil_of(long long days, long long *year, int *month, int *day)
{
	long long z = days + 719468;
	long long era = (z >= 0 ? z : z - 146096) / 146097;
	long long of_era = z - era * 146097;
	long long years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	long long of_year = of_era - (365 * years + years / 4 - years / 100);
	long long shifted = (5 * of_year + 2) / 153;

	*day = (int)(of_year - (153 * shifted + 2) / 5 + 1);
	*month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
	*year = years + era * 400 + (*month <= 2 ? 1 : 0);
}

static int month_length(long long year, int month)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : lengths[month - 1];
}

/* Exactly `count` digits. */
static bool read_digits(const char **at, int count, int *value)
{
	*value = 0;
	for (int i = 0; i < count; i++, (*at)++) {
		if (**at < '0' || **at > '9')
			return false;
		*value = *value * 10 + (**at - '0');
	}
	return true;
}

static bool read_day(const char **at, struct moment *moment)
{
	int year;
	int month = 1;
	int day = 1;

	if (!read_digits(at, 4, &year) || year == 0)
		return false;
	if (**at == '-') {
		(*at)++;
		if (!read_digits(at, 2, &month) || month < 1 || month > 12)
			return false;
		if (**at == '-') {
			(*at)++;
			if (!read_digits(at, 2, &day) || day < 1 || day > month_length(year, month))
				return false;
		}
	}
	moment->days = days_of(year, month, day);
	return true;
}

static bool read_fraction(const char **at, struct moment *moment)
{
	long scale = 100000000;

	if (**at != '.' && **at != ',')
		return true;
	(*at)++;
	if (**at < '0' || **at > '9')
		return false;
	for (; **at >= '0' && **at <= '9'; (*at)++, scale /= 10)
		moment->nanos += (**at - '0') * scale;
	return true;
}

static bool read_time(const char **at, struct moment *moment)
{
	int hour;
	int minute = 0;
	int second = 0;

	if (!read_digits(at, 2, &hour) || hour > 24)
		return false;
	if (**at == ':') {
		(*at)++;
		if (!read_digits(at, 2, &minute) || minute > 59)
			return false;
		if (**at == ':') {
			(*at)++;
			if (!read_digits(at, 2, &second) || second > 60 ||
			    !read_fraction(at, moment))
				return false;
		}
	}
	moment->seconds = hour * 3600LL + minute * 60 + second;
	return hour < 24 || moment->seconds == 86400;
}

static bool read_zone(const char **at, struct moment *moment)
{
	int sign = **at == '-' ? -1 : 1;
	int hours;
	int minutes = 0;

	if (**at == 'Z' || **at == 'z') {
		(*at)++;
		return true;
	}
	if (**at != '+' && **at != '-')
		return **at == '\0';
	(*at)++;
	if (!read_digits(at, 2, &hours) || hours > 23)
		return false;
	if (**at == ':')
		(*at)++;
	if (**at != '\0' && (!read_digits(at, 2, &minutes) || minutes > 59))
		return false;
	moment->seconds -= sign * (hours * 3600LL + minutes * 60);
	return true;
}

static bool normalise(struct moment *moment)
{
	long long days = moment->seconds / 86400 - (moment->seconds % 86400 < 0 ? 1 : 0);

	moment->days += days;
	moment->seconds -= days * 86400;
	return moment->days >= days_of(1, 1, 1) && moment->days <= days_of(9999, 12, 31);
}

static bool read_moment(const char *text, struct moment *moment)
{
	*moment = (struct moment){0};
	if (!read_day(&text, moment))
		return false;
	if ((*text == 'T' || *text == 't' || *text == ' ')) {
		text++;
		if (!read_time(&text, moment) || !read_zone(&text, moment))
			return false;
	}
	return *text == '\0' && normalise(moment);
}

static void write_timestamp(const struct moment *moment, char out[MOMENT_SIZE])
{
	long long year;
	int month;
	int day;
	int seconds = (int)moment->seconds;

	civil_of(moment->days, &year, &month, &day);
	snprintf(out, MOMENT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d.%09ldZ", (int)(year % 10000),
		 month % 100, day % 100, seconds / 3600 % 100, seconds / 60 % 60, seconds % 60,
		 moment->nanos % 1000000000);
}

int moment_timestamp(const char *text, char out[MOMENT_SIZE])
{
	struct moment moment;

	if (!read_moment(text, &moment))
		return -1;
	write_timestamp(&moment, out);
	return 0;
}

int moment_date(const char *text, char out[MOMENT_SIZE])
{
	if (moment_timestamp(text, out) != 0)
		return -1;
	out[10] = '\0';
	return 0;
}

/* ---- durations ---- */

static void add_months(struct moment *moment, long long months)
{
	long long year;
	int month;
	int day;
	long long total;

	civil_of(moment->days, &year, &month, &day);
	total = year * 12 + month - 1 + months;
	if (total < 12 || total >= 10000LL * 12) {
		moment->days = total < 12 ? -OUTSIDE : OUTSIDE;
		return;
	}
	year = total / 12;
	month = (int)(total % 12) + 1;
	if (day > month_length(year, month))
		day = month_length(year, month);
	moment->days = days_of(year, month, day);
}

static bool add_part(struct moment *moment, char unit, bool time, long long amount)
{
	switch (unit) {
	case 'Y':
		add_months(moment, amount * 12);
		return !time;
	case 'M':
		if (time)
			moment->seconds += amount * 60;
		else
			add_months(moment, amount);
		return true;
	case 'W':
		moment->days += amount * 7;
		return !time;
	case 'D':
		moment->days += amount;
		return !time;
	case 'H':
		moment->seconds += amount * 3600;
		return time;
	case 'S':
		moment->seconds += amount;
		return time;
	default:
		return false;
	}
}

int moment_after(const char *at, const char *duration, char out[MOMENT_SIZE])
{
	struct moment moment;
	bool time = false;
	long long sign = *duration == '-' ? -1 : 1;

	if (!read_moment(at, &moment))
		return -1;
	duration += *duration == '-' || *duration == '+' ? 1 : 0;
	if (*duration++ != 'P' || *duration == '\0')
		return -1;
	while (*duration != '\0') {
		long long amount = 0;
		size_t digits = strspn(duration, "0123456789");

		if (*duration == 'T' && !time) {
			time = true;
			duration++;
			continue;
		}
		if (digits == 0 || digits > 5)
			return -1;
		while (*duration >= '0' && *duration <= '9')
			amount = amount * 10 + (*duration++ - '0');
		if (!add_part(&moment, *duration, time, sign * amount))
			return -1;
		duration++;
	}
	if (!normalise(&moment))
		return -1;
	write_timestamp(&moment, out);
	return 0;
}
