/* attio explain: what a finding's code means. The text stands beside the rule (lib/rules); this
 * only lays it out. */
#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "base/wrap.h"
#include "cli/cli.h"
#include "cli/table.h"
#include "rules/rules.h"

struct explain_options {
	const char *code; /* NULL: list all */
};

static const char *severity_name(enum severity severity)
{
	if (severity == SEVERITY_ERROR)
		return "error";
	return severity == SEVERITY_WARNING ? "warning" : "off";
}

static void put_heading(struct buf *out, const struct cli *cli, const char *title)
{
	buf_printf(out, cli->out_color ? "\n\x1b[1m%s\x1b[0m\n" : "\n%s\n", title);
}

/* Code as it stands, moved in by two columns. */
static void put_code(struct buf *out, const char *code)
{
	while (*code != '\0') {
		size_t len = strcspn(code, "\n");
		if (len > 0)
			buf_puts(out, "  ");
		buf_add(out, code, len);
		buf_putc(out, '\n');
		code += len;
		if (*code == '\n')
			code++;
	}
}

static void put_rule(struct buf *out, const struct cli *cli, const struct rule *rule)
{
	buf_printf(out, cli->out_color ? "\x1b[1m%s %s\x1b[0m (%s)\n" : "%s %s (%s)\n",
		   rule->info.code, rule->info.name, severity_name(rule->info.severity));
	wrap_text(out, cli_width(cli), rule->summary, 0, 0);
	buf_putc(out, '\n');
	wrap_text(out, cli_width(cli), rule->explanation, 0, 0);
	if (rule->bad != NULL) {
		put_heading(out, cli, "Reported");
		put_code(out, rule->bad);
	}
	if (rule->good != NULL) {
		put_heading(out, cli, "Not reported");
		put_code(out, rule->good);
	}
}

static void put_list(struct buf *out, const struct cli *cli)
{
	size_t width = 0;

	for (const struct rule *const *r = rules; *r != NULL; r++)
		if (strlen((*r)->info.name) > width)
			width = strlen((*r)->info.name);
	for (const struct rule *const *r = rules; *r != NULL; r++)
		buf_printf(out, "%s  %-7s  %-*s  %s\n", (*r)->info.code,
			   severity_name((*r)->info.severity), (int)width, (*r)->info.name,
			   (*r)->summary);
	if (rules[0] == NULL && !cli->globals.quiet)
		buf_puts(out, "This build has no rules.\n");
}

static cJSON *rule_json(const struct rule *rule, bool whole)
{
	cJSON *item = cJSON_CreateObject();

	cJSON_AddStringToObject(item, "code", rule->info.code);
	cJSON_AddStringToObject(item, "name", rule->info.name);
	cJSON_AddStringToObject(item, "severity", severity_name(rule->info.severity));
	cJSON_AddStringToObject(item, "summary", rule->summary);
	if (!whole)
		return item;
	cJSON_AddStringToObject(item, "explanation", rule->explanation);
	if (rule->bad != NULL)
		cJSON_AddStringToObject(item, "bad", rule->bad);
	if (rule->good != NULL)
		cJSON_AddStringToObject(item, "good", rule->good);
	return item;
}

static void print_json(struct cli *cli, const struct rule *rule)
{
	cJSON *document = cli_json(cli, EXIT_OK);

	if (rule != NULL) {
		cJSON_AddItemToObject(document, "rule", rule_json(rule, true));
	} else {
		cJSON *array = cJSON_AddArrayToObject(document, "rules");
		for (const struct rule *const *r = rules; *r != NULL; r++)
			cJSON_AddItemToArray(array, rule_json(*r, false));
	}
	cli_print_json(cli, document);
}

static int unknown_code(struct cli *cli, const char *code)
{
	const char **candidates = NULL;
	size_t count = 0;
	struct error error;

	for (const struct rule *const *r = rules; *r != NULL; r++) {
		*(const char **)arena_push(cli->arena, &candidates, &count, sizeof(*candidates)) =
			(*r)->info.code;
		*(const char **)arena_push(cli->arena, &candidates, &count, sizeof(*candidates)) =
			(*r)->info.name;
	}
	/* Pushed items are zeroed: the last one ends the list. */
	arena_push(cli->arena, &candidates, &count, sizeof(*candidates));
	size_t digits = strncmp(code, "TS", 2) == 0 ? strspn(code + 2, "0123456789") : 0;
	if (digits > 0 && code[2 + digits] == '\0') {
		error_set(&error, ERROR_USAGE, "`%s` is a finding of TypeScript's", code);
		error_why(&error, "`attio build` reports what the TypeScript compiler says in the "
				  "compiler's own words");
		error_fix(&error, "read on at https://www.typescriptlang.org/docs, or suppress it "
				  "with `// @ts-expect-error` in the line above");
		return cli_fail(cli, &error);
	}
	error_set(&error, ERROR_USAGE, "there is no finding with code or name `%s`", code);
	const char *near = str_nearest(code, candidates);
	if (near != NULL)
		error_fix(&error, "did you mean `attio explain %s`?", near);
	else
		error_fix(&error, "`attio explain` lists the codes");
	return cli_fail(cli, &error);
}

static int explain_run(struct cli *cli, const void *options)
{
	const struct explain_options *o = options;
	const struct rule *rule = NULL;
	struct buf out = {0};

	if (o->code != NULL) {
		rule = rule_find(o->code);
		if (rule == NULL)
			return unknown_code(cli, o->code);
	}
	if (cli->json) {
		print_json(cli, rule);
		return EXIT_OK;
	}
	if (rule != NULL)
		put_rule(&out, cli, rule);
	else
		put_list(&out, cli);
	fwrite(buf_cstr(&out), 1, out.len, cli->out);
	buf_dispose(&out);
	return EXIT_OK;
}

/* --- what it takes -----------------------------------------------------------------------------
 */

static const struct operand operand_table[] = {
	{.name = "CODE",
	 .field = offsetof(struct explain_options, code),
	 .help = "Code or name of a finding (default: list them all)",
	 .words = WORDS_CODES},
	{.name = NULL},
};

static const struct example example_table[] = {
	{"attio explain ATT1001", "Show why a finding matters and how to repair it"},
	{"attio explain", "List every code"},
	{.command = NULL},
};

const struct command cmd_explain = {
	.name = "explain",
	.group = "Find out more",
	.summary = "Explain what a finding means",
	.description = "Shows why a finding matters, code that causes it and code that does not. "
		       "Without a code it lists all codes that `attio validate` can report.",
	.options = no_options,
	.operands = operand_table,
	.examples = example_table,
	.exit_codes = "0 2 8 70",
	.options_size = sizeof(struct explain_options),
	.run = explain_run,
};
