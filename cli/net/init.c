/* attio init: a new app from a template, and its git repository. Needs no account and no network,
 * but with --link, where the app on Attio comes last. The app matters more than its repository:
 * when git fails the app stays and a warning says so. */
#include <string.h>

#include <cjson/cJSON.h>

#include "app/installer.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "cli/net/init.h"
#include "git/git.h"
#include "scaffold/scaffold.h"
#include "scaffold/slug.h"
#include "scaffold/template.h"
#include "sys/install.h"
#include "sys/path.h"

enum git_outcome { OUTCOME_COMMIT, OUTCOME_NO_COMMIT, OUTCOME_NONE };

static const char *const outcome_names[] = {"commit", "no-commit", "none"};

struct next {
	const char *command;
	const char *when;
};

struct plan {
	struct cli *cli;
	const char *shown;  /* the folder as the user gave it */
	const char *folder; /* absolute */
	const char *slug;
	struct template from;
	struct template_file *files;
	size_t count;
	enum git_outcome git;
	struct next next[4];
	size_t next_count;
};

static int decide_names(struct cli *cli, const struct init_options *options, struct plan *plan,
			struct error *error)
{
	plan->shown = options->dir != NULL ? options->dir : options->app;
	if (plan->shown == NULL || *plan->shown == '\0') {
		error_set(error, ERROR_USAGE, "the name of the new folder is missing");
		return error_fix(error, "run `attio init my-app`");
	}
	plan->folder = path_join(cli->arena, cli->cwd, plan->shown);
	plan->slug = options->app != NULL ? options->app : path_base(plan->folder);
	if (slug_check(plan->slug, error) == 0)
		return 0;
	if (options->app != NULL)
		return -1;
	const char *better = slug_suggest(cli->arena, plan->slug);
	return error_fix(error, "choose another folder, or name the app with `--app %s`",
			 better != NULL ? better : "my-app");
}

static int read_template(struct cli *cli, const char *name, struct plan *plan, struct error *error)
{
	char *templates;
	if (install_templates(cli->arena, &templates, error) != 0 ||
	    template_find(cli->arena, templates, name, &plan->from, error) != 0)
		return -1;
	return template_read(cli->arena, &plan->from, plan->slug,
			     slug_title(cli->arena, plan->slug), &plan->files, &plan->count, error);
}

/* In the folder where the app is built, so that it appears with its repository. */
static void start_git(void *context, const char *built)
{
	struct plan *plan = context;
	struct cli *cli = plan->cli;
	struct error error;
	enum git_start result;
	bool inside;
	if (git_inside_work_tree(built, &inside, &error) != 0) {
		cli_warn(cli, "%s: %s", error.message, error.why);
	} else if (inside) {
		cli_say(cli, "no new git repository: the folder lies in the work tree of one");
	} else if (git_start_repository(built, plan->folder, "Start from the template", &result,
					&error) != 0) {
		cli_warn(cli, "the app has no git repository: %s: %s", error.message, error.why);
	} else {
		plan->git = result == GIT_STARTED_WITH_COMMIT ? OUTCOME_COMMIT : OUTCOME_NO_COMMIT;
	}
}

/* As a word of a shell's command line. */
static const char *shell_word(struct arena *arena, const char *text)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "_-./+:@%,";
	if (*text != '\0' && text[strspn(text, plain)] == '\0' && *text != '-')
		return text;
	struct buf word = {0};
	buf_puts(&word, *text == '-' ? "./'" : "'");
	for (const char *c = text; *c != '\0'; c++) {
		if (*c == '\'')
			buf_puts(&word, "'\\''");
		else
			buf_putc(&word, *c);
	}
	buf_putc(&word, '\'');
	char *result = arena_strndup(arena, word.ptr, word.len);
	buf_dispose(&word);
	return result;
}

/* From the folder where init was run. */
static const char *link_command(struct cli *cli, const struct plan *plan)
{
	if (strcmp(plan->folder, cli->cwd) == 0)
		return arena_printf(cli->arena, "attio link --app %s", plan->slug);
	return arena_printf(cli->arena, "attio link --app %s %s", plan->slug,
			    shell_word(cli->arena, plan->shown));
}

static void add_next(struct plan *plan, const char *command, const char *when)
{
	plan->next[plan->next_count++] = (struct next){command, when};
}

static void decide_next(struct cli *cli, struct plan *plan)
{
	if (strcmp(plan->folder, cli->cwd) != 0)
		add_next(plan,
			 arena_printf(cli->arena, "cd %s", shell_word(cli->arena, plan->shown)),
			 "go to the app");
	add_next(plan, installer_command(cli->arena, plan->folder, NULL), "install the SDK");
	add_next(plan, "attio validate", "check the app");
	add_next(plan, "attio dev", "run it on this machine");
}

static struct cJSON *to_json(struct cli *cli, const struct plan *plan)
{
	struct cJSON *document = cli_json(cli, EXIT_OK);

	cJSON_AddStringToObject(document, "folder", plan->folder);
	cJSON_AddStringToObject(document, "slug", plan->slug);
	cJSON_AddStringToObject(document, "template", plan->from.name);
	struct cJSON *files = cJSON_AddArrayToObject(document, "files");
	for (size_t i = 0; i < plan->count; i++)
		cJSON_AddItemToArray(files, cJSON_CreateString(plan->files[i].path));
	cJSON_AddStringToObject(document, "git", outcome_names[plan->git]);
	struct cJSON *next = cJSON_AddArrayToObject(document, "next");
	for (size_t i = 0; i < plan->next_count; i++) {
		struct cJSON *one = cJSON_CreateObject();
		cJSON_AddStringToObject(one, "command", plan->next[i].command);
		cJSON_AddStringToObject(one, "when", plan->next[i].when);
		cJSON_AddItemToArray(next, one);
	}
	return document;
}

static void tell(struct cli *cli, const struct plan *plan)
{
	static const char *const git[] = {
		[OUTCOME_COMMIT] = ", with a git repository and a first commit",
		[OUTCOME_NO_COMMIT] = ", with a git repository",
		[OUTCOME_NONE] = "",
	};
	cli_say(cli, "created `%s` from the template `%s`: %zu files%s", plan->shown,
		plan->from.name, plan->count, git[plan->git]);
	if (plan->git == OUTCOME_NO_COMMIT)
		cli_say(cli, "nothing is committed yet, because git knows no user.name and "
			     "user.email: set them, then run `git commit -m \"Start\"`");
	cli_say(cli, "next:");
	for (size_t i = 0; i < plan->next_count; i++)
		cli_say(cli, "  %s", plan->next[i].command);
}

int init_run(struct cli *cli, const void *command_options)
{
	const struct init_options *options = command_options;
	struct plan plan = {.cli = cli, .git = OUTCOME_NONE};
	struct scaffold_extra repository = {start_git, &plan};
	struct cJSON *document = NULL;
	struct error error;
	if (decide_names(cli, options, &plan, &error) != 0 ||
	    linking_check(&options->linking, &error) != 0 ||
	    read_template(cli, options->template_name, &plan, &error) != 0 ||
	    scaffold_write(plan.folder, plan.files, plan.count,
			   options->no_git ? NULL : &repository, &error) != 0)
		return cli_fail(cli, &error);
	decide_next(cli, &plan);
	tell(cli, &plan);
	if (cli->json)
		document = to_json(cli, &plan);
	if (options->link)
		return linking_run(cli, &options->linking, plan.folder, plan.slug,
				   link_command(cli, &plan), document);
	if (document != NULL)
		cli_print_json(cli, document);
	return EXIT_OK;
}
