#include "fault_vfs.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

// What a write or a cut replaced; kept until a sync secures it.
typedef struct change {
    struct change *earlier;
    sqlite3_int64 offset;
    sqlite3_int64 old_size;
    int length;   // of old bytes
    char bytes[]; // what stood there
} change;

typedef struct {
    sqlite3_file base;
    int watched;
    change *unsecured; // the latest first
    sqlite3_file *real; // lies behind this struct
} fault_file;

static struct {
    pthread_mutex_t lock;
    char folder[1024];
    enum fault_kind kind;
    long countdown;
    long operations;
    unsigned random;
    int dead; // the power is gone
} state = {.lock = PTHREAD_MUTEX_INITIALIZER};

static sqlite3_vfs *system_vfs;

static int is_armed_folder(const char *path) {
    pthread_mutex_lock(&state.lock);
    size_t length = strlen(state.folder);
    int inside = path && length && strncmp(path, state.folder, length) == 0;
    pthread_mutex_unlock(&state.lock);
    return inside;
}

static int power_is_gone(void) {
    pthread_mutex_lock(&state.lock);
    int dead = state.dead;
    pthread_mutex_unlock(&state.lock);
    return dead;
}

// Counts an operation that changes a file; `failure` is what it is told if the disk breaks here.
static int strike(const fault_file *file, int failure) {
    if (!file->watched) return SQLITE_OK;
    pthread_mutex_lock(&state.lock);
    state.operations++;
    int result = SQLITE_OK;
    if (state.dead) {
        result = failure;
    } else if (state.countdown && state.operations >= state.countdown) {
        switch (state.kind) {
        case FAULT_ONCE:
            if (state.operations == state.countdown) result = failure;
            break;
        case FAULT_FULL:
            // A full disk refuses what needs room; syncs work.
            if (failure == SQLITE_IOERR_WRITE) result = SQLITE_FULL;
            break;
        case FAULT_POWER_LOSS:
            state.dead = 1;
            result = failure;
            break;
        }
    }
    pthread_mutex_unlock(&state.lock);
    return result;
}

static unsigned next_random(void) {
    pthread_mutex_lock(&state.lock);
    // xorshift32
    state.random ^= state.random << 13;
    state.random ^= state.random >> 17;
    state.random ^= state.random << 5;
    unsigned value = state.random;
    pthread_mutex_unlock(&state.lock);
    return value;
}

static void forget(fault_file *file) {
    while (file->unsecured) {
        change *earlier = file->unsecured->earlier;
        sqlite3_free(file->unsecured);
        file->unsecured = earlier;
    }
}

static int remember(fault_file *file, sqlite3_int64 offset, sqlite3_int64 length) {
    if (!file->watched) return SQLITE_OK;
    sqlite3_int64 size = 0;
    int code = file->real->pMethods->xFileSize(file->real, &size);
    if (code != SQLITE_OK) return code;
    sqlite3_int64 kept = size <= offset ? 0 : (size - offset < length ? size - offset : length);
    change *record = sqlite3_malloc64(sizeof(change) + (sqlite3_uint64)kept);
    if (!record) return SQLITE_NOMEM;
    *record = (change){file->unsecured, offset, size, (int)kept};
    code = kept ? file->real->pMethods->xRead(file->real, record->bytes, (int)kept, offset) : SQLITE_OK;
    if (code != SQLITE_OK) {
        sqlite3_free(record);
        return code;
    }
    file->unsecured = record;
    return SQLITE_OK;
}

// Takes back a random part of what no sync secured, as a disk does that orders its writes itself.
static void lose_unsecured(fault_file *file) {
    for (change *record = file->unsecured; record; record = record->earlier) {
        if (next_random() & 1) continue;
        if (record->length) {
            file->real->pMethods->xWrite(file->real, record->bytes, record->length, record->offset);
        }
        sqlite3_int64 size = 0;
        file->real->pMethods->xFileSize(file->real, &size);
        // Only the end can be missing: a hole in the middle would read as zeros, and writes behind it may have stayed.
        if (size > record->old_size && !record->length) {
            file->real->pMethods->xTruncate(file->real, record->old_size);
        }
    }
}

static int fault_close(sqlite3_file *base) {
    fault_file *file = (fault_file *)base;
    if (file->watched && power_is_gone()) lose_unsecured(file);
    forget(file);
    return file->real->pMethods ? file->real->pMethods->xClose(file->real) : SQLITE_OK;
}

static int fault_read(sqlite3_file *base, void *to, int length, sqlite3_int64 offset) {
    fault_file *file = (fault_file *)base;
    if (file->watched && power_is_gone()) return SQLITE_IOERR_READ;
    return file->real->pMethods->xRead(file->real, to, length, offset);
}

static int fault_write(sqlite3_file *base, const void *from, int length, sqlite3_int64 offset) {
    fault_file *file = (fault_file *)base;
    int code = strike(file, SQLITE_IOERR_WRITE);
    if (code == SQLITE_OK) code = remember(file, offset, length);
    return code != SQLITE_OK ? code : file->real->pMethods->xWrite(file->real, from, length, offset);
}

