/* The stack of an error of app code, for people. */
#ifndef ATTIO_CLI_NET_STACK_H
#define ATTIO_CLI_NET_STACK_H

struct cli;

/* Its frames on standard error under a message, a line each, the first ones. */
void stack_say(struct cli *cli, const char *stack);

/* What to do about an error of app code with this `code` of the SDK's; "" when nothing is known. */
const char *stack_hint(const char *code);

#endif
