/* The parser. One pass with a little state: words become the command's name until a command is
 * complete, then operands. The first mistake is kept and reading goes on, because a later --json
 * or --help decides how the mistake is told. It knows nothing but the table. */
#include "cli/options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"

struct reader {
	struct arena *arena;
	const struct command *const *commands;
	int argc;
	char *const *argv;
	int next; /* index of the next word */
	struct parsed *parsed;
	const struct operand *operand; /* the next to fill */
	size_t many_count;
	bool given[TABLE_MAX]; /* parallel to the command's options */
	bool failed;
	bool lost; /* a word was no command: those after it mean nothing */
	struct error *error;
};

/* Keeps the first mistake only: the ones after it are often its echo. */
static void mistake(struct reader *r, const struct error *error)
{
	if (!r->failed)
		*r->error = *error;
	r->failed = true;
}

static const char *join_quoted(struct arena *arena, const char *const *words)
{
	char *text = arena_strdup(arena, "");

	for (size_t i = 0; words[i] != NULL; i++)
		text = arena_printf(arena, "%s%s`%s`", text, i == 0 ? "" : ", ", words[i]);
	return text;
}

/* "for `attio init`" names the command once there is one. */
static const char *of_command(struct reader *r)
{
	if (r->parsed->command == NULL)
		return "";
	return arena_printf(r->arena, " for `attio %s`", r->parsed->command->name);
}

static void store_flag(void *base, const struct option *option)
{
	*(bool *)((char *)base + option->field) = true;
}

static void store_text(void *base, size_t field, const char *text)
{
	*(const char **)((char *)base + field) = text;
}

/* As many items as there are words at most; the array is zeroed, so it ends with NULL. */
static void store_item(struct reader *r, void *base, const struct option *option, const char *text)
{
	const char ***list = (const char ***)((char *)base + option->field);
	size_t count = 0;

	if (*list == NULL)
		*list = arena_alloc(r->arena, ((size_t)r->argc + 1) * sizeof(const char *));
	while ((*list)[count] != NULL)
		count++;
	(*list)[count] = text;
}

static bool is_choice(const char *const *choices, const char *text)
{
	for (size_t i = 0; choices[i] != NULL; i++)
		if (strcmp(choices[i], text) == 0)
			return true;
	return false;
}

/* Whether some command takes the value. */
static bool is_choice_anywhere(const struct reader *r, const struct option *option,
			       const char *text)
{
	for (const struct command *const *c = r->commands; *c != NULL; c++)
		if (is_choice(option_choices(option, *c), text))
			return true;
	return false;
}

static void not_a_choice(struct reader *r, const char *shown, const char *text,
			 const char *const *choices, const char *of)
{
	const char *near = str_nearest(text, choices);
	struct error e;

	error_set(&e, ERROR_USAGE, "`%s` cannot be `%s`%s", shown, text, of);
	error_why(&e, "it must be one of %s", join_quoted(r->arena, choices));
	if (near != NULL)
		error_fix(&e, "did you mean `%s`?", near);
	else
		error_fix(&e, "name one of them");
	mistake(r, &e);
}

static bool parse_number(const char *text, long min, long max, long *value)
{
	char *end;

	/* strtol would also take white space and a plus sign. */
	if (text[0] != '-' && (text[0] < '0' || text[0] > '9'))
		return false;
	errno = 0;
	*value = strtol(text, &end, 10);
	return errno == 0 && end != text && *end == '\0' && *value >= min && *value <= max;
}

