/* The part of attio doctor that needs no app. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/net/checkup.h"
#include "cli/net/doctor.h"
#include "cli/net/ports.h"
#include "cli/project.h"
#include "sys/cache.h"
#include "sys/child.h"
#include "sys/fs.h"
#include "sys/install.h"
#include "sys/node.h"

#define PATIENCE_MS 10000u
#define ANSWER_LIMIT ((size_t)4096)
/* What is kept may grow, but this much is more than any app needs. */
#define CACHE_MOST (1ULL << 30)

/* The first line that the program says to --version; NULL with *why. */
static const char *version_of(struct checkup *checkup, const char *name, const char *path,
			      const char **why)
{
	const char *words[] = {path, "--version", NULL};
	const struct child_command command = {.name = name, .words = words, .limit = ANSWER_LIMIT};
	struct child child;
	struct error error;
	const char *version = NULL;

	if (child_start(&child, checkup->loop, &command, &error) != 0) {
		*why = arena_printf(checkup->arena, "%s%s%s", error.message,
				    error.why[0] != '\0' ? ": " : "", error.why);
		return NULL;
	}
	child_limit(&child, PATIENCE_MS);
	*why = "it does not run";
	if (child_finish(&child) && child_code(&child) == 0 && child.output.len > 0)
		version = arena_strndup(checkup->arena, child.output.ptr,
					strcspn(buf_cstr(&child.output), "\r\n"));
	child_dispose(&child, 0);
	return version;
}

typedef int find_engine(struct arena *arena, const char *override, char **path,
			struct error *error);

static void look_at_engine(struct checkup *checkup, const char *name, const char *shown,
			   const char *variable, find_engine *find)
{
	const char *named = cli_env(checkup->cli, variable), *version, *why;
	const char *fix = named != NULL ? arena_printf(checkup->arena, "unset %s", variable)
					: "install attio again";
	struct error error = {0};
	char *path;

	if (find(checkup->arena, named, &path, &error) != 0) {
		checkup_add(checkup, CHECKUP_ERROR, name, fix, "%s is not there: %s", shown,
			    error.message);
		return;
	}
	version = version_of(checkup, shown, path, &why);
	if (version == NULL)
		checkup_add(checkup, CHECKUP_ERROR, name, fix, "%s cannot be used: %s", shown, why);
	else
		checkup_add(checkup, CHECKUP_OK, name, NULL, "%s %s%s%s", shown,
			    str_starts(version, "Version ") ? version + strlen("Version ")
							    : version,
			    named != NULL ? ", by " : "", named != NULL ? variable : "");
}

/* The host of app code is tested with these. */
static bool is_tested(int major)
{
	return major == 20 || major == 22 || major == 24;
}

static void look_at_node(struct checkup *checkup)
{
	const struct node_places places = {
		.named = cli_env(checkup->cli, "ATTIO_NODE"),
		.search = cli_env(checkup->cli, "PATH"),
	};
	struct error error = {0};
	struct node node;

	if (node_find(checkup->arena, checkup->loop, &places, &node, &error) != 0)
		checkup_add(checkup, CHECKUP_ERROR, "node",
			    error.fix[0] != '\0' ? arena_strdup(checkup->arena, error.fix)
						 : "install Node 22 or 24",
			    "%s%s%s", error.message, error.why[0] != '\0' ? ": " : "", error.why);
	else if (!is_tested(node.major))
		checkup_add(checkup, CHECKUP_WARNING, "node", "install Node 22 or 24",
			    "Node %d.%d at %s; apps are run here with 20, 22 and 24 in tests",
			    node.major, node.minor, node.path);
	else
		checkup_add(checkup, CHECKUP_OK, "node", NULL, "Node %d.%d at %s", node.major,
			    node.minor, node.path);
}

static void look_at_host(struct checkup *checkup)
{
	struct error error = {0};
	char *path;

	if (install_host(checkup->arena, &path, &error) != 0)
		checkup_add(checkup, CHECKUP_ERROR, "host", "install attio again", "%s",
			    error.message);
	else
		checkup_add(checkup, CHECKUP_OK, "host", NULL, "the host of app code is there");
}

/* A busy port is no fault: the next free one is taken. */
static void look_at_ports(struct checkup *checkup)
{
	static const struct {
		int port;
		const char *use;
	} ports[] = {{SIGN_IN_PORT, "signing in"}, {DEV_PORT, "`attio dev`"}};

	for (size_t i = 0; i < ARRAY_LEN(ports); i++)
		checkup_add(checkup, CHECKUP_OK, "ports", NULL,
			    port_is_free(ports[i].port)
				    ? "port %d is free for %s"
				    : "port %d is busy: %s takes the next free one",
			    ports[i].port, ports[i].use);
}

static const char *human_size(struct arena *arena, unsigned long long bytes)
{
	if (bytes >= 1ULL << 30)
		return arena_printf(arena, "%.1f GiB", (double)bytes / (1 << 30));
	if (bytes >= 1ULL << 20)
		return arena_printf(arena, "%.1f MiB", (double)bytes / (1 << 20));
	return arena_printf(arena, "%llu KiB", (bytes + 1023) / 1024);
}

static void look_at_cache(struct checkup *checkup, const char *folder, const char *whose)
{
	unsigned long long bytes;
	size_t files = 0;
	struct stat info;
	struct error error = {0};

	if (folder == NULL || stat(folder, &info) != 0) {
		checkup_add(checkup, CHECKUP_OK, "cache", NULL, "%s cache is empty", whose);
		return;
	}
	bytes = cache_size(checkup->arena, folder);
	if (access(folder, W_OK | X_OK) != 0)
		checkup_add(checkup, CHECKUP_WARNING, "cache",
			    arena_printf(checkup->arena, "chmod u+rwx %s", folder),
			    "%s cache in %s cannot be written, so nothing is remembered", whose,
			    folder);
	else if (info.st_uid != geteuid() || (info.st_mode & S_IWOTH) != 0)
		checkup_add(checkup, CHECKUP_WARNING, "cache",
			    arena_printf(checkup->arena, "chmod o-w %s", folder),
			    "others may write into %s cache in %s", whose, folder);
	else if (bytes > CACHE_MOST)
		checkup_add(checkup, CHECKUP_WARNING, "cache", "attio clean",
			    "%s cache in %s holds %s", whose, folder,
			    human_size(checkup->arena, bytes));
	else
		checkup_add(checkup, CHECKUP_OK, "cache", NULL, "%s cache in %s holds %s", whose,
			    folder, human_size(checkup->arena, bytes));
	if (checkup->options->fix && bytes > CACHE_MOST &&
	    cache_clear(checkup->arena, folder, &files, &error) == 0)
		checkup_repaired(checkup);
}

void checkup_machine(struct checkup *checkup)
{
	checkup_add(checkup, CHECKUP_OK, "attio", NULL, "attio %s", ATTIO_VERSION);
	look_at_engine(checkup, "esbuild", "esbuild", "ESBUILD_BINARY_PATH", install_esbuild);
	look_at_engine(checkup, "tsc", "TypeScript", "ATTIO_TSC", install_typescript);
	look_at_node(checkup);
	look_at_host(checkup);
	look_at_ports(checkup);
	look_at_cache(checkup, project_user_cache(checkup->cli), "your");
	if (checkup->root != NULL)
		look_at_cache(checkup, project_cache_folder(checkup->cli, checkup->root),
			      "the app's");
}
