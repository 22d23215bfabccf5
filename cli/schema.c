/* The schemas, line by line: one literal would pass the length that C promises to take. A test
 * (tests/cases/report) checks real documents against them, with fields that they do not name
 * forbidden, so that they stay true. */
#include "cli/schema.h"

#include <stddef.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/schema_flow.h"
#include "cli/schema_platform.h"
#include "cli/schema_publish.h"
#include "cli/schema_test.h"

/* clang-format off */
/* What all answers with findings have in common: from `tool` on, and from `diagnostics` on. */
static const char *const answer_lines[] = {
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
	"    \"root\": {\"type\": \"string\", \"description\": \"Absolute path of the app's folder; of several apps, of the one that holds them.\"},",
	"    \"apps\": {",
	"      \"type\": \"array\",",
	"      \"description\": \"When several apps were named: the document of each.\",",
	"      \"items\": {\"type\": \"object\"}",
	"    },",
	NULL,
};

static const char *const findings_lines[] = {
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
	NULL,
};

static const char *const validate_own[] = {
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
	"        },",
	"        \"since\": {\"type\": \"string\", \"description\": \"The revision of --since.\"},",
	"        \"staged\": {\"const\": true, \"description\": \"With --staged.\"},",
	"        \"base\": {",
	"          \"type\": \"string\",",
	"          \"description\": \"Id of the commit that is compared with; empty before the first.\"",
	"        },",
	"        \"before\": {",
	"          \"$ref\": \"#/$defs/count\",",
	"          \"description\": \"Findings that were there before; not in diagnostics.\"",
	"        }",
	"      }",
	"    },",
	NULL,
};

static const char *const build_lines[] = {
	"{",
	"  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",",
	"  \"$id\": \"urn:attio:schema:build:1\",",
	"  \"title\": \"Answer of attio build --json\",",
	"  \"description\": \"Within this major version fields are only added: ignore those you do not know.\",",
	"  \"type\": \"object\",",
	"  \"required\": [\"schema\", \"tool\", \"ok\", \"exit\"],",
	"  \"oneOf\": [",
	"    {\"required\": [\"root\", \"summary\", \"diagnostics\", \"out\", \"types\", \"outputs\"]},",
	"    {\"required\": [\"apps\"]},",
	"    {\"required\": [\"error\"]}",
	"  ],",
	"  \"properties\": {",
	"    \"schema\": {\"const\": \"attio.build/1\"},",
	NULL,
};

static const char *const looked_own[] = {
	"    \"summary\": {",
	"      \"type\": \"object\",",
	"      \"required\": [\"files\", \"errors\", \"warnings\", \"ms\"],",
	"      \"properties\": {",
	"        \"files\": {\"$ref\": \"#/$defs/count\", \"description\": \"Source files that were read.\"},",
	"        \"errors\": {\"$ref\": \"#/$defs/count\"},",
	"        \"warnings\": {\"$ref\": \"#/$defs/count\"},",
	"        \"ms\": {\"$ref\": \"#/$defs/count\", \"description\": \"Duration in milliseconds.\"}",
	"      }",
	"    },",
	"    \"types\": {",
	"      \"type\": \"object\",",
	"      \"description\": \"The type check.\",",
	"      \"required\": [\"checked\", \"kept\"],",
	"      \"properties\": {",
	"        \"checked\": {",
	"          \"type\": \"boolean\",",
	"          \"description\": \"false without a tsconfig.json, and for build with --no-check.\"",
	"        },",
	"        \"kept\": {",
	"          \"type\": \"boolean\",",
	"          \"description\": \"The answer is that of an earlier check: nothing changed since.\"",
	"        },",
	"        \"compiler\": {\"enum\": [\"shipped\", \"app\"]},",
	"        \"version\": {\"type\": \"string\", \"description\": \"Of the compiler.\"}",
	"      }",
	"    },",
	NULL,
};