/* `shown` is the option as it was typed: "--port" or "-t". */
static void store_value(struct reader *r, void *base, const struct option *option,
			const char *shown, const char *text)
{
	struct error e;
	long number;

	if (text[0] == '\0') {
		error_set(&e, ERROR_USAGE, "`%s` has an empty value", shown);
		error_fix(&e, "write `--%s %s`", option->name, option->value);
		mistake(r, &e);
	} else if (option->kind == OPTION_NUMBER) {
		if (parse_number(text, option->min, option->max, &number)) {
			*(long *)((char *)base + option->field) = number;
			return;
		}
		error_set(&e, ERROR_USAGE, "`%s` cannot be `%s`", shown, text);
		error_why(&e, "it must be a whole number from %ld to %ld", option->min,
			  option->max);
		error_fix(&e, "write `--%s %s` with such a number", option->name, option->value);
		mistake(r, &e);
	} else if (option->kind == OPTION_LIST) {
		store_item(r, base, option, text);
	} else if (option->kind == OPTION_CHOICE && !option_is_bound(r->commands, option) &&
		   !is_choice(option->choices, text)) {
		not_a_choice(r, shown, text, option->choices, "");
	} else {
		/* Choices that depend on the command are checked once it is known: check_bound. */
		store_text(base, option->field, text);
	}
}

static const struct option *find_option(const struct option *options, const char *name, size_t len,
					char letter)
{
	for (const struct option *o = options; o != NULL && o->name != NULL; o++) {
		if (name == NULL ? o->letter == letter
				 : strlen(o->name) == len && memcmp(o->name, name, len) == 0)
			return o;
	}
	return NULL;
}

/* Looks the option up in both tables and says which struct it fills. */
static const struct option *lookup(struct reader *r, const char *name, size_t len, char letter,
				   void **base)
{
	const struct command *command = r->parsed->command;
	const struct option *option = find_option(global_options, name, len, letter);

	*base = &r->parsed->globals;
	if (option != NULL || command == NULL)
		return option;
	option = find_option(command->options, name, len, letter);
	*base = r->parsed->options;
	if (option != NULL)
		r->given[option - command->options] = true;
	return option;
}

/* Whether some command has the option: then it only stands too early. */
static bool known_elsewhere(const struct command *const *commands, const char *name, size_t len,
			    char letter)
{
	for (const struct command *const *c = commands; *c != NULL; c++)
		if (find_option((*c)->options, name, len, letter) != NULL)
			return true;
	return false;
}

/* `name` and its length, or NULL and the rest of a bundle of letters. */
static void unknown_option(struct reader *r, const char *name, size_t len, const char *letters)
{
	const struct command *command = r->parsed->command;
	const char *candidates[TABLE_MAX];
	size_t count = 0;
	struct error e;

	if (name == NULL) {
		uint32_t code_point;
		bool valid;
		size_t bytes = utf8_decode(letters, strlen(letters), &code_point, &valid);
		error_set(&e, ERROR_USAGE, "unknown option `-%.*s`%s", (int)bytes, letters,
			  of_command(r));
	} else {
		error_set(&e, ERROR_USAGE, "unknown option `--%.*s`%s",
			  (int)(len < 200 ? len : 200), name, of_command(r));
		for (const struct option *o = global_options; o->name != NULL; o++)
			candidates[count++] = o->name;
		if (command != NULL)
			for (const struct option *o = command->options; o->name != NULL; o++)
				candidates[count++] = o->name;
		candidates[count] = NULL;
		const char *near = str_nearest(arena_strndup(r->arena, name, len), candidates);
		if (near != NULL)
			error_fix(&e, "did you mean `--%s`?", near);
	}
	if (command == NULL &&
	    known_elsewhere(r->commands, name, len, name == NULL ? *letters : 0)) {
		error_why(&e, "only the options of every command may stand before the command");
		error_fix(&e, "write it after the command");
	}
	mistake(r, &e);
}

/* The value of an option that needs one: glued, or the next word. NULL after a mistake. */
static const char *take_value(struct reader *r, const struct option *option, const char *shown)
{
	const char *word = r->next < r->argc ? r->argv[r->next] : NULL;
	bool negative = word != NULL && option->kind == OPTION_NUMBER && word[0] == '-' &&
			word[1] >= '0' && word[1] <= '9';
	struct error e;

	if (option->bare != NULL)
		return option->bare;
	if (word != NULL && (word[0] != '-' || word[1] == '\0' || negative)) {
		r->next++;
		return word;
	}
	error_set(&e, ERROR_USAGE, "`%s` needs a value: %s", shown, option->value);
	if (option->kind == OPTION_CHOICE)
		error_why(&e, "it must be one of %s",
			  join_quoted(r->arena, option_choices(option, r->parsed->command)));
	if (word != NULL)
		error_fix(&e, "write `--%s=%s` if the value begins with `-`", option->name,
			  option->value);
	else
		error_fix(&e, "write `--%s %s`", option->name, option->value);
	mistake(r, &e);
	return NULL;
}

