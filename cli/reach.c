/* See reach.h. */
#include "cli/reach.h"

const char *const reach_answers[] = {"yes", "no", NULL};
const char *const reach_nets[] = {"live", "record", "replay", "deny", NULL};
