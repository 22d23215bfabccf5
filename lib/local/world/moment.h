/* Dates and times as people and programs write them, to the form that is kept. */
#ifndef ATTIO_LOCAL_WORLD_MOMENT_H
#define ATTIO_LOCAL_WORLD_MOMENT_H

#define MOMENT_SIZE 40

/* ISO 8601, shorter forms filled up ("2023", "2023-05", "2023-05-01", "...T12",
 * "...T12:30[:15[.5]]", with Z, an offset or nothing for UTC, a space for T):
 * "2023-05-01T12:30:15.500000000Z". -1 when it is none, or outside of the years 0001 to 9999. */
int moment_timestamp(const char *text, char out[MOMENT_SIZE]);
/* The date of it in UTC: "2023-05-01". */
int moment_date(const char *text, char out[MOMENT_SIZE]);
/* `at` (as moment_timestamp writes it) moved by an ISO 8601 duration such as "PT0S", "P1M", "-P7D".
 */
int moment_after(const char *at, const char *duration, char out[MOMENT_SIZE]);

#endif