static void read_long(struct reader *r, const char *word)
{
	const char *name = word + 2;
	const char *equals = strchr(name, '=');
	size_t len = equals != NULL ? (size_t)(equals - name) : strlen(name);
	void *base;
	const struct option *option = lookup(r, name, len, 0, &base);
	struct error e;

	if (option == NULL) {
		unknown_option(r, name, len, NULL);
		return;
	}
	const char *shown = arena_printf(r->arena, "--%s", option->name);
	if (option->given != 0)
		*(bool *)((char *)base + option->given) = true;
	if (option->kind != OPTION_FLAG) {
		const char *value = equals != NULL ? equals + 1 : take_value(r, option, shown);
		if (value != NULL)
			store_value(r, base, option, shown, value);
	} else if (equals != NULL) {
		error_set(&e, ERROR_USAGE, "`%s` takes no value", shown);
		error_fix(&e, "write `%s` alone", shown);
		mistake(r, &e);
	} else {
		store_flag(base, option);
	}
}

/* "-qv", "-tminimal", "-t minimal". */
static void read_letters(struct reader *r, const char *word)
{
	for (const char *at = word + 1; *at != '\0'; at++) {
		void *base;
		const struct option *option = lookup(r, NULL, 0, *at, &base);
		if (option == NULL) {
			unknown_option(r, NULL, 0, at);
			return;
		}
		if (option->kind == OPTION_FLAG) {
			store_flag(base, option);
			continue;
		}
		const char *shown = arena_printf(r->arena, "-%c", option->letter);
		const char *value = at[1] != '\0' ? at + 1 : take_value(r, option, shown);
		if (value != NULL)
			store_value(r, base, option, shown, value);
		return;
	}
}

static void begin_command(struct reader *r, const struct command *command)
{
	struct parsed *p = r->parsed;

	p->command = command;
	p->words = command->name;
	p->options = arena_alloc(r->arena, command->options_size);
	r->operand = command->operands;
	for (const struct option *o = command->options; o->name != NULL; o++)
		if (o->fallback != NULL)
			store_value(r, p->options, o, o->name, o->fallback);
}

/* What other programs call it, Attio's own CLI among them. */
static const struct {
	const char *word, *why, *fix;
} elsewhere[] = {
	{"lint", "", "it is called `attio validate`; `attio check` looks at the types, too"},
	{"typecheck", "", "it is called `attio check`"},
	{"create", "", "it is called `attio init`"},
	{"new", "", "it is called `attio init`"},
	{"start", "", "it is called `attio dev`"},
	{"serve", "", "it is called `attio dev`"},
	{"publish", "", "it is called `attio deploy`"},
	{"test", "running an app's tests is not there yet", "`attio dev` runs the app"},
};

/* Whether the word was one of these, which then is told. */
static bool named_elsewhere(struct reader *r, const char *name)
{
	struct error e;

	for (size_t i = 0; i < ARRAY_LEN(elsewhere); i++) {
		if (r->parsed->words[0] != '\0' || strcmp(elsewhere[i].word, name) != 0)
			continue;
		error_set(&e, ERROR_USAGE, "there is no command `%s`", name);
		error_why(&e, "%s", elsewhere[i].why);
		error_fix(&e, "%s", elsewhere[i].fix);
		mistake(r, &e);
		return true;
	}
	return false;
}

