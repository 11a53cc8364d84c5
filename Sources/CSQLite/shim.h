#pragma once
#include <sqlite3.h>

// Swift cannot call C functions with a variable number of arguments.
static inline int bulletins_sqlite_keep_no_statistics(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
