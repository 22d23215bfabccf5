/* See provenance.h. */
#include "http/provenance.h"

#include <stdio.h>
#include <strings.h>

#include "base/mem.h"

static bool is_ours(int port, const char *scheme, const char *value)
{
	static const char *const names[] = {"127.0.0.1", "localhost", "[::1]"};
	char own[64];

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		snprintf(own, sizeof(own), "%s%s:%d", scheme, names[i], port);
		if (strcasecmp(value, own) == 0)
			return true;
		/* The usual port goes without saying. */
		snprintf(own, sizeof(own), "%s%s", scheme, names[i]);
		if (port == 80 && strcasecmp(value, own) == 0)
			return true;
	}
	return false;
}

enum MHD_Result provenance_look(void *context, enum MHD_ValueKind kind, const char *name,
				const char *value)
{
	struct provenance *of = context;

	(void)kind;
	if (value == NULL)
		value = "";
	if (strcasecmp(name, "Host") == 0) {
		of->hosts++;
		of->is_public = of->public_host != NULL && strcasecmp(value, of->public_host) == 0;
		of->foreign_host =
			of->foreign_host || (!of->is_public && !is_ours(of->port, "", value));
	} else if (strcasecmp(name, "Origin") == 0) {
		of->foreign_origin = of->foreign_origin || !is_ours(of->port, "http://", value);
	}
	return MHD_YES;
}
