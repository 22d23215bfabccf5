/* What of the app the tests have run, from the flow logs of their platforms. */
#ifndef ATTIO_CLI_NET_TEST_COVER_H
#define ATTIO_CLI_NET_TEST_COVER_H

#include <stdbool.h>
#include <stddef.h>

struct cJSON;
struct cli;

struct cover_item {
	const char *kind; /* "surface", "server function", "webhook", "event", "block" */
	const char *name;
	const char *file; /* of the app */
	bool ran;
};

struct cover {
	struct cover_item *items;
	size_t count, ran;
};

/* `run` is that of the run, with the platforms' folders. EXIT_OK, or the failure was told. */
int cover_find(struct cli *cli, const char *root, const char *run, struct cover *cover);
/* 100 where there is nothing to run. */
long cover_percent(const struct cover *cover);
void cover_tell(struct cli *cli, const struct cover *cover, long least);
void cover_add_json(struct cJSON *document, const struct cover *cover);

#endif
