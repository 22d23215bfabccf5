/* One way to show findings; see findings.h. */
#include "cli/findings.h"

#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "cli/several.h"
#include "diag/diag.h"
#include "diag/report.h"
#include "diag/text.h"

void findings_print(struct cli *cli, const struct diags *findings, struct texts *texts)
{
	const struct report_look look = {cli->out_color, cli->out_columns};
	struct buf text = {0};

	if (cli->json || findings->count == 0)
		return;
	several_head(cli);
	report_human(&text, findings, texts, &look);
	fwrite(buf_cstr(&text), 1, text.len, cli->out);
	buf_dispose(&text);
}

bool findings_are_news(char **told, const struct diags *findings, struct texts *texts)
{
	struct buf text = {0};
	bool news;

	report_human(&text, findings, texts, &(const struct report_look){0});
	news = *told == NULL || strcmp(*told, buf_cstr(&text)) != 0;
	mem_free(*told);
	*told = buf_take(&text);
	return news;
}

const char *findings_count_words(struct cli *cli, const struct diags *findings)
{
	size_t errors = diags_count(findings, SEVERITY_ERROR);
	size_t warnings = diags_count(findings, SEVERITY_WARNING);

	return arena_printf(cli->arena, "%zu error%s, %zu warning%s", errors,
			    errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s");
}

void findings_add_json(struct cJSON *document, const struct diags *findings, struct texts *texts,
		       size_t files, long ms)
{
	struct cJSON *summary;

	cJSON_AddStringToObject(document, "root", texts->files.root);
	summary = cJSON_AddObjectToObject(document, "summary");
	cJSON_AddNumberToObject(summary, "files", (double)files);
	cJSON_AddNumberToObject(summary, "errors", (double)diags_count(findings, SEVERITY_ERROR));
	cJSON_AddNumberToObject(summary, "warnings",
				(double)diags_count(findings, SEVERITY_WARNING));
	cJSON_AddNumberToObject(summary, "ms", (double)ms);
	cJSON_AddItemToObject(document, "diagnostics", report_json(findings, texts));
}

void findings_add_counts(struct cJSON *document, const struct finding_counts *counts)
{
	struct cJSON *summary = cJSON_GetObjectItemCaseSensitive(document, "summary");

	cJSON_AddNumberToObject(summary, "fixed", (double)counts->fixed);
	cJSON_AddNumberToObject(summary, "suppressed", (double)counts->suppressed);
	cJSON_AddNumberToObject(summary, "baseline", (double)counts->baseline);
}

void warn_untold(struct cli *cli, const struct error *error)
{
	cli_warn(cli, "git was not asked whether it tracks `.env`: %s%s%s", error->message,
		 error->why[0] != '\0' ? ": " : "", error->why);
}

long elapsed_ms(const struct timespec *start)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long)(now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000;
}
