/* A run is one of four things: nothing (there is no tsconfig.json), an earlier result that still
 * holds, a compiler that was started, or a question to one that stayed in memory. What the two
 * kinds of compilers say comes down to the same list, and from there on all is one way.
 *
 * The compiler gets no garbage collection below 1 GiB: it lives for a tenth of a second, and a
 * quarter of that went into collecting. */
#include "types/check.h"
#include "app/installer.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "diag/diag.h"
#include "sys/bounds.h"
#include "sys/child.h"
#include "sys/fs.h"
#include "sys/path.h"
#include "types/checked.h"
#include "types/compiler.h"
#include "types/diagnostics.h"
#include "types/program.h"
#include "types/record.h"
#include "types/session.h"

/* A record is read only up to this size. */
#define RECORD_LIMIT ((size_t)256 << 20)
/* As many stamps may be out of date before a record is written anew for their sake. */
#define STALE_LIMIT 16
/* A session that failed this often is not tried again. */
#define SESSION_TRIES 3
#define VERSION_MS 20000u

enum run_kind {
	RUN_NONE,
	RUN_NOTHING, /* no tsconfig.json, or one that cannot be read */
	RUN_KEPT,
	RUN_PROCESS,
	RUN_SESSION,
	RUN_NARROW /* a session for the changed files alone */
};

struct typecheck {
	struct arena *arena; /* of the options */
	struct typecheck_options options;
	struct arena *run_arena;
	enum run_kind kind;
	bool can_keep;   /* the cache can be written */
	bool is_private; /* and is the app's alone */
	struct program program;
	struct compiler compiler;
	const char *project;
	const char **words;
	const char *key;
	uint64_t start;
	struct record_entry root; /* at the start */
	struct child tool;
	struct child version_tool; /* asks for the version of a compiler we do not know yet */
	bool asks_version;
	struct session session;
	const char *project_file; /* for a project of ours */
	unsigned session_failures;
	struct arena *record_arena; /* NULL: there is no record */
	struct record record;
	struct record_changes changes;
};

static const char *const settings[] = {"GOGC=off", "GOMEMLIMIT=1GiB", NULL};

static const char *copy(struct arena *arena, const char *text)
{
	return text != NULL ? arena_strdup(arena, text) : NULL;
}

struct typecheck *typecheck_open(const struct typecheck_options *options)
{
	struct typecheck *check = mem_zalloc(1, sizeof(*check));

	check->arena = arena_new();
	check->options = *options;
	check->options.root = copy(check->arena, options->root);
	check->options.cache = copy(check->arena, options->cache);
	check->options.out = copy(check->arena, options->out);
	check->options.tsc = copy(check->arena, options->tsc);
	check->options.node = copy(check->arena, options->node);
	if (check->options.timeout_ms == 0)
		check->options.timeout_ms = TYPECHECK_TIMEOUT_MS;
	return check;
}

/* Where something of this compiler is kept, or NULL. */
static const char *cache_file(const struct typecheck *check, const char *ending)
{
	if (!check->can_keep)
		return NULL;
	return path_join(check->run_arena, check->options.cache,
			 arena_printf(check->run_arena, "types-%s.%s",
				      check->compiler.own ? "app" : "attio", ending));
}

/* All that decides besides files. A compiler that was replaced is another file, or of another time.
 * When its inode was changed last says nothing: another name for it does that too, and package
 * managers share one file among projects by such names. */
static const char *make_key(const struct typecheck *check)
{
	struct buf key = {0};
	struct stat st = {0};
	const char *text;

	stat(check->compiler.path, &st);
	buf_printf(&key, "%s\n%lld %lld %llu\n", ATTIO_VERSION, (long long)st.st_size,
		   (long long)st.st_mtime, (unsigned long long)st.st_ino);
	for (const char **word = check->words;
	     *word != NULL && strcmp(*word, COMPILER_CHECKERS) != 0; word++)
		buf_printf(&key, "%s\n", *word);
	buf_printf(&key, "%s\n%s", check->options.root,
		   check->options.out != NULL ? check->options.out : "");
	text = arena_strdup(check->run_arena, buf_cstr(&key));
	buf_dispose(&key);
	return text;
}

