/* The app model: what the app is made of. Every command asks this one structure, so that they can
 * never disagree. Built from a folder, entirely in one arena; once it is open nothing in it
 * changes, so that it can be asked for as long as somebody likes: see app_in.
 *
 * Facts about what counts as an app, its definitions and ids: lib/app/README.md. */
#ifndef ATTIO_APP_APP_H
#define ATTIO_APP_APP_H

#include "app/documents.h"
#include "app/dotenv.h"
#include "app/manifest.h"
#include "app/places.h"
#include "app/tsconfig.h"
#include "base/map.h"
#include "diag/diag.h"
#include "diag/text.h"
#include "source/facts.h"

struct arena;
struct bounds;
struct error;
struct overlay;
struct source;
struct sources;

/* Where code runs. A bit set: a shared helper can end up in several. */
enum runtime {
	RUNTIME_CLIENT = 1, /* Attio's browser sandbox: dist/index.js */
	RUNTIME_SERVER = 2, /* server functions, webhooks, events: dist/server.js */
	RUNTIME_BLOCK = 4   /* a workflow block's handlers: dist/workflow/ID.js (server side too) */
};
#define RUNTIME_SERVER_SIDE (RUNTIME_SERVER | RUNTIME_BLOCK)

enum target_kind {
	TARGET_UNRESOLVED, /* a relative or aliased path with no file */
	TARGET_MODULE,     /* a source file of the app that we parse */
	TARGET_FILE,       /* another file of the app: .graphql, .json, .png, ... */
	TARGET_PACKAGE     /* anything that node_modules or the platform supplies, or should */
};

struct module;

/* Where facts.imports[i] leads. */
struct edge {
	enum target_kind kind;
	/* No value crosses. As the import says itself, but for verbatimModuleSyntax and its like in
	 * tsconfig.json, with which one stays that only types are taken from. */
	bool type_only;
	bool absent;           /* TARGET_PACKAGE: in no node_modules folder */
	struct module *module; /* TARGET_MODULE */
	/* Relative to the root. TARGET_FILE; TARGET_UNRESOLVED where one is there that cannot be
	 * read; else NULL. */
	const char *file;
	const char *real; /* TARGET_FILE: the same with no link on the way */
};

struct module {
	const char *path; /* relative to the root, e.g. "src/app.ts" */
	const char *real; /* the same with no link on the way: what bundlers call it */
	const struct text *text;
	/* Shared with other apps that hold the same text; NULL: not parsed yet, while the app is
	 * being opened. The two below are its. */
	struct source *source;
	struct syntax syntax;
	struct facts facts;
	struct edge *edges; /* parallel to facts.imports */
	enum module_role role;
	bool odd_suffix; /* as in naming */
	/* Runtimes the module ends up in (value imports only, a client's import of a server module
	 * does not count: it becomes a proxy). */
	unsigned runtimes;
	/* For each runtime bit (index 0 client, 1 server, 2 block): the module whose import put it
	 * there first in breadth-first order; NULL at an entry point. */
	struct module *parent[3];
	int parent_import[3]; /* index into that parent's imports */
};

/* One definition file. Those of a kind are in the order the platform sees them. */
struct definition {
	enum definition_kind kind;
	struct module *module;
	const char *id;   /* extension, page, block, webhook, event, server: its id; else NULL */
	const char *type; /* extension and block: declared type; else NULL */
	struct place id_place;
	struct block *block; /* DEF_BLOCK */
};

enum handler_kind {
	HANDLER_EXECUTE,
	HANDLER_FINISH,
	HANDLER_ACTIVATE,
	HANDLER_TRIGGER,
	HANDLER_DEACTIVATE,
	HANDLER_KINDS
};

struct block {
	const char *id;
	const char *folder; /* relative to the root */
	bool trigger;       /* type "trigger"; false: "step" */
	struct module *definition;
	struct module *configurator; /* or NULL */
	struct module
		*handlers[HANDLER_KINDS]; /* those that belong to its type; NULL when absent */
	struct definition **servers;      /* server functions that its configurator reaches */
	size_t server_count;
};

struct app {
	struct arena *arena;
	struct texts texts;         /* every source text, and where it is read from */
	const char *root;           /* absolute, real path */
	struct bounds *bounds;      /* where it may be read and written */
	struct error *shortage;     /* that its reading met, also once it is open: app_shortage */
	const char *const *tracked; /* as in app_options */
	struct manifest manifest;
	struct tsconfig tsconfig;
	struct env_file *env_files; /* in the order of their names */
	size_t env_file_count;
	struct documents documents;

	bool exists;                    /* src/app.ts(x) or src/app/ is there */
	bool has_folder_layout;         /* src/app/ is a folder */
	bool has_links;                 /* src/ is a symbolic link, or there are some in it */
	struct module *entry;           /* src/app.ts(x), or NULL */
	const char *unread_entry;       /* src/app.tsx when src/app.ts takes its place, or NULL */
	struct module *legacy_settings; /* src/app.settings.ts, or NULL */

	struct module **modules; /* every source file below src/ and what they import, by path */
	size_t module_count;
	struct map by_path; /* relative path -> struct module */
	struct map by_real; /* module->real -> one of those that it is, itself before links to it */

