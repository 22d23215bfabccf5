/* What is wrong with a tsconfig.json that is JSON: what stands where it means nothing, and what
 * leaves the app's files out, so that the compiler is content without having looked at them
 * (ATT8006). */
#ifndef ATTIO_APP_CONFIG_SHAPE_H
#define ATTIO_APP_CONFIG_SHAPE_H

#include <cjson/cJSON.h>

struct diags;
struct text;
struct tsconfig;

/* What people write in `compilerOptions`; ends with NULL. */
extern const char *const compiler_options[];

/* `tsconfig` knows its baseUrl already, and learns which patterns of `paths` mean nothing. */
void config_shape_tell(struct tsconfig *tsconfig, const struct text *text, const cJSON *document,
		       struct diags *problems);

#endif
