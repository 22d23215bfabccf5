/* What the rules share: places, and words about names. */
#include "graphql/checks.h"

#include "base/arena.h"
#include "base/str.h"

/* So many names are told where none is near. */
enum { LISTED = 8 };

struct place check_place(const struct check *check, size_t start, size_t end)
{
	return (struct place){.file = check->path, .start = start, .end = end};
}

struct place check_name_place(const struct check *check, const struct graphql_name *name)
{
	return check_place(check, name->start, name->end);
}

void check_suggest(struct check *check, struct diag *diag, const char *sigil, const char *word,
		   const char *const *candidates)
{
	const char *nearest = check->hints++ < HINTS_MOST ? str_nearest(word, candidates) : NULL;

	if (nearest != NULL)
		diag->help =
			arena_printf(check->diags->arena, "did you mean `%s%s`?", sigil, nearest);
}

const char *check_listed(const struct check *check, const char *const *names)
{
	struct arena *arena = check->diags->arena;
	const char *text = "";
	size_t count = 0, shown;

	while (names[count] != NULL)
		count++;
	shown = count <= LISTED + 1 ? count : LISTED; /* one more is as short as the last words */
	for (size_t i = 0; i < shown; i++)
		text = arena_printf(arena, "%s%s`%s`", text, i == 0 ? "" : ", ", names[i]);
	return shown == count ? text : arena_printf(arena, "%s and %zu more", text, count - shown);
}

const char *const *check_input_names(const struct check *check, const struct graphql_input *inputs,
				     size_t count)
{
	const char **names = arena_alloc(check->diags->arena, (count + 1) * sizeof(*names));

	for (size_t i = 0; i < count; i++)
		names[i] = inputs[i].name;
	return names;
}
