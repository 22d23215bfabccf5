/* What `attio dev` tells its platform of a build, for the page and other programs that ask later.
 */
#ifndef ATTIO_CLI_NET_DEV_TOLD_H
#define ATTIO_CLI_NET_DEV_TOLD_H

struct app;
struct arena;
struct buf;
struct cJSON;
struct dev_build;
struct diags;
struct texts;

/* Adds to each item of `list` (report_json of the same findings) its `frame`, as people see it. */
void dev_told_frames(struct cJSON *list, const struct diags *findings, struct texts *texts);
/* {files, items}: names of the environment and where server code reads them; never a value. */
const char *dev_told_environment(const struct app *app, struct texts *texts, struct arena *arena);
/* What GET /findings answers of this step. */
void dev_told_findings(struct buf *out, const struct dev_build *build);

#endif
