/* The schemas of what deploys and versions answer. */
#include "cli/schema_publish.h"

#include <stddef.h>

/* clang-format off */
/* What `deploy --plan` and `version diff` tell alike; `in` is how far it is indented. */
#define CHANGES_AND_SIZES(in) \
	in "\"changes\": {", \
	in "  \"type\": \"array\",", \
	in "  \"description\": \"What users of the app notice. An altered thing has one for each of its texts.\",", \
	in "  \"items\": {", \
	in "    \"type\": \"object\",", \
	in "    \"required\": [\"change\", \"kind\", \"id\"],", \
	in "    \"properties\": {", \
	in "      \"change\": {\"enum\": [\"added\", \"removed\", \"altered\"]},", \
	in "      \"kind\": {\"type\": \"string\", \"description\": \"record-action, block, settings, webhook, event, host, environment and so on.\"},", \
	in "      \"id\": {\"type\": \"string\", \"description\": \"Empty where there is one of the kind at most.\"},", \
	in "      \"name\": {\"type\": \"string\", \"description\": \"Of the text that was altered.\"},", \
	in "      \"before\": {\"type\": [\"string\", \"null\"], \"description\": \"null: it is new.\"},", \
	in "      \"after\": {\"type\": [\"string\", \"null\"], \"description\": \"null: it is gone.\"}", \
	in "    }", \
	in "  }", \
	in "},", \
	in "\"sizes\": {", \
	in "  \"type\": \"array\",", \
	in "  \"description\": \"Of the bundles, in bytes.\",", \
	in "  \"items\": {", \
	in "    \"type\": \"object\",", \
	in "    \"required\": [\"path\"],", \
	in "    \"properties\": {", \
	in "      \"path\": {\"type\": \"string\"},", \
	in "      \"before\": {\"type\": \"integer\", \"description\": \"Missing: it is new.\"},", \
	in "      \"after\": {\"type\": \"integer\", \"description\": \"Missing: it is gone.\"}", \
	in "    }", \
	in "  }"

const char *const schema_deploy_lines[] = {
	"{",
	"  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",",
	"  \"$id\": \"urn:attio:schema:deploy:1\",",
	"  \"title\": \"Answer of attio deploy --json\",",
	"  \"description\": \"Within this major version fields are only added: ignore those you do not know.\",",
	"  \"type\": \"object\",",
	"  \"required\": [\"schema\", \"tool\", \"ok\", \"exit\"],",
	"  \"anyOf\": [",
	"    {\"required\": [\"root\", \"summary\", \"diagnostics\"]},",
	"    {\"required\": [\"error\"]}",
	"  ],",
	"  \"properties\": {",
	"    \"schema\": {\"const\": \"attio.deploy/1\"},",
	NULL,
};

const char *const schema_create_lines[] = {
	"{",
	"  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",",
	"  \"$id\": \"urn:attio:schema:version-create:1\",",
	"  \"title\": \"Answer of attio version create --json\",",
	"  \"description\": \"Within this major version fields are only added: ignore those you do not know.\",",
	"  \"type\": \"object\",",
	"  \"required\": [\"schema\", \"tool\", \"ok\", \"exit\"],",
	"  \"anyOf\": [",
	"    {\"required\": [\"root\", \"summary\", \"diagnostics\"]},",
	"    {\"required\": [\"error\"]}",
	"  ],",
	"  \"properties\": {",
	"    \"schema\": {\"const\": \"attio.version-create/1\"},",
	NULL,
};

const char *const schema_list_lines[] = {
	"{",
	"  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",",
	"  \"$id\": \"urn:attio:schema:version-list:1\",",
	"  \"title\": \"Answer of attio version list --json\",",
	"  \"description\": \"Within this major version fields are only added: ignore those you do not know.\",",
	"  \"type\": \"object\",",
	"  \"required\": [\"schema\", \"tool\", \"ok\", \"exit\"],",
	"  \"anyOf\": [",
	"    {\"required\": [\"app\", \"target\", \"items\"]},",
	"    {\"required\": [\"error\"]}",
	"  ],",
	"  \"properties\": {",
	"    \"schema\": {\"const\": \"attio.version-list/1\"},",
	NULL,
};

const char *const schema_show_lines[] = {
	"{",
	"  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",",
	"  \"$id\": \"urn:attio:schema:version-show:1\",",
	"  \"title\": \"Answer of attio version show --json\",",
	"  \"description\": \"Within this major version fields are only added: ignore those you do not know.\",",
	"  \"type\": \"object\",",
	"  \"required\": [\"schema\", \"tool\", \"ok\", \"exit\"],",
	"  \"anyOf\": [",
	"    {\"required\": [\"app\", \"major\", \"minor\", \"deployed\", \"inventory\"]},",
	"    {\"required\": [\"error\"]}",
	"  ],",
	"  \"properties\": {",
	"    \"schema\": {\"const\": \"attio.version-show/1\"},",
	NULL,
};

