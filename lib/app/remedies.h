/* What to do about a text that the engine refuses, from its own words. */
#ifndef ATTIO_APP_REMEDIES_H
#define ATTIO_APP_REMEDIES_H

/* `cause` is in the manner of our findings (bundle/message_text.h). Never NULL; static. */
const char *syntax_remedy(const char *cause);
/* The same for what it warns of; NULL: the words say it. */
const char *remark_remedy(const char *words);

#endif
