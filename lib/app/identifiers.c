/* Ids of extensions, blocks and pages: ^[a-z][a-z0-9]*(-[a-z0-9]+)*$, 1 to 64 characters. */
#include <string.h>

#include "app/internal.h"
#include "app/problems.h"
#include "base/arena.h"
#include "base/str.h"

#define ID_MAX 64

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

const char *app_id_problem(struct arena *arena, const char *id)
{
	size_t units = utf8_utf16_len(id, strlen(id));

	if (id[0] == '\0')
		return "it is empty";
	if (units > ID_MAX)
		return arena_printf(arena, "it has %zu characters, %d are allowed", units, ID_MAX);
	if (!is_lower(id[0]))
		return "it must begin with a lower-case letter";
	for (size_t i = 1; id[i] != '\0'; i++) {
		if (id[i] == '-' && (id[i + 1] == '-' || id[i + 1] == '\0'))
			return "hyphens stand alone, between letters or digits";
		if (id[i] != '-' && !is_lower(id[i]) && !is_digit(id[i]))
			return "only lower-case letters, digits and single hyphens are allowed";
	}
	return NULL;
}

/* The nearest valid id, for the remedy. */
static const char *suggestion(struct arena *arena, const char *id)
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
	return n > 0 && app_id_problem(arena, out) == NULL ? out : NULL;
}

void check_id(struct app *app, const char *what, const char *id, struct place place)
{
	const char *why = app_id_problem(app->arena, id);
	const char *better;
	struct diag *diag;

	if (why == NULL)
		return;
	diag = diag_add(&app->problems, &problem_id_invalid, place, "`%s` is not a valid %s", id,
			what);
	diag->label = why;
	better = suggestion(app->arena, id);
	diag->help = better == NULL ? "write it like `send-to-crm`: lower case, single hyphens, at "
				      "most 64 characters"
				    : arena_printf(app->arena, "write it as `%s`", better);
}
