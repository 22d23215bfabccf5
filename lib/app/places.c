/* See places.h. */
#include "app/places.h"

#include <string.h>

#include "base/str.h"
#include "sys/path.h"

const struct home homes[DEF_KINDS] = {
	[DEF_EXTENSION] = {.folder = FOLDER_EXTENSIONS, .base = "extension"},
	[DEF_PAGE] = {.folder = FOLDER_PAGES, .base = "page"},
	[DEF_SETTINGS_SCHEMA] = {.folder = FOLDER_SETTINGS},
	[DEF_SETTINGS_PAGE] = {.folder = FOLDER_SETTINGS},
	[DEF_BLOCK] = {.folder = FOLDER_BLOCKS, .older = FOLDER_OLD_BLOCKS, .base = "block"},
	[DEF_WEBHOOK] = {.folder = FOLDER_WEBHOOKS,
			 .older = FOLDER_OLD_WEBHOOKS,
			 .role = ROLE_WEBHOOK},
	[DEF_EVENT] = {.folder = FOLDER_EVENTS, .older = FOLDER_OLD_EVENTS, .role = ROLE_EVENT},
	[DEF_SERVER] = {.folder = FOLDER_SRC, .role = ROLE_SERVER},
};

const char *home_above(enum definition_kind kind, const char *path)
{
	const struct home *home = &homes[kind];

	if (home->older != NULL && path_is_under(path, home->older))
		return home->older;
	return home->folder != NULL && path_is_under(path, home->folder) ? home->folder : NULL;
}

const char *const role_suffixes[] = {"server", "webhook", "event", NULL};

const char *role_suffix(enum module_role role)
{
	return role == ROLE_PLAIN ? NULL : role_suffixes[role - ROLE_SERVER];
}

const char *role_words(enum module_role role)
{
	static const char *const words[] = {
		[ROLE_SERVER] = "server function",
		[ROLE_WEBHOOK] = "webhook",
		[ROLE_EVENT] = "event handler",
	};

	return words[role];
}

struct naming naming_of(const char *path)
{
	const char *base = path_base(path), *ext = path_ext(base);
	size_t stem = strlen(base) - strlen(ext);

	for (size_t i = 0; role_suffixes[i] != NULL; i++) {
		size_t len = strlen(role_suffixes[i]);

		/* The suffix before the last extension: "x.server.tsx". */
		if (stem > len + 1 && base[stem - len - 1] == '.' &&
		    strncmp(base + stem - len, role_suffixes[i], len) == 0)
			return (struct naming){
				.role = (enum module_role)(ROLE_SERVER + i),
				.odd = strcmp(ext, ".ts") != 0 && strcmp(ext, ".js") != 0,
			};
	}
	return (struct naming){.role = ROLE_PLAIN};
}
