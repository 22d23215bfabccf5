/* See linking.h. The order of the calls is that of the official tool; the files are there first,
 * though, so that a failure on this machine leaves nothing behind on the platform. */
#include "cli/net/linking.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/net/ask.h"
#include "cli/net/target.h"
#include "platform/accounts.h"
#include "scaffold/naming.h"
#include "scaffold/slug.h"

struct linking {
	struct cli *cli;
	const struct linking_options *options;
	const char *root;
	const char *slug;
	const char *again;
	struct cJSON *document;
	struct target target;
	struct platform_app app;
	const char *account; /* slug of the account it was made in; NULL: it was there */
	const char *title;   /* of the app to make */
};

int linking_check(const struct linking_options *options, struct error *error)
{
	return options->title != NULL ? title_check(options->title, error) : 0;
}

/* Hands over the document; a failure is told once, and how to go on. */
static int refuse(struct linking *run, const struct cli_refusal *refusal)
{
	struct cJSON *document = run->document;
	int code;

	run->document = NULL;
	code = cli_refuse(run->cli, refusal, document);
	/* Where an answer is missing, the fix has the whole command. */
	if (code == EXIT_USAGE || code == EXIT_NEEDS_INPUT)
		return code;
	cli_say(run->cli, "the app's files are there; to go on: `%s%s`",
		refusal->exit_code == EXIT_AUTH ? "attio login && " : "", run->again);
	return code;
}

static int fail(struct linking *run, const struct error *error)
{
	const struct cli_refusal refusal = cli_refusal_of(error);

	return refuse(run, &refusal);
}

static int needs_input(struct linking *run, const char *needed, const char *why, const char *option)
{
	const struct cli_refusal refusal = {
		.kind = "needs-input",
		.exit_code = EXIT_NEEDS_INPUT,
		.message = arena_printf(run->cli->arena, "%s, and nobody can be asked", needed),
		.why = why,
		.fix = arena_printf(run->cli->arena, "run `%s %s`", run->again, option),
	};

	return refuse(run, &refusal);
}

static const char *list_accounts(struct linking *run, const struct platform_account *accounts,
				 size_t count)
{
	struct buf text = {0};
	const char *list;

	for (size_t i = 0; i < count; i++)
		buf_printf(&text, "%s%s (%s)", i > 0 ? ", " : "", accounts[i].shown,
			   accounts[i].title);
	list = arena_strdup(run->cli->arena, buf_cstr(&text));
	buf_dispose(&text);
	return list;
}

static const struct platform_account *find_account(const struct platform_account *accounts,
						   size_t count, const char *slug)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(accounts[i].slug, slug) == 0)
			return &accounts[i];
	return NULL;
}

/* The account to make the app in; NULL with *code when there is none. */
static const struct platform_account *choose_account(struct linking *run, int *code)
{
	struct platform_account *accounts;
	const struct platform_account *found;
	const char *slug = run->options->account, *list;
	struct error error = {0};
	size_t count;

	if (platform_accounts(&run->target.platform, &accounts, &count, &error) != 0) {
		*code = fail(run, &error);
		return NULL;
	}
	if (count == 0) {
		error_set(&error, ERROR_NOT_FOUND, "you have no developer account to make it in");
		error_fix(&error, "make one at %s", PLATFORM_PORTAL_URL);
		*code = fail(run, &error);
		return NULL;
	}
	list = list_accounts(run, accounts, count);
	if (slug == NULL && count == 1)
		return &accounts[0];
	if (slug == NULL && !run->cli->interactive) {
		*code = needs_input(run, "a developer account has to be chosen", list,
				    "--account SLUG");
		return NULL;
	}
	if (slug == NULL) {
		cli_say(run->cli, "your developer accounts: %s", list);
		slug = ask_line(run->cli, "Developer account", accounts[0].slug);
	}
	found = slug != NULL ? find_account(accounts, count, slug) : NULL;
	if (found == NULL) {
		error_set(&error, ERROR_NOT_FOUND, "you have no developer account `%s`",
			  slug != NULL ? slug : "");
		error_why(&error, "there are: %s", list);
		error_fix(&error, "name one of them with `--account SLUG`");
		*code = fail(run, &error);
	}
	return found;
}

