/* The schema of a flow file: what `attio flow save` writes and `attio flow replay` reads. */
#ifndef ATTIO_CLI_SCHEMA_FLOW_H
#define ATTIO_CLI_SCHEMA_FLOW_H

/* Lines of the whole document; ends with NULL. */
extern const char *const schema_flow_lines[];

#endif
