/* Forms of JSON texts in few letters, and comparing an answer with one: names of members in their
 * order, and what each value is.
 *
 *   {a:F b:F}  an object with exactly these members, in this order
 *   [F]        an array of one or more;  (F)  of any number;  []  an empty one
 *   F|F        either of them
 *   *          anything
 *   u a UUID, t a time with nine decimals and Z, d a date, e an e-mail address, l an address of the
 *   web, s any text, b a boolean, n a number, 0 null */
#ifndef ATTIO_TESTS_JSON_FORM_H
#define ATTIO_TESTS_JSON_FORM_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <cjson/cJSON.h>

/* Whether a text is made as `picture` says: 9 a digit, f a hexadecimal one, else itself. */
static inline bool form_picture(const char *text, const char *picture)
{
	for (; *picture != '\0'; picture++, text++) {
		if (*picture == '9'   ? *text < '0' || *text > '9'
		    : *picture == 'f' ? *text == '\0' || strchr("0123456789abcdef", *text) == NULL
				      : *text != *picture)
			return false;
	}
	return *text == '\0';
}

static inline bool form_letter(char letter, const cJSON *value)
{
	const char *text = cJSON_IsString(value) ? value->valuestring : NULL;

	switch (letter) {
	case '*':
		return value != NULL;
	case '0':
		return cJSON_IsNull(value);
	case 'b':
		return cJSON_IsBool(value);
	case 'n':
		return cJSON_IsNumber(value);
	case 's':
		return text != NULL;
	case 'u':
		return text != NULL && form_picture(text, "ffffffff-ffff-ffff-ffff-ffffffffffff");
	case 't':
		return text != NULL && form_picture(text, "9999-99-99T99:99:99.999999999Z");
	case 'd':
		return text != NULL && form_picture(text, "9999-99-99");
	case 'e':
		return text != NULL && strchr(text, '@') != NULL;
	case 'l':
		return text != NULL && strncmp(text, "http", 4) == 0;
	default:
		fprintf(stderr, "no such form: %c\n", letter);
		return false;
	}
}

/* Behind one form, which ends at the same depth at one of `ends`. */
static inline const char *form_end(const char *form, const char *ends)
{
	int depth = 0;

	for (; *form != '\0'; form++) {
		if (depth == 0 && strchr(ends, *form) != NULL)
			break;
		if (strchr("{[(", *form) != NULL)
			depth++;
		if (strchr("}])", *form) != NULL)
			depth--;
	}
	return form;
}

static inline bool form_fits(const char *form, size_t len, const cJSON *value);

static inline bool form_object(const char *form, const char *end, const cJSON *value)
{
	const cJSON *member = value->child;

	while (form < end) {
		const char *colon = strchr(form, ':');
		size_t name = (size_t)(colon - form);
		const char *stop = form_end(colon + 1, " }");

		if (member == NULL || strlen(member->string) != name ||
		    memcmp(member->string, form, name) != 0 ||
		    !form_fits(colon + 1, (size_t)(stop - colon - 1), member))
			return false;
		member = member->next;
		form = stop + (*stop == ' ' ? 1 : 0);
	}
	return member == NULL;
}

static inline bool form_one(const char *form, size_t len, const cJSON *value)
{
	const cJSON *item;

	if (*form == '{')
		return cJSON_IsObject(value) && form_object(form + 1, form + len - 1, value);
	if (*form != '[' && *form != '(')
		return form_letter(*form, value);
	if (!cJSON_IsArray(value) || (*form == '[' && (len == 2) != (value->child == NULL)))
		return false;
	cJSON_ArrayForEach(item, value) if (!form_fits(form + 1, len - 2, item)) return false;
	return true;
}

static inline bool form_fits(const char *form, size_t len, const cJSON *value)
{
	const char *end = form + len;

	while (form < end) {
		const char *stop = form_end(form, "|");

		if (stop > end)
			stop = end;
		if (form_one(form, (size_t)(stop - form), value))
			return true;
		form = stop + 1;
	}
	return false;
}

#endif