static void set_outputs(struct typecheck *check, struct record *record)
{
	record->outputs[0] = check->options.out;
	record->outputs[1] = check->options.cache;
}

static void drop_record(struct typecheck *check)
{
	arena_free(check->record_arena);
	check->record_arena = NULL;
	check->record = (struct record){0};
}

static void read_record(struct typecheck *check)
{
	const char *path = cache_file(check, "record");
	struct error ignored;
	char *bytes;
	size_t len;

	if (path == NULL || fs_type(path) != FS_FILE ||
	    fs_read(check->run_arena, path, RECORD_LIMIT, &bytes, &len, &ignored) != 0)
		return;
	check->record_arena = arena_new();
	if (record_decode(&check->record, check->record_arena, bytes, len) != 0)
		drop_record(check);
}

/* Whether the last result still holds. */
static bool is_kept(struct typecheck *check)
{
	bool holds;

	if (check->record_arena != NULL && strcmp(check->record.key, check->key) != 0)
		drop_record(check);
	if (check->record_arena == NULL)
		read_record(check);
	if (check->record_arena != NULL && strcmp(check->record.key, check->key) != 0)
		drop_record(check);
	if (check->record_arena == NULL)
		return false;
	set_outputs(check, &check->record);
	check->changes = (struct record_changes){.arena = check->run_arena};
	holds = record_holds(&check->record, &check->changes);
	if (check->compiler.version == NULL)
		check->compiler.version = copy(check->run_arena, check->record.version);
	return holds;
}

static void write_bytes(struct typecheck *check, const struct buf *bytes)
{
	const char *path = cache_file(check, "record");

	if (path != NULL)
		fs_write_cache(path, bytes->ptr, bytes->len);
}

static void write_record(struct typecheck *check)
{
	struct buf bytes = {0};

	record_encode(&bytes, &check->record);
	write_bytes(check, &bytes);
	buf_dispose(&bytes);
}

static int start_process(struct typecheck *check, struct error *error)
{
	const char *version_words[] = {check->compiler.path, "--version", NULL};
	struct child_command command = {.name = COMPILER_NAME,
					.words = check->words,
					.folder = check->options.root,
					.settings = settings,
					.descriptors = CHILD_ENGINE_DESCRIPTORS,
					.patient = check->options.again,
					.limit = COMPILER_OUTPUT};

	check->start = record_now();
	if (child_start(&check->tool, check->options.loop, &command, error) != 0) {
		if (error->kind != ERROR_TOOL)
			return -1;
		if (check->compiler.own)
			return error_fix(
				error, "install the app's packages again: `%s`",
				installer_command(check->arena, check->options.root, NULL));
		return error_fix(error, "reinstall attio, or name another compiler in `ATTIO_TSC`");
	}
	child_limit(&check->tool, check->options.timeout_ms);
	check->asks_version = check->compiler.version == NULL;
	command.words = version_words;
	if (check->asks_version &&
	    child_start(&check->version_tool, check->options.loop, &command, error) != 0) {
		child_dispose(&check->tool, 0);
		return -1;
	}
	check->kind = RUN_PROCESS;
	return 0;
}

static bool wants_session(const struct typecheck *check)
{
	return check->options.again && !check->compiler.own &&
	       check->session_failures < SESSION_TRIES;
}

/* The compiler that stays: its project file is always the generated one, because it takes no
 * flags. */
static void open_session(struct typecheck *check)
{
	struct error ignored;

	if (check->session.running || !wants_session(check) || check->record_arena == NULL)
		return;
	/* Whoever keeps a compiler waits for other things first. */
	const struct session_options options = {.loop = check->options.loop,
						.tsc = check->options.tsc,
						.folder = check->options.root,
						.project = check->project_file,
						.patient = true,
						.timeout_ms = check->options.timeout_ms};

	if (session_start(&check->session, &options, &ignored) != 0)
		check->session_failures++;
}

