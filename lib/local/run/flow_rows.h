/* Within the room: rows of the flow log on their way to the store. They are written together, in
 * one transaction a turn: a commit costs more than what it writes. A process that is killed loses
 * those of its last turn. */
#ifndef ATTIO_LOCAL_RUN_FLOW_ROWS_H
#define ATTIO_LOCAL_RUN_FLOW_ROWS_H

#include <stdbool.h>
#include <stddef.h>

struct error;
struct local_store;

enum flow_row_kind { FLOW_NODE, FLOW_END, FLOW_NOTE, FLOW_LOG, FLOW_REQUEST };

enum flow_text {
	FLOW_KIND,
	FLOW_NAME,
	FLOW_AT,
	FLOW_INPUT,
	FLOW_OUTPUT,
	FLOW_ERROR,
	FLOW_NOTES,
	FLOW_BEGAN
};

/* A row, or a change of one. Of a log line, KIND is the realm, NAME the level, INPUT the text; of a
 * request, NAME is the method, INPUT the URL, `cause` the status. */
struct flow_row {
	enum flow_row_kind kind;
	long long id;                /* the node's */
	long long flow;              /* 0: the node begins it; of a log line 0: none */
	long long cause;             /* 0: none */
	double ms;                   /* less than 0: it is open */
	char *texts[FLOW_BEGAN + 1]; /* owned; or NULL */
};

struct flow_rows {
	struct local_store *store; /* borrowed */
	struct flow_row *rows;
	size_t count, room;
	long long last; /* number of the newest node */
	unsigned long written;
	long long changes; /* rows that this connection changed for us */
};

/* -1 when the store cannot be read. */
int flow_rows_open(struct flow_rows *rows, struct local_store *store, struct error *error);
/* What was not written is lost. */
void flow_rows_dispose(struct flow_rows *rows);

/* A zeroed row, to be filled. It moves with the next one. */
struct flow_row *flow_rows_add(struct flow_rows *rows, enum flow_row_kind kind);
/* The row of a node's beginning while it waits to be written; else NULL. */
struct flow_row *flow_rows_find(struct flow_rows *rows, long long id);
/* Writes all that waits. On failure it is lost. */
int flow_rows_write(struct flow_rows *rows, struct error *error);

#endif
