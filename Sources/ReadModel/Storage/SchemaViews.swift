/// The views that people begin with. They are the same in all versions of the schema: what they read has kept its names.
enum SchemaViews {
    static let drop = """
        DROP VIEW v_bulletins;
        DROP VIEW v_directives;
        DROP VIEW v_responsible_organizations;
        DROP VIEW v_people;
        DROP VIEW v_documents;
        """

    static let create = """
        CREATE VIEW v_bulletins AS
        SELECT id, kind, title, source, issuer, published_on, event_date, place, document_number, url, revision,
               (SELECT group_concat(text, char(10))
                FROM (SELECT text FROM paragraphs AS p
                      WHERE p.bulletin_key = bulletins.bulletin_key ORDER BY paragraph)) AS text
        FROM bulletins
        WHERE withdrawn_offset IS NULL;

        CREATE VIEW v_directives AS
        SELECT b.id, b.title, b.source, b.published_on, b.event_date, d.sequence, d.speaker, d.speaker_text,
               (SELECT group_concat(name, '、')
                FROM (SELECT name FROM directive_responsibles AS r
                      WHERE r.bulletin_key = d.bulletin_key AND r.directive = d.directive ORDER BY position))
                   AS responsible,
               d.text, d.deadline
        FROM directives AS d JOIN bulletins AS b USING (bulletin_key)
        WHERE b.withdrawn_offset IS NULL;

        CREATE VIEW v_responsible_organizations AS
        SELECT r.name, coalesce(o.canonical_name, r.name) AS canonical_name, d.text, d.deadline, d.speaker,
               b.id, b.title, coalesce(b.event_date, b.published_on) AS date
        FROM directive_responsibles AS r
        JOIN directives AS d USING (bulletin_key, directive)
        JOIN bulletins AS b USING (bulletin_key)
        LEFT JOIN organizations AS o ON o.bulletin_key = r.bulletin_key AND o.organization = r.organization
        WHERE b.withdrawn_offset IS NULL;

        CREATE VIEW v_people AS
        SELECT p.name, r.role, b.id, b.title, coalesce(b.event_date, b.published_on) AS date
        FROM people AS p
        JOIN bulletins AS b USING (bulletin_key)
        LEFT JOIN person_roles AS r USING (bulletin_key, person)
        WHERE b.withdrawn_offset IS NULL;

        CREATE VIEW v_documents AS
        SELECT d.title, b.id, b.title AS cited_by, coalesce(b.event_date, b.published_on) AS date
        FROM documents AS d JOIN bulletins AS b USING (bulletin_key)
        WHERE b.withdrawn_offset IS NULL;
        """
}