static int fault_truncate(sqlite3_file *base, sqlite3_int64 size) {
    fault_file *file = (fault_file *)base;
    int code = strike(file, SQLITE_IOERR_TRUNCATE);
    sqlite3_int64 before = 0;
    if (code == SQLITE_OK) code = file->real->pMethods->xFileSize(file->real, &before);
    if (code == SQLITE_OK && before > size) code = remember(file, size, before - size);
    return code != SQLITE_OK ? code : file->real->pMethods->xTruncate(file->real, size);
}

static int fault_sync(sqlite3_file *base, int flags) {
    fault_file *file = (fault_file *)base;
    int code = strike(file, SQLITE_IOERR_FSYNC);
    if (code == SQLITE_OK) code = file->real->pMethods->xSync(file->real, flags);
    if (code == SQLITE_OK) forget(file);
    return code;
}

// The rest is the system's.
#define REAL(base) (((fault_file *)(base))->real)
#define CALL(base, method, ...) REAL(base)->pMethods->method(REAL(base), ##__VA_ARGS__)

static int fault_size(sqlite3_file *b, sqlite3_int64 *size) { return CALL(b, xFileSize, size); }
static int fault_lock(sqlite3_file *b, int level) { return CALL(b, xLock, level); }
static int fault_unlock(sqlite3_file *b, int level) { return CALL(b, xUnlock, level); }
static int fault_reserved(sqlite3_file *b, int *out) { return CALL(b, xCheckReservedLock, out); }
static int fault_control(sqlite3_file *b, int op, void *arg) { return CALL(b, xFileControl, op, arg); }
static int fault_sector(sqlite3_file *b) { return CALL(b, xSectorSize); }
static int fault_device(sqlite3_file *b) { return CALL(b, xDeviceCharacteristics); }
static int fault_shm_map(sqlite3_file *b, int page, int size, int extend, void volatile **out) {
    return CALL(b, xShmMap, page, size, extend, out);
}
static int fault_shm_lock(sqlite3_file *b, int offset, int n, int flags) { return CALL(b, xShmLock, offset, n, flags); }
static void fault_shm_barrier(sqlite3_file *b) { CALL(b, xShmBarrier); }
static int fault_shm_unmap(sqlite3_file *b, int remove) { return CALL(b, xShmUnmap, remove); }

// Version 2: no memory-mapped reads, so that every access passes here.
static const sqlite3_io_methods methods = {
    2, fault_close, fault_read, fault_write, fault_truncate, fault_sync, fault_size, fault_lock, fault_unlock,
    fault_reserved, fault_control, fault_sector, fault_device, fault_shm_map, fault_shm_lock, fault_shm_barrier,
    fault_shm_unmap, NULL, NULL,
};

static int fault_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *out) {
    (void)vfs;
    fault_file *file = (fault_file *)base;
    *file = (fault_file){.real = (sqlite3_file *)(file + 1)};
    file->real->pMethods = NULL;
    file->watched = is_armed_folder(path);
    if (file->watched && power_is_gone()) return SQLITE_CANTOPEN;
    int code = system_vfs->xOpen(system_vfs, path, file->real, flags, out);
    // SQLite closes a file that could not be opened only if it has methods.
    base->pMethods = file->real->pMethods ? &methods : NULL;
    return code;
}

int fault_vfs_install(void) {
    static sqlite3_vfs own;
    static int is_installed;
    pthread_mutex_lock(&state.lock);
    int code = SQLITE_OK;
    if (!is_installed) {
        code = sqlite3_initialize();
        system_vfs = code == SQLITE_OK ? sqlite3_vfs_find(NULL) : NULL;
        if (system_vfs) {
            own = *system_vfs;
            own.zName = "bulletins-fault";
            own.pNext = NULL;
            own.szOsFile = (int)sizeof(fault_file) + system_vfs->szOsFile;
            own.xOpen = fault_open;
            code = sqlite3_vfs_register(&own, 1);
            is_installed = code == SQLITE_OK;
        }
    }
    pthread_mutex_unlock(&state.lock);
    return code;
}

void fault_vfs_arm(const char *folder, enum fault_kind kind, long countdown, unsigned seed) {
    pthread_mutex_lock(&state.lock);
    strncpy(state.folder, folder, sizeof state.folder - 1);
    state.kind = kind;
    state.countdown = countdown;
    state.operations = 0;
    state.random = seed ? seed : 1;
    state.dead = 0;
    pthread_mutex_unlock(&state.lock);
}

long fault_vfs_disarm(void) {
    pthread_mutex_lock(&state.lock);
    long operations = state.operations;
    state.folder[0] = 0;
    state.countdown = 0;
    state.dead = 0;
    pthread_mutex_unlock(&state.lock);
    return operations;
}
