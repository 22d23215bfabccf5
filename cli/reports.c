/* See reports.h. Files are written before the answer: with --json a failure is then the one
 * document on standard output, instead of a second one. */
#include "cli/reports.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "app/app.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "cli/actions.h"
#include "cli/cli.h"
#include "cli/findings.h"
#include "cli/project.h"
#include "cli/several.h"
#include "diag/report.h"
#include "rules/rules.h"
#include "sys/bounds.h"
#include "sys/fs.h"
#include "sys/path.h"

/* --- the words of --report ---------------------------------------------------------------------
 */

static int no_file(const char *name, bool own, struct error *error)
{
	error_set(error, ERROR_USAGE, "`--report %s` names no file", name);
	if (own)
		return error_fix(error, "write `--report %s=FILE`", name);
	return error_fix(error, "write `--report %s=FILE`; `--format %s` is for standard output",
			 name, name);
}

static int unknown_form(struct arena *arena, const char *name, const struct report_own *own,
			struct error *error)
{
	const char **names = NULL, **slot, *list = "";
	size_t count = 0;

	for (; own != NULL && own->name != NULL; own++) {
		if (own->option != NULL)
			continue;
		slot = arena_push(arena, &names, &count, sizeof(*slot));
		*slot = own->name;
	}
	for (const struct reporter *r = reporters; r->name != NULL; r++) {
		slot = arena_push(arena, &names, &count, sizeof(*slot));
		*slot = r->name;
	}
	for (size_t i = 0; i < count; i++)
		list = arena_printf(arena, "%s%s`%s`", list, i == 0 ? "" : ", ", names[i]);
	slot = arena_push(arena, &names, &count, sizeof(*slot));
	*slot = NULL;
	const char *near = str_nearest(name, names);
	error_set(error, ERROR_USAGE, "`--report` knows no form `%s`", name);
	error_why(error, "it must be one of %s", list);
	if (near != NULL)
		error_fix(error, "did you mean `%s`?", near);
	return -1;
}

/* Of one command line. */
struct reading {
	struct cli *cli;
	const struct report_inputs *inputs;
	struct report_own *own; /* or NULL */
	struct reports *reports;
	struct error *error;
};

/* Devices, and names such as /dev/stdout, which may lead to a file and are a link all the same: it
 * would be the link that is replaced, for the whole machine. */
static bool is_special(const char *folder, const char *path)
{
	enum fs_type type = fs_type(path);

	return type == FS_DIR || type == FS_OTHER || strcmp(folder, "/dev") == 0 ||
	       path_is_under(folder, "/proc");
}

const char *reports_place(struct cli *cli, const char *option, const char *name,
			  struct error *error)
{
	const char *path = path_join(cli->arena, cli->cwd, name);
	const char *folder = path_dir(cli->arena, path);

	if (fs_type(folder) != FS_DIR) {
		error_set(error, ERROR_USAGE, "there is no folder `%s` to write `%s` to", folder,
			  path_base(path));
		error_fix(error, "create it first");
		return NULL;
	}
	if (bounds_may_write(cli->cwd, folder, error) != 0)
		return NULL;
	folder = fs_real_path(cli->arena, folder, error);
	if (folder == NULL)
		return NULL;
	path = path_join(cli->arena, folder, path_base(path));
	if (!is_special(folder, path))
		return path;
	error_set(error, ERROR_USAGE, "`%s` cannot write to `%s`, which is no file", option, name);
	error_fix(error, "name a file");
	return NULL;
}

static bool is_part_of(const struct reading *r, const char *root, const char *path)
{
	static const char *const files[] = {"src", "package.json", "tsconfig.json", NULL};

	for (const char *const *file = files; root != NULL && *file != NULL; file++)
		if (path_is_under(path, path_join(r->cli->arena, root, *file)))
			return true;
	return false;
}

/* Whether the run reads the file, or would with --watch run again because of it. */
static bool is_input(const struct reading *r, const char *path)
{
	const char *baseline = r->inputs->baseline;
	const struct project_groups *groups = r->inputs->groups;
	struct error ignored;

	if (is_part_of(r, r->inputs->root, path))
		return true;
	for (size_t i = 0; groups != NULL && i < groups->count; i++)
		if (is_part_of(r, groups->items[i].root, path))
			return true;
	if (baseline != NULL)
		baseline = reports_place(r->cli, "", baseline, &ignored);
	return baseline != NULL && strcmp(baseline, path) == 0;
}

static bool is_taken(const struct reading *r, const char *path)
{
	bool taken = false;

	for (size_t i = 0; i < r->reports->count; i++)
		taken |= strcmp(r->reports->files[i].path, path) == 0;
	for (const struct report_own *own = r->own; own != NULL && own->name != NULL; own++)
		taken |= own->path != NULL && strcmp(own->path, path) == 0;
	return taken;
}

