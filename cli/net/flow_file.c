/* attio flow save, attio flow replay: a flow as a file, and back. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/arguments.h"
#include "cli/net/client.h"
#include "cli/net/flow.h"
#include "cli/net/flow_check.h"
#include "local/flow/file.h"
#include "local/flow/lines.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "testing/tests.h"

/* For people: a line each. */
static void put_diff(struct cli *cli, const char *diff)
{
	while (*diff != '\0') {
		size_t len = strcspn(diff, "\n");

		answer_line(cli, "%.*s", (int)len, diff);
		diff += len + (diff[len] == '\n');
	}
}

static int write_file(struct cli *cli, const char *name, const cJSON *file)
{
	struct error error = {0};
	struct buf text = {0};
	int code = EXIT_OK;

	flow_file_print(&text, file);
	if (fs_write_atomic(path_join(cli->arena, cli->cwd, name), text.ptr, text.len, 0666,
			    &error) != 0)
		code = cli_fail(cli, &error);
	buf_dispose(&text);
	return code;
}

/* --- attio flow replay -------------------------------------------------------------------------
 */

static void add_item(cJSON *items, const char *name, const struct flow_verdict *verdict,
		     bool updated)
{
	cJSON *item = cJSON_CreateObject(), *error;

	cJSON_AddStringToObject(item, "file", name);
	cJSON_AddBoolToObject(item, "equal", verdict->state == FLOW_EQUAL);
	cJSON_AddBoolToObject(item, "updated", updated);
	cJSON_AddStringToObject(item, "diff", verdict->diff);
	if (verdict->state == FLOW_BROKEN) {
		error = cJSON_AddObjectToObject(item, "error");
		cJSON_AddStringToObject(error, "message", verdict->error.message);
		cJSON_AddStringToObject(error, "why", verdict->error.why);
		cJSON_AddStringToObject(error, "fix", verdict->error.fix);
	}
	cJSON_AddItemToArray(items, item);
}

/* Prints and accepts; the exit code of this file. */
static int take_verdict(struct cli *cli, const char *name, struct flow_verdict *verdict,
			bool update, cJSON *items)
{
	bool updated = verdict->state == FLOW_DIFFERS && update;

	add_item(items, name, verdict, updated);
	if (!cli->json && verdict->state == FLOW_DIFFERS) {
		answer_line(cli, "%s%s", name, updated ? " (accepted)" : " behaves differently");
		put_diff(cli, verdict->diff);
	} else if (!cli->json && verdict->state == FLOW_BROKEN) {
		cli_fail(cli, &verdict->error);
	}
	if (verdict->state == FLOW_BROKEN)
		return EXIT_USAGE;
	if (!updated)
		return verdict->state == FLOW_DIFFERS ? EXIT_FINDINGS : EXIT_OK;
	cJSON_ReplaceItemInObjectCaseSensitive(verdict->file, "saw", verdict->lines);
	verdict->lines = NULL;
	return write_file(cli, name, verdict->file);
}

/* The end of the conversation: without differences the answer is empty. */
static void say_summary(struct cli *cli, const cJSON *items)
{
	int count = cJSON_GetArraySize(items), differing = 0, accepted = 0, broken = 0;
	struct buf text = {0};
	const cJSON *item;

	cJSON_ArrayForEach(item, items)
	{
		if (cJSON_HasObjectItem(item, "error"))
			broken++;
		else if (cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(item, "updated")))
			accepted++;
		else
			differing += cJSON_IsFalse(cJSON_GetObjectItemCaseSensitive(item, "equal"));
	}
	buf_printf(&text, "%d flow%s replayed", count - broken, count - broken == 1 ? "" : "s");
	if (differing + accepted == 0 && count > broken)
		buf_puts(&text, count - broken == 1 ? ", equal" : ", all equal");
	if (differing > 0)
		buf_printf(&text, ", %d not equal", differing);
	if (accepted > 0)
		buf_printf(&text, ", %d accepted", accepted);
	if (broken > 0)
		buf_printf(&text, "; %d could not be", broken);
	cli_say(cli, "%s", buf_cstr(&text));
	buf_dispose(&text);
}

/* *broken gets the first file that is none. */
/* The files that are named, and for a folder the flow files below it, as `attio test` finds them.
 * Ends with NULL. */
static int spread(struct cli *cli, const char *const *named, const char ***files,
		  struct error *error)
{
	size_t count = 0;

