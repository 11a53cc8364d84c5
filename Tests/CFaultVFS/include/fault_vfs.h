#ifndef FAULT_VFS_H
#define FAULT_VFS_H

/// A disk that breaks at a chosen moment: a VFS of SQLite (sqlite.org/vfs.html) over the system's own.
///
/// It is the process's default once it is installed, and touches only files of the one folder that is armed.

enum fault_kind {
    /// The operation fails as a broken sector does; those after it work again.
    FAULT_ONCE = 1,
    /// From this operation on the disk is full, until it is disarmed.
    FAULT_FULL = 2,
    /// From this operation on nothing works, and what no sync had secured is gone in part when the file is closed.
    FAULT_POWER_LOSS = 3,
};

/// Installs the VFS. May be called again. Returns an SQLite result code.
int fault_vfs_install(void);

/// Lets the operation number `countdown` (from 1) that changes a file under `folder` fail; 0 only counts.
/// `seed` chooses which unsecured writes a power loss takes.
void fault_vfs_arm(const char *folder, enum fault_kind kind, long countdown, unsigned seed);

/// Lets everything work again. Returns how many operations changed a file since `fault_vfs_arm`.
long fault_vfs_disarm(void);

#endif
