/* What a TypeScript compiler says, as data, and as findings. Parsing is pure. */
#ifndef ATTIO_TYPES_DIAGNOSTICS_H
#define ATTIO_TYPES_DIAGNOSTICS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct diags;
struct texts;

/* A stretch of a file in TypeScript's terms: lines from 1 (it also ends lines at a lone CR, at
 * U+2028 and at U+2029), columns from 1 in UTF-16 units, the end exclusive; or, with `offsets`,
 * UTF-16 units from the start of the file. A byte order mark does not count. */
struct ts_span {
	const char *file; /* relative to the app's root, or absolute; NULL: no place */
	bool offsets;
	size_t line, column; /* with offsets: `line` is the start, `end_line` the end */
	size_t end_line, end_column;
};

struct ts_related {
	struct ts_span span;
	const char *message;
};

struct ts_diagnostic {
	unsigned code;
	bool warning; /* anything but an error */
	struct ts_span span;
	const char *message; /* the lines after the first are its reasons, indented by two spaces
			      * for each level */
	struct ts_related *related;
	size_t related_count;
};

struct ts_output {
	struct arena *arena; /* of all that is in it */
	struct ts_diagnostic *items;
	size_t count;
	const char **files; /* of the program: absolute */
	size_t file_count;
	const char *odd; /* the first line that is none of these, or NULL */
};

/* Reads what `tsc --pretty --listFiles` of TypeScript 4 to 7 prints. The bytes must live as long as
 * the arena is used; they are copied where they are kept. */
void ts_output_read(struct ts_output *output, const char *text, size_t len);

/* Whether a file or module was not found. The compiler does not say where it looked, which can be
 * anywhere, so nobody could tell later that it would be found now. */
bool ts_output_misses_file(const struct ts_output *output);

struct ts_diagnostic *ts_output_add(struct ts_output *output);
struct ts_related *ts_output_relate(struct ts_output *output, struct ts_diagnostic *diagnostic);

/* How the findings are told. */
struct ts_telling {
	const char *root; /* absolute */
	/* Complaints about options that the official CLI passes over are warnings; those places are
	 * in these files (absolute). */
	const char *const *configs;
	size_t config_count;
	bool side_effects; /* the app wants its side effect imports to be checked (TS2882) */
};

/* Appends the findings: codes "TS2322", places with exact ends, reasons and related places as
 * notes. Strings in the arena of `diags`. */
void ts_output_tell(const struct ts_output *output, const struct ts_telling *telling,
		    struct texts *texts, struct diags *diags);

#endif