/* The path of a report, which must replace neither another one nor what the run reads. */
static const char *place_report(struct reading *r, const char *option, const char *name)
{
	const char *path = reports_place(r->cli, option, name, r->error);

	if (path == NULL)
		return NULL;
	if (is_input(r, path))
		error_set(r->error, ERROR_USAGE,
			  "`%s` cannot write to `%s`, which is for what the command reads", option,
			  name);
	else if (is_taken(r, path))
		error_set(r->error, ERROR_USAGE, "two reports go to `%s`", name);
	else
		return path;
	error_fix(r->error, "give each a file of its own");
	return NULL;
}

static struct report_own *find_own(struct report_own *own, const char *name)
{
	for (; own != NULL && own->name != NULL; own++) {
		if (own->option == NULL && strcmp(own->name, name) == 0)
			return own;
	}
	return NULL;
}

static int takes_no_file(const char *name, struct error *error)
{
	error_set(error, ERROR_USAGE, "`--report %s` is printed, it goes to no file", name);
	return error_fix(error, "write `--report %s`", name);
}

static int read_word(struct reading *r, const char *word)
{
	struct arena *arena = r->cli->arena;
	size_t len = strcspn(word, "=");
	const char *name = arena_strndup(arena, word, len);
	const char *file = word[len] == '=' ? word + len + 1 : "";
	struct report_own *mine = find_own(r->own, name);
	const struct reporter *reporter = reporter_find(name);

	if (mine == NULL && reporter == NULL)
		return unknown_form(arena, name, r->own, r->error);
	if (mine != NULL && !mine->to_file) {
		mine->given = true;
		return word[len] == '=' ? takes_no_file(name, r->error) : 0;
	}
	if (file[0] == '\0' || strcmp(file, "-") == 0)
		return no_file(name, mine != NULL, r->error);
	const char *path = place_report(r, "--report", file);
	if (path == NULL)
		return -1;
	if (mine != NULL) {
		mine->given = true;
		mine->path = path;
		return 0;
	}
	struct report_file *item =
		arena_push(arena, &r->reports->files, &r->reports->count, sizeof(*item));
	*item = (struct report_file){.reporter = reporter, .path = path};
	return 0;
}

static int read_options(struct reading *r)
{
	for (struct report_own *item = r->own; item != NULL && item->name != NULL; item++) {
		if (item->option == NULL || item->value == NULL)
			continue;
		const char *path = place_report(r, item->option, item->value);
		if (path == NULL)
			return -1;
		item->given = true;
		item->path = path;
	}
	return 0;
}

/* A link is removed itself, as it would be replaced itself. */
static int remove_old(const struct reports *reports, const struct report_own *own,
		      struct error *error)
{
	for (size_t i = 0; i < reports->count; i++)
		if (fs_remove_tree(reports->files[i].path, error) != 0)
			return -1;
	for (; own != NULL && own->name != NULL; own++)
		if (own->path != NULL && fs_remove_tree(own->path, error) != 0)
			return -1;
	return 0;
}

int reports_open_with(struct cli *cli, const char *const *words, const struct report_inputs *inputs,
		      struct report_own *own, struct reports *reports)
{
	struct error error = {0};
	struct reading reading = {
		.cli = cli, .inputs = inputs, .own = own, .reports = reports, .error = &error};

	*reports = (struct reports){
		.answer = reporter_find(cli->globals.json ? "json" : cli->globals.format)};
	for (size_t i = 0; words != NULL && words[i] != NULL; i++)
		if (read_word(&reading, words[i]) != 0)
			return cli_fail(cli, &error);
	if (read_options(&reading) != 0 || remove_old(reports, own, &error) != 0)
		return cli_fail(cli, &error);
	return EXIT_OK;
}

int reports_open(struct cli *cli, const char *const *words, const struct report_inputs *inputs,
		 struct reports *reports)
{
	return reports_open_with(cli, words, inputs, NULL, reports);
}

static unsigned all_needs(const struct reports *reports)
{
	unsigned needs = reports->answer->needs;

	for (size_t i = 0; i < reports->count; i++)
		needs |= reports->files[i].reporter->needs;
	return needs;
}

bool reports_need_document(const struct reports *reports)
{
	return (all_needs(reports) & REPORT_DOCUMENT) != 0;
}

/* --- what the forms need -----------------------------------------------------------------------
 */

static void list_rules(struct cli *cli, struct report_input *input)
{
	struct report_rule *list = NULL;
	size_t count = 0;

	for (const struct rule *const *r = rules; *r != NULL; r++) {
		struct report_rule *item = arena_push(cli->arena, &list, &count, sizeof(*item));
		*item = (struct report_rule){.info = (*r)->info,
					     .summary = (*r)->summary,
					     .explanation = (*r)->explanation,
					     .bad = (*r)->bad,
					     .good = (*r)->good};
	}
	input->rules = list;
	input->rule_count = count;
}

