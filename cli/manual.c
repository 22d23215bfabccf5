/* Manual pages. Only what every man(7) formatter knows is used: TH SH PP TP RS RE nf fi and two
 * font changes. Text from the table is escaped, so that a dot at the start of a line, a backslash
 * or the hyphens of an option keep their looks. */
#include "cli/manual.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/exit.h"
#include "cli/help.h"
#include "cli/topics.h"

/* `code`: hyphens, tildes and carets are ASCII, to be copied into a shell. */
static void put_char(struct buf *out, char c, bool code)
{
	bool line_start = out->len == 0 || out->ptr[out->len - 1] == '\n';

	if (line_start && (c == '.' || c == '\''))
		buf_puts(out, "\\&");
	if (c == '\\')
		buf_puts(out, "\\e");
	else if (c == '-' && code)
		buf_puts(out, "\\-");
	else if (c == '~' && code)
		buf_puts(out, "\\(ti");
	else if (c == '^' && code)
		buf_puts(out, "\\(ha");
	else if (c == '\'' && code)
		buf_puts(out, "\\(aq");
	else
		buf_putc(out, c);
}

static void put_code(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++)
		put_char(out, *text, true);
}

static size_t column(const struct buf *out)
{
	size_t start = out->len;

	while (start > 0 && out->ptr[start - 1] != '\n')
		start--;
	return out->len - start;
}

/* Prose: `code` becomes bold, a word that begins with a hyphen is code, a sentence ends its line
 * (roff then spaces it well) as does a full line, paragraphs are split by PP. */
static void put_prose(struct buf *out, const char *text)
{
	bool bold = false, option = false;

	for (; *text != '\0'; text++) {
		if (*text == '`') {
			bold = !bold;
			buf_puts(out, bold ? "\\fB" : "\\fR");
			continue;
		}
		if (text[0] == '\n' && text[1] == '\n') {
			buf_puts(out, "\n.PP\n");
			text++;
			continue;
		}
		if (*text == ' ')
			option = false;
		else if (*text == '-' && (out->len == 0 || !isalnum((unsigned char)text[-1])))
			option = true;
		/* 12: an option's escapes and the font changes around the next word. */
		size_t next = strcspn(text + 1, " \n") + 12;
		if (*text == ' ' && (text[-1] == '.' || column(out) + next > 80)) {
			buf_putc(out, '\n');
			continue;
		}
		put_char(out, *text, bold || option);
	}
	buf_putc(out, '\n');
}

static void put_header(struct buf *out, const char *page, const char *title, const char *summary)
{
	buf_puts(out, ".TH ");
	for (const char *c = page; *c != '\0'; c++)
		put_char(out, (char)toupper((unsigned char)*c), true);
	buf_printf(out, " 1 \"\" \"attio %s\" \"attio manual\"\n", ATTIO_VERSION);
	buf_puts(out, ".SH NAME\n");
	put_code(out, title);
	buf_puts(out, " \\- ");
	/* Summaries begin with a capital on screens, not after the dash of a NAME line. */
	put_char(out, (char)tolower((unsigned char)summary[0]), false);
	for (const char *c = summary + 1; *c != '\0'; c++)
		put_char(out, *c, false);
	buf_putc(out, '\n');
}

static void put_choices(struct buf *out, const char *const *choices)
{
	for (size_t i = 0; choices != NULL && choices[i] != NULL; i++) {
		buf_puts(out, i == 0 ? ":\n\\fB" : ",\n\\fB");
		put_code(out, choices[i]);
		buf_puts(out, "\\fR");
	}
	if (choices != NULL)
		buf_putc(out, '.');
}

static void put_options(struct buf *out, const struct option *options,
			const struct command *command)
{
	for (const struct option *o = options; o->name != NULL; o++) {
		buf_puts(out, ".TP\n");
		if (o->letter != 0)
			buf_printf(out, "\\fB\\-%c\\fR, ", o->letter);
		buf_puts(out, "\\fB\\-\\-");
		put_code(out, o->name);
		buf_puts(out, "\\fR");
		if (o->bare != NULL)
			buf_printf(out, "[=\\fI%s\\fR]", o->value);
		else if (o->value != NULL)
			buf_printf(out, " \\fI%s\\fR", o->value);
		buf_putc(out, '\n');
		put_prose(out, o->help);
		out->len--; /* the sentence ends below */
		if (o->choices != NULL)
			put_choices(out, option_choices(o, command));
		else
			buf_putc(out, '.');
		if (o->kind == OPTION_NUMBER)
			buf_printf(out, "\nFrom %ld to %ld.", o->min, o->max);
		if (o->fallback != NULL) {
			buf_puts(out, "\nThe default is \\fB");
			put_code(out, o->fallback);
			buf_puts(out, "\\fR.");
		}
		if (o->bare != NULL && strcmp(o->bare, BARE_TOLD) != 0) {
			buf_puts(out, "\nWithout a value it means \\fB");
			put_code(out, o->bare);
			buf_puts(out, "\\fR.");
		}
		if (o->needs != NULL) {
			buf_puts(out, "\nOnly together with \\fB\\-\\-");
			put_code(out, o->needs);
			buf_puts(out, "\\fR.");
		}
		buf_putc(out, '\n');
	}
}

