/* Findings in the forms that people and programs read. Pure: from data to a buffer, the same bytes
 * for the same data. The list of the forms by name is in reporters.h. */
#ifndef ATTIO_DIAG_REPORT_H
#define ATTIO_DIAG_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "diag/diag.h"

struct buf;
struct texts;
struct cJSON;

/* What a rule is, for forms that carry it along; given by the caller, because this room lies below
 * the rules. All but bad and good are set. */
struct report_rule {
	struct rule_info info;
	const char *summary;     /* one line */
	const char *explanation; /* paragraphs split by "\n\n" */
	const char *bad;         /* a failing example in TypeScript, or NULL */
	const char *good;        /* the corrected one, or NULL */
};

/* How people look at it. */
struct report_look {
	bool color;
	size_t columns; /* frames fit into a window of so many; 0: into a wide one */
};

struct report_input {
	const struct diags *diags; /* sorted */
	struct texts *texts;
	/* The app's folder as paths in the report shall see it: "" or "apps/x" or "../x". */
	const char *prefix;
	const char *command;             /* "validate" */
	const char *version;             /* of the tool */
	const struct report_rule *rules; /* sorted by code; for REPORT_RULES (reporters.h) */
	size_t rule_count;
	struct cJSON *document; /* the command's JSON document; for REPORT_DOCUMENT */
	struct report_look look;
};

/* The human form: code, message, place, source frame, notes, help. */
void report_human(struct buf *out, const struct diags *diags, struct texts *texts,
		  const struct report_look *look);
/* The `diagnostics` array of the JSON document. `range` is null for
 * findings without a place and for those about a file as a whole; the `range` of an edit is always
 * set when its file can be read. The caller frees the array with cJSON_Delete. */
struct cJSON *report_json(const struct diags *diags, struct texts *texts);

/* One line a finding: `file:line:col: error CODE name: message`; a whole file has line and column
 * 1, a finding without a place names the app's folder alone. `agent` adds ` help: ...`. */
void report_unix(struct buf *out, const struct report_input *input);
void report_agent(struct buf *out, const struct report_input *input);
/* Workflow commands of GitHub Actions, which become annotations of a change. */
void report_github(struct buf *out, const struct report_input *input);
/* A table in Markdown for the summary page of a GitHub Actions step. */
void report_markdown(struct buf *out, const struct report_input *input);
/* The JSON document in one line; and in many: each finding with `type` "finding", then the rest of
 * the document with `type` "summary". */
void report_document(struct buf *out, const struct report_input *input);
void report_ndjson(struct buf *out, const struct report_input *input);
/* SARIF 2.1.0 (OASIS standard), for code scanning. */
void report_sarif(struct buf *out, const struct report_input *input);
/* The JUnit XML that CI servers read: errors are failed tests, warnings skipped ones, and an app
 * without findings is one test that passed. */
void report_junit(struct buf *out, const struct report_input *input);
/* GitLab's code quality report. */
void report_gitlab(struct buf *out, const struct report_input *input);
/* reviewdog's diagnostic format (rdjson). Its columns count bytes, not UTF-16 units. */
void report_rdjson(struct buf *out, const struct report_input *input);

#endif
