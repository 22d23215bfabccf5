/* ATT8008: lines of the .env files that do something else than they look like, as dotenv reads them
 * (lib/app/README.md, Environment files). */
#include <string.h>

#include "app/dotenv.h"
#include "base/arena.h"
#include "base/map.h"
#include "diag/text.h"
#include "rules/internal.h"

static void check_slip(const struct rule *rule, struct diags *diags, const struct env_slip *slip)
{
	struct arena *arena = diags->arena;
	const char *message = "this line sets nothing: it has no `=`";
	const char *help = "write it as `NAME=value`, or put `#` before a remark; a value of "
			   "several lines stands in double quotes";
	struct diag *diag;

	if (slip->kind == ENV_QUOTE_OPEN) {
		message = arena_printf(arena, "the quote before the value of `%s` is not closed",
				       slip->key);
		help = "close it behind the value: a single one becomes a part of it";
	} else if (slip->kind == ENV_QUOTE_INSIDE) {
		message = arena_printf(arena,
				       "the quotes are a part of the value of `%s`: something "
				       "follows the second",
				       slip->key);
		help = "put all of the value between the quotes, and `#` before a remark";
	}
	diag = diag_add(diags, &rule->info, slip->place, "%s", message);
	diag->help = help;
}

static void check_twice(const struct rule *rule, struct diags *diags, const struct env_file *file)
{
	struct map first = {0};

	for (size_t i = 0; i < file->entry_count; i++) {
		const struct env_entry *entry = &file->entries[i];
		const struct env_entry *before = map_get(&first, entry->key);
		struct diag *diag;

		if (before == NULL) {
			map_set(&first, entry->key, entry);
			continue;
		}
		if (entry->key[0] == '\0')
			continue;
		diag = diag_add(diags, &rule->info, entry->key_place, "`%s` is set twice in `%s`",
				entry->key, file->path);
		diag->help = "remove one of the two: the last one counts";
		diag_note(diags, diag, before->key_place, "the first one is here");
	}
	map_dispose(&first);
}

static void check_lines(const struct rule *rule, const struct app *app, struct diags *diags)
{
	for (size_t i = 0; i < app->env_file_count; i++) {
		const struct env_file *file = &app->env_files[i];

		if (file->entry_count > 0 &&
		    utf16_is(file->entries[0].key, strlen(file->entries[0].key)))
			continue;
		for (size_t k = 0; k < file->slip_count && !file->example; k++)
			check_slip(rule, diags, &file->slips[k]);
		check_twice(rule, diags, file);
	}
}

const struct rule rule_env_line = {
	.info = {"ATT8008", "env-line", SEVERITY_WARNING},
	.summary = "A line of a .env file does something else than it looks like",
	.explanation =
		"A line without `=` sets nothing, and nobody says so. Of a name that is set twice, "
		"the last value counts. A quote that is not closed, or that something follows, is "
		"an ordinary character of the value, so the code gets it too.\n\n"
		"Files that only list names, such as `.env.example`, may have lines of text.",
	.bad = "# .env\nBILLING_URL \"https://billing.example.com\"\nREGION=\"eu",
	.good = "# .env\nBILLING_URL=\"https://billing.example.com\"\nREGION=\"eu\"",
	.check = check_lines,
};
