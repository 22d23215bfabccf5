/* What is wrong with a package.json that is an object: members that npm, Node and the bundler read
 * in another form than this one, or not at all (ATT8004, warnings: the platform reads none of it).
 */
#ifndef ATTIO_APP_MANIFEST_SHAPE_H
#define ATTIO_APP_MANIFEST_SHAPE_H

#include <cjson/cJSON.h>

struct diags;
struct text;

/* `document`: the object that json_parse made of the text. */
void manifest_shape_tell(const struct text *text, const cJSON *document, struct diags *problems);

/* Names that stand twice in one object of a JSON text; `rule`: whose finding that is. */
struct rule_info;
void names_twice_tell(const struct text *text, const char *json, const struct rule_info *rule,
		      struct diags *problems);

#endif
