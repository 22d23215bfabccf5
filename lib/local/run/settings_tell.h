/* The client realm keeps the settings in memory: whoever changes them elsewhere tells it. */
#ifndef ATTIO_LOCAL_RUN_SETTINGS_TELL_H
#define ATTIO_LOCAL_RUN_SETTINGS_TELL_H

struct platform;

/* Sends the values as they are now to the build that runs; nothing when none does. */
void settings_tell(struct platform *platform);

#endif
