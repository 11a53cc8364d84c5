/* The floor of indexing: the same rows, the same tokens, the same transactions, and nothing else.
 *
 *     index SOURCE.sqlite OUTPUT.sqlite RECORDS-PER-TRANSACTION
 *
 * Reads what an indexer has written into memory, rows and tokens, and writes it into a new file with the statements that
 * the indexer uses. Prints the processor time of the writing alone as a line of JSON.
 *
 *     cc -O2 -o index index.c -lsqlite3
 */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static sqlite3 *source, *output;

static void fail(sqlite3 *database, const char *what) {
    fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(database));
    exit(70);
}

static sqlite3_stmt *prepare(sqlite3 *database, const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) fail(database, sql);
    return statement;
}

static void execute(const char *sql) {
    if (sqlite3_exec(output, sql, NULL, NULL, NULL) != SQLITE_OK) fail(output, sql);
}

/* The tables in the order in which the indexer fills them. Generated columns are not written. */
static const char *names[] = {
    "bulletins", "raw_texts", "paragraphs", "people", "person_roles", "organizations", "directive_rows",
    "directive_responsibles", "documents", "quoted_terms", "attendees", "places", "text_sketches",
};
enum { TABLES = sizeof names / sizeof *names };

struct table {
    int columns, key;       /* key: which column is bulletin_key */
    long rows, next;
    sqlite3_value **values; /* rows * columns */
    sqlite3_stmt *insert;
} tables[TABLES];

static void read_table(struct table *table, const char *name) {
    char sql[4000], columns[2000] = "", marks[200] = "";
    sqlite3_stmt *info = prepare(source, "SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0");
    sqlite3_bind_text(info, 1, name, -1, SQLITE_STATIC);
    while (sqlite3_step(info) == SQLITE_ROW) {
        const char *column = (const char *)sqlite3_column_text(info, 0);
        if (!strcmp(column, "bulletin_key")) table->key = table->columns;
        strcat(strcat(columns, table->columns ? ", " : ""), column);
        strcat(marks, table->columns ? ", ?" : "?");
        table->columns++;
    }
    sqlite3_finalize(info);
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", name);
    sqlite3_stmt *count = prepare(source, sql);
    sqlite3_step(count);
    table->rows = sqlite3_column_int64(count, 0);
    sqlite3_finalize(count);
    table->values = calloc(table->rows * table->columns + 1, sizeof *table->values);
    snprintf(sql, sizeof sql, "SELECT %s FROM %s ORDER BY bulletin_key", columns, name);
    sqlite3_stmt *rows = prepare(source, sql);
    for (long row = 0; sqlite3_step(rows) == SQLITE_ROW; row++)
        for (int column = 0; column < table->columns; column++)
            table->values[row * table->columns + column] = sqlite3_value_dup(sqlite3_column_value(rows, column));
    sqlite3_finalize(rows);
    snprintf(sql, sizeof sql, "INSERT INTO %s (%s) VALUES (%s)", name, columns, marks);
    table->insert = prepare(output, sql);
}

/* The tokens of each bulletin as the indexer gave them to FTS5, from the index itself: one text for each column. */
struct text {
    char *bytes;
    size_t length, room;
};
static struct text *bodies, *titles;

static void add(struct text *text, const char *term, size_t length) {
    if (text->length + length + 1 > text->room) text->bytes = realloc(text->bytes, text->room = 2 * text->room + length + 512);
    memcpy(text->bytes + text->length, term, length);
    text->bytes[text->length + length] = ' ';
    text->length += length + 1;
}

static void read_tokens(long last) {
    bodies = calloc(last + 1, sizeof *bodies);
    titles = calloc(last + 1, sizeof *titles);
    if (sqlite3_exec(source, "CREATE VIRTUAL TABLE temp.instances USING fts5vocab(main, bulletin_search, instance)", NULL,
                     NULL, NULL) != SQLITE_OK)
        fail(source, "fts5vocab");
    sqlite3_stmt *tokens = prepare(source, "SELECT doc, col = 'body', term FROM temp.instances ORDER BY doc, col, offset");
    while (sqlite3_step(tokens) == SQLITE_ROW) {
        long document = sqlite3_column_int64(tokens, 0);
        if (document > last) continue;
        add(sqlite3_column_int(tokens, 1) ? &bodies[document] : &titles[document],
            (const char *)sqlite3_column_text(tokens, 2), sqlite3_column_bytes(tokens, 2));
    }
    sqlite3_finalize(tokens);
}

