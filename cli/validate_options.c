/* See validate_options.h. */
#include "cli/validate_options.h"

#include <string.h>

#include "base/error.h"
#include "cli/cli.h"

bool validate_reads_stdin(const struct validate_options *options)
{
	for (size_t i = 0; options->paths != NULL && options->paths[i] != NULL; i++)
		if (strcmp(options->paths[i], "-") == 0)
			return true;
	return false;
}

bool validate_asks_changes(const struct validate_options *options)
{
	return options->since != NULL || options->staged;
}

static int check_stdin(const struct validate_options *options, struct error *error)
{
	bool reads = validate_reads_stdin(options);

	if (!reads && options->stdin_filename != NULL) {
		error_set(error, ERROR_USAGE,
			  "`--stdin-filename` has no meaning without `-` as PATH");
		return error_fix(error, "write `attio validate - --stdin-filename %s`",
				 options->stdin_filename);
	}
	if (reads && options->paths[1] != NULL) {
		error_set(error, ERROR_USAGE, "standard input (`-`) stands for the only path");
		return error_fix(error, "leave the other paths out");
	}
	if (reads && options->stdin_filename == NULL) {
		error_set(error, ERROR_USAGE, "standard input (`-`) needs a name");
		return error_fix(error,
				 "say with `--stdin-filename PATH` which file of the app it is");
	}
	return 0;
}

const char *validate_new_baseline(const struct validate_options *o)
{
	return o->write_baseline != NULL && o->baseline != NULL ? o->baseline : o->write_baseline;
}

static bool writes_another_baseline(const struct validate_options *o)
{
	return o->write_baseline != NULL && o->baseline != NULL &&
	       strcmp(o->write_baseline, BASELINE_FILE) != 0 &&
	       strcmp(o->write_baseline, o->baseline) != 0;
}

/* Pairs that contradict each other. */
static int check_pairs(struct cli *cli, const struct validate_options *o, struct error *error)
{
	bool reads = validate_reads_stdin(o), changes = validate_asks_changes(o);
	const char *since = o->staged ? "--staged" : "--since";
	const struct {
		bool a, b;
		const char *name, *other;
	} pairs[] = {
		{o->since != NULL, o->staged, "--since", "--staged"},
		{changes, reads, since, "-"},
		{changes, o->watch, since, "--watch"},
		{changes, o->write_baseline != NULL, since, "--write-baseline"},
		{o->fix != NULL && !o->diff, reads, "--fix", "-"},
		{o->watch, reads, "--watch", "-"},
		{o->watch, o->diff, "--watch", "--diff"},
		{o->watch, o->write_baseline != NULL, "--watch", "--write-baseline"},
		{o->write_baseline != NULL, reads, "--write-baseline", "-"},
		{writes_another_baseline(o), true, "--write-baseline=FILE", "--baseline"},
		{o->write_baseline != NULL, o->diff, "--write-baseline", "--diff"},
		{o->write_baseline != NULL, o->select != NULL, "--write-baseline", "--select"},
		{o->write_baseline != NULL, o->ignore != NULL, "--write-baseline", "--ignore"},
		{o->diff, cli->globals.json, "--diff", "--json"},
		{o->diff, strcmp(cli->globals.format, "human") != 0, "--diff", "--format"},
		{o->diff, o->reports != NULL, "--diff", "--report"},
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		if (!pairs[i].a || !pairs[i].b)
			continue;
		error_set(error, ERROR_USAGE, "`%s` and `%s` do not go together", pairs[i].name,
			  pairs[i].other);
		return error_fix(error, "leave one of them out");
	}
	if (!o->staged || o->fix == NULL || o->diff)
		return 0;
	error_set(error, ERROR_USAGE, "`--fix` cannot repair what is staged");
	error_why(error, "the files on the disk may differ from it");
	return error_fix(error, "add `--diff`: `git apply --cached` takes the patch; or use "
				"`--since HEAD`, which is about the files on the disk");
}

int validate_check_options(struct cli *cli, const struct validate_options *options,
			   struct error *error)
{
	return check_stdin(options, error) != 0 ? -1 : check_pairs(cli, options, error);
}