const char *const schema_diff_lines[] = {
	"{",
	"  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",",
	"  \"$id\": \"urn:attio:schema:version-diff:1\",",
	"  \"title\": \"Answer of attio version diff --json\",",
	"  \"description\": \"Within this major version fields are only added: ignore those you do not know.\",",
	"  \"type\": \"object\",",
	"  \"required\": [\"schema\", \"tool\", \"ok\", \"exit\"],",
	"  \"anyOf\": [",
	"    {\"required\": [\"app\", \"from\", \"to\", \"changes\", \"sizes\"]},",
	"    {\"required\": [\"error\"]}",
	"  ],",
	"  \"properties\": {",
	"    \"schema\": {\"const\": \"attio.version-diff/1\"},",
	NULL,
};

const char *const schema_deploy_own[] = {
	"    \"summary\": {",
	"      \"type\": \"object\",",
	"      \"required\": [\"files\", \"errors\", \"warnings\", \"ms\"],",
	"      \"properties\": {",
	"        \"files\": {\"$ref\": \"#/$defs/count\"},",
	"        \"errors\": {\"$ref\": \"#/$defs/count\"},",
	"        \"warnings\": {\"$ref\": \"#/$defs/count\"},",
	"        \"ms\": {\"$ref\": \"#/$defs/count\"}",
	"      }",
	"    },",
	"    \"ms\": {\"$ref\": \"#/$defs/count\", \"description\": \"Duration in milliseconds.\"},",
	"    \"app\": {\"type\": \"string\", \"description\": \"Its slug.\"},",
	"    \"target\": {\"enum\": [\"attio\", \"local\"]},",
	"    \"url\": {\"type\": \"string\"},",
	"    \"store\": {\"type\": \"string\", \"description\": \"Of the local platform.\"},",
	"    \"git\": {",
	"      \"type\": [\"object\", \"null\"],",
	"      \"description\": \"null: not in a repository.\",",
	"      \"required\": [\"dirty\"],",
	"      \"properties\": {",
	"        \"commit\": {\"type\": \"string\"},",
	"        \"branch\": {\"type\": \"string\"},",
	"        \"dirty\": {\"type\": \"boolean\"}",
	"      }",
	"    },",
	"    \"artifact\": {\"type\": \"string\", \"pattern\": \"^[0-9a-f]{64}$\", \"description\": \"SHA-256 of the bundles.\"},",
	"    \"version\": {",
	"      \"type\": \"object\",",
	"      \"required\": [\"major\", \"minor\"],",
	"      \"properties\": {",
	"        \"major\": {\"type\": \"integer\"},",
	"        \"minor\": {\"type\": \"integer\"}",
	"      }",
	"    },",
	"    \"resumed\": {\"type\": \"boolean\", \"description\": \"An earlier run had begun it.\"},",
	"    \"tag\": {\"type\": \"string\", \"description\": \"That was made in git.\"},",
	"    \"dry_run\": {\"const\": true},",
	"    \"unfinished\": {",
	"      \"type\": \"object\",",
	"      \"description\": \"What is begun on the platform and not published.\",",
	"      \"required\": [\"stage\"],",
	"      \"properties\": {",
	"        \"stage\": {\"enum\": [\"creating\", \"uploading\", \"completing\"]},",
	"        \"major\": {\"type\": \"integer\"},",
	"        \"minor\": {\"type\": \"integer\"}",
	"      }",
	"    },",
	"    \"bundles\": {",
	"      \"type\": \"array\",",
	"      \"items\": {",
	"        \"type\": \"object\",",
	"        \"required\": [\"path\", \"bytes\"],",
	"        \"properties\": {",
	"          \"path\": {\"type\": \"string\"},",
	"          \"bytes\": {\"$ref\": \"#/$defs/count\"}",
	"        }",
	"      }",
	"    },",
	"    \"plan\": {",
	"      \"type\": \"object\",",
	"      \"description\": \"With --plan; its file has the same members and schema attio.plan/1.\",",
	"      \"required\": [\"target\", \"app\", \"app_id\", \"major\", \"newest\", \"artifact\", \"commit\", \"dirty\", \"base\", \"changes\", \"sizes\"],",
	"      \"properties\": {",
	"        \"target\": {\"type\": \"string\"},",
	"        \"app\": {\"type\": \"string\"},",
	"        \"app_id\": {\"type\": \"string\"},",
	"        \"major\": {\"type\": \"integer\"},",
	"        \"newest\": {",
	"          \"type\": [\"object\", \"null\"],",
	"          \"description\": \"The newest version there was.\",",
	"          \"properties\": {\"major\": {\"type\": \"integer\"}, \"minor\": {\"type\": \"integer\"}}",
	"        },",
	"        \"artifact\": {\"type\": \"string\"},",
	"        \"commit\": {\"type\": [\"string\", \"null\"]},",
	"        \"dirty\": {\"type\": \"boolean\"},",
	"        \"base\": {",
	"          \"type\": [\"object\", \"null\"],",
	"          \"description\": \"What it is compared with; null: nothing is kept.\",",
	"          \"properties\": {\"major\": {\"type\": \"integer\"}, \"minor\": {\"type\": \"integer\"}, \"artifact\": {\"type\": \"string\"}}",
	"        },",
	CHANGES_AND_SIZES("        "),
	"        }",
	"      }",
	"    },",
	NULL,
};

