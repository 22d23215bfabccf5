/* See replay.h. */
#include "cli/net/replay.h"

#include <cjson/cJSON.h>

#include "cli/cli.h"
#include "cli/net/answer.h"
#include "cli/net/flow_check.h"

enum { CALL_S = 120 };

static cJSON *line_of(const char *name, const struct flow_verdict *verdict)
{
	cJSON *line = cJSON_CreateObject(), *error;

	cJSON_AddStringToObject(line, "file", name);
	cJSON_AddBoolToObject(line, "equal", verdict->state == FLOW_EQUAL);
	cJSON_AddStringToObject(line, "diff", verdict->diff);
	cJSON_AddNumberToObject(line, "ms", (double)verdict->ms);
	if (verdict->state == FLOW_BROKEN) {
		error = cJSON_AddObjectToObject(line, "error");
		cJSON_AddStringToObject(error, "message", verdict->error.message);
		cJSON_AddStringToObject(error, "why", verdict->error.why);
		cJSON_AddStringToObject(error, "fix", verdict->error.fix);
	}
	return line;
}

int replay_run(struct cli *given, const void *opaque)
{
	const struct replay_options *options = opaque;
	const struct reach reach = {.timeout = CALL_S};
	struct flow_checker *checker = NULL;
	struct cli cli = *given;
	int code;

	cli.json = true;
	code = flow_checker_open(&cli, &reach, options->run, &checker);
	for (size_t i = 0; code == EXIT_OK && options->files != NULL && options->files[i] != NULL;
	     i++) {
		struct flow_verdict verdict;

		code = flow_check(checker, options->files[i], &verdict);
		if (code == EXIT_OK)
			answer_event(&cli, line_of(options->files[i], &verdict));
		flow_verdict_dispose(&verdict);
	}
	flow_checker_close(checker);
	return code;
}
