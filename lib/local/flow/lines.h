/* A flow as lines that two runs of the same thing have in common: the tree of its crossings, a line
 * for each value that went in or came out, members in the order of their names. What differs from
 * run to run is replaced (varying.h), ids that are new by a name each, the same one for the same
 * id: <person-1>. Crossings stay in the order in which they began, but for those that were under
 * way at the same time, which are sorted. */
#ifndef ATTIO_LOCAL_FLOW_LINES_H
#define ATTIO_LOCAL_FLOW_LINES_H

#include <stdbool.h>

#include <cjson/cJSON.h>

struct buf;

/* What is known of ids. */
struct flow_names {
	/* What an id (36 characters, lower case) is of: "person"; NULL: it was there before the
	 * flow and stays as it is. */
	const char *(*kind)(void *context, const char *id);
	void *context;
	long long now_ms; /* when the flow began; 0: not known */
	bool spans;       /* moments are told by how far from then they are (varying.h) */
};

/* Of what flows_show gives: an array of strings, which the caller frees. Without names each id is
 * an <id-N>. */
cJSON *flow_lines(const cJSON *flow, const struct flow_names *names);

/* Appends "- line" and "+ line" for what only one of two lists has, and up to two lines around it.
 * Values at or below a pointer of `may_vary` (an array of strings, or NULL) are not compared:
 * "/output/toasts/0/title" of all crossings, "fetch POST https://a.example/b /input/body" of one;
 * `*` is any one segment. Returns whether there was a difference. */
bool flow_lines_diff(const cJSON *before, const cJSON *after, const cJSON *may_vary,
		     struct buf *out);

#endif
