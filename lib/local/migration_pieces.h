/* Within the room: the tables of local/run (migrations.h). */
#ifndef ATTIO_LOCAL_MIGRATION_PIECES_H
#define ATTIO_LOCAL_MIGRATION_PIECES_H

extern const char migration_pieces[];

#endif