const char *const schema_list_own[] = {
	"    \"app\": {\"type\": \"string\", \"description\": \"Its slug.\"},",
	"    \"target\": {\"enum\": [\"attio\", \"local\"]},",
	"    \"items\": {",
	"      \"type\": \"array\",",
	"      \"description\": \"The newest first.\",",
	"      \"items\": {",
	"        \"type\": \"object\",",
	"        \"required\": [\"major\", \"minor\", \"created_at\", \"status\", \"published\", \"installs\"],",
	"        \"properties\": {",
	"          \"major\": {\"type\": \"integer\"},",
	"          \"minor\": {\"type\": \"integer\"},",
	"          \"created_at\": {\"type\": \"string\"},",
	"          \"status\": {\"type\": \"string\"},",
	"          \"published\": {\"type\": \"boolean\"},",
	"          \"installs\": {\"type\": \"integer\"}",
	"        }",
	"      }",
	"    },",
	NULL,
};

const char *const schema_show_own[] = {
	"    \"app\": {\"type\": \"string\", \"description\": \"Its slug.\"},",
	"    \"major\": {\"type\": \"integer\"},",
	"    \"minor\": {\"type\": \"integer\"},",
	"    \"created_at\": {\"type\": \"string\"},",
	"    \"status\": {\"type\": \"string\"},",
	"    \"published\": {\"type\": \"boolean\"},",
	"    \"installs\": {\"type\": \"integer\"},",
	"    \"deployed\": {",
	"      \"type\": [\"object\", \"null\"],",
	"      \"description\": \"null: not from here.\",",
	"      \"required\": [\"at\", \"artifact\", \"dirty\"],",
	"      \"properties\": {",
	"        \"at\": {\"type\": \"string\"},",
	"        \"artifact\": {\"type\": \"string\"},",
	"        \"commit\": {\"type\": \"string\"},",
	"        \"dirty\": {\"type\": \"boolean\"}",
	"      }",
	"    },",
	"    \"inventory\": {",
	"      \"type\": [\"object\", \"null\"],",
	"      \"description\": \"null: it is not kept here.\",",
	"      \"required\": [\"things\", \"bundles\"],",
	"      \"properties\": {",
	"        \"things\": {",
	"          \"type\": \"array\",",
	"          \"items\": {",
	"            \"type\": \"object\",",
	"            \"required\": [\"kind\", \"id\", \"texts\"],",
	"            \"properties\": {",
	"              \"kind\": {\"type\": \"string\"},",
	"              \"id\": {\"type\": \"string\"},",
	"              \"texts\": {\"type\": \"object\"}",
	"            }",
	"          }",
	"        },",
	"        \"bundles\": {",
	"          \"type\": \"array\",",
	"          \"items\": {",
	"            \"type\": \"object\",",
	"            \"required\": [\"path\", \"bytes\"],",
	"            \"properties\": {\"path\": {\"type\": \"string\"}, \"bytes\": {\"type\": \"integer\"}}",
	"          }",
	"        }",
	"      }",
	"    },",
	NULL,
};

const char *const schema_diff_own[] = {
	"    \"app\": {\"type\": \"string\", \"description\": \"Its slug.\"},",
	"    \"from\": {",
	"      \"type\": \"object\",",
	"      \"required\": [\"major\", \"minor\", \"artifact\"],",
	"      \"properties\": {",
	"        \"major\": {\"type\": \"integer\"},",
	"        \"minor\": {\"type\": \"integer\"},",
	"        \"artifact\": {\"type\": \"string\"},",
	"        \"commit\": {\"type\": \"string\"}",
	"      }",
	"    },",
	"    \"to\": {",
	"      \"type\": \"object\",",
	"      \"required\": [\"major\", \"minor\", \"artifact\"],",
	"      \"properties\": {",
	"        \"major\": {\"type\": \"integer\"},",
	"        \"minor\": {\"type\": \"integer\"},",
	"        \"artifact\": {\"type\": \"string\"},",
	"        \"commit\": {\"type\": \"string\"}",
	"      }",
	"    },",
	CHANGES_AND_SIZES("    "),
	"    },",
	NULL,
};

const char *const schema_tail_lines[] = {
	"    \"error\": {",
	"      \"type\": \"object\",",
	"      \"description\": \"Why there is no answer.\",",
	"      \"required\": [\"kind\", \"message\", \"why\", \"fix\"],",
	"      \"properties\": {",
	"        \"kind\": {\"type\": \"string\"},",
	"        \"message\": {\"type\": \"string\"},",
	"        \"why\": {\"type\": \"string\"},",
	"        \"fix\": {\"type\": \"string\"}",
	"      }",
	"    }",
	"  }",
	"}",
	NULL,
};
