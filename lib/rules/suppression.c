/* The rules about comments that suppress findings: rows of the table like the others, but found
 * when all other findings are there (lib/check). */
#include "rules/suppression.h"

const struct rule rule_suppression_no_reason = {
	.info = {"ATT8010", "suppression-no-reason", SEVERITY_ERROR},
	.summary = "A comment suppresses a finding without saying why",
	.explanation =
		"`attio-ignore` takes effect only with a reason behind two dashes: who reads the "
		"code later must be able to judge whether the exception still holds.\n\n"
		"A comment covers its own line, or the next one when it stands alone; "
		"`attio-ignore-file` covers the file. Several codes are joined by commas.",
	.bad = "// src/send.server.ts\n// attio-ignore ATT3002\nexport default send",
	.good = "// src/send.server.ts\n"
		"// attio-ignore ATT3002 -- send comes wrapped from the shared library\n"
		"export default send",
};

const struct rule rule_suppression_unused = {
	.info = {"ATT8011", "suppression-unused", SEVERITY_WARNING},
	.summary = "A comment suppresses nothing",
	.explanation =
		"There is no such finding on the line that the comment covers: the code was "
		"repaired, or moved away from the comment. A comment that stays would one day "
		"hide a new mistake. `attio validate --fix` removes it.",
	.bad = "// src/lib/sum.ts\n// attio-ignore ATT2005 -- no longer true\nexport const sum = 1",
	.good = "// src/lib/sum.ts\nexport const sum = 1",
};

const struct rule rule_suppression_unknown = {
	.info = {"ATT8012", "suppression-unknown", SEVERITY_WARNING},
	.summary = "A comment names no known finding",
	.explanation = "Behind `attio-ignore` and `attio-ignore-file` stands a code or a name that "
		       "`attio explain` lists. Other words suppress nothing.",
	.bad = "// src/lib/sum.ts\n// attio-ignore ATT99999 -- a typing mistake",
	.good = "// src/lib/sum.ts\n// attio-ignore ATT2005 -- checked by hand",
};
