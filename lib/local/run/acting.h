/* Who acts in a flow: the member that a command or a page began it as. */
#ifndef ATTIO_LOCAL_RUN_ACTING_H
#define ATTIO_LOCAL_RUN_ACTING_H

struct error;
struct platform;

/* The member that began the flow; where nobody said, the workspace's first admin. NULL for flow 0
 * and for one that no user acts in. Borrowed. */
const char *acting_member(const struct platform *platform, long long flow);
/* From now on `member_id` (copied; NULL: no user) acts in the flow. */
void acting_set(struct platform *platform, long long flow, const char *member_id);

#endif
