/* What `attio build` says about its bundles: sizes, the size table, the treemap, esbuild's
 * metafile, and the outputs in its JSON document. */
#ifndef ATTIO_CLI_BUILD_REPORT_H
#define ATTIO_CLI_BUILD_REPORT_H

#include <stdbool.h>

#include "bundle/sizes.h"

struct app;
struct buf;
struct built;
struct cJSON;
struct cli;
struct error;

/* Which of them are wanted. */
struct build_report {
	bool table;
	const char *treemap;    /* absolute file, or NULL */
	const char *metafile;   /* the same */
	const char *out;        /* folder of the bundles, absolute */
	struct past_sizes past; /* of the last build, in the cli's arena */
};

/* Reads what the last build left. */
void build_report_recall(struct cli *cli, struct build_report *report, const struct app *app);

/* "client 17.3 KiB, server 97.7 KiB, 2 blocks 9.1 KiB" */
void build_report_line(struct buf *text, const struct built *built);
/* Adds `types`. */
void build_report_types(struct cJSON *document, const struct built *built);
/* Adds `out`, `outputs` and `types` to the document; without outputs when nothing was built. */
void build_report_json(struct cli *cli, struct cJSON *document, const struct build_report *report,
		       const struct built *built);
/* Writes the files and, unless the bundles are over budget, keeps the sizes for the next build. */
int build_report_write(struct cli *cli, const struct build_report *report, const struct app *app,
		       struct built *built, struct error *error);
/* Prints the table. */
void build_report_table(struct cli *cli, const struct build_report *report, struct built *built);

#endif
