/* Walks the table: what the parser, help, completions and man pages take for granted holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/complete_lists.h"
#include "cli/exit.h"
#include "cli/net/net.h"
#include "cli/options.h"
#include "cli/table.h"
#include "cli/topics.h"

/* Sizes of the fields, by kind. */
static size_t kind_size(enum option_kind kind)
{
	if (kind == OPTION_FLAG)
		return sizeof(bool);
	return kind == OPTION_NUMBER ? sizeof(long) : sizeof(const char *);
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static void check_line(const char *owner, const char *text)
{
	if (text == NULL || !is_upper(text[0]) || str_ends(text, ".") || strchr(text, '\n') != NULL)
		fail_msg("%s: `%s` must be one line, capital first, no full stop", owner,
			 text != NULL ? text : "(none)");
}

static void check_option(const char *owner, const struct option *o, size_t size)
{
	check_line(owner, o->help);
	if (o->field + kind_size(o->kind) > size)
		fail_msg("%s --%s: the field lies outside the struct", owner, o->name);
	if ((o->kind == OPTION_FLAG) != (o->value == NULL))
		fail_msg("%s --%s: flags have no value name, others have one", owner, o->name);
	if ((o->kind == OPTION_CHOICE) != (o->choices != NULL))
		fail_msg("%s --%s: choices belong to OPTION_CHOICE", owner, o->name);
	if (o->bare != NULL && (o->letter != 0 || o->kind == OPTION_FLAG))
		fail_msg("%s --%s: only a long option with a value can stand without it", owner,
			 o->name);
	if (o->given + sizeof(bool) > size)
		fail_msg("%s --%s: `given` lies outside the struct", owner, o->name);
	if (o->kind == OPTION_NUMBER && o->min > o->max)
		fail_msg("%s --%s: no number is allowed", owner, o->name);
	if (o->kind == OPTION_FLAG && o->fallback != NULL)
		fail_msg("%s --%s: a flag is off by default", owner, o->name);
}

/* How many ways to run the command there are, in either program. */
static size_t count_runs(const struct command *command)
{
	size_t count = command->run != NULL;

	for (const struct net_run *r = net_parts.runs; r->command != NULL; r++)
		count += r->command == command && r->run != NULL;
	return count;
}

static void test_commands_are_sorted_and_complete(void **state)
{
	size_t count = 0;

	(void)state;
	for (; commands[count] != NULL; count++) {
		const struct command *c = commands[count];
		bool grouped = false;
		if (count > 0 && strcmp(commands[count - 1]->name, c->name) >= 0)
			fail_msg("`%s` is out of order", c->name);
		check_line(c->name, c->summary);
		assert_non_null(c->description);
		assert_true(str_ends(c->description, "."));
		assert_int_equal(count_runs(c), 1);
		assert_true(c->options_size > 0);
		assert_ptr_equal(command_find(commands, c->name), c);
		assert_false(command_is_prefix(commands, c->name));
		for (size_t g = 0; command_groups[g] != NULL; g++)
			grouped = grouped || str_equal(command_groups[g], c->group);
		if (!grouped)
			fail_msg("`%s`: no group `%s`", c->name, c->group);
	}
	for (size_t i = 0; help_topics[i] != NULL; i++, count++)
		assert_null(command_find(commands, help_topics[i]));
	assert_true(count > 0 && count < TABLE_MAX);
}

static void test_options_fit_their_structs(void **state)
{
	(void)state;
	for (const struct option *o = global_options; o->name != NULL; o++)
		check_option("attio", o, sizeof(struct globals));
	for (const struct command *const *each = commands; *each != NULL; each++) {
		const struct command *c = *each;
		size_t count = 0;
		for (const struct option *o = global_options; o->name != NULL; o++)
			count++;
		for (const struct option *o = c->options; o->name != NULL; o++, count++)
			check_option(c->name, o, c->options_size);
		assert_true(count < TABLE_MAX);
	}
}

static void check_pair(const char *owner, const struct option *a, const struct option *b)
{
	if (strcmp(a->name, b->name) == 0)
		fail_msg("%s: --%s is there twice", owner, a->name);
	if (a->letter != 0 && a->letter == b->letter)
		fail_msg("%s: -%c is there twice", owner, a->letter);
}

static void test_no_name_or_letter_twice(void **state)
{
	(void)state;
	for (const struct option *a = global_options; a->name != NULL; a++)
		for (const struct option *b = a + 1; b->name != NULL; b++)
			check_pair("attio", a, b);
	for (const struct command *const *each = commands; *each != NULL; each++) {
		const struct command *c = *each;
		for (const struct option *a = c->options; a->name != NULL; a++) {
			for (const struct option *b = a + 1; b->name != NULL; b++)
				check_pair(c->name, a, b);
			for (const struct option *b = global_options; b->name != NULL; b++)
				check_pair(c->name, a, b);
		}
	}
}

/* Completions look an option up by its name alone, but for what takes a word in one command and
 * none in another, or has a letter in one only. */
static void test_a_name_means_the_same_everywhere(void **state)
{
	(void)state;
	for (const struct command *const *c = commands; *c != NULL; c++)
		for (const struct command *const *d = commands; *d != NULL; d++)
			for (const struct option *a = (*c)->options; a->name != NULL; a++)
				for (const struct option *b = (*d)->options; b->name != NULL; b++) {
					if (strcmp(a->name, b->name) != 0)
						continue;
					if (a->kind != b->kind && complete_takes_word(a) &&
					    complete_takes_word(b))
						fail_msg("`%s`, `%s`: --%s", (*c)->name, (*d)->name,
							 a->name);
					if (a->letter != 0 && b->letter != 0)
						assert_int_equal(a->letter, b->letter);
					if (a->kind == b->kind)
						assert_ptr_equal(a->choices, b->choices);
				}
}

static bool has_option(const struct command *command, const char *name)
{
	for (const struct option *o = command->options; o->name != NULL; o++)
		if (strcmp(o->name, name) == 0)
			return true;
	return false;
}

static void test_operands_and_references(void **state)
{
	(void)state;
	for (const struct command *const *each = commands; *each != NULL; each++) {
		const struct command *c = *each;
		for (const struct option *o = c->options; o->name != NULL; o++)
			if (o->needs != NULL && !has_option(c, o->needs))
				fail_msg("`%s`: no option --%s", c->name, o->needs);
		for (const struct operand *o = c->operands; o->name != NULL; o++) {
			check_line(c->name, o->help);
			assert_true(o->field + sizeof(const char *) <= c->options_size);
			assert_true(!o->many || o[1].name == NULL);
			if (o->unless != NULL && !has_option(c, o->unless))
				fail_msg("`%s`: no option --%s", c->name, o->unless);
			/* A required one after an optional one could not be told apart. */
			assert_false(o[1].name != NULL && !o->required && o[1].required);
		}
	}
}

/* What the program that runs a command must have is said in its row. */
static void test_needs(void **state)
{
	const unsigned net = NEED_GIT | NEED_NET, folder = NEED_FOLDER | NEED_APP;

	(void)state;
	for (const struct command *const *c = commands; *c != NULL; c++) {
		bool path = false;

		if ((*c)->run == NULL && ((*c)->needs & net) == 0)
			fail_msg("`%s` is only in attio-net, but nothing there is needed",
				 (*c)->name);
		for (const struct operand *o = (*c)->operands; o->name != NULL; o++)
			path = path || o->is_path;
		for (const struct option *o = (*c)->options; o->name != NULL; o++)
			path = path || o->kind == OPTION_PATH;
		/* One that decides when it knows its options says it then. */
		if ((*c)->needs_now == NULL && path != (((*c)->needs & folder) != 0))
			fail_msg("`%s`: what is a path is named from a folder", (*c)->name);
	}
}

static void test_exit_codes_exist(void **state)
{
	(void)state;
	for (size_t i = 1; exit_infos[i].name != NULL; i++)
		assert_true(exit_infos[i - 1].code < exit_infos[i].code);
	for (const struct command *const *each = commands; *each != NULL; each++) {
		const struct command *c = *each;
		const char *at = c->exit_codes;
		size_t count = 0;
		while (*at != '\0') {
			char *end;
			long code = strtol(at, &end, 10);
			bool known = false;
			assert_true(end > at);
			for (const struct exit_info *e = exit_infos; e->name != NULL; e++)
				known = known || e->code == code;
			if (!known)
				fail_msg("`%s`: no exit code %ld", c->name, code);
			assert_true(command_has_exit_code(c, (int)code));
			at = end;
			count++;
		}
		assert_true(count >= 3);
		assert_true(command_has_exit_code(c, EXIT_OK));
		assert_true(command_has_exit_code(c, EXIT_USAGE));
		assert_true(command_has_exit_code(c, EXIT_INTERNAL));
		assert_false(command_has_exit_code(c, 99));
	}
}

/* Splits at spaces that are not 'quoted' and stops at a redirection. */
static int split(struct arena *arena, const char *line, char **argv, int max)
{
	int argc = 0;

	while (*line != '\0' && *line != '>' && argc < max) {
		char *word = arena_strdup(arena, line), *end = word;
		bool quoted = false;

		for (; *line != '\0' && (quoted || *line != ' '); line++) {
			if (*line == '\'')
				quoted = !quoted;
			else
				*end++ = *line;
		}
		*end = '\0';
		argv[argc++] = word;
		line += strspn(line, " ");
	}
	return argc;
}

static void test_examples_are_right_command_lines(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (const struct command *const *each = commands; *each != NULL; each++) {
		const struct command *c = *each;
		assert_non_null(c->examples[0].command);
		for (const struct example *e = c->examples; e->command != NULL; e++) {
			char *argv[16];
			struct parsed parsed;
			struct error error;
			check_line(c->name, e->help);
			assert_true(str_starts(e->command, "attio "));
			int argc = split(arena, e->command, argv, 16);
			if (options_parse(arena, commands, argc, argv, &parsed, &error) != 0)
				fail_msg("%s: %s", e->command, error.message);
			assert_ptr_equal(parsed.command, c);
		}
	}
	arena_free(arena);
}

static void test_find_and_prefix(void **state)
{
	(void)state;
	assert_null(command_find(commands, ""));
	assert_null(command_find(commands, "version"));
	assert_null(command_find(commands, "version lis"));
	assert_non_null(command_find(commands, "version list"));
	assert_true(command_is_prefix(commands, "version"));
	assert_false(command_is_prefix(commands, "versio"));
	assert_false(command_is_prefix(commands, ""));
	assert_false(command_is_prefix(commands, "init"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_commands_are_sorted_and_complete),
		cmocka_unit_test(test_options_fit_their_structs),
		cmocka_unit_test(test_no_name_or_letter_twice),
		cmocka_unit_test(test_a_name_means_the_same_everywhere),
		cmocka_unit_test(test_operands_and_references),
		cmocka_unit_test(test_needs),
		cmocka_unit_test(test_exit_codes_exist),
		cmocka_unit_test(test_examples_are_right_command_lines),
		cmocka_unit_test(test_find_and_prefix),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