	*files = NULL;
	for (size_t i = 0; named[i] != NULL; i++) {
		const char *full = path_join(cli->arena, cli->cwd, named[i]);
		const char *const folder[] = {full, NULL};
		struct test_files found = {0};

		if (fs_type(full) != FS_DIR)
			*(const char **)arena_push(cli->arena, files, &count, sizeof(**files)) =
				named[i];
		else if (test_files_find(cli->arena, cli->cwd, folder, &found, error) != 0)
			return -1;
		for (size_t k = 0; k < found.count; k++)
			if (found.items[k].kind == TEST_FLOW)
				*(const char **)arena_push(cli->arena, files, &count,
							   sizeof(**files)) = found.items[k].path;
	}
	if (count == 0) {
		error_set(error, ERROR_USAGE, "there are no flow files below `%s`", named[0]);
		return error_fix(error, "`attio flow save last NAME.flow.json` writes one");
	}
	*(const char **)arena_push(cli->arena, files, &count, sizeof(**files)) = NULL;
	return 0;
}

static int replay_all(struct cli *cli, const struct flow_replay_options *options,
		      const char *const *files, struct flow_checker *checker, cJSON *items,
		      struct error *broken, int *worst)
{
	for (size_t i = 0; files[i] != NULL; i++) {
		struct flow_verdict verdict;
		int code = flow_check(checker, files[i], &verdict);
		int own = EXIT_OK;

		if (code == EXIT_OK)
			own = take_verdict(cli, files[i], &verdict, options->update, items);
		if (verdict.state == FLOW_BROKEN && broken->kind == ERROR_NONE)
			*broken = verdict.error;
		flow_verdict_dispose(&verdict);
		if (code != EXIT_OK)
			return code;
		*worst = own > *worst ? own : *worst;
	}
	return EXIT_OK;
}

/* The document of files of which one is none. */
static int refuse(struct cli *cli, const struct error *broken, cJSON *answer)
{
	const struct cli_refusal refusal = {"usage", EXIT_USAGE, broken->message, broken->why,
					    broken->fix};
	cJSON *document;

	if (!cli->json) {
		cJSON_Delete(answer);
		return EXIT_USAGE;
	}
	document = cli_json(cli, EXIT_USAGE);
	client_add_members(document, answer);
	return cli_refuse(cli, &refusal, document);
}

int flow_replay_run(struct cli *cli, const void *opaque)
{
	const struct flow_replay_options *options = opaque;
	struct flow_checker *checker = NULL;
	cJSON *answer, *items;
	const char **files;
	struct error error = {0};
	struct error broken = {0};
	int worst = EXIT_OK, code;

	if (options->files == NULL || options->files[0] == NULL)
		return argument_wrong(cli, "`attio flow replay` needs FILE",
				      "name files that `attio flow save` has written");
	if (spread(cli, options->files, &files, &error) != 0)
		return cli_fail(cli, &error);
	answer = cJSON_CreateObject();
	items = cJSON_AddArrayToObject(answer, "items");
	code = flow_checker_open(cli, &options->reach, NULL, &checker);
	if (code == EXIT_OK)
		code = replay_all(cli, options, files, checker, items, &broken, &worst);
	flow_checker_close(checker);
	if (code == EXIT_OK)
		say_summary(cli, items);
	if (code == EXIT_OK && broken.kind != ERROR_NONE)
		return refuse(cli, &broken, answer);
	if (code == EXIT_OK)
		return client_print_json(cli, answer, worst);
	cJSON_Delete(answer);
	return code;
}

/* --- attio flow save ---------------------------------------------------------------------------
 */

/* What the log has of the flow. */
static int read_flow(struct cli *cli, const struct flow_save_options *options, cJSON **file,
		     cJSON **recorded)
{
	const char *id = argument_part(cli, options->flow);
	struct client *client = NULL;
	cJSON *answer = NULL;
	int code = client_open(cli, &options->reach, CLIENT_APP, &client);

	*file = *recorded = NULL;
	if (code == EXIT_OK)
		code = client_call(client, "GET", arena_printf(cli->arena, "/flows/%s/file", id),
				   NULL, &answer);
	*file = cJSON_DetachItemFromObjectCaseSensitive(answer, "file");
	cJSON_Delete(answer);
	answer = NULL;
	if (code == EXIT_OK)
		code = client_call(client, "GET", arena_printf(cli->arena, "/flows/%s/lines", id),
				   NULL, &answer);
	*recorded = cJSON_DetachItemFromObjectCaseSensitive(answer, "lines");
	cJSON_Delete(answer);
	client_close(client);
	return code;
}

/* What only one of the two can have: the request that begins it is another one where a user clicked
 * on the page, and then there is no transcript, only what the action's own function returned. */
