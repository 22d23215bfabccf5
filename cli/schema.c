/* The schemas, line by line: one literal would pass the length that C promises to take. A test
 * (tests/cases/report) checks real documents against them, with fields that they do not name
 * forbidden, so that they stay true. */
#include "cli/schema.h"

#include <stddef.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/cli.h"

/* clang-format off */
static const char *const validate_lines[] = {
	"{",
	"  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",",
	"  \"$id\": \"urn:attio:schema:validate:1\",",
	"  \"title\": \"Answer of attio validate --json\",",
	"  \"description\": \"Within this major version fields are only added: ignore those you do not know.\",",
	"  \"type\": \"object\",",
	"  \"required\": [\"schema\", \"tool\", \"ok\", \"exit\"],",
	"  \"oneOf\": [",
	"    {\"required\": [\"root\", \"summary\", \"diagnostics\"]},",
	"    {\"required\": [\"error\"]}",
	"  ],",
	"  \"properties\": {",
	"    \"schema\": {\"const\": \"attio.validate/1\"},",
	"    \"tool\": {",
	"      \"type\": \"object\",",
	"      \"required\": [\"name\", \"version\"],",
	"      \"properties\": {",
	"        \"name\": {\"const\": \"attio\"},",
	"        \"version\": {\"type\": \"string\"}",
	"      }",
	"    },",
	"    \"ok\": {\"type\": \"boolean\", \"description\": \"Whether exit is 0.\"},",
	"    \"exit\": {\"type\": \"integer\", \"description\": \"The exit code: attio help exit-codes.\"},",
	"    \"root\": {\"type\": \"string\", \"description\": \"Absolute path of the app's folder.\"},",
	"    \"summary\": {",
	"      \"type\": \"object\",",
	"      \"required\": [\"files\", \"errors\", \"warnings\", \"ms\"],",
	"      \"properties\": {",
	"        \"files\": {\"$ref\": \"#/$defs/count\", \"description\": \"Source files that were read.\"},",
	"        \"errors\": {\"$ref\": \"#/$defs/count\"},",
	"        \"warnings\": {\"$ref\": \"#/$defs/count\"},",
	"        \"ms\": {\"$ref\": \"#/$defs/count\", \"description\": \"Duration in milliseconds.\"},",
	"        \"fixed\": {\"$ref\": \"#/$defs/count\", \"description\": \"Findings that --fix repaired.\"},",
	"        \"suppressed\": {",
	"          \"$ref\": \"#/$defs/count\",",
	"          \"description\": \"Findings that comments suppress; not in diagnostics.\"",
	"        },",
	"        \"baseline\": {",
	"          \"$ref\": \"#/$defs/count\",",
	"          \"description\": \"Findings that the baseline records; not in diagnostics.\"",
	"        }",
	"      }",
	"    },",
	"    \"diagnostics\": {",
	"      \"type\": \"array\",",
	"      \"description\": \"Sorted by file, offset and code; those without a file come first.\",",
	"      \"items\": {\"$ref\": \"#/$defs/diagnostic\"}",
	"    },",
	"    \"error\": {",
	"      \"type\": \"object\",",
	"      \"description\": \"Why there is no answer, instead of findings.\",",
	"      \"required\": [\"kind\", \"message\", \"why\", \"fix\"],",
	"      \"properties\": {",
	"        \"kind\": {\"type\": \"string\", \"description\": \"Name of the exit code, or conflict or tool.\"},",
	"        \"message\": {\"type\": \"string\"},",
	"        \"why\": {\"type\": \"string\", \"description\": \"The cause in other words, or empty.\"},",
	"        \"fix\": {\"type\": \"string\", \"description\": \"What to do, or empty.\"}",
	"      }",
	"    }",
	"  },",
	"  \"$defs\": {",
	"    \"count\": {\"type\": \"integer\", \"minimum\": 0},",
	"    \"file\": {",
	"      \"type\": [\"string\", \"null\"],",
	"      \"description\": \"Path relative to root; null: the app as a whole.\"",
	"    },",
	"    \"position\": {",
	"      \"type\": \"object\",",
	"      \"required\": [\"line\", \"column\", \"offset\"],",
	"      \"properties\": {",
	"        \"line\": {\"type\": \"integer\", \"minimum\": 1},",
	"        \"column\": {\"type\": \"integer\", \"minimum\": 1, \"description\": \"In UTF-16 units.\"},",
	"        \"offset\": {\"type\": \"integer\", \"minimum\": 0, \"description\": \"In bytes.\"}",
	"      }",
	"    },",
	"    \"range\": {",
	"      \"type\": [\"object\", \"null\"],",
	"      \"description\": \"The end is exclusive. null: the file, or the app, as a whole.\",",
	"      \"required\": [\"start\", \"end\"],",
	"      \"properties\": {",
	"        \"start\": {\"$ref\": \"#/$defs/position\"},",
	"        \"end\": {\"$ref\": \"#/$defs/position\"}",
	"      }",
	"    },",
	"    \"diagnostic\": {",
	"      \"type\": \"object\",",
	"      \"required\": [",
	"        \"code\", \"name\", \"severity\", \"message\", \"file\", \"range\", \"related\", \"help\", \"fingerprint\"",
	"      ],",
	"      \"properties\": {",
	"        \"code\": {\"type\": \"string\", \"description\": \"Never reused: attio explain CODE.\"},",
	"        \"name\": {\"type\": \"string\"},",
	"        \"severity\": {\"enum\": [\"error\", \"warning\"]},",
	"        \"message\": {\"type\": \"string\"},",
	"        \"file\": {\"$ref\": \"#/$defs/file\"},",
	"        \"range\": {\"$ref\": \"#/$defs/range\"},",
	"        \"related\": {",
	"          \"type\": \"array\",",
	"          \"description\": \"Other places that explain the finding.\",",
	"          \"items\": {",
	"            \"type\": \"object\",",
	"            \"required\": [\"file\", \"range\", \"message\"],",
	"            \"properties\": {",
	"              \"file\": {\"$ref\": \"#/$defs/file\"},",
	"              \"range\": {\"$ref\": \"#/$defs/range\"},",
	"              \"message\": {\"type\": \"string\"}",
	"            }",
	"          }",
	"        },",
	"        \"help\": {\"type\": [\"string\", \"null\"], \"description\": \"What to do.\"},",
	"        \"fix\": {",
	"          \"type\": \"object\",",
	"          \"required\": [\"safe\", \"edits\"],",
	"          \"properties\": {",
	"            \"safe\": {\"type\": \"boolean\", \"description\": \"Whether behaviour stays the same.\"},",
	"            \"edits\": {",
	"              \"type\": \"array\",",
	"              \"items\": {",
	"                \"type\": \"object\",",
	"                \"required\": [\"file\", \"range\", \"text\"],",
	"                \"properties\": {",
	"                  \"file\": {\"type\": \"string\"},",
	"                  \"range\": {\"$ref\": \"#/$defs/range\"},",
	"                  \"text\": {\"type\": \"string\", \"description\": \"What the range becomes.\"}",
	"                }",
	"              }",
	"            }",
	"          }",
	"        },",
	"        \"fingerprint\": {",
	"          \"type\": \"string\",",
	"          \"pattern\": \"^[0-9a-f]{16}$\",",
	"          \"description\": \"Stays the same when lines above change or the line is indented.\"",
	"        }",
	"      }",
	"    }",
	"  }",
	"}",
	NULL,
};
/* clang-format on */

