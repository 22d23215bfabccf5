/* Replaying flow files: files in, verdicts out. `attio flow replay` and `attio test` print them,
 * each in its way. One platform of our own serves all files; before each it gets the file's state
 * and new realms, so that files never see each other. Nothing of it is left when the process is
 * killed that the next one does not remove. */
#ifndef ATTIO_CLI_NET_FLOW_CHECK_H
#define ATTIO_CLI_NET_FLOW_CHECK_H

#include <cjson/cJSON.h>

#include "base/error.h"
#include "cli/reach.h"

struct cli;
struct flow_checker;

enum flow_state {
	FLOW_EQUAL,   /* nothing differs */
	FLOW_DIFFERS, /* `diff` */
	FLOW_BROKEN   /* the file is none, or could not be replayed: `error` */
};

struct flow_verdict {
	enum flow_state state;
	const char *diff;   /* lines "- ", "+ " and "  "; of the cli's arena; else "" */
	cJSON *file;        /* as it was read, or NULL; flow_verdict_dispose frees it */
	cJSON *lines;       /* what happened now, or NULL; the same */
	struct error error; /* of FLOW_BROKEN: file, line, column, cause and remedy */
	long ms;
};

/* EXIT_OK; else the failure was told and its exit code is returned. `reach`: `state` is the folder
 * below which the platform's is made (NULL: that for temporary files). With `run`, the folder of a
 * run of `attio test`, it is made in there instead, and left there. The app is that of the current
 * folder. The platform begins with the first file. */
int flow_checker_open(struct cli *cli, const struct reach *reach, const char *run,
		      struct flow_checker **checker);
/* NULL is fine. */
void flow_checker_close(struct flow_checker *checker);

/* Replays the file at `path` (seen from the current folder). EXIT_OK with a verdict; any other
 * code: there is no platform to do it, which was told, and nothing more can be replayed. */
int flow_check(struct flow_checker *checker, const char *path, struct flow_verdict *verdict);
/* The same with a file that was read, which is taken over. `name` is for messages. */
int flow_check_file(struct flow_checker *checker, const char *name, cJSON *file,
		    struct flow_verdict *verdict);
/* What the last file made happen, with all ids as names: the lines of GET /flows/ID/lines. */
int flow_checker_seen(struct flow_checker *checker, cJSON **lines);
void flow_verdict_dispose(struct flow_verdict *verdict);

#endif
