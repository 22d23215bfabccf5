/* Findings as text or JSON. Pure: from data to a buffer. */
#ifndef ATTIO_DIAG_REPORT_H
#define ATTIO_DIAG_REPORT_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct diag;
struct diags;
struct texts;
struct cJSON;

/* The human form (design: cli.md section 6): code, message, place, source frame, notes, help. */
void report_human(struct buf *out, const struct diags *diags, struct texts *texts, bool color);
/* The `diagnostics` array of the JSON contract (cli.md section 5). `range` is null for
 * findings without a place and for those about a file as a whole; the `range` of an edit is always
 * set when its file can be read. The caller frees the array with cJSON_Delete. */
struct cJSON *report_json(const struct diags *diags, struct texts *texts);

#endif
