/* How true the local platform is to the service: each value of an app's SDK as exact, approximate
 * or unsupported, with the reason; and what was chosen where nobody knows. */
#ifndef ATTIO_LOCAL_PARITY_PARITY_H
#define ATTIO_LOCAL_PARITY_PARITY_H

struct buf;
struct error;

/* Appends {"sdk":VERSION,"items":[{"module","name","status","reason"?}],"counts":{"exact",
 * "approximate","unsupported"},"approximations":[{"fact","choice"}]} for the SDK in node_modules of
 * `root` (absolute) or a folder above it. A value that the table does not know (of a newer SDK) is
 * unsupported. ERROR_NOT_FOUND without an SDK. */
int parity_print(const char *root, struct buf *out, struct error *error);

#endif
