/* Codes of the findings made while the app model is read, and what more than one of its parts
 * tells. Explanations: lib/rules. */
#ifndef ATTIO_APP_PROBLEMS_H
#define ATTIO_APP_PROBLEMS_H

#include "diag/diag.h"

struct arena;
struct module;

extern const struct rule_info problem_app_missing;          /* ATT1001 */
extern const struct rule_info problem_app_export;           /* ATT1002 */
extern const struct rule_info problem_layout_conflict;      /* ATT1003 */
extern const struct rule_info problem_file_unreadable;      /* ATT1004 */
extern const struct rule_info problem_handler_duplicate;    /* ATT1014 */
extern const struct rule_info problem_extension;            /* ATT1020 */
extern const struct rule_info problem_id_invalid;           /* ATT1021 */
extern const struct rule_info problem_id_duplicate;         /* ATT1022 */
extern const struct rule_info problem_page;                 /* ATT1030 */
extern const struct rule_info problem_block_folder;         /* ATT5001 */
extern const struct rule_info problem_block_definition;     /* ATT5002 */
extern const struct rule_info problem_block_handler;        /* ATT5003 */
extern const struct rule_info problem_block_handler_tsx;    /* ATT5004 */
extern const struct rule_info problem_block_handler_legacy; /* ATT5005, warning */
extern const struct rule_info problem_settings_duplicate;   /* ATT6001 */
extern const struct rule_info problem_settings_schema;      /* ATT6002 */
extern const struct rule_info problem_manifest;             /* ATT8004 */
extern const struct rule_info problem_manifest_missing;     /* ATT8004, warning */
extern const struct rule_info problem_tsconfig;             /* ATT8006 */
extern const struct rule_info problem_packages;             /* ATT8007, warning */
extern const struct rule_info problem_syntax;               /* ATT9003 */
extern const struct rule_info problem_encoding;             /* ATT9005, warning */

/* What helps with a text in that encoding, whichever code it has. */
#define HELP_UTF16 "save it as UTF-8"

/* Where a merge left its marks in a text that does not parse: the first line that begins with
 * `<<<<<<< `. `file` is its path. False: nowhere. */
bool merge_marks(const char *text, const char *file, struct place *place);
#define MESSAGE_MERGE "a merge left its marks here"
#define HELP_MERGE "keep one of the two sides, and remove the lines of marks"

/* What is told of names that lead to themselves, or to two things (ATT9006): the bundler tells that
 * again wherever one of them is imported. */
#define WORDS_CIRCLE "is passed around in a circle: no file defines it"
#define WORDS_TWICE "already, from another file"

/* Adds the syntax error of a module, if it has one; true when it has. */
bool syntax_problem(struct arena *arena, struct diags *diags, const struct module *module);

#endif
