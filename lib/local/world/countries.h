/* Countries: ISO 3166 codes, calling codes of ITU E.164, and English names. */
#ifndef ATTIO_LOCAL_WORLD_COUNTRIES_H
#define ATTIO_LOCAL_WORLD_COUNTRIES_H

#include <stddef.h>

/* The country of an E.164 number's digits (without "+"): the ISO code, and in *code_len how many of
 * the digits are the calling code (1 for +1 242). NULL when no calling code begins the number. */
const char *country_of_number(const char *digits, size_t *code_len);
/* The calling code of a country ("44" of "GB", "1" of "BS"); NULL for an unknown one. */
const char *country_calling_code(const char *iso);
/* The ISO code for a code or an English name, of either case; NULL when it is none. */
const char *country_by_name(const char *name);

#endif
