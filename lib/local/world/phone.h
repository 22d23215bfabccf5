/* Phone numbers as they are written, to E.164. */
#ifndef ATTIO_LOCAL_WORLD_PHONE_H
#define ATTIO_LOCAL_WORLD_PHONE_H

#define PHONE_SIZE 24

struct phone {
	char number[PHONE_SIZE]; /* "+442071838750" */
	const char *country;     /* ISO code, static */
};

/* Reads `text` ("+44 20 7183 8750", "0044...", "(020) 7183 8750" with country "GB"). `country` is
 * an ISO code or NULL: then the number must be international. 0; -1 when it is no number; -2 when
 * the country is missing; -3 when `country` is none. Lengths are checked (7 to 15 digits), not the
 * numbering plans. */
int phone_read(const char *text, const char *country, struct phone *phone);

#endif