static void unknown_command(struct reader *r, const char *name)
{
	const char *candidates[TABLE_MAX];
	size_t count = 0, skip = strlen(r->parsed->words);
	struct error e;

	/* After "version" only its own commands are near; else first words count too. */
	for (const struct command *const *c = r->commands; *c != NULL; c++)
		if (!(*c)->hidden && strncmp((*c)->name, r->parsed->words, skip) == 0)
			candidates[count++] = (*c)->name;
	candidates[count] = NULL;
	const char *near = str_nearest(name, candidates);
	for (const struct command *const *c = r->commands; near == NULL && *c != NULL; c++) {
		size_t len = strcspn((*c)->name, " ");
		const char *first[] = {arena_strndup(r->arena, (*c)->name, len), NULL};
		if (!(*c)->hidden && skip == 0)
			near = str_nearest(name, first);
	}
	r->lost = true;
	if (named_elsewhere(r, name))
		return;
	error_set(&e, ERROR_USAGE, "unknown command `%s`", name);
	if (near != NULL)
		error_fix(&e, "did you mean `attio %.*s`?", 100, near);
	mistake(r, &e);
}

static void read_operand(struct reader *r, const char *word)
{
	const struct operand *operand = r->operand;
	void *base = r->parsed->options;
	struct error e;

	if (operand->name == NULL) {
		error_set(&e, ERROR_USAGE, "`%s` is one word too many%s", word, of_command(r));
		mistake(r, &e);
		return;
	}
	if (word[0] == '\0') {
		error_set(&e, ERROR_USAGE, "%s is empty", operand->name);
		if (operand->required)
			error_fix(&e, "give it a value");
		else
			error_fix(&e, "give it a value or leave it out");
		mistake(r, &e);
		return;
	}
	if (operand->many) {
		/* Every operand word at most; the array is zeroed, so it ends with NULL. */
		char *field = (char *)base + operand->field;
		if (r->many_count == 0)
			*(const char ***)field =
				arena_alloc(r->arena, ((size_t)r->argc + 1) * sizeof(const char *));
		(*(const char ***)field)[r->many_count++] = word;
		return;
	}
	r->operand++;
	for (size_t i = 0; operand->choices != NULL && operand->choices[i] != NULL; i++) {
		if (strcmp(operand->choices[i], word) == 0)
			break;
		if (operand->choices[i + 1] != NULL)
			continue;
		error_set(&e, ERROR_USAGE, "%s cannot be `%s`", operand->name, word);
		error_why(&e, "it must be one of %s", join_quoted(r->arena, operand->choices));
		const char *near = str_nearest(word, operand->choices);
		if (near != NULL)
			error_fix(&e, "did you mean `%s`?", near);
		mistake(r, &e);
		return;
	}
	store_text(base, operand->field, word);
}

static void read_word(struct reader *r, const char *word)
{
	struct parsed *p = r->parsed;
	const char *name = word;

	if (p->command != NULL)
		read_operand(r, word);
	if (p->command != NULL || r->lost)
		return;
	if (p->words[0] != '\0')
		name = arena_printf(r->arena, "%s %s", p->words, word);
	const struct command *command = command_find(r->commands, name);
	if (command != NULL)
		begin_command(r, command);
	else if (command_is_prefix(r->commands, name))
		p->words = name;
	else
		unknown_command(r, name);
}

/* What can be told only at the end: operands that are missing, options that need another. */
static void check_complete(struct reader *r)
{
	const struct command *command = r->parsed->command;
	struct error e;

	for (const struct option *o = command->options; o->name != NULL; o++) {
		if (o->needs == NULL || !r->given[o - command->options])
			continue;
		const struct option *other =
			find_option(command->options, o->needs, strlen(o->needs), 0);
		if (r->given[other - command->options])
			continue;
		error_set(&e, ERROR_USAGE, "`--%s` has no meaning without `--%s`", o->name,
			  o->needs);
		error_fix(&e, "add `--%s` or leave `--%s` out", o->needs, o->name);
		mistake(r, &e);
	}
	for (const struct operand *o = r->operand; o->name != NULL; o++) {
		if (o->unless != NULL) {
			const struct option *other =
				find_option(command->options, o->unless, strlen(o->unless), 0);
			if (r->given[other - command->options])
				continue;
			error_set(&e, ERROR_USAGE, "`attio %s` needs %s", command->name, o->name);
			error_fix(&e, "write `attio %s %s`, or give `--%s %s`", command->name,
				  o->name, other->name, other->value);
			mistake(r, &e);
		} else if (o->required) {
			error_set(&e, ERROR_USAGE, "`attio %s` needs %s", command->name, o->name);
			if (o->choices != NULL)
				error_why(&e, "it must be one of %s",
					  join_quoted(r->arena, o->choices));
			error_fix(&e, "write `attio %s %s`", command->name, o->name);
			mistake(r, &e);
		}
	}
}

