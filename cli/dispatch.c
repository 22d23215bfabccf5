/* See dispatch.h. A run's world is set up, the command found and run, and the answer's way to
 * stdout checked. The only file that knows stdout, stderr and the process's exit code. */
#include "cli/dispatch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/error.h"
#include "cli/app_host.h"
#include "cli/cli.h"
#include "cli/handoff.h"
#include "cli/help.h"
#include "cli/options.h"
#include "cli/term.h"
#include "local/run/host_early.h"
#include "source/grammar.h"
#include "sys/fs.h"
#include "sys/loop.h"
#include "sys/room.h"
#include "json/json.h"

/* A closed stdin, stdout or stderr would give its number to the next file that is opened, and
 * messages would land in it. A stand-in that refuses the operation keeps the number taken and the
 * mistake visible. */
static void guard_streams(void)
{
	for (int fd = 0; fd <= 2; fd++) {
		if (fcntl(fd, F_GETFD) != -1 || errno != EBADF)
			continue;
		int guard = open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
		if (guard != fd && guard >= 0)
			close(guard);
	}
}

/* 0: it is no terminal, or one that does not know. */
static size_t columns_of(int fd)
{
	struct winsize size = {0};

	return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static void decide_terminal(struct cli *cli)
{
	struct term_facts facts = {
		.color = cli->globals.color,
		.no_color = cli_env(cli, "NO_COLOR"),
		.force_color = cli_env(cli, "FORCE_COLOR"),
		.clicolor_force = cli_env(cli, "CLICOLOR_FORCE"),
		.clicolor = cli_env(cli, "CLICOLOR"),
		.term = cli_env(cli, "TERM"),
	};
	bool err_tty = isatty(STDERR_FILENO) == 1;

	facts.tty = isatty(STDOUT_FILENO) == 1;
	cli->out_color = term_color(&facts);
	cli->out_columns = term_columns(cli_env(cli, "COLUMNS"), columns_of(STDOUT_FILENO));
	cli->err_columns = term_columns(cli_env(cli, "COLUMNS"), columns_of(STDERR_FILENO));
	facts.tty = err_tty;
	cli->err_color = term_color(&facts);
	cli->shows_progress = err_tty && facts.term != NULL && strcmp(facts.term, "dumb") != 0 &&
			      !cli->globals.quiet && !cli->globals.verbose;
	cli->interactive = term_interactive(isatty(STDIN_FILENO) == 1, err_tty, cli_env(cli, "CI"),
					    cli->globals.no_input);
	cli->json = cli->globals.json || strcmp(cli->globals.format, "json") == 0 ||
		    strcmp(cli->globals.format, "ndjson") == 0;
}

static int change_folder(struct cli *cli, struct error *error)
{
	const char *directory = cli->globals.directory;

	if (directory == NULL)
		return 0;
	/* The hand-over to attio-net starts again from here: it reads the same -C. */
	cli->start_dir = open(".", O_RDONLY | O_CLOEXEC);
	if (chdir(directory) == 0)
		return 0;
	int sys = errno;
	error_system(error, sys, "cannot work in folder `%s`", directory);
	error->kind = ERROR_USAGE;
	return error_fix(error, "give `-C` an existing folder");
}

static int print_version(struct cli *cli)
{
	if (cli->json) {
		cli_print_json(cli, cli_json(cli, EXIT_OK));
		return EXIT_OK;
	}
	fprintf(cli->out, "attio %s\n", ATTIO_VERSION);
	return EXIT_OK;
}

/* --help is an answer even to a line with a mistake in it; the mistake is told beside it. */
static int print_help(struct cli *cli, const struct parsed *parsed, const struct error *mistake)
{
	if (mistake != NULL)
		cli_warn(cli, "%s%s%s", mistake->message, mistake->fix[0] != '\0' ? "; " : "",
			 mistake->fix);
	cli->command = command_find(cli->commands, "help");
	return help_words(cli, parsed->words);
}

/* The run function of a command whose row has none. */
static int run_net(struct cli *cli, const struct net *net, const void *options)
{
	struct error error;

	for (const struct net_run *r = net->runs; r->command != NULL; r++)
		if (r->command == cli->command)
			return r->run(cli, options);
	error_set(&error, ERROR_INTERNAL, "nothing runs `attio %s`", cli->command->name);
	return cli_fail(cli, &error);
}

static int run_command(struct cli *cli, const struct net *net, const void *options)
{
	const struct command *command = cli->command;
	struct timespec from, to;

	cli_note(cli, "attio %s works in `%s`", ATTIO_VERSION, cli->cwd != NULL ? cli->cwd : "?");
	clock_gettime(CLOCK_MONOTONIC, &from);
	int code = command->run != NULL ? command->run(cli, options) : run_net(cli, net, options);
	clock_gettime(CLOCK_MONOTONIC, &to);
	cli_note(cli, "exit code %d after %ld ms", code,
		 (long)(to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000);
	return code;
}

/* Node's start takes longest, and is hidden behind that of attio-net. */
static int become_net(struct cli *cli, unsigned needs, const void *options)
{
	struct host_early early = {0};
	int code;

	if ((needs & NEED_NODE) != 0)
		app_host_start(cli, options, &early);
	code = handoff(cli);
	host_early_end(&early);
	return code;
}

/* What the command needs is there, or another program has it, before anything is done. */
static int start_command(struct cli *cli, const struct net *net, const void *options)
{
	const struct command *command = cli->command;
	unsigned needs = command->needs;
	struct error error;

	cli->cwd = fs_cwd(cli->arena, &error);
	if (cli->cwd == NULL && (needs & (NEED_FOLDER | NEED_APP)) != 0)
		return cli_fail(cli, &error);
	if (command->needs_now != NULL)
		needs |= command->needs_now(cli, options);
	if (net == NULL && (needs & (NEED_GIT | NEED_NET)) != 0)
		return become_net(cli, needs, options);
	return run_command(cli, net, options);
}

static int run(struct cli *cli, const struct net *net)
{
	struct parsed parsed;
	struct error error;
	bool wrong = options_parse(cli->arena, cli->commands, cli->argc, cli->argv, &parsed,
				   &error) != 0;

	cli->globals = parsed.globals;
	cli->command = parsed.command;
	decide_terminal(cli);
	if (cli->globals.version)
		return print_version(cli);
	if (cli->globals.help)
		return print_help(cli, &parsed, wrong ? &error : NULL);
	if (wrong) {
		int code = cli_fail(cli, &error);
		cli_detail(cli, "see",
			   arena_printf(cli->arena, "attio help%s%s",
					parsed.words[0] != '\0' ? " " : "", parsed.words));
		return code;
	}
	if (change_folder(cli, &error) != 0)
		return cli_fail(cli, &error);
	if (cli->command == NULL) {
		cli->command = command_find(cli->commands, "help");
		return help_words(cli, "");
	}
	return start_command(cli, net, parsed.options);
}

/* A reader that left is no failure; a write error before the last one has lost its errno, so the
 * pipe itself is asked. */
static bool reader_left(int fd, int sys)
{
	struct stat st;
	struct pollfd question = {.fd = fd, .events = POLLOUT};

	if (sys == EPIPE)
		return true;
	if (fstat(fd, &st) != 0 || !(S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode)))
		return false;
	return poll(&question, 1, 0) == 1 && (question.revents & (POLLERR | POLLHUP)) != 0;
}

/* The answer counts only once it is out: a full disk must not look like success. */
static int finish_output(struct cli *cli, int code)
{
	struct error error;

	errno = 0;
	bool failed = fflush(cli->out) != 0;
	int sys = errno;
	if (!failed && ferror(cli->out) == 0)
		return code;
	if (reader_left(fileno(cli->out), sys))
		return code;
	if (sys != 0)
		error_system(&error, sys, "cannot write the answer to standard output");
	else
		error_set(&error, ERROR_SYSTEM, "cannot write the answer to standard output");
	cli->json = false; /* there is nobody to read the document */
	return cli_fail(cli, &error);
}

int dispatch(int argc, char **argv, const struct command *const *commands, const struct net *net)
{
	struct cli cli = {
		.out = stdout,
		.err = stderr,
		.commands = commands,
		.git = net != NULL ? net->git : NULL,
		.argc = argc,
		.argv = argv,
		.start_dir = -1,
	};
	struct host_early early = {0};

	guard_streams();
	/* Writing to a closed pipe or past the file size limit shall be an error, not the end. */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	room_claim();
	loop_use_mem();
	json_use_mem();
	grammar_use_mem();
	cli.arena = arena_new();
	if (net != NULL) {
		host_early_take(&early, cli_env(&cli, HOST_EARLY));
		cli.early = &early;
	}
	int code = finish_output(&cli, run(&cli, net));
	host_early_end(&early);
	arena_free(cli.arena);
	if (cli.start_dir != -1)
		close(cli.start_dir);
	return code;
}
