#include <sqlite3.h>

/// Has SQLite keep no account of its memory; before its first use only. Swift imports no variadic functions.
static inline int understudy_sqlite3_config_memstatus_off(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }
