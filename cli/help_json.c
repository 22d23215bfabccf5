/* The table as data, for documentation and other tools. Keys are as in struct command; what is
 * absent in the table is absent here. */
#include "cli/help_json.h"

#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "cli/command.h"
#include "cli/exit.h"
#include "cli/topics.h"

static const char *const kind_names[] = {
	[OPTION_FLAG] = "flag",     [OPTION_STRING] = "string", [OPTION_PATH] = "path",
	[OPTION_NUMBER] = "number", [OPTION_CHOICE] = "choice", [OPTION_LIST] = "list",
};

static void add_string(cJSON *object, const char *key, const char *value)
{
	if (value != NULL)
		cJSON_AddStringToObject(object, key, value);
}

static void add_choices(cJSON *object, const char *key, const char *const *choices)
{
	cJSON *array;

	if (choices == NULL)
		return;
	array = cJSON_AddArrayToObject(object, key);
	for (size_t i = 0; choices[i] != NULL; i++)
		cJSON_AddItemToArray(array, cJSON_CreateString(choices[i]));
}

static void add_options(cJSON *object, const char *key, const struct option *options)
{
	cJSON *array = cJSON_AddArrayToObject(object, key);

	for (const struct option *o = options; o->name != NULL; o++) {
		cJSON *item = cJSON_CreateObject();
		char letter[2] = {o->letter, '\0'};
		add_string(item, "name", o->name);
		add_string(item, "letter", o->letter != 0 ? letter : NULL);
		add_string(item, "kind", kind_names[o->kind]);
		add_string(item, "value", o->value);
		add_choices(item, "choices", o->choices);
		if (o->kind == OPTION_NUMBER) {
			cJSON_AddNumberToObject(item, "min", (double)o->min);
			cJSON_AddNumberToObject(item, "max", (double)o->max);
		}
		add_string(item, "default", o->fallback);
		add_string(item, "withoutValue", o->bare);
		add_string(item, "needs", o->needs);
		add_string(item, "help", o->help);
		cJSON_AddItemToArray(array, item);
	}
}

static void add_operands(cJSON *object, const struct operand *operands)
{
	cJSON *array = cJSON_AddArrayToObject(object, "operands");

	for (const struct operand *o = operands; o->name != NULL; o++) {
		cJSON *item = cJSON_CreateObject();
		add_string(item, "name", o->name);
		cJSON_AddBoolToObject(item, "required", o->required);
		add_string(item, "requiredUnless", o->unless);
		cJSON_AddBoolToObject(item, "many", o->many);
		cJSON_AddBoolToObject(item, "path", o->is_path);
		add_choices(item, "choices", o->choices);
		add_string(item, "help", o->help);
		cJSON_AddItemToArray(array, item);
	}
}

static void add_exit_codes(cJSON *object, const struct command *command)
{
	cJSON *array = cJSON_AddArrayToObject(object, "exitCodes");

	for (const struct exit_info *e = exit_infos; e->name != NULL; e++) {
		if (command != NULL) {
			if (command_has_exit_code(command, e->code))
				cJSON_AddItemToArray(array, cJSON_CreateNumber(e->code));
			continue;
		}
		cJSON *item = cJSON_CreateObject();
		cJSON_AddNumberToObject(item, "code", e->code);
		add_string(item, "name", e->name);
		add_string(item, "text", e->text);
		cJSON_AddItemToArray(array, item);
	}
}

/* What the command needs of the machine, whatever the options are. */
static void add_needs(cJSON *object, unsigned needs)
{
	static const struct {
		enum need need;
		const char *name;
	} names[] = {
		{NEED_FOLDER, "folder"}, {NEED_APP, "app"},         {NEED_GIT, "git"},
		{NEED_NET, "network"},   {NEED_ESBUILD, "esbuild"}, {NEED_TYPESCRIPT, "typescript"},
		{NEED_NODE, "node"},
	};
	cJSON *array = cJSON_AddArrayToObject(object, "needs");

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if ((needs & names[i].need) != 0)
			cJSON_AddItemToArray(array, cJSON_CreateString(names[i].name));
}

static void add_command(cJSON *array, const struct command *command)
{
	cJSON *item = cJSON_CreateObject();

	add_string(item, "name", command->name);
	add_string(item, "group", command->group);
	add_string(item, "summary", command->summary);
	add_string(item, "description", command->description);
	add_operands(item, command->operands);
	add_options(item, "options", command->options);
	add_choices(item, "formats", command->formats);
	cJSON *examples = cJSON_AddArrayToObject(item, "examples");
	for (const struct example *e = command->examples; e->command != NULL; e++) {
		cJSON *example = cJSON_CreateObject();
		add_string(example, "command", e->command);
		add_string(example, "help", e->help);
		cJSON_AddItemToArray(examples, example);
	}
	add_exit_codes(item, command);
	add_needs(item, command->needs);
	cJSON_AddItemToArray(array, item);
}

void help_json(struct cJSON *document, const struct command *const *commands, const char *words)
{
	cJSON *array = cJSON_AddArrayToObject(document, "commands");
	size_t len = strlen(words);

	for (const struct command *const *each = commands; *each != NULL; each++) {
		const struct command *c = *each;
		bool wanted = len == 0 || (strncmp(c->name, words, len) == 0 &&
					   (c->name[len] == '\0' || c->name[len] == ' '));
		if (wanted && !c->hidden)
			add_command(array, c);
	}
	add_options(document, "globals", global_options);
	add_exit_codes(document, NULL);
	cJSON *environment = cJSON_AddArrayToObject(document, "environment");
	for (const struct variable *v = variables; v->name != NULL; v++) {
		cJSON *item = cJSON_CreateObject();
		add_string(item, "name", v->name);
		add_string(item, "text", v->text);
		cJSON_AddItemToArray(environment, item);
	}
}
