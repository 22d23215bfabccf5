/* What to do about what the compiler says, where the app or the SDK has what is meant. */
#ifndef ATTIO_CHECK_ADVICE_H
#define ATTIO_CHECK_ADVICE_H

struct app;
struct diag;
struct diags;

/* Adds the remedy to the last of `told`, which is one of the compiler's findings. */
void advise(const struct app *app, struct diags *told);

#endif
