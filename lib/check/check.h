/* The one pipeline from an app to the findings that are reported: the rules, then what comments
 * suppress, what is selected, which part of the app is asked for, what a baseline records, and what
 * was there before a change. Nothing is printed: findings are the answer, failures are errors. */
#ifndef ATTIO_CHECK_CHECK_H
#define ATTIO_CHECK_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "app/app.h"
#include "base/error.h"
#include "check/baseline.h"
#include "git/changes.h"

/* What is asked of git, as lib/git answers it (git/changes.h, git/git.h). Handed in, so that a
 * program can check without libgit2, whose loading takes longer than checking a small app. */
struct check_git {
	int (*changed_files)(const char *folder, const char *since, struct arena *arena,
			     struct git_changes *out, struct error *error);
	int (*tracked_files)(const char *folder, const char *const *names, struct arena *arena,
			     const char *const **tracked, struct error *error);
};

/* What is asked. All is borrowed until check_close. Zeroed but for the root: the whole app as it is
 * on the disk. */
struct check_request {
	const char *root;   /* the app's folder, absolute */
	const char **paths; /* files and folders to report on, relative to the root */
	size_t path_count;  /* 0: the whole app */
	/* Words as of --select and --ignore (check/selection.h), each ends with NULL; NULL: none */
	const char *const *select;
	const char *const *ignore;
	const char *baseline;      /* file, absolute; NULL: none */
	const char *baseline_name; /* what it is called in errors */
	/* The state of the app, as far as it is not the disk's; NULL: it is. Not with `since` or
	 * `staged`, which bring their own. */
	const struct overlay *files;
	const char *cache;                /* as in app_options */
	struct sources *sources;          /* likewise */
	const struct syntax_judge *judge; /* likewise */
	/* NULL: git is not asked at all, so neither `since` nor `staged`. */
	const struct check_git *git;
	/* Only the findings, wherever they are, that are caused by what changed since this revision
	 * (NULL: not asked), or by what is staged. */
	const char *since;
	bool staged;
};

/* A request that was understood: its words, its baseline and git's answers are read. */
struct check {
	const struct check_request *request;
	struct arena *arena;
	struct baseline baseline;
	struct git_changes changes;  /* with `since` or `staged` */
	const struct overlay *files; /* the state that is asked about; NULL: the disk's */
	const char *const *tracked;  /* as in app_options */
	/* Why git could not be asked what it tracks, which then is nothing; message "": it could.
	 */
	struct error untold;
};

/* The answer. */
struct checked {
	struct app app;
	struct diags findings; /* sorted; in the app's arena */
	struct diags whole;    /* the same, as a baseline records them: not joined by causes.h */
	size_t suppressed;     /* findings that comments suppress and that would be reported */
	size_t known;          /* findings that the baseline records */
	size_t gone;   /* recorded findings that are no more; 0 when only a part is asked for */
	size_t before; /* findings that the app had before the changes */
};

/* Reads the request. -1 with ERROR_USAGE about a word, the baseline or the revision, ERROR_SYSTEM
 * about the repository. Close it in both cases. */
int check_open(struct check *check, const struct check_request *request, struct error *error);
/* Looks at the app in the state that `files` tells (NULL: the disk's); check->files is the one that
 * was asked about. -1 with ERROR_USAGE when the folder cannot be read or its package.json
 * configures no rules that there are; then there is nothing to close. Can be called again. */
int check_run(struct check *check, const struct overlay *files, struct checked *checked,
	      struct error *error);
/* Zeroed ones are fine. */
void check_close(struct check *check);
void checked_close(struct checked *checked);

/* Whether a finding in `file` (NULL: about the app) is asked for. */
bool check_asks(const struct check_request *request, const char *file);

/* The findings of an app that is open already, as the app itself wants them reported: with its
 * comments and its package.json, without options. `texts`: as for rules_run. */
int check_app(const struct app *app, struct texts *texts, struct diags *findings,
	      struct error *error);
/* The same for some findings that were made elsewhere: what comments suppress goes, and severities
 * are as package.json says. */
int check_some(const struct app *app, struct texts *texts, struct diags *findings,
	       struct error *error);

#endif