static const char *prefix_from(struct cli *cli, const char *folder, const char *root)
{
	const char *prefix = path_relative(cli->arena, folder, root);

	return strcmp(prefix, ".") == 0 ? "" : prefix;
}

/* --- giving ------------------------------------------------------------------------------------
 */

struct giving {
	struct report_input input;
	const char *from_here; /* the app as seen from the current folder */
	const char *from_root; /* and from the repository's root */
};

static void put_report(struct buf *out, struct giving *giving, const struct reporter *reporter,
		       const struct report_look *look)
{
	giving->input.look = *look;
	giving->input.prefix =
		(reporter->needs & REPORT_FROM_HERE) != 0 ? giving->from_here : giving->from_root;
	reporter->report(out, &giving->input);
}

static int write_file(struct giving *giving, const struct report_file *file, struct error *error)
{
	struct buf out = {0};

	put_report(&out, giving, file->reporter, &(const struct report_look){0});
	int result = fs_write_atomic(file->path, buf_cstr(&out), out.len, 0666, error);
	buf_dispose(&out);
	return result;
}

static int write_files(const struct reports *reports, struct giving *giving, struct error *error)
{
	for (size_t i = 0; i < reports->count; i++)
		if (write_file(giving, &reports->files[i], error) != 0)
			return -1;
	return 0;
}

static void put_answer(struct cli *cli, const struct reports *reports, struct giving *giving)
{
	const struct report_look look = {cli->out_color, cli->out_columns};
	struct buf out = {0};

	put_report(&out, giving, reports->answer, &look);
	if (out.len > 0 && strcmp(reports->answer->name, "human") == 0)
		several_head(cli);
	fwrite(buf_cstr(&out), 1, out.len, cli->out);
	buf_dispose(&out);
}

/* Of several apps, the files and an answer that is one document wait for the last. */
static int give(struct cli *cli, const struct reports *reports, struct giving *giving, int code)
{
	bool several = reports->gathered != NULL;
	struct error error = {0};
	bool failed = !several && write_files(reports, giving, &error) != 0;

	/* One document: the failure instead of the findings. */
	if (failed && cli->json)
		return cli_fail(cli, &error);
	if (!several || (reports->answer->needs & REPORT_WHOLE) == 0)
		put_answer(cli, reports, giving);
	giving->input.prefix = giving->from_root;
	actions_show(cli, &giving->input);
	return failed ? cli_fail(cli, &error) : code;
}

int reports_give(struct cli *cli, const struct reports *reports, struct app *app,
		 const struct diags *findings, struct cJSON *document, int code)
{
	struct giving giving = {
		.input = {.diags = findings,
			  .texts = &app->texts,
			  .command = cli->command->name,
			  .version = ATTIO_VERSION,
			  .document = document},
		.from_here = prefix_from(cli, cli->cwd, app->root),
		.from_root = prefix_from(cli, project_repository(cli->arena, app->root), app->root),
	};

	if ((all_needs(reports) & REPORT_RULES) != 0)
		list_rules(cli, &giving.input);
	code = give(cli, reports, &giving, code);
	if (reports->gathered != NULL && (all_needs(reports) & REPORT_WHOLE) != 0)
		gathered_add(reports->gathered, app, findings);
	if (cli->documents != NULL && document != NULL)
		cJSON_AddItemToArray(cli->documents, document);
	else
		cJSON_Delete(document);
	return code;
}

int reports_finish(struct cli *cli, const struct reports *reports, int code)
{
	struct gathered *all = reports->gathered;
	struct cJSON *document = several_document(cli, code);
	struct giving giving = {
		.input = {.diags = &all->findings,
			  .texts = &all->texts,
			  .command = cli->command->name,
			  .version = ATTIO_VERSION,
			  .document = document},
		.from_here = prefix_from(cli, cli->cwd, all->root),
		.from_root = prefix_from(cli, project_repository(cli->arena, all->root), all->root),
	};
	struct error error = {0};

	diags_sort(&all->findings);
	findings_add_json(document, &all->findings, &all->texts, all->files,
			  elapsed_ms(&all->start));
	if ((all_needs(reports) & REPORT_RULES) != 0)
		list_rules(cli, &giving.input);
	bool failed = write_files(reports, &giving, &error) != 0;
	if (!(failed && cli->json) && (reports->answer->needs & REPORT_WHOLE) != 0)
		put_answer(cli, reports, &giving);
	cJSON_Delete(document);
	gathered_dispose(all);
	return failed ? cli_fail(cli, &error) : code;
}
