/* A version that was begun and is not finished, as it is remembered in between: so that a deploy
 * that was killed, or failed, is gone on with by the next one. The platform gives upload addresses
 * once, with the answer to *create*, and has no endpoint to ask for them again, so they have to lie
 * on the disk until all bundles are there. They are sealed with the token (base/seal.h): who holds
 * it can publish anyway, and for who reads the folder they are noise. With another token the
 * version cannot be gone on with unless all was uploaded. The file has mode 0600 and is removed
 * with the end of the deploy. */
#ifndef ATTIO_PLATFORM_DRAFT_H
#define ATTIO_PLATFORM_DRAFT_H

#include <stdbool.h>
#include <stddef.h>

#include "platform/versions.h"

struct arena;
struct error;
struct keep;

enum draft_stage {
	DRAFT_NONE,
	DRAFT_CREATING,  /* *create* was sent; whether it arrived is not known */
	DRAFT_UPLOADING, /* it is there; some bundles may be */
	DRAFT_COMPLETING /* all bundles are there; whether *complete* arrived is not known */
};

struct draft {
	enum draft_stage stage;
	const char *artifact; /* sum of what is sent */
	const char *at;       /* when it was begun */
	const char **blocks;  /* ids that it was created with */
	size_t block_count;
	long long newest_major; /* of the newest version there was then; 0: there was none */
	long long newest_minor;
	struct platform_draft version; /* from DRAFT_UPLOADING on */
	bool sealed; /* the addresses are there, but the token does not open them: they are NULL */
};

/* What a stage is called: "uploading"; "" for DRAFT_NONE. Static. */
const char *draft_stage_name(enum draft_stage stage);

/* DRAFT_NONE when nothing is remembered for this app of this target, or nothing that can be read.
 * All memory is the keep's arena. */
void draft_read(struct draft *draft, const struct keep *keep, const char *target,
		const char *app_id, const char *token);
int draft_write(const struct draft *draft, const struct keep *keep, const char *target,
		const char *app_id, const char *token, struct error *error);
/* Where the answer to *create* is kept until it is read (errand.h), in the keep's arena. */
const char *draft_answer_path(const struct keep *keep, const char *target, const char *app_id);
/* With the answer. */
void draft_remove(const struct keep *keep, const char *target, const char *app_id);

#endif
