/* What files of the app export beside what its own text says: through `export *`, and when the file
 * is no source. Only lib/rules includes this. */
#ifndef ATTIO_RULES_NAMES_H
#define ATTIO_RULES_NAMES_H

#include "rules/client.h"

/* What was found out already. A zeroed struct is ready. */
struct names {
	bool read;         /* all modules, by the first question */
	struct map offers; /* path -> what a module has */
	struct map owned;  /* name -> who has it */
	size_t looked;     /* at how many modules and names, in all */
	size_t walks;
	struct map files; /* path -> what a file that is no source has */
};
void names_dispose(struct names *names);

/* Whether a module has a value or a type of that name, as far as the app's own modules tell. A name
 * that it passes on counts: where that leads is asked of the statement that does it. */
bool module_may_have(struct names *names, const struct app *app, const struct module *module,
		     const char *name);

/* data_names.c: whether an imported file that is no source (edge: TARGET_FILE) can be known to
 * export nothing of that name: JSON has its members as names, the other kinds have a default export
 * alone. */
bool data_lacks(struct names *names, const struct app *app, const struct edge *edge,
		const char *name);
void data_files_dispose(struct map *files);
/* The part of ATT9003 that concerns imported JSON. */
void check_json_syntax(const struct rule *rule, const struct app *app, struct diags *diags);

/* Whether an import says more than where it leads: `with {type: "json"}`, which has rules of its
 * own.
 */
bool import_has_attributes(const struct module *module, const struct import *import);

/* stars.c: the parts of ATT9006 that concern names which lead in circles, or to two things. */
void check_stars(const struct rule *rule, const struct app *app, struct diags *diags);

/* The parts of the SDK, as bits. */
enum sdk_part { SDK_ROOT = 1, SDK_CLIENT = 2, SDK_SERVER = 4 };
/* The part that a specifier names, 0 for anything else; and the other way. */
unsigned sdk_part_of(const char *specifier);
const char *sdk_part_name(unsigned part);
/* Whether other rules have an import from there for what it is: the server's part in the client,
 * and the other way. */
bool sdk_is_other_side(const struct module *module, unsigned part);
/* sdk_members.c: what is behind `Settings`, `Workflows` and their like. */
extern const struct walk walk_sdk_members;

/* sdk_names.c: names of the SDK that are imported from another part of it than has them. */
void check_sdk_names(const struct rule *rule, const struct app *app, const struct module *module,
		     const struct import *import, struct diags *diags);
/* The part of the SDK from which the module can have all that it imports, in its own runtimes;
 * NULL: there is none. */
const char *sdk_right_part(const struct app *app, const struct module *module,
			   const struct import *import);

#endif