struct schema {
	const char *name; /* of the command */
	const char *const *lines;
};

static const struct schema schemas[] = {
	{"validate", validate_lines},
	{.name = NULL},
};

/* The names, in a document under --json. */
static int list_schemas(struct cli *cli)
{
	if (cli->json) {
		cJSON *document = cli_json(cli, EXIT_OK);
		cJSON *array = cJSON_AddArrayToObject(document, "schemas");
		for (const struct schema *s = schemas; s->name != NULL; s++)
			cJSON_AddItemToArray(array, cJSON_CreateString(s->name));
		cli_print_json(cli, document);
		return EXIT_OK;
	}
	for (const struct schema *s = schemas; s->name != NULL; s++)
		fprintf(cli->out, "attio help schema %s\n", s->name);
	return EXIT_OK;
}

int schema_print(struct cli *cli, const char *name)
{
	const char *names[ARRAY_LEN(schemas)] = {NULL};
	struct error error;

	if (name == NULL)
		return list_schemas(cli);
	for (const struct schema *s = schemas; s->name != NULL; s++) {
		names[s - schemas] = s->name;
		if (strcmp(s->name, name) != 0)
			continue;
		for (const char *const *line = s->lines; *line != NULL; line++)
			fprintf(cli->out, "%s\n", *line);
		return EXIT_OK;
	}
	error_set(&error, ERROR_USAGE, "there is no schema `%s`", name);
	const char *near = str_nearest(name, names);
	if (near != NULL)
		error_fix(&error, "did you mean `attio help schema %s`?", near);
	else
		error_fix(&error, "`attio help schema` lists them");
	return cli_fail(cli, &error);
}
