/* The local platform's time: the machine's, moved by an offset that people set (`attio clock`).
 * What lives on it: timestamps, expiry, rate limits, the time limit of app code and its timers. */
#ifndef ATTIO_LOCAL_CLOCK_H
#define ATTIO_LOCAL_CLOCK_H

struct clock {
	long long offset_ms; /* added to the machine's time; may be negative */
};

/* The machine's own time: what really passes, whatever people do to the platform's. */
extern const struct clock clock_machine;

#define CLOCK_TEXT_SIZE 40

/* 2262-01-01: up to here nanoseconds since 1970 fit into 64 bits. The platform's time is between
 * 1970 and this. */
#define CLOCK_LAST_MS 9214646400000LL

/* Milliseconds since 1970, UTC. */
long long clock_ms(const struct clock *clock);
/* Nanoseconds since 1970; two calls may give the same. */
long long clock_ns(const struct clock *clock);
/* Now as the service writes it: "2026-05-09T21:43:08.480000000Z". */
void clock_text(const struct clock *clock, char text[CLOCK_TEXT_SIZE]);
/* Any moment (nanoseconds since 1970) in the same form; years 0000 to 9999. */
void clock_write(long long ns, char text[CLOCK_TEXT_SIZE]);
/* A moment as RFC 3339 ("2026-05-09T21:43:08.48Z", also with an offset) or a date alone (UTC), in
 * milliseconds. -1 when it is none. */
int clock_read(const char *text, long long *ms);

#endif
