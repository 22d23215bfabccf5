/* Commands as data: each says once what it is called, takes, answers and needs. The parser, --help,
 * usage errors, completions and man pages are made from these rows, so they cannot disagree. The
 * list of all is table.h's; who needs it is given it: sorted by name, ends with NULL. */
#ifndef ATTIO_CLI_COMMAND_H
#define ATTIO_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

struct cli;

enum option_kind {
	OPTION_FLAG,   /* bool */
	OPTION_STRING, /* const char * */
	OPTION_PATH,   /* const char *; completed as a file name */
	OPTION_NUMBER, /* long */
	OPTION_CHOICE, /* const char *, one of `choices` */
	OPTION_LIST    /* const char *const *, ends with NULL; NULL: not given. Each use adds one */
};

/* Words that complete a value or an operand and that no table of fixed choices can hold. */
enum words { WORDS_NONE, WORDS_COMMANDS, WORDS_CODES, WORDS_REPORTS, WORDS_REVISIONS };

/* No value that anybody would give. */
#define BARE_TOLD "*"

struct option {
	const char *name; /* long name without the dashes */
	char letter;      /* 0: none */
	enum option_kind kind;
	size_t field;               /* offsetof() in the command's options struct */
	const char *value;          /* what the value is called: "DIR" */
	const char *const *choices; /* NULL-terminated; see option_choices */
	long min, max;              /* OPTION_NUMBER */
	const char *help;           /* one line, capital first, no full stop */
	const char *fallback; /* stored when the option is not given; NULL: the field stays zero */
	const char *needs; /* name of the option without which this one makes no sense, or NULL */
	/* What the option means without a value, which then must follow `=`; NULL: it needs one.
	 * BARE_TOLD: what it means is told in `help`. */
	const char *bare;
	enum words words; /* that a value may be */
	size_t given;     /* offsetof() of a bool set when the option is given; 0: none */
};

struct operand {
	const char *name; /* "DIR" */
	size_t field; /* offsetof(), const char *; with `many` const char *const *, ends with NULL
		       */
	bool required;
	bool is_path;
	const char *help;
	bool many;                  /* takes all that follow; the last operand only */
	const char *const *choices; /* NULL-terminated, or NULL: anything */
	enum words words;
	const char *unless; /* required unless the option of this name is given, or NULL */
};

struct example {
	const char *command;
	const char *help;
};

/* What a command needs of the machine; a bit set. */
enum need {
	NEED_FOLDER = 1 << 0,     /* the current folder, from which files are named */
	NEED_APP = 1 << 1,        /* an app: in the current folder, or one named from there */
	NEED_GIT = 1 << 2,        /* libgit2, which is in attio-net */
	NEED_NET = 1 << 3,        /* the network or the local platform, which are in attio-net */
	NEED_ESBUILD = 1 << 4,    /* the esbuild executable */
	NEED_TYPESCRIPT = 1 << 5, /* the TypeScript compiler's executable */
	/* App code runs, so Node does, unless `attio dev` has one that runs for the same `--state`.
	 */
	NEED_NODE = 1 << 6
};

struct command {
	const char *name;        /* words separated by one space: "version list" */
	const char *group;       /* heading on the overview */
	const char *summary;     /* one line, capital first, no full stop */
	const char *description; /* paragraphs for --help and the man page, separated by "\n\n" */
	const struct option *options;   /* ends with name NULL */
	const struct operand *operands; /* ends with name NULL */
	const struct example *examples; /* ends with command NULL */
	const char *exit_codes;         /* which of exit.h it can give, e.g. "0 1 2 8" */
	/* What --format may be, when that is more than for every command; ends with NULL. */
	const char *const *formats;
	size_t options_size; /* size of the options struct, zeroed for each run */
	unsigned needs;      /* whatever the options are: enum need */
	/* What this run needs besides, asked once, before it; NULL: nothing. Tells nobody anything:
	 * what is wrong with the options is run's to say. */
	unsigned (*needs_now)(struct cli *cli, const void *options);
	/* Runs the command and returns an exit code (exit.h). NULL: only attio-net can (net.h). */
	int (*run)(struct cli *cli, const void *options);
	bool hidden;
};

/* More than there are commands and help topics, and more than one command has options with the
 * global ones; a unit test counts. */
#define TABLE_MAX 128

/* Options that every command takes; parsed into struct globals. */
extern const struct option global_options[];
/* For commands without options of their own. */
extern const struct option no_options[];
/* Headings of the overview in their order; ends with NULL. */
extern const char *const command_groups[];

/* Commands that begin with the same word and that the overview shows in one line. */
struct command_family {
	const char *name;    /* "records" */
	const char *summary; /* one line, capital first, no full stop */
};
/* Ends with name NULL. */
extern const struct command_family command_families[];
/* The family of a command, or NULL. */
const struct command_family *command_family_of(const struct command *command);

/* The command of that name ("version list"), or NULL. */
const struct command *command_find(const struct command *const *commands, const char *name);
/* Whether `name` is the first word or words of longer commands only ("version"). */
bool command_is_prefix(const struct command *const *commands, const char *name);
/* What an option may be for this command (NULL: none known yet): its choices, but for --format the
 * command's own list when it has one. NULL: anything. */
const char *const *option_choices(const struct option *option, const struct command *command);
/* Whether its choices depend on the command. */
bool option_is_bound(const struct command *const *commands, const struct option *option);
/* Whether the code is among the command's exit codes. */
bool command_has_exit_code(const struct command *command, int code);

struct globals {
	const char *directory; /* -C DIR */
	const char *format;    /* --format, one that the command knows; never NULL */
	bool json;             /* --json */
	bool format_chosen;    /* --format or --json was given */
	const char *color;     /* --color auto|always|never */
	bool quiet;
	bool verbose;
	bool no_cache;
	bool no_input;
	bool help;
	bool version;
};

#endif
