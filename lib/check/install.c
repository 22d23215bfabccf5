#include "check/install.h"

#include "app/app.h"
#include "app/unresolved.h"
#include "base/arena.h"
#include "base/str.h"

/* Further places that are named: who installs the packages needs none of them. */
enum { PLACES_MOST = 3 };

static const char *remedy_of(const struct app *app, struct arena *arena)
{
	return arena_printf(arena, "run `%s`", installer_command(arena, app->root, NULL));
}

bool install_is_told(const struct app *app, const struct diags *findings)
{
	const char *remedy = remedy_of(app, findings->arena);

	for (size_t i = 0; i < findings->count; i++)
		if (str_equal(findings->items[i].help, remedy))
			return true;
	return false;
}

void install_join(const struct app *app, struct diags *findings)
{
	const char *remedy = remedy_of(app, findings->arena);
	struct diag *first = NULL;
	size_t kept = 0, named = 0;

	for (size_t i = 0; i < findings->count; i++) {
		struct diag *diag = &findings->items[i];

		if (first != NULL && str_equal(diag->code, first->code) &&
		    str_equal(diag->help, remedy)) {
			if (named++ < PLACES_MOST)
				diag_note(findings, first, diag->place, "%s", diag->message);
			continue;
		}
		findings->items[kept] = *diag;
		if (first == NULL && str_equal(diag->help, remedy))
			first = &findings->items[kept];
		kept++;
	}
	findings->count = kept;
}
