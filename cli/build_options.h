/* What `attio build` is asked, and what of it cannot be. */
#ifndef ATTIO_CLI_BUILD_OPTIONS_H
#define ATTIO_CLI_BUILD_OPTIONS_H

#include <stdbool.h>

#include "bundle/bundle.h"

struct cli;
struct error;

struct build_options {
	const char *const *paths; /* ends with NULL; NULL: the app of the current folder */
	const char *out;          /* seen from the current folder; NULL: dist in the app's folder */
	const char *const *reports; /* "FORMAT=FILE", ends with NULL; NULL: none */
	const char *const *budget;  /* "client=300k,...", ends with NULL; NULL: none */
	const char *metafile;       /* NULL: none */
	const char *sourcemap;      /* "linked", "external" or "inline"; NULL: none */
	const char *tsc;            /* "shipped" or "app" */
	bool no_check;
	bool no_validate;
	bool watch;
};

/* The output must not swallow what the app is made of: 0, or -1 with an error. */
int build_check_out(struct cli *cli, const char *root, const char *named, struct error *error);
enum bundle_map build_map(const char *kind);
/* Options that make no sense for several apps: 0, or -1 with ERROR_USAGE. */
int build_refuse_several(const struct build_options *o, struct error *error);

#endif
