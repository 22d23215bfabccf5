#include "check/install.h"

#include "app/app.h"
#include "app/installer.h"
#include "app/problems.h"
#include "base/arena.h"
#include "base/str.h"

/* Further places that are named: who installs the packages needs none of them. */
enum { PLACES_MOST = 3 };

static const char *remedy_of(const struct app *app, struct arena *arena)
{
	return arena_printf(arena, "run `%s`", installer_command(arena, app->root, NULL));
}

static bool is_about_all(const struct diag *diag)
{
	return str_equal(diag->code, problem_packages.code);
}

bool install_is_told(const struct app *app, const struct diags *findings)
{
	const char *remedy = remedy_of(app, findings->arena);

	for (size_t i = 0; i < findings->count; i++)
		if (is_about_all(&findings->items[i]) || str_equal(findings->items[i].help, remedy))
			return true;
	return false;
}

/* Which of them stays: that about all packages, else the first; their count when there is none. */
static size_t that_stays(const struct diags *findings, const char *remedy)
{
	size_t first = findings->count;

	for (size_t i = 0; i < findings->count; i++) {
		if (is_about_all(&findings->items[i]))
			return i;
		if (first == findings->count && str_equal(findings->items[i].help, remedy))
			first = i;
	}
	return first;
}

void install_join(const struct app *app, struct diags *findings)
{
	const char *remedy = remedy_of(app, findings->arena);
	size_t stays = that_stays(findings, remedy), kept = 0, named = 0;

	for (size_t i = 0; i < findings->count; i++) {
		const struct diag diag = findings->items[i];
		struct diag *one = &findings->items[stays];

		if (i != stays && str_equal(diag.help, remedy) &&
		    (is_about_all(one) || str_equal(diag.code, one->code))) {
			if (diag.severity == SEVERITY_ERROR)
				one->severity = SEVERITY_ERROR;
			if (named++ < PLACES_MOST)
				diag_note(findings, one, diag.place, "%s", diag.message);
			continue;
		}
		if (i == stays)
			stays = kept;
		findings->items[kept++] = diag;
	}
	findings->count = kept;
}
