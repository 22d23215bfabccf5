/* Only the last flows are remembered: what is older has ended long ago. */
#include "local/run/acting.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "local/run/flows.h"
#include "local/run/platform.h"

static const struct platform_acting *find(const struct platform *platform, long long flow)
{
	for (size_t i = 0; i < PLATFORM_ACTING; i++)
		if (platform->acting[i].flow == flow)
			return &platform->acting[i];
	return NULL;
}

const char *acting_member(const struct platform *platform, long long flow)
{
	const struct platform_acting *acting;

	if (flow == 0)
		return NULL;
	acting = find(platform, flow);
	if (acting == NULL)
		return platform->admin_id;
	return acting->member_id[0] != '\0' ? acting->member_id : NULL;
}

void acting_set(struct platform *platform, long long flow, const char *member_id)
{
	struct platform_acting *acting = &platform->acting[platform->acting_at++ % PLATFORM_ACTING];

	acting->flow = flow;
	snprintf(acting->member_id, sizeof(acting->member_id), "%s",
		 member_id != NULL ? member_id : "");
	if (member_id != NULL && strcmp(member_id, platform->admin_id) != 0)
		flow_acting(platform->flows, flow, member_id);
}