/* Changes that can matter to no other file: the compiler looks at the changed ones alone. That is
 * so only where it found nothing before, because what it finds can hide something else. */
static bool start_narrow(struct typecheck *check)
{
	const struct session_options options = {.loop = check->options.loop,
						.tsc = check->compiler.path,
						.folder = check->options.root,
						.project = check->project,
						.settings = settings,
						.timeout_ms = check->options.timeout_ms};
	struct error ignored;

	if (check->options.again || check->compiler.own || check->record_arena == NULL ||
	    check->record.output.count > 0 ||
	    !checked_stays_inside(cache_file(check, "texts"), &check->record, &check->program,
				  &check->changes))
		return false;
	check->start = record_now();
	if (session_start(&check->session, &options, &ignored) != 0)
		return false;
	check->kind = RUN_NARROW;
	return true;
}

/* The session was opened after the record was made, so it knows all but what changed since. */
static bool ask_session(struct typecheck *check)
{
	if (!check->session.running)
		return false;
	if (check->record_arena == NULL || check->changes.more || check->compiler.own) {
		session_stop(&check->session);
		return false;
	}
	/* It reads at once, where a new process needs longer than a tick to begin. */
	check->start = record_now() - RECORD_TICK_NS;
	session_ask(&check->session, &check->changes);
	check->kind = RUN_SESSION;
	return true;
}

/* Clears what the last run left. */
static void begin(struct typecheck *check)
{
	typecheck_cancel(check);
	arena_free(check->run_arena);
	check->run_arena = arena_new();
	check->kind = RUN_NONE;
}

/* A cache outside of the app may be that of several apps at the same time, even if it only seems to
 * be inside, behind a link. */
static void prepare_cache(struct typecheck *check)
{
	const char *cache = check->options.cache, *root = check->options.root, *real;
	struct error ignored;

	check->can_keep =
		cache != NULL && fs_make_dirs(cache, &ignored) == 0 && access(cache, W_OK) == 0;
	real = check->can_keep ? fs_real_path(check->run_arena, cache, &ignored) : NULL;
	check->is_private = real != NULL && path_is_under(real, root);
	if (check->project_file == NULL)
		check->project_file = path_join(
			check->arena, check->is_private ? cache : root,
			check->is_private ? PROGRAM_FILE : PROGRAM_GENERATED "/" PROGRAM_FILE);
}

int typecheck_start(struct typecheck *check, struct error *error)
{
	const char *build_info, *project;

	begin(check);
	if (program_read(&check->program, check->run_arena, check->options.root, error) != 0)
		return -1;
	if (!check->program.present || check->program.malformed || check->program.circular) {
		check->kind = RUN_NOTHING;
		return 0;
	}
	prepare_cache(check);
	/* Files are written before the run, because a new one is a change. */
	if (compiler_find(&check->compiler, check->run_arena, &check->options, &check->program,
			  error) != 0 ||
	    program_write(&check->program, check->run_arena,
			  check->compiler.is_new ? PROGRAM_NEW : PROGRAM_OLD, check->project_file,
			  &check->project, error) != 0 ||
	    (wants_session(check) && program_write(&check->program, check->run_arena, PROGRAM_AGAIN,
						   check->project_file, &project, error) != 0))
		return -1;
	build_info = check->is_private ? cache_file(check, "tsbuildinfo") : NULL;
	/* The compiler would write through a link. */
	if (build_info != NULL && bounds_may_write(check->options.root, build_info, error) != 0)
		build_info = NULL;
	check->words =
		compiler_words(&check->compiler, check->run_arena, check->project, build_info);
	check->key = make_key(check);
	if (is_kept(check)) {
		check->kind = RUN_KEPT;
		return 0;
	}
	check->root =
		record_folder(check->options.root,
			      (const char *const[]){check->options.out, check->options.cache});
	if (ask_session(check) || start_narrow(check))
		return 0;
	return start_process(check, error);
}

