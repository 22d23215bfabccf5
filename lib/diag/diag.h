/* Findings: what is wrong with the user's app, where, why and what to do. Failures of calls are
 * struct error. All strings belong to the list's arena or are static. */
#ifndef ATTIO_DIAG_DIAG_H
#define ATTIO_DIAG_DIAG_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum severity { SEVERITY_OFF, SEVERITY_WARNING, SEVERITY_ERROR };

/* A stretch of a file in bytes. file NULL: no place (the app as a whole). start == end == 0: the
 * file as a whole. */
struct place {
	const char *file; /* relative to the app's root */
	size_t start;
	size_t end;
};

struct note {
	struct place place;
	const char *message;
};

struct edit {
	struct place place;
	const char *text;
};

struct diag {
	const char *code; /* "ATT1001" */
	const char *name; /* "app-missing" */
	enum severity severity;
	const char *message; /* one sentence, no full stop, names in backticks */
	const char *label;   /* a few words beside the marks in the frame, or NULL */
	const char *help;    /* the remedy, or NULL */
	struct place place;
	struct note *notes;
	size_t note_count;
	struct edit *edits; /* a fix, or NULL */
	size_t edit_count;
	bool fix_is_safe;
};

struct diags {
	struct arena *arena;
	struct diag *items;
	size_t count;
};

/* A code's fixed parts. Tables of these stand beside the code that reports them. */
struct rule_info {
	const char *code;
	const char *name;
	enum severity severity;
};

/* Adds a finding and returns it for label, help, notes and edits; valid until the next add. */
struct diag *diag_add(struct diags *diags, const struct rule_info *rule, struct place place,
		      const char *message, ...) __attribute__((format(printf, 4, 5)));
void diag_note(struct diags *diags, struct diag *diag, struct place place, const char *message, ...)
	__attribute__((format(printf, 4, 5)));
void diag_edit(struct diags *diags, struct diag *diag, struct place place, const char *text);

/* Adds the findings of another list; their strings must live as long as this list's arena. */
void diags_append(struct diags *diags, const struct diags *more);

/* Sorts by file, offset, code (findings without a file first) and drops exact repetitions. */
void diags_sort(struct diags *diags);
size_t diags_count(const struct diags *diags, enum severity severity);

#endif
