/* SQLite's memory. */
#ifndef ATTIO_LOCAL_SQL_MEM_H
#define ATTIO_LOCAL_SQL_MEM_H

/* Leads it through base/mem.h. Before SQLite is used, in a process with one thread. What a
 * transaction had written when the memory ran out is undone by who opens the store next, as after
 * any end of the process. */
void sql_use_mem(void);

#endif