static cJSON *may_vary(struct cli *cli, const cJSON *recorded)
{
	const cJSON *first = cJSON_GetArrayItem(recorded, 0), *line;
	const char *head = cJSON_IsString(first) ? first->valuestring : "";
	cJSON *pointers = cJSON_CreateArray();
	bool is_run = str_starts(head, "action ") || str_starts(head, "surface "), told = false;

	for (line = first != NULL ? first->next : NULL; line != NULL; line = line->next)
		told = told ||
		       str_starts(line->valuestring, is_run ? "  /output/findings" : "  /output");
	cJSON_AddItemToArray(pointers,
			     cJSON_CreateString(arena_printf(cli->arena, "%s /input", head)));
	/* A script answers at once, the page when its user does. */
	cJSON_AddItemToArray(pointers, cJSON_CreateString("/input/wants_answer"));
	if (!told)
		cJSON_AddItemToArray(
			pointers, cJSON_CreateString(arena_printf(cli->arena, "%s /output", head)));
	return pointers;
}

static int differs(struct cli *cli, const char *diff)
{
	const struct cli_refusal refusal = {
		"findings", EXIT_FINDINGS,
		"the flow does not happen again as it was recorded, so nothing is written",
		"the app's code is another one since, another flow changed the data while this one "
		"ran, or it depends on chance",
		"run it again and save it at once; the lines above say what differs"};

	cJSON *document;

	if (!cli->json) {
		put_diff(cli, diff);
		return cli_refuse(cli, &refusal, NULL);
	}
	document = cli_json(cli, EXIT_FINDINGS);
	cJSON_AddStringToObject(document, "diff", diff);
	return cli_refuse(cli, &refusal, document);
}

/* What is left of a difference when lines are the same that differ only in how the recorded flow's
 * secrets are written: the replay has another value there, which nothing else has. Only the
 * platform of the flow knows them. */
static int compare(struct cli *cli, const struct flow_save_options *options, const cJSON *recorded,
		   const cJSON *seen, const cJSON *vary, struct buf *diff)
{
	cJSON *body, *answer = NULL;
	struct client *client = NULL;
	int code;

	if (!flow_lines_diff(recorded, seen, vary, diff))
		return EXIT_OK;
	body = cJSON_CreateObject();
	cJSON_AddItemToObject(body, "recorded", cJSON_Duplicate(recorded, true));
	cJSON_AddItemToObject(body, "seen", cJSON_Duplicate(seen, true));
	code = client_open(cli, &options->reach, CLIENT_STORE, &client);
	if (code == EXIT_OK)
		code = client_call(client, "POST", "/flows/alike", body, &answer);
	else
		cJSON_Delete(body);
	if (code == EXIT_OK) {
		buf_clear(diff);
		flow_lines_diff(cJSON_GetObjectItemCaseSensitive(answer, "recorded"),
				cJSON_GetObjectItemCaseSensitive(answer, "seen"), vary, diff);
	}
	cJSON_Delete(answer);
	client_close(client);
	return code;
}

/* What was saved is what replays, or it is told and not written. */
static int keep(struct cli *cli, const struct flow_save_options *options, cJSON *file,
		const cJSON *recorded, struct flow_checker *checker)
{
	const char *name = options->file;
	struct flow_verdict verdict;
	cJSON *seen = NULL, *answer, *vary = may_vary(cli, recorded);
	struct buf diff = {0};
	int lines = 0, code = flow_check_file(checker, name, file, &verdict);

	if (code == EXIT_OK && verdict.state == FLOW_BROKEN)
		code = cli_fail(cli, &verdict.error);
	if (code == EXIT_OK)
		code = flow_checker_seen(checker, &seen);
	if (code == EXIT_OK)
		code = compare(cli, options, recorded, seen, vary, &diff);
	if (code == EXIT_OK && diff.len > 0)
		code = differs(cli, buf_cstr(&diff));
	if (code == EXIT_OK) {
		lines = cJSON_GetArraySize(verdict.lines);
		cJSON_ReplaceItemInObjectCaseSensitive(verdict.file, "saw", verdict.lines);
		verdict.lines = NULL;
		code = write_file(cli, name, verdict.file);
	}
	flow_verdict_dispose(&verdict);
	buf_dispose(&diff);
	cJSON_Delete(seen);
	cJSON_Delete(vary);
	if (code != EXIT_OK)
		return code;
	cli_say(cli, "saved in `%s`", name);
	answer = cJSON_CreateObject();
	cJSON_AddStringToObject(answer, "file", name);
	cJSON_AddNumberToObject(answer, "lines", lines);
	return client_print_json(cli, answer, EXIT_OK);
}

int flow_save_run(struct cli *cli, const void *opaque)
{
	const struct flow_save_options *options = opaque;
	const struct reach aside = {.timeout = options->reach.timeout};
	struct flow_checker *checker = NULL;
	cJSON *file = NULL, *recorded = NULL;
	int code = read_flow(cli, options, &file, &recorded);

	if (code == EXIT_OK)
		code = flow_checker_open(cli, &aside, NULL, &checker);
	if (code == EXIT_OK)
		code = keep(cli, options, file, recorded, checker);
	else
		cJSON_Delete(file);
	flow_checker_close(checker);
	cJSON_Delete(recorded);
	return code;
}