static const char *const build_own[] = {
	"    \"out\": {\"type\": \"string\", \"description\": \"Absolute path of the folder of the outputs.\"},",
	"    \"outputs\": {",
	"      \"type\": \"array\",",
	"      \"description\": \"What was written: client, server, blocks. Empty when there are errors.\",",
	"      \"items\": {",
	"        \"type\": \"object\",",
	"        \"required\": [\"path\", \"bytes\", \"gzip\", \"sha256\"],",
	"        \"properties\": {",
	"          \"path\": {\"type\": \"string\", \"description\": \"Relative to out.\"},",
	"          \"block\": {\"type\": \"string\", \"description\": \"Id of the workflow block.\"},",
	"          \"bytes\": {\"$ref\": \"#/$defs/count\"},",
	"          \"gzip\": {\"$ref\": \"#/$defs/count\", \"description\": \"Bytes when compressed.\"},",
	"          \"sha256\": {\"type\": \"string\", \"pattern\": \"^[0-9a-f]{64}$\"},",
	"          \"map\": {",
	"            \"type\": \"object\",",
	"            \"description\": \"The source map beside it.\",",
	"            \"required\": [\"path\", \"bytes\"],",
	"            \"properties\": {",
	"              \"path\": {\"type\": \"string\", \"description\": \"Relative to out.\"},",
	"              \"bytes\": {\"$ref\": \"#/$defs/count\"}",
	"            }",
	"          },",
	"          \"previous\": {",
	"            \"$ref\": \"#/$defs/count\",",
	"            \"description\": \"With --report size: bytes in the last build.\"",
	"          },",
	"          \"written\": {",
	"            \"const\": false,",
	"            \"description\": \"With --report size: a budget refused it.\"",
	"          },",
	"          \"modules\": {",
	"            \"type\": \"array\",",
	"            \"description\": \"With --report size: what it is made of, the largest first.\",",
	"            \"items\": {",
	"              \"type\": \"object\",",
	"              \"required\": [\"path\", \"bytes\", \"generated\"],",
	"              \"properties\": {",
	"                \"path\": {\"type\": \"string\", \"description\": \"Relative to root.\"},",
	"                \"bytes\": {\"$ref\": \"#/$defs/count\"},",
	"                \"generated\": {",
	"                  \"type\": \"boolean\",",
	"                  \"description\": \"It is no file, and path is a few words.\"",
	"                }",
	"              }",
	"            }",
	"          }",
	"        }",
	"      }",
	"    },",
	NULL,
};

static const char *const check_lines[] = {
	"{",
	"  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",",
	"  \"$id\": \"urn:attio:schema:check:1\",",
	"  \"title\": \"Answer of attio check --json\",",
	"  \"description\": \"Within this major version fields are only added: ignore those you do not know.\",",
	"  \"type\": \"object\",",
	"  \"required\": [\"schema\", \"tool\", \"ok\", \"exit\"],",
	"  \"oneOf\": [",
	"    {\"required\": [\"root\", \"summary\", \"diagnostics\", \"types\"]},",
	"    {\"required\": [\"apps\"]},",
	"    {\"required\": [\"error\"]}",
	"  ],",
	"  \"properties\": {",
	"    \"schema\": {\"const\": \"attio.check/1\"},",
	NULL,
};

static const char *const types_lines[] = {
	"{",
	"  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",",
	"  \"$id\": \"urn:attio:schema:types:1\",",
	"  \"title\": \"Answer of attio types --json\",",
	"  \"description\": \"Within this major version fields are only added: ignore those you do not know.\",",
	"  \"type\": \"object\",",
	"  \"required\": [\"schema\", \"tool\", \"ok\", \"exit\"],",
	"  \"oneOf\": [",
	"    {\"required\": [\"root\", \"summary\", \"diagnostics\", \"check\", \"files\"]},",
	"    {\"required\": [\"apps\"]},",
	"    {\"required\": [\"error\"]}",
	"  ],",
	"  \"properties\": {",
	"    \"schema\": {\"const\": \"attio.types/1\"},",
	NULL,
};

