/* See identifiers.h. */
#include "app/identifiers.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/arena.h"

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

enum id_fault id_fault(const char *id)
{
	if (id[0] == '\0')
		return ID_EMPTY;
	if (!is_lower(id[0]))
		return ID_START;
	for (size_t i = 1; id[i] != '\0'; i++) {
		if (id[i] == '-' && (id[i + 1] == '-' || id[i + 1] == '\0'))
			return ID_HYPHEN;
		if (id[i] != '-' && !is_lower(id[i]) && !is_digit(id[i]))
			return ID_CHARACTER;
	}
	return strlen(id) > ID_MAX ? ID_LONG : ID_FINE;
}

const char *id_problem(struct arena *arena, const char *id)
{
	switch (id_fault(id)) {
	case ID_EMPTY:
		return "it is empty";
	case ID_START:
		return "it must begin with a lower-case letter";
	case ID_HYPHEN:
		return "hyphens stand alone, between letters or digits";
	case ID_CHARACTER:
		return "only lower-case letters, digits and single hyphens are allowed";
	case ID_LONG:
		return arena_printf(arena, "it has %zu characters, %d are allowed", strlen(id),
				    ID_MAX);
	case ID_FINE:
		break;
	}
	return NULL;
}

const char *id_suggest(struct arena *arena, const char *id)
{
	char *out = arena_alloc(arena, strlen(id) * 2 + 2);
	size_t n = 0;

	for (size_t i = 0; id[i] != '\0' && n < ID_MAX; i++) {
		char c = id[i];
		bool upper = c >= 'A' && c <= 'Z';

		if (upper && i > 0 && (is_lower(id[i - 1]) || is_digit(id[i - 1])))
			out[n++] = '-';
		if (upper)
			c = (char)(c - 'A' + 'a');
		if (is_lower(c) || (is_digit(c) && n > 0))
			out[n++] = c;
		else if (n > 0 && out[n - 1] != '-' && !is_digit(c))
			out[n++] = '-';
	}
	while (n > 0 && out[n - 1] == '-')
		n--;
	out[n] = '\0';
	return n > 0 && id_fault(out) == ID_FINE ? out : NULL;
}