static int compiler_failed(struct typecheck *check, struct error *error, const char *what)
{
	char how[160], complaint[200];

	child_how(&check->tool, how, sizeof(how));
	child_complaint(&check->tool, complaint, sizeof(complaint));
	error_set(error, ERROR_TOOL, "the TypeScript compiler %s", what);
	error_why(error, "`%s` ended with %s%s%s", check->compiler.path, how,
		  complaint[0] != '\0' ? ": " : "", complaint);
	if (check->compiler.own)
		return error_fix(error, "install the app's packages again: `%s`",
				 installer_command(check->arena, check->options.root, NULL));
	return error_fix(error, "try again; if it stays, use the app's own compiler with "
				"`--tsc=app`");
}

static void learn_version(struct typecheck *check)
{
	static const char words[] = "Version ";
	const char *text;
	bool ended;

	if (!check->asks_version)
		return;
	check->asks_version = false;
	child_limit(&check->version_tool, VERSION_MS);
	ended = child_finish(&check->version_tool);
	text = buf_cstr(&check->version_tool.output);
	if (ended && str_starts(text, words)) {
		text += strlen(words);
		check->compiler.version =
			arena_strndup(check->run_arena, text, strcspn(text, "\r\n"));
	}
	child_dispose(&check->version_tool, 0);
}

/* Our compiler must be one whose output and options we know. */
static int judge_version(const struct typecheck *check, struct error *error)
{
	if (check->compiler.own ||
	    (check->compiler.version != NULL && strtol(check->compiler.version, NULL, 10) == 7))
		return 0;
	error_set(error, ERROR_TOOL, "attio needs TypeScript 7 for the check of types");
	if (check->compiler.version != NULL)
		error_why(error, "`%s` is version %s", check->compiler.path,
			  check->compiler.version);
	else
		error_why(error, "`%s` does not say which version it is", check->compiler.path);
	return error_fix(error, "reinstall attio, correct or unset `ATTIO_TSC`, or use the app's "
				"own compiler with `--tsc=app`");
}

static size_t count_errors(const struct ts_output *output)
{
	size_t count = 0;

	for (size_t i = 0; i < output->count; i++)
		count += !output->items[i].warning;
	return count;
}

/* What the process said, if that is an answer. */
static int read_process(struct typecheck *check, struct ts_output *output, struct error *error)
{
	struct child *tool = &check->tool;
	bool ended = child_finish(tool);
	int code;

	learn_version(check);
	if (judge_version(check, error) != 0)
		return -1;
	if (!ended)
		return compiler_failed(check, error,
				       tool->flood ? "does not stop to talk" : "does not end");
	code = child_signal(tool) != 0 ? -1 : child_code(tool);
	if (code < 0 || code > 2 || (code > 0 && tool->output.len == 0))
		return compiler_failed(check, error, "crashed");
	ts_output_read(output, buf_cstr(&tool->output), tool->output.len);
	if (count_errors(output) > 0)
		return 0;
	if (code == 0 && output->file_count != 0 && output->odd == NULL)
		return 0;
	compiler_failed(check, error, "gave an answer that cannot be read");
	if (output->odd != NULL)
		error_why(error, "`%s` said: %.200s", check->compiler.path, output->odd);
	return -1;
}

/* Makes the answer the record, if nothing changed meanwhile. What is kept in memory, for another
 * run, is read from the very bytes that are written. */
static void keep(struct typecheck *check, const struct ts_output *output)
{
	struct record fresh = {.arena = check->run_arena, .output = *output};
	struct record_input input = {
		.program = &check->program,
		.project = check->project,
		.files = output->files,
		.file_count = output->file_count,
		.compiler = check->compiler.path,
		.former = check->record_arena != NULL ? &check->record : NULL,
		.start = check->start,
		.root = check->root,
	};
	struct buf bytes = {0};
	bool whole;

	set_outputs(check, &fresh);
	whole = !ts_output_misses_file(output) && record_take(&fresh, &input) == 0;
	drop_record(check);
	if (!whole)
		return;
	fresh.key = check->key;
	fresh.version = check->compiler.version;
	fresh.own = check->compiler.own;
	record_encode(&bytes, &fresh);
	write_bytes(check, &bytes);
	if (cache_file(check, "texts") != NULL && !check->compiler.own)
		checked_write(cache_file(check, "texts"), &fresh, check->options.root);
	if (check->options.again) {
		check->record_arena = arena_new();
		if (record_decode(&check->record, check->record_arena, bytes.ptr, bytes.len) != 0)
			drop_record(check);
	}
	buf_dispose(&bytes);
}

