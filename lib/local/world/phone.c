/* Digits with the signs that people put between them; anything else is no number. */
#include "local/world/phone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "local/world/countries.h"

#define MOST_DIGITS 15
#define FEWEST_DIGITS 7

/* The digits of `text`; *plus tells whether it begins internationally. */
static bool read_digits(const char *text, char digits[PHONE_SIZE], bool *plus)
{
	size_t count = 0;

	text += strspn(text, " \t");
	*plus = *text == '+';
	text += *plus ? 1 : 0;
	for (; *text != '\0'; text++) {
		if (*text >= '0' && *text <= '9') {
			if (count + 1 >= PHONE_SIZE)
				return false;
			digits[count++] = *text;
		} else if (strchr(" \t().-/", *text) == NULL) {
			return false;
		}
	}
	digits[count] = '\0';
	if (!*plus && str_starts(digits, "00")) {
		*plus = true;
		memmove(digits, digits + 2, strlen(digits + 2) + 1);
	}
	return true;
}

/* The digit that calls inside the country begin with is not part of the number; Italy's is. */
static const char *without_trunk(const char *digits, const char *code)
{
	if (digits[0] == '0' && !str_is(code, "39"))
		return digits + 1;
	if (digits[0] == '1' && str_is(code, "1") && strlen(digits) == 11)
		return digits + 1;
	if (digits[0] == '8' && str_is(code, "7") && strlen(digits) == 11)
		return digits + 1;
	return digits;
}

int phone_read(const char *text, const char *country, struct phone *phone)
{
	char digits[PHONE_SIZE];
	const char *code = country != NULL ? country_calling_code(country) : NULL;
	size_t code_len;
	bool plus;
	int len;

	if (country != NULL && code == NULL)
		return -3;
	if (!read_digits(text, digits, &plus) || digits[0] == '\0')
		return -1;
	if (!plus && code == NULL)
		return -2;
	len = plus ? snprintf(phone->number, PHONE_SIZE, "+%s", digits)
		   : snprintf(phone->number, PHONE_SIZE, "+%s%s", code,
			      without_trunk(digits, code));
	if (len - 1 < FEWEST_DIGITS || len - 1 > MOST_DIGITS)
		return -1;
	phone->country = country_of_number(phone->number + 1, &code_len);
	if (phone->country == NULL)
		return -1;
	if (country != NULL && country_by_name(country) != NULL &&
	    str_starts(phone->number + 1, code))
		phone->country = country_by_name(country);
	return 0;
}