static const char *const types_own[] = {
	"    \"summary\": {",
	"      \"type\": \"object\",",
	"      \"required\": [\"files\", \"errors\", \"warnings\", \"ms\"],",
	"      \"properties\": {",
	"        \"files\": {\"$ref\": \"#/$defs/count\", \"description\": \"Length of the list of files.\"},",
	"        \"errors\": {\"$ref\": \"#/$defs/count\"},",
	"        \"warnings\": {\"$ref\": \"#/$defs/count\"},",
	"        \"ms\": {\"$ref\": \"#/$defs/count\", \"description\": \"Duration in milliseconds.\"}",
	"      }",
	"    },",
	"    \"check\": {",
	"      \"type\": \"boolean\",",
	"      \"description\": \"Whether --check was given: then nothing was written.\"",
	"    },",
	"    \"files\": {",
	"      \"type\": \"array\",",
	"      \"description\": \"The generated files, sorted by path, and those that are to be removed.\",",
	"      \"items\": {",
	"        \"type\": \"object\",",
	"        \"required\": [\"path\", \"state\"],",
	"        \"properties\": {",
	"          \"path\": {\"type\": \"string\", \"description\": \"Relative to root.\"},",
	"          \"state\": {",
	"            \"enum\": [\"current\", \"missing\", \"different\", \"stale\", \"foreign\", \"skipped\"],",
	"            \"description\": \"As it was found. Unless check is true, those missing or different were then written and those stale (what they were made for is gone) removed. foreign: written by hand, skipped: the document has errors or there is no schema; both stay as they are.\"",
	"          }",
	"        }",
	"      }",
	"    },",
	"    \"no_schema\": {",
	"      \"type\": \"string\",",
	"      \"description\": \"Why no document could be given types.\"",
	"    },",
	NULL,
};
/* clang-format on */

struct schema {
	const char *name;            /* of the command */
	const char *const *parts[6]; /* ends with NULL */
};

static const struct schema schemas[] = {
	{"build", {build_lines, answer_lines, looked_own, build_own, findings_lines}},
	{"check", {check_lines, answer_lines, looked_own, findings_lines}},
	{"deploy", {schema_deploy_lines, answer_lines, schema_deploy_own, findings_lines}},
	{"flow", {schema_flow_lines}},
	{"test", {schema_test_lines, answer_lines, schema_test_own, schema_tail_lines}},
	{"types", {types_lines, answer_lines, types_own, findings_lines}},
	{"validate", {validate_lines, answer_lines, validate_own, findings_lines}},
	{"version-create", {schema_create_lines, answer_lines, schema_deploy_own, findings_lines}},
	{"version-diff", {schema_diff_lines, answer_lines, schema_diff_own, schema_tail_lines}},
	{"version-list", {schema_list_lines, answer_lines, schema_list_own, schema_tail_lines}},
	{"version-show", {schema_show_lines, answer_lines, schema_show_own, schema_tail_lines}},
	{.name = NULL},
};

/* Those of validate and build, then those of the local platform; NULL behind the last. */
static const char *name_at(size_t at)
{
	size_t own = ARRAY_LEN(schemas) - 1;

	return at < own ? schemas[at].name : schema_platform_name(at - own);
}

/* The names, in a document under --json. */
static int list_schemas(struct cli *cli)
{
	cJSON *document = cli->json ? cli_json(cli, EXIT_OK) : NULL;
	cJSON *array = cJSON_AddArrayToObject(document, "schemas");

	for (size_t i = 0; name_at(i) != NULL; i++)
		if (cli->json)
			cJSON_AddItemToArray(array, cJSON_CreateString(name_at(i)));
		else
			fprintf(cli->out, "attio help schema %s\n", name_at(i));
	if (cli->json)
		cli_print_json(cli, document);
	return EXIT_OK;
}

static int unknown(struct cli *cli, const char *name)
{
	const char *names[128] = {NULL};
	struct error error;
	const char *near;

	for (size_t i = 0; i + 1 < ARRAY_LEN(names) && name_at(i) != NULL; i++)
		names[i] = name_at(i);
	near = str_nearest(name, names);
	error_set(&error, ERROR_USAGE, "there is no schema `%s`", name);
	if (near != NULL)
		error_fix(&error, "did you mean `attio help schema %s`?", near);
	else
		error_fix(&error, "`attio help schema` lists them");
	return cli_fail(cli, &error);
}

int schema_print(struct cli *cli, const char *name)
{
	struct buf text = {0};

	if (name == NULL)
		return list_schemas(cli);
	for (const struct schema *s = schemas; s->name != NULL; s++) {
		if (strcmp(s->name, name) != 0)
			continue;
		for (size_t i = 0; s->parts[i] != NULL; i++)
			for (const char *const *line = s->parts[i]; *line != NULL; line++)
				fprintf(cli->out, "%s\n", *line);
		return EXIT_OK;
	}
	if (!schema_platform_put(&text, name))
		return unknown(cli, name);
	fwrite(text.ptr, 1, text.len, cli->out);
	buf_dispose(&text);
	return EXIT_OK;
}
