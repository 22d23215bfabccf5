/* The spelling rule was measured on the official CLI 1.0.4 (lib/types/README.md, Names): apps
 * import these names, so ours must be the same. */
#include "types/names.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"

/* A word begins at a capital after a small letter or digit, and at the last capital of a run that a
 * small letter follows. */
static bool begins_word(const char *name, size_t i)
{
	unsigned char here = (unsigned char)name[i];

	if (i == 0 || name[i - 1] == '_')
		return true;
	if (!isupper(here))
		return false;
	return !isupper((unsigned char)name[i - 1]) || islower((unsigned char)name[i + 1]);
}

char *names_pascal(struct arena *arena, const char *name)
{
	char *out = arena_strdup(arena, name);

	for (size_t i = 0; name[i] != '\0'; i++) {
		int here = (unsigned char)name[i];

		out[i] = (char)(begins_word(name, i) ? toupper(here) : tolower(here));
	}
	return out;
}

/* The official generator converts these twice: `xY` becomes `XY` and then `Xy`. */
char *names_operation(struct arena *arena, const char *name)
{
	return names_pascal(arena, names_pascal(arena, name));
}

static bool is_reserved(const char *name)
{
	/* Types that TypeScript will not let us declare or that the file itself uses. A word such
	 * as `if` cannot be the name of a type either. */
	static const char *const words[] = {
		"Array",     "Query",     "any",        "as",        "bigint",   "boolean",
		"break",     "case",      "catch",      "class",     "const",    "continue",
		"debugger",  "default",   "delete",     "do",        "else",     "enum",
		"export",    "extends",   "finally",    "for",       "function", "if",
		"import",    "in",        "instanceof", "interface", "let",      "never",
		"new",       "null",      "number",     "object",    "package",  "private",
		"protected", "public",    "return",     "static",    "string",   "super",
		"switch",    "symbol",    "this",       "throw",     "try",      "type",
		"typeof",    "undefined", "unknown",    "var",       "void",     "while",
		"with",      "yield",     "implements", "await",     "async",    "true",
		"false",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], name) == 0)
			return true;
	return false;
}

const char *names_claim(struct names *names, struct arena *arena, const char *wanted)
{
	const char *name = wanted;

	for (int n = 2; is_reserved(name) || map_get(&names->taken, name) != NULL; n++)
		name = arena_printf(arena, "%s_%d", wanted, n);
	map_set(&names->taken, name, names);
	return name;
}
