/* What attio doctor looks at: each look adds lines, and with --fix does what is safe. */
#ifndef ATTIO_CLI_NET_CHECKUP_H
#define ATTIO_CLI_NET_CHECKUP_H

#include <stdbool.h>
#include <stddef.h>

struct app;
struct arena;
struct cli;
struct doctor_options;
struct loop;

enum checkup_level { CHECKUP_OK, CHECKUP_WARNING, CHECKUP_ERROR };

struct checkup_line {
	const char *name; /* "node": what was looked at, one word */
	enum checkup_level level;
	const char *text; /* one sentence, no full stop */
	const char *fix;  /* a command or what to do; NULL: nothing */
	bool repaired;    /* by this run: its level is ok then */
};

struct checkup {
	struct cli *cli;
	const struct doctor_options *options;
	struct arena *arena;
	struct loop *loop;
	const char *root; /* of the app; NULL: none here */
	struct app *app;  /* open; NULL: none here */
	struct checkup_line *lines;
	size_t count;
};

/* Adds a line; the texts live as long as the arena. `fix` may be NULL. */
void checkup_add(struct checkup *checkup, enum checkup_level level, const char *name,
		 const char *fix, const char *format, ...) __attribute__((format(printf, 5, 6)));
/* The last line is about something that --fix has put right. */
void checkup_repaired(struct checkup *checkup);

/* The program's parts, Node, ports, the cache. */
void checkup_machine(struct checkup *checkup);
/* Packages, the SDK, .env files, git, types, what runs left behind. */
void checkup_app(struct checkup *checkup);
/* The credential; with --online, too, whether Attio is reached and takes it, and the clock. */
void checkup_account(struct checkup *checkup);

#endif
