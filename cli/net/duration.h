/* Spans of time as people write them. */
#ifndef ATTIO_CLI_NET_DURATION_H
#define ATTIO_CLI_NET_DURATION_H

/* "1h30m" in milliseconds, at most 100 years; -1 when it is none. */
long long duration_ms(const char *text);

#endif
