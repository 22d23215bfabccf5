/* What an SDK gives an app at run time, read from its type declarations: each value of the modules
 * `attio`, `attio/client` and `attio/server`, the members of those that are objects ("kv.get",
 * "Widget.Text.Primary"), and the components that a hook returns ("useForm().TextInput"). Types
 * alone are none. */
#ifndef ATTIO_LOCAL_PARITY_SURFACE_H
#define ATTIO_LOCAL_PARITY_SURFACE_H

#include <stddef.h>

struct arena;
struct bounds;
struct error;

struct sdk_value {
	const char *module; /* "attio/client" */
	const char *name;   /* "Workflows.OutcomeSchema.string" */
};

/* `package` is the SDK's folder (absolute); `bounds` tells which files may be read. In the order of
 * the declarations. ERROR_TOOL when the package has no declarations where its package.json says. */
int surface_read(struct arena *arena, struct bounds *bounds, const char *package,
		 struct sdk_value **values, size_t *count, struct error *error);

#endif
