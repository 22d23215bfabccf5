/* What a path of an app means: where things live, and what a file's name makes it. The one table of
 * both; whoever names such a folder or suffix takes it from here. */
#ifndef ATTIO_APP_PLACES_H
#define ATTIO_APP_PLACES_H

#include <stdbool.h>

#define FOLDER_SRC "src"
#define FOLDER_APP "src/app" /* with it the app has the folder layout, else the older one */
#define FOLDER_EXTENSIONS "src/app/extensions"
#define FOLDER_PAGES "src/app/pages"
#define FOLDER_SETTINGS "src/app/settings"
#define FOLDER_BLOCKS "src/app/blocks"
#define FOLDER_WEBHOOKS "src/app/webhooks"
#define FOLDER_EVENTS "src/app/events"
/* Folders of the older layout; read in both. */
#define FOLDER_OLD_BLOCKS "src/blocks"
#define FOLDER_OLD_WEBHOOKS "src/webhooks"
#define FOLDER_OLD_EVENTS "src/events"

#define FILE_ENTRY "src/app.ts"
#define FILE_ENTRY_TSX "src/app.tsx"
#define FILE_OLD_SETTINGS "src/app.settings.ts"
#define FILE_BLOCK "block.ts"
#define FILE_CONFIGURATOR "configurator.tsx"

enum definition_kind {
	DEF_APP,       /* src/app.ts(x) */
	DEF_EXTENSION, /* src/app/extensions/... /extension.ts(x) */
	DEF_PAGE,
	DEF_SETTINGS_SCHEMA,
	DEF_SETTINGS_PAGE,
	DEF_BLOCK,
	DEF_WEBHOOK,
	DEF_EVENT,
	DEF_SERVER,
	DEF_KINDS
};

/* What a file's name makes it, whatever folder it is in. */
enum module_role {
	ROLE_PLAIN,
	ROLE_SERVER,  /* *.server.ts|js (and the near misses .tsx .mts ...: see odd) */
	ROLE_WEBHOOK, /* *.webhook.ts|js */
	ROLE_EVENT    /* *.event.ts|js */
};

/* Where the definitions of one kind live. */
struct home {
	const char *folder;    /* NULL: none, it is one file (DEF_APP) */
	const char *older;     /* of the older layout, or NULL; its definitions come first */
	const char *base;      /* name of the file without .ts and .tsx, or NULL: any */
	enum module_role role; /* of the file, or ROLE_PLAIN: its name tells nothing */
};
extern const struct home homes[DEF_KINDS];

/* The folder of this kind's home that the path (relative to the root) is below, or NULL. */
const char *home_above(enum definition_kind kind, const char *path);

struct naming {
	enum module_role role;
	/* An extension that the official CLI ignores or bundles wrongly (.server.tsx, .webhook.mts,
	 * ...). */
	bool odd;
};
struct naming naming_of(const char *path);

/* "server", "webhook", "event" as they stand in a file's name; NULL for ROLE_PLAIN. */
const char *role_suffix(enum module_role role);
/* "server function", "webhook", "event handler"; NULL for ROLE_PLAIN. */
const char *role_words(enum module_role role);
/* The suffixes, ends with NULL. */
extern const char *const role_suffixes[];

#endif