/* If other files make up the program now, it has to be looked at as a whole. */
static int answer_narrow(struct typecheck *check, struct ts_output *output, struct error *error)
{
	int status = session_answer_about(&check->session, check->changes.files,
					  check->changes.count, output, error);

	session_kill(&check->session);
	if (status == 0 &&
	    !hash_equal(check->record.files,
			record_files(output->files, output->file_count, check->compiler.path)))
		status = -1;
	return status;
}

static int answer(struct typecheck *check, struct ts_output *output, struct error *error)
{
	if (check->kind == RUN_SESSION || check->kind == RUN_NARROW) {
		if ((check->kind == RUN_NARROW
			     ? answer_narrow(check, output, error)
			     : session_answer(&check->session, output, error)) == 0)
			return 0;
		/* There is the other way; it knows nothing of this one's troubles. */
		session_stop(&check->session);
		check->session_failures++;
		*output = (struct ts_output){.arena = output->arena};
		if (start_process(check, error) != 0)
			return -1;
	}
	return read_process(check, output, error);
}

static void add_note(struct typecheck_result *result, struct arena *arena, const char *note)
{
	const char **slot = arena_push(arena, &result->notes, &result->note_count, sizeof(*slot));

	*slot = arena_strdup(arena, note);
}

static void tell(struct typecheck *check, const struct ts_output *output, struct texts *texts,
		 struct diags *diags, struct typecheck_result *result)
{
	struct ts_telling telling = {
		.root = check->options.root,
		.configs = check->program.configs,
		.config_count = check->program.config_count,
		.side_effects = check->program.side_effects || check->compiler.own,
	};

	ts_output_tell(output, &telling, texts, diags);
	result->checked = true;
	result->version = copy(diags->arena, check->compiler.version);
	result->own_compiler = check->compiler.own;
	if (check->compiler.note != NULL)
		add_note(result, diags->arena, check->compiler.note);
}

int typecheck_finish(struct typecheck *check, struct texts *texts, struct diags *diags,
		     struct typecheck_result *result, struct error *error)
{
	struct ts_output output = {.arena = check->run_arena};
	int status;

	*result = (struct typecheck_result){0};
	if (check->kind == RUN_NOTHING) {
		add_note(result, diags->arena,
			 check->program.malformed
				 ? "types were not checked: `tsconfig.json` is not valid JSON"
			 : check->program.circular
				 ? "types were not checked: `tsconfig.json` extends itself"
				 : "types were not checked: the app has no `tsconfig.json`");
		check->kind = RUN_NONE;
		return 0;
	}
	if (check->kind == RUN_KEPT) {
		tell(check, &check->record.output, texts, diags, result);
		result->kept = true;
		if (check->changes.stale > STALE_LIMIT)
			write_record(check);
		check->kind = RUN_NONE;
		open_session(check);
		return 0;
	}
	status = answer(check, &output, error);
	if (status == 0) {
		keep(check, &output);
		tell(check, &output, texts, diags, result);
	}
	typecheck_cancel(check);
	if (status == 0)
		open_session(check);
	return status;
}

void typecheck_cancel(struct typecheck *check)
{
	child_dispose(&check->version_tool, 0);
	child_dispose(&check->tool, 0);
	if (check->kind == RUN_NARROW)
		session_stop(&check->session);
	check->asks_version = false;
	check->kind = RUN_NONE;
}

void typecheck_close(struct typecheck *check)
{
	if (check == NULL)
		return;
	typecheck_cancel(check);
	session_stop(&check->session);
	drop_record(check);
	arena_free(check->run_arena);
	arena_free(check->arena);
	mem_free(check);
}
