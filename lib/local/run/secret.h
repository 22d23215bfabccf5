/* Which values are secret, and which of those tell by themselves where they came from. A
 * connection's value always is; of the environment what is called like a secret, what looks random,
 * and addresses with a password. All of it is chosen here. */
#ifndef ATTIO_LOCAL_RUN_SECRET_H
#define ATTIO_LOCAL_RUN_SECRET_H

#include <stdbool.h>
#include <stddef.h>

enum secret {
	SECRET_NOT,
	SECRET_COMMON, /* it is one, and other data may have the same: a word, a number, an id */
	SECRET_OWN     /* wherever it stands it is this secret */
};

/* Of a value that is secret by what it is for. */
enum secret secret_value(const char *value);
/* Of a variable. */
enum secret secret_variable(const char *name, const char *value);
/* The password in the address that begins at "://": its place in the text; false: it has none. */
bool secret_in_address(const char *text, size_t len, size_t *from, size_t *until);

#endif