/* A value whose choices depend on the command. A wrong one is dropped, so that the fallback holds.
 */
static void check_bound(struct reader *r, const struct option *option)
{
	const char *const *choices = option_choices(option, r->parsed->command);
	char *field = (char *)&r->parsed->globals + option->field;
	const char *value;

	memcpy(&value, field, sizeof(value));
	if (value == NULL || is_choice(choices, value))
		return;
	not_a_choice(r, arena_printf(r->arena, "--%s", option->name), value, choices,
		     is_choice_anywhere(r, option, value) ? of_command(r) : "");
	store_text(&r->parsed->globals, option->field, NULL);
}

static void finish_globals(struct reader *r)
{
	struct globals *globals = &r->parsed->globals;
	bool format_given = globals->format != NULL;
	struct error e;

	globals->format_chosen = format_given || globals->json;
	for (const struct option *o = global_options; o->name != NULL; o++) {
		const char *value = NULL;
		if (o->kind == OPTION_CHOICE && option_is_bound(r->commands, o))
			check_bound(r, o);
		if (o->fallback == NULL)
			continue;
		memcpy(&value, (char *)globals + o->field, sizeof(value));
		if (value == NULL)
			store_value(r, globals, o, o->name, o->fallback);
	}
	if (globals->json && format_given && strcmp(globals->format, "json") != 0) {
		error_set(&e, ERROR_USAGE, "`--json` and `--format %s` contradict each other",
			  globals->format);
		error_fix(&e, "give one of them");
		mistake(r, &e);
	}
}

static void check_group(struct reader *r)
{
	const char *words = r->parsed->words;
	size_t len = strlen(words);
	char *list = arena_strdup(r->arena, "");
	struct error e;

	for (const struct command *const *c = r->commands; *c != NULL; c++)
		if (!(*c)->hidden && strncmp((*c)->name, words, len) == 0 && (*c)->name[len] == ' ')
			list = arena_printf(r->arena, "%s%s`attio %s`", list,
					    list[0] == '\0' ? "" : " or ", (*c)->name);
	error_set(&e, ERROR_USAGE, "`attio %s` is not a whole command", words);
	error_fix(&e, "write %s", list);
	mistake(r, &e);
}

int options_parse(struct arena *arena, const struct command *const *commands, int argc,
		  char *const *argv, struct parsed *parsed, struct error *error)
{
	struct reader r = {.arena = arena,
			   .commands = commands,
			   .argc = argc,
			   .argv = argv,
			   .next = 1,
			   .parsed = parsed,
			   .error = error};
	bool ended = false;

	*parsed = (struct parsed){.words = ""};
	while (r.next < argc) {
		const char *word = argv[r.next++];
		if (ended || word[0] != '-' || word[1] == '\0')
			read_word(&r, word);
		else if (strcmp(word, "--") == 0)
			ended = true;
		else if (word[1] == '-')
			read_long(&r, word);
		else
			read_letters(&r, word);
	}
	struct globals *globals = &parsed->globals;
	finish_globals(&r);
	if (!globals->help && !globals->version) {
		if (parsed->command != NULL)
			check_complete(&r);
		else if (parsed->words[0] != '\0')
			check_group(&r);
	}
	return r.failed ? -1 : 0;
}
