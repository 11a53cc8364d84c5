/// The fourth version: indices for what queries ask of every bulletin, whose rows are long.
///
/// - Which bulletins were withdrawn: a search counts its hits without looking at their rows.
/// - The day that lists are ordered by, in place of the day of publication, by which nothing was looked up.
enum SchemaV4 {
    static let sql = """
        CREATE INDEX bulletins_withdrawn ON bulletins (bulletin_key) WHERE withdrawn_offset IS NOT NULL;
        DROP INDEX bulletins_by_published_on;
        CREATE INDEX bulletins_by_date ON bulletins (
            CASE WHEN published_on >= '0' THEN published_on WHEN event_date >= '0' THEN event_date END
        );
        """
}
