/* The table of forms. The names stand twice because an option's choices are a plain list of words
 * in read-only data; a unit test compares them. */
#include "diag/reporters.h"

#include <stddef.h>
#include <string.h>

#include "diag/report.h"

static void put_human(struct buf *out, const struct report_input *input)
{
	report_human(out, input->diags, input->texts, &input->look);
}

const char *const report_formats[] = {"human", "json",  "ndjson", "unix",   "agent", "github",
				      "sarif", "junit", "gitlab", "rdjson", NULL};

const struct reporter reporters[] = {
	{"human", put_human, 0},
	{"json", report_document, REPORT_DOCUMENT | REPORT_WHOLE},
	{"ndjson", report_ndjson, REPORT_DOCUMENT},
	{"unix", report_unix, REPORT_FROM_HERE},
	{"agent", report_agent, REPORT_FROM_HERE},
	{"github", report_github, 0},
	{"sarif", report_sarif, REPORT_RULES | REPORT_WHOLE},
	{"junit", report_junit, REPORT_WHOLE},
	{"gitlab", report_gitlab, REPORT_WHOLE},
	{"rdjson", report_rdjson, REPORT_WHOLE},
	{.name = NULL},
};

const struct reporter *reporter_find(const char *name)
{
	for (const struct reporter *r = reporters; r->name != NULL; r++)
		if (strcmp(r->name, name) == 0)
			return r;
	return NULL;
}