/* EXIT_OK with run->title. */
static int choose_title(struct linking *run)
{
	const char *title = run->options->title;
	struct error error = {0};

	if (title == NULL)
		title = slug_title(run->cli->arena, run->slug);
	if (run->options->title == NULL && !run->options->yes && run->cli->interactive) {
		const char *typed = ask_line(run->cli, "Title of the new app", title);

		title = typed != NULL ? typed : title;
	}
	run->title = title;
	return title_check(title, &error) == 0 ? EXIT_OK : fail(run, &error);
}

static int confirm(struct linking *run)
{
	static const struct cli_refusal no = {"findings", EXIT_FINDINGS, "the app was not made",
					      "you said no", ""};
	const char *question;

	if (run->options->yes)
		return EXIT_OK;
	if (!run->cli->interactive)
		return needs_input(
			run,
			arena_printf(run->cli->arena,
				     "there is no app `%s` yet; making it has to be confirmed",
				     run->slug),
			"standard input is not a terminal, or questions are turned off", "--yes");
	question = arena_printf(run->cli->arena, "Make the app \"%s\" with the slug `%s`?",
				run->title, run->slug);
	return ask_yes(run->cli, question, true) ? EXIT_OK : refuse(run, &no);
}

static int make_app(struct linking *run)
{
	const struct platform_account *account;
	const char *at = run->target.account.addresses->at;
	struct error error = {0};
	int code = EXIT_OK;

	if (slug_check(run->slug, &error) != 0)
		return fail(run, &error);
	cli_say(run->cli, "there is no app `%s` %s %s yet", run->slug, at != NULL ? "at" : "on",
		at != NULL ? at : "Attio");
	account = choose_account(run, &code);
	if (account == NULL)
		return code;
	cli_say(run->cli, "developer account: %s", account->title);
	code = choose_title(run);
	if (code == EXIT_OK)
		code = confirm(run);
	if (code != EXIT_OK)
		return code;
	if (platform_app_create(&run->target.platform, account, run->slug, run->title, &run->app,
				&error) != 0)
		return fail(run, &error);
	run->account = account->shown;
	return EXIT_OK;
}

static int report(struct linking *run, bool written)
{
	struct cJSON *document = run->document;
	struct cJSON *app;

	cli_say(run->cli, "%s `%s` (%s)%s", run->account != NULL ? "made the app" : "linked to",
		run->app.title, run->slug, written ? "; package.json has its name" : "");
	if (document == NULL) {
		fprintf(run->cli->out, "%s\n", run->app.id);
		return EXIT_OK;
	}
	app = cJSON_AddObjectToObject(document, "app");
	cJSON_AddStringToObject(app, "id", run->app.id);
	cJSON_AddStringToObject(app, "slug", run->slug);
	cJSON_AddStringToObject(app, "title", run->app.title);
	cJSON_AddBoolToObject(document, "created", run->account != NULL);
	if (run->account != NULL)
		cJSON_AddStringToObject(document, "account", run->account);
	cJSON_AddBoolToObject(document, "written", written);
	run->document = NULL;
	cli_print_json(run->cli, document);
	return EXIT_OK;
}

static int link_app(struct linking *run)
{
	struct error error = {0};
	bool written;
	int code = EXIT_OK;

	if (target_open_attio(&run->target, run->cli, run->options->timeout, run->options->cacert,
			      &error) != 0)
		return fail(run, &error);
	if (platform_app_by_slug(&run->target.platform, run->slug, &run->app, &error) != 0) {
		if (error.kind != ERROR_NOT_FOUND)
			return fail(run, &error);
		code = make_app(run);
	}
	if (code != EXIT_OK)
		return code;
	if (naming_write(run->cli->arena, run->root, run->slug, &written, &error) != 0)
		return fail(run, &error);
	return report(run, written);
}

int linking_run(struct cli *cli, const struct linking_options *options, const char *root,
		const char *slug, const char *again, struct cJSON *document)
{
	struct linking run = {.cli = cli,
			      .options = options,
			      .root = root,
			      .slug = slug,
			      .again = again,
			      .document = document};
	int code = link_app(&run);

	target_close(&run.target);
	return code;
}