static void put_operands(struct buf *out, const struct operand *operands)
{
	for (const struct operand *o = operands; o->name != NULL; o++) {
		buf_printf(out, ".TP\n\\fI%s\\fR%s\n", o->name, o->many ? " ..." : "");
		put_prose(out, o->help);
		out->len--;
		if (o->choices != NULL)
			put_choices(out, o->choices);
		else
			buf_putc(out, '.');
		buf_putc(out, '\n');
	}
}

static void put_examples(struct buf *out, const struct example *examples)
{
	buf_puts(out, ".SH EXAMPLES\n");
	for (const struct example *e = examples; e->command != NULL; e++) {
		buf_puts(out, e == examples ? "" : ".PP\n");
		put_prose(out, e->help);
		out->len--;
		buf_puts(out, ":\n.RS 4\n.nf\n");
		put_code(out, e->command);
		buf_puts(out, "\n.fi\n.RE\n");
	}
}

static void put_exit_codes(struct buf *out, const struct command *command)
{
	buf_puts(out, ".SH EXIT STATUS\n");
	for (const struct exit_info *e = exit_infos; e->name != NULL; e++) {
		if (command != NULL && !command_has_exit_code(command, e->code))
			continue;
		buf_printf(out, ".TP\n\\fB%d\\fR (", e->code);
		put_code(out, e->name);
		buf_puts(out, ")\n");
		put_prose(out, e->text);
		out->len--;
		buf_puts(out, ".\n");
	}
}

/* "version list" -> "attio-version-list" */
static const char *page_name(struct arena *arena, const struct command *command)
{
	char *name = arena_printf(arena, "attio-%s", command->name);

	for (char *c = name; *c != '\0'; c++)
		if (*c == ' ')
			*c = '-';
	return name;
}

static void put_command(struct arena *arena, struct buf *out, const struct command *command)
{
	const char *page = page_name(arena, command);
	struct buf usage = {0};

	put_header(out, page, page, command->summary);
	buf_puts(out, ".SH SYNOPSIS\n\\fBattio ");
	put_code(out, command->name);
	buf_puts(out, "\\fR");
	help_usage(&usage, command);
	put_code(out, buf_cstr(&usage) + strlen("attio ") + strlen(command->name));
	buf_dispose(&usage);
	buf_puts(out, "\n.SH DESCRIPTION\n");
	put_prose(out, command->description);
	put_operands(out, command->operands);
	buf_puts(out, ".SH OPTIONS\n");
	put_options(out, command->options, command);
	put_options(out, global_options, command);
	put_examples(out, command->examples);
	put_exit_codes(out, command);
	buf_puts(out, ".SH SEE ALSO\n\\fBattio\\fR(1)\n");
}

static void put_overview(struct arena *arena, struct buf *out,
			 const struct command *const *commands)
{
	bool first = true;

	put_header(out, "attio", "attio", "Toolchain for people who write apps for Attio");
	buf_puts(out, ".SH SYNOPSIS\n\\fBattio\\fR \\fICOMMAND\\fR [options]\n.SH DESCRIPTION\n");
	put_prose(out,
		  "It creates an app, checks it, bundles it and publishes it.\n\n"
		  "The answer of a command goes to standard output, everything else to standard "
		  "error. With --json the answer is one JSON document, also when the command "
		  "fails. Options may stand before and after operands; `--` ends them; a value "
		  "follows `=` or is the next word.");
	buf_puts(out, ".SH COMMANDS\n");
	for (const struct command *const *each = commands; *each != NULL; each++) {
		const struct command *c = *each;
		if (c->hidden)
			continue;
		buf_puts(out, ".TP\n\\fB");
		put_code(out, page_name(arena, c));
		buf_puts(out, "\\fR(1)\n");
		put_prose(out, c->summary);
		out->len--;
		buf_puts(out, ".\n");
	}
	buf_puts(out, ".SH OPTIONS\n");
	put_options(out, global_options, NULL);
	put_exit_codes(out, NULL);
	buf_puts(out, ".SH ENVIRONMENT\n");
	for (const struct variable *v = variables; v->name != NULL; v++) {
		buf_printf(out, ".TP\n\\fB%s\\fR\n", v->name);
		put_prose(out, v->text);
	}
	buf_puts(out, ".SH SEE ALSO\n");
	for (const struct command *const *each = commands; *each != NULL; each++) {
		const struct command *c = *each;
		if (c->hidden)
			continue;
		buf_puts(out, first ? "\\fB" : ",\n\\fB");
		put_code(out, page_name(arena, c));
		buf_puts(out, "\\fR(1)");
		first = false;
	}
	buf_putc(out, '\n');
}

void manual_list(struct arena *arena, struct buf *out, const struct command *const *commands)
{
	buf_puts(out, "attio\n");
	for (const struct command *const *c = commands; *c != NULL; c++)
		if (!(*c)->hidden)
			buf_printf(out, "%s\n", page_name(arena, *c));
}

int manual_page(struct arena *arena, struct buf *out, const struct command *const *commands,
		const char *name, struct error *error)
{
	if (strcmp(name, "attio") == 0) {
		put_overview(arena, out, commands);
		return 0;
	}
	for (const struct command *const *each = commands; *each != NULL; each++) {
		const struct command *c = *each;
		if (c->hidden || !str_equal(page_name(arena, c), name))
			continue;
		put_command(arena, out, c);
		return 0;
	}
	error_set(error, ERROR_USAGE, "there is no manual page `%s`", name);
	return error_fix(error, "`attio __manual` lists the pages");
}