	struct definition *
		*definitions; /* all, grouped by kind, each group in the platform's order */
	size_t definition_count;
	struct definition **by_kind[DEF_KINDS]; /* the same, kind by kind */
	size_t kind_count[DEF_KINDS];
	struct map by_id[DEF_KINDS]; /* id -> the first definition of the kind */

	/* Where the modules' sources are, and the folder that keeps their syntax on the disk. */
	struct sources *sources;
	const char *cache;
	bool owns_sources;
	bool fills_cache; /* it is this opening that looked into the folder */
	struct repairs repairs;
	/* While the app is opened: as in app_options, and whether there are verdicts that the cache
	 * does not have. */
	const struct syntax_judge *judge;
	bool fresh_verdicts;

	/* Layout findings: all that the official CLI refuses at discovery, and more. Both validate
	 * and build report them. */
	struct diags problems;
};

/* Files of an app's root folder that hold its secrets, so that git must not track them; ends with
 * NULL. */
extern const char *const app_private_files[];

struct app_options {
	/* Another state than the disk's (sys/files.h): the app is what it makes of the folder.
	 * Borrowed as long as the app is open; NULL: the disk's. */
	const struct overlay *files;
	/* The parsed modules of earlier openings of this app, and of this one for later ones
	 * (source/sources.h); must outlive the app. NULL: they live as long as the app. */
	struct sources *sources;
	/* Folder that keeps parsed modules for the next run (sys/cache.h), or NULL: they are parsed
	 * each time. */
	const char *cache;
	/* Who decides about texts that our own parser does not read. Borrowed while the app is
	 * opened; NULL: our parser alone. */
	const struct syntax_judge *judge;
	/* Those of app_private_files that git tracks; ends with NULL. Borrowed; NULL: not known. */
	const char *const *tracked;
};

/* The nearest folder from `folder` (absolute) upwards that looks like an app, in `arena`; NULL:
 * none does. */
const char *app_find(struct arena *arena, const char *folder);
/* The apps below `folder` (absolute), as of a repository with several: paths relative to it, joined
 * as "`apps/a`, `apps/b`", in `arena`; NULL: none was found. A few levels deep, some are named. */
const char *app_names_below(struct arena *arena, const char *folder);
/* Reads the app whose root folder is `root`; `options` may be NULL. 0 also when the folder holds no
 * app (exists is false and a finding says so); -1 only when the folder itself cannot be read, or
 * when something of the machine is used up (error->shortage), which says nothing about the app.
 * Free with app_close. */
int app_open(struct app *app, const char *root, const struct app_options *options,
	     struct error *error);
/* Asks the engine about the texts that get into bundles as well, which may be no programs although
 * our parser reads them, and keeps its verdicts. For those who do not bundle the app afterwards,
 * which tells the same. */
void app_judge(struct app *app, const struct syntax_judge *judge);
void app_close(struct app *app);

/* -1 with the error when reading something of the app met a shortage since it was asked last: what
 * was found out since is not to be trusted. */
int app_shortage(const struct app *app, struct error *error);

/* The same app for one job: answers, findings and listings of folders go to `arena`, so that the
 * app itself does not grow. Nothing to free; valid as long as both. */
struct app app_in(const struct app *app, struct arena *arena);
/* The same for a job in another thread, while this one goes on: what looking finds out (bounds,
 * shortages, texts) is the job's own too. End it with app_apart_close. */
void app_apart(struct app *job, const struct app *app, struct arena *arena);
void app_apart_close(struct app *job);

/* The n-th definition of a kind, or NULL past the last. */
const struct definition *app_definition(const struct app *app, enum definition_kind kind, size_t n);
const struct definition *app_definition_by_id(const struct app *app, enum definition_kind kind,
					      const char *id);
const struct module *app_module(const struct app *app, const char *path);

/* Whether a module that gets into a bundle holds JSX. */
bool app_has_markup(const struct app *app);
/* Whether it would go through an entry of `paths` that is wrong itself, as was told. */
bool app_alias_is_told(const struct app *app, const char *specifier);
/* What to do about a name that is no package's and leads to no file. */
const char *app_alias_remedy(const struct app *app, const char *specifier);

/* Adds a related note for each import on the way from an entry point to `module` in `runtime`. */
void app_chain_notes(const struct app *app, struct diags *diags, struct diag *diag,
		     const struct module *module, enum runtime runtime);

/* What an exported name is in the end: follows local names, re-exports and imports through the
 * modules of the app. `node` is null when it ends in a package, a missing file or a cycle. */
struct resolved {
	const struct module *module;
	struct node
		node; /* function, class, object, call, literal ... (unwrapped), or a declarator */
	bool found;   /* the export exists as far as the app's own modules tell */
	bool opaque;  /* ends outside the app's own modules */
};
struct resolved app_resolve_export(const struct app *app, const struct module *module,
				   const char *name);
/* The same for a top-level name used inside `module`. */
struct resolved app_resolve_name(const struct app *app, const struct module *module,
				 const char *name);

#endif
