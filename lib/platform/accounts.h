/* Developer accounts and the apps in them: what making an app needs. Errors as in api.h. Facts:
 * lib/platform/README.md, Accounts. */
#ifndef ATTIO_PLATFORM_ACCOUNTS_H
#define ATTIO_PLATFORM_ACCOUNTS_H

#include <stddef.h>

struct error;
struct attio_api;
struct platform_app;

struct platform_account {
	const char *id;
	const char *slug;  /* as the server has it, for the next call */
	const char *shown; /* the same, fit for a terminal */
	const char *title;
};

/* The developer accounts that the token may use, in the platform's order. */
int platform_accounts(struct attio_api *platform, struct platform_account **accounts, size_t *count,
		      struct error *error);

/* Makes an app in that account. ERROR_CONFLICT when the slug is taken. */
int platform_app_create(struct attio_api *platform, const struct platform_account *account,
			const char *slug, const char *title, struct platform_app *app,
			struct error *error);

#endif
