/* Builds of `attio dev` on their way to Attio. */
#ifndef ATTIO_CLI_NET_DEV_PUSHED_H
#define ATTIO_CLI_NET_DEV_PUSHED_H

struct cli;
struct dev_build;
struct dev_options;
struct pushing;

/* Begins to push, where the options ask for it; else *pushing is NULL. Returns an exit code; a
 * failure was told. */
int dev_pushed_open(struct pushing **pushing, struct cli *cli, const struct dev_options *options,
		    const char *root);
/* Pushes a build that is good. NULL is fine. */
void dev_pushed_give(struct pushing *pushing, const struct dev_build *build);
/* `attio dev --remote`: no platform on this machine. Returns an exit code. */
int dev_pushed_serve(struct cli *cli, const struct dev_options *options);

#endif
