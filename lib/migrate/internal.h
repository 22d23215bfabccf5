/* What the files of this room share. */
#ifndef ATTIO_MIGRATE_INTERNAL_H
#define ATTIO_MIGRATE_INTERNAL_H

#include "app/app.h"
#include "base/map.h"
#include "migrate/migrate.h"

/* A surface that app.ts lists and that becomes a file of its own. */
struct surface {
	const char *id;
	const char *type;     /* of defineExtension */
	const char *symbol;   /* its name in its module; "default" without one */
	const char *exported; /* the name that it is exported by */
	const struct module *module;
	struct node object;    /* the literal */
	struct node whole;     /* with what is around it: parentheses, `satisfies T` */
	struct node statement; /* the top-level statement that declares it */
	struct node exporting; /* `export default one`, `export {one}`; null: the same */
	struct node listed;    /* its element in app.ts */
	const char *list;      /* "record.actions" */
	bool there;            /* the folder layout has it already */
	const char *to;
};

/* What happens to one file. */
struct job {
	const char *from;
	const char *to;              /* NULL: removed */
	const struct module *module; /* NULL: no source */
	struct surface *surface;     /* it becomes an extension */
	bool block;                  /* stays as it is laid out */
	bool schema, page;           /* of the settings */
	bool entry;                  /* src/app.ts */
};

struct work {
	struct migration *plan;
	const struct app *app;
	struct arena *arena;
	struct surface *surfaces;
	size_t surface_count;
	struct job *jobs;
	size_t job_count;
	struct map moved; /* path -> the path after */
	/* The settings: the literal of `workspace`, and its page. */
	struct node schema_object, schema_statement, schema_exporting;
	const struct module *page_module;
	struct node page_statement, page_function, page_settings;
	const char *page_symbol, *settings_symbol;
	bool has_entry;     /* app.ts is there and was read */
	struct node object; /* of `app` */
	struct node entry_statement;
};

void block_plan(struct work *work, const char *code, const char *message, const char *a,
		const char *b, const char *symbol, const char *symbol2);

/* --- edits of a text --- */

struct change {
	size_t start, end;
	const char *text;
};
struct changes {
	struct change *items;
	size_t count;
};
void change_add(struct arena *arena, struct changes *changes, size_t start, size_t end,
		const char *text);
/* The text after the changes, which must not overlap. */
const char *change_apply(struct arena *arena, const char *bytes, size_t len,
			 struct changes *changes, size_t *after);
/* Removes statements of the top level with the blanks around them. */
void change_remove(struct arena *arena, struct changes *changes, const struct syntax *syntax,
		   const struct node *statements, size_t count);

/* A text and what it says, for steps that follow each other. */
struct draft {
	struct arena *arena;
	const char *path; /* where it will be: decides the dialect */
	const char *bytes;
	size_t len;
	struct syntax syntax;
	struct facts facts;
};
void draft_open(struct draft *draft, struct arena *arena, const char *path, const char *bytes,
		size_t len);
void draft_apply(struct draft *draft, struct changes *changes);
void draft_close(struct draft *draft);
/* Whether a value or type of that name is used outside of imports. */
bool draft_uses(const struct draft *draft, const char *name);
/* Imports of names that nothing uses go. */
void draft_drop_unused(struct draft *draft);
/* Adds `import {name} from "module"` to an import of it, or behind all imports; by_default:
 * `import name from "module"`. */
void draft_import(struct draft *draft, const char *name, const char *module, bool by_default);

/* --- the parts of the plan --- */

void read_surfaces(struct work *work);
void read_settings(struct work *work);
void read_handlers(struct work *work);
/* Blockers about who uses what moves. */
void check_consumers(struct work *work);
void find_calls(struct work *work);
void check_helpers(struct work *work);

/* The imports of a job's file lead where their files are then, and take what is exported there. */
void change_imports(struct work *work, struct job *job, struct draft *draft);
/* The text of a job's file after it, or NULL: unchanged. Adds the steps about its imports. */
const char *rewrite_job(struct work *work, struct job *job, size_t *len);

/* The member of an object literal: its pair, or its shorthand; null when there is none. */
struct node object_member(const struct syntax *syntax, struct arena *arena, struct node object,
			  const char *name);
/* The value of a member: of a shorthand the name itself. */
struct node member_value(struct node member);
/* The statement of the top level that holds the node. */
struct node top_statement(struct node node);

struct migrate_op *add_op(struct work *work, const char *kind, const char *id);

#endif
