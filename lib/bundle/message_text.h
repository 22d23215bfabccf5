/* What esbuild says, in the manner of our own findings. */
#ifndef ATTIO_BUNDLE_MESSAGE_TEXT_H
#define ATTIO_BUNDLE_MESSAGE_TEXT_H

struct arena;

/* Lower-case start, code in backticks, no end mark, and paths below `root` (NULL: there are none)
 * relative to it. */
const char *message_text(struct arena *arena, const char *root, const char *text);

#endif
