/* One run of attio deploy, as its files share it: deploy.c goes through the steps, deploy_told.c
 * tells what came of them. */
#ifndef ATTIO_CLI_NET_DEPLOYING_H
#define ATTIO_CLI_NET_DEPLOYING_H

#include <time.h>

#include "app/app.h"
#include "base/sha256.h"
#include "cli/building.h"
#include "cli/net/courier.h"
#include "cli/net/deploy.h"
#include "cli/net/target.h"
#include "cli/progress.h"
#include "git/state.h"
#include "platform/comparison.h"
#include "platform/inventory.h"
#include "platform/keep.h"
#include "platform/plan.h"
#include "platform/publish.h"

struct cJSON;
struct error;
struct loop;

struct deploying {
	struct cli *cli;
	const struct deploy_options *options;
	struct loop *loop;
	struct app app;
	const char *slug;
	struct target target;
	const char *target_id; /* what kept versions call it */
	struct building building;
	struct built built;
	struct git_state git;
	struct keep keep;
	char artifact[SHA256_TEXT_SIZE]; /* "" before the build */
	struct inventory inventory;
	struct plan planned; /* of --apply */
	struct courier_work courier;
	struct publish_request request;
	struct publishing publishing;
	struct plan plan;            /* what would be published now */
	const struct deployed *base; /* what it is compared with, or NULL */
	struct changes changes;      /* against it */
	const char *tag;             /* that was made, or NULL */
	struct progress progress;
	size_t upload_total; /* bytes; 0 outside of uploads */
	struct timespec start;
	time_t ended_at; /* when a signal was first noticed, by the monotonic clock; 0: none was */
};

/* The app has errors: nothing was sent. Gives the exit code. */
int deploying_refuse(struct deploying *run);
/* Something failed; what is known by now is in the document. Gives the exit code. */
int deploying_fail(struct deploying *run, struct error *error);
/* Findings that do not stop it. */
void deploying_warn(struct deploying *run);
/* The plan on stdout, and in a file where one is named. */
int deploying_tell_plan(struct deploying *run);
int deploying_tell_dry(struct deploying *run);
int deploying_tell_published(struct deploying *run);

#endif
