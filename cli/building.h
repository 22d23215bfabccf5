/* From an app to bundles that may be shipped: generated types, GraphQL, type check and bundling as
 * one, for build, for deploy, and again and again for build --watch. */
#ifndef ATTIO_CLI_BUILDING_H
#define ATTIO_CLI_BUILDING_H

#include <stdbool.h>
#include <stddef.h>

#include "bundle/bundle.h"
#include "bundle/sizes.h"
#include "diag/diag.h"
#include "types/check.h"

struct app;
struct beside;
struct budget;
struct built;
struct cli;
struct loop;

/* What --tsc takes; "app" stands for app_compiler. */
extern const char *const building_compilers[];
/* What is said about it. */
#define BUILDING_TSC_HELP                                                                          \
	"TypeScript to check the types with: our own, or that of the app's node_modules, which "   \
	"runs code of it"

struct building_options {
	struct loop *loop; /* the engines' */
	struct bundle_options bundle;
	const struct budget *budget; /* needs bundle.details; NULL: none */
	bool rules;                  /* all that validate finds; else what a build must know */
	bool unbundled;              /* no bundles are made: rules and types alone */
	bool unchecked;              /* no type check */
	bool app_compiler;           /* the type check by the app's own compiler */
	bool again;                  /* more runs will follow */
	/* With `again`: called when all but the types is known to be right, while they are still
	 * being checked; NULL: nobody waits for that. The answer's bundles and sizes are there. */
	void (*bundled)(const struct built *built, void *data);
	void *data;
};

/* The engines. */
struct building {
	struct building_options options;
	struct bundler *bundler;
	struct typecheck *types;
	const char *root; /* that `types` is for */
};

/* What a run found and made. */
struct built {
	struct diags findings;  /* sorted; valid until built_dispose */
	struct beside *rules;   /* NULL: they were not asked */
	struct bundles bundles; /* no items when there are errors, of types too */
	size_t over_budget;     /* how many they were, when the budget is why */
	struct sizes sizes;     /* of them, with bundle.details; without gzip; over budget, too */
	struct typecheck_result checked; /* zeroed without a type check */
	const char *install;             /* what brings the SDK: "run ..." */
	bool install_told;               /* a finding says so */
	bool sdk_missing;                /* which is why types were not checked */
	const char *note;                /* about documents that could not be looked at, or NULL */
	size_t types_written;            /* files in the app's folder that changed */
};

/* Starts what takes time to start, so call it before the app is read. EXIT_OK, or the failure was
 * told and its exit code is returned. building_stop is right in both cases. */
int building_start(struct cli *cli, struct building *building,
		   const struct building_options *options);
/* Looks at an app that exists and builds it. EXIT_OK also with findings; else the failure was
 * told, and an engine that failed is started anew by the next run. Dispose of the answer in both
 * cases. */
int building_run(struct cli *cli, struct building *building, struct app *app, struct built *built);
/* Says what was not looked at, or in another way than usual. */
/* What could not be looked at, in one sentence with its remedy; NULL: nothing. In `arena`. */
const char *built_note(struct arena *arena, const struct built *built);
void built_say_notes(struct cli *cli, const struct built *built);
void built_dispose(struct built *built);
/* A zeroed struct is fine. */
void building_stop(struct building *building);

#endif
