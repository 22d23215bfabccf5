/* What attio-net has and attio has not. */
#ifndef ATTIO_CLI_NET_NET_H
#define ATTIO_CLI_NET_NET_H

#include "cli/dispatch.h"

extern const struct net net_parts;

#endif
