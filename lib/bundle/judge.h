/* esbuild as the judge of texts (source/judge.h). It is looked for and started only when there is
 * something to be asked, once for all texts that are asked about together. */
#ifndef ATTIO_BUNDLE_JUDGE_H
#define ATTIO_BUNDLE_JUDGE_H

#include "source/judge.h"

struct judge {
	struct syntax_judge syntax; /* for app_options */
	const char *named;          /* $ESBUILD_BINARY_PATH, or NULL */
	unsigned silence_ms;        /* longest silence of esbuild; 0: JUDGE_SILENCE_MS */
};

/* Parsing a text takes milliseconds, even on a busy machine. */
#define JUDGE_SILENCE_MS 5000u

/* Makes `judge` ready; it must not move afterwards. `named` is borrowed. Nothing to dispose of. */
void judge_init(struct judge *judge, const char *named);

#endif
