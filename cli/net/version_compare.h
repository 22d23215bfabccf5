/* Two versions compared, for who has no command line: the local platform's page. */
#ifndef ATTIO_CLI_NET_VERSION_COMPARE_H
#define ATTIO_CLI_NET_VERSION_COMPARE_H

struct arena;
struct buf;
struct error;

/* What versions `from` and `to` (NULL: the last one) of the local platform differ in, as the
 * members that the command's document has of it. ERROR_NOT_FOUND: one is not kept here. */
int version_diff_put(struct arena *arena, const char *root, const char *slug, const char *from,
		     const char *to, struct buf *out, struct error *error);

#endif
