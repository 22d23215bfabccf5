/* Unguessable names, from the system's own generator. */
#ifndef ATTIO_BASE_RANDOM_H
#define ATTIO_BASE_RANDOM_H

#include <stdbool.h>
#include <stddef.h>

struct error;

/* All of them fail only with ERROR_SYSTEM, when the system gives no random bytes. */

int random_bytes(void *bytes, size_t len, struct error *error);
/* 128 bits as 32 lower-case hexadecimal digits. */
#define RANDOM_KEY_SIZE 33
int random_key(char key[RANDOM_KEY_SIZE], struct error *error);
/* A random UUID (version 4). */
#define RANDOM_UUID_SIZE 37
int random_uuid(char uuid[RANDOM_UUID_SIZE], struct error *error);
/* Whether two strings are equal, in a time that tells nothing about where they differ. */
bool random_key_equal(const char *a, const char *b);

#endif
