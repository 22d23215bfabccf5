/* A flow as lines that two runs of the same thing have in common: the tree of its crossings, a line
 * for each value that went in or came out. What differs from run to run is replaced: ids by <id>,
 * moments by <time>, the platform's own address by <platform>. Neighbours that may run side by side
 * (all but what the user saw, which stays in its order) are sorted. */
#ifndef ATTIO_LOCAL_RUN_FLOW_LINES_H
#define ATTIO_LOCAL_RUN_FLOW_LINES_H

#include <stdbool.h>

#include <cjson/cJSON.h>

struct buf;

/* Appends the text with ids, moments and the platform's address replaced. */
void flow_lines_put_plain(struct buf *out, const char *text);

/* Of what flows_show gives: an array of strings, which the caller frees. */
cJSON *flow_lines(const cJSON *flow);

/* Appends "- line" and "+ line" for what only one of two lists has, and up to two lines around it.
 * Values below a pointer of `may_vary` ("/output/toasts/0/title"; an array of strings or NULL) are
 * not compared. Returns whether there was a difference. */
bool flow_lines_diff(const cJSON *before, const cJSON *after, const cJSON *may_vary,
		     struct buf *out);

#endif
