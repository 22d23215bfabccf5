/* All rows of the control API: what the dispatcher, the description and the commands' help are made
 * from. */
#ifndef ATTIO_LOCAL_CONTROL_TABLE_H
#define ATTIO_LOCAL_CONTROL_TABLE_H

#include <stddef.h>

#include "local/control/control.h"

/* Where the API begins: patterns of rows are below it. */
#define CONTROL_BASE "/__attio/api"

/* Rows of each file, ending with method NULL; the list ends with NULL. */
extern const struct control_route *const control_tables[];

#endif
