/* The one list of report forms: `--format`, `--report` and their help are made from it. */
#ifndef ATTIO_DIAG_REPORTERS_H
#define ATTIO_DIAG_REPORTERS_H

struct buf;
struct report_input;

/* What a form needs of the caller besides findings and texts. A bit set. */
enum report_needs {
	REPORT_DOCUMENT = 1, /* input.document */
	REPORT_RULES = 2,    /* input.rules */
	/* Paths as seen from the current folder, for shells and editors. Without this bit they are
	 * seen from the repository's root, as CI servers want them. */
	REPORT_FROM_HERE = 4,
	/* One document: another one must not follow it. */
	REPORT_WHOLE = 8
};

struct reporter {
	const char *name; /* "sarif" */
	void (*report)(struct buf *out, const struct report_input *input);
	unsigned needs;
};

/* In the order in which help lists them; ends with name NULL. */
extern const struct reporter reporters[];
/* Their names as the choices of an option; ends with NULL. */
extern const char *const report_formats[];

/* NULL when there is none of that name. */
const struct reporter *reporter_find(const char *name);

#endif