/* The same tables, indices and views; FTS5 makes its own. */
static void copy_schema(void) {
    sqlite3_stmt *schema = prepare(
        source, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'bulletin~_search~_%' ESCAPE '~'");
    while (sqlite3_step(schema) == SQLITE_ROW) execute((const char *)sqlite3_column_text(schema, 0));
    sqlite3_finalize(schema);
    execute("INSERT INTO partition_state VALUES (1, 'c', 'bulletins', 0, 0, 0)");
}

static double seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static void step(sqlite3_stmt *statement) {
    int code = sqlite3_step(statement);
    if (code != SQLITE_DONE && code != SQLITE_ROW) fail(output, sqlite3_sql(statement));
    sqlite3_reset(statement);
}

static void bind_text(sqlite3_stmt *statement, int index, struct text *text) {
    sqlite3_bind_text64(statement, index, text->bytes ? text->bytes : "", text->length, SQLITE_STATIC, SQLITE_UTF8);
}

int main(int count, char **arguments) {
    if (count != 4) {
        fprintf(stderr, "usage: index SOURCE OUTPUT RECORDS-PER-TRANSACTION\n");
        return 64;
    }
    long batch = atol(arguments[3]);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    unlink(arguments[2]);
    if (sqlite3_open_v2(arguments[1], &source, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        fail(source, arguments[1]);
    if (sqlite3_open_v2(arguments[2], &output, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK)
        fail(output, arguments[2]);
    execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8192;"
            "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = OFF; PRAGMA wal_autocheckpoint = 2048");
    copy_schema();
    for (int table = 0; table < TABLES; table++) read_table(&tables[table], names[table]);
    struct table *bulletins = &tables[0];
    long last = bulletins->rows ? sqlite3_value_int64(bulletins->values[(bulletins->rows - 1) * bulletins->columns]) : 0;
    read_tokens(last);
    sqlite3_stmt *advance = prepare(output, "UPDATE partition_state SET next_offset = ? WHERE id = 1 AND next_offset = ?");
    sqlite3_stmt *find = prepare(output, "SELECT bulletin_key FROM bulletins WHERE id = ?");
    sqlite3_stmt *forget = prepare(output, "DELETE FROM unknown_withdrawals WHERE id = ?");
    sqlite3_stmt *tokens = prepare(output, "INSERT INTO bulletin_search (rowid, title, body) VALUES (?, ?, ?)");

    double start = seconds();
    for (long row = 0; row < bulletins->rows; row++) {
        if (row % batch == 0) {
            execute("BEGIN IMMEDIATE");
            sqlite3_bind_int64(advance, 1, row + batch);
            sqlite3_bind_int64(advance, 2, row);
            step(advance);
        }
        sqlite3_value *id = bulletins->values[row * bulletins->columns + 1];
        int64_t key = sqlite3_value_int64(bulletins->values[row * bulletins->columns]);
        sqlite3_bind_value(find, 1, id);
        step(find);
        for (int index = 0; index < TABLES; index++) {
            struct table *table = &tables[index];
            for (; table->next < table->rows; table->next++) {
                sqlite3_value **values = &table->values[table->next * table->columns];
                if (sqlite3_value_int64(values[table->key]) != key) break;
                for (int column = 0; column < table->columns; column++)
                    sqlite3_bind_value(table->insert, column + 1, values[column]);
                step(table->insert);
            }
        }
        sqlite3_bind_int64(tokens, 1, key);
        bind_text(tokens, 2, &titles[key]);
        bind_text(tokens, 3, &bodies[key]);
        step(tokens);
        sqlite3_bind_value(forget, 1, id);
        step(forget);
        if (row % batch == batch - 1 || row == bulletins->rows - 1) execute("COMMIT");
    }
    double elapsed = seconds() - start;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("{\"bulletins\": %ld, \"processorSeconds\": %.4f, \"peakKilobytes\": %ld}\n", bulletins->rows, elapsed,
           usage.ru_maxrss);
    return 0;
}
