internal import CSQLite

/// Settings of SQLite that concern the whole process.
enum SQLiteLibrary {
    /// Has to be asked before the first database is opened.
    ///
    /// SQLite counts the memory that it uses, by default and under one lock for the whole process, which every allocation
    /// takes: threads that write different files would wait for each other. Nothing here asks for that number. Where
    /// something else in the process has opened a database before, the setting is refused and the locks stay.
    static let isPrepared: Bool = bulletins_sqlite_keep_no_statistics() == SQLITE_OK
}
