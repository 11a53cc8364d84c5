"""The indexer that people would write: confluent-kafka, json and sqlite3, five tables, FTS5 with trigrams, batches of 500.

    index.py --bootstrap-servers HOST:PORT --topic NAME --count N --output FILE

Ends when N records are stored; prints a line of JSON. Offsets are kept in the file, so that this one is exactly-once too.
"""

import argparse
import json
import resource
import sqlite3
import sys
import time

import confluent_kafka

SCHEMA = """
CREATE TABLE IF NOT EXISTS bulletins (id TEXT PRIMARY KEY, kind TEXT, title TEXT, source TEXT, published_on TEXT,
    event_date TEXT, place TEXT, document_number TEXT, url TEXT, body TEXT, raw TEXT);
CREATE TABLE IF NOT EXISTS people (bulletin TEXT, name TEXT, roles TEXT);
CREATE INDEX IF NOT EXISTS people_by_name ON people (name);
CREATE TABLE IF NOT EXISTS organizations (bulletin TEXT, name TEXT, canonical_name TEXT);
CREATE INDEX IF NOT EXISTS organizations_by_name ON organizations (name);
CREATE TABLE IF NOT EXISTS directives (bulletin TEXT, sequence INTEGER, speaker TEXT, responsible TEXT, text TEXT,
    deadline TEXT);
CREATE TABLE IF NOT EXISTS offsets (partition INTEGER PRIMARY KEY, next_offset INTEGER);
CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5 (id UNINDEXED, title, body, tokenize = 'trigram');
"""


def store(database: sqlite3.Connection, messages: list) -> None:
    bulletins, people, organizations, directives, search, offsets = [], [], [], [], [], {}
    for message in messages:
        event = json.loads(message.value())
        key, body = event["id"], "\n".join(event["paragraphs"])
        bulletins.append((key, event["kind"], event["title"], event["source"], event["publishedOn"], event["eventDate"],
                          event["place"], event["documentNumber"], event["url"], body, event["raw"]))
        people += [(key, person["name"], json.dumps(person["roles"], ensure_ascii=False)) for person in event["people"]]
        organizations += [(key, item["name"], item.get("canonicalName")) for item in event["organizations"]]
        directives += [(key, item["sequence"], item.get("speaker"), json.dumps(item["responsible"], ensure_ascii=False),
                        item["text"], item.get("deadline")) for item in event["directives"]]
        search.append((key, event["title"], body))
        offsets[message.partition()] = message.offset() + 1
    with database:
        database.executemany("INSERT OR REPLACE INTO bulletins VALUES (?,?,?,?,?,?,?,?,?,?,?)", bulletins)
        database.executemany("INSERT INTO people VALUES (?,?,?)", people)
        database.executemany("INSERT INTO organizations VALUES (?,?,?)", organizations)
        database.executemany("INSERT INTO directives VALUES (?,?,?,?,?,?)", directives)
        database.executemany("INSERT INTO search VALUES (?,?,?)", search)
        database.executemany("INSERT OR REPLACE INTO offsets VALUES (?,?)", list(offsets.items()))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bootstrap-servers", required=True)
    parser.add_argument("--topic", default="bulletins")
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--output", required=True)
    options = parser.parse_args()

    database = sqlite3.connect(options.output)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.executescript(SCHEMA)
    consumer = confluent_kafka.Consumer({"bootstrap.servers": options.bootstrap_servers, "group.id": "script",
                                         "auto.offset.reset": "earliest", "enable.auto.commit": False})
    consumer.subscribe([options.topic])
    stored, start = 0, None
    while stored < options.count:
        messages = [message for message in consumer.consume(500, timeout=0.5) if message.error() is None]
        if not messages:
            continue
        # Joining the group takes seconds that no indexing is done in.
        start = start or time.monotonic()
        store(database, messages)
        stored += len(messages)
    elapsed = time.monotonic() - start
    consumer.close()
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"documents": stored, "documentsPerSecond": round(stored / elapsed, 1),
                      "processorSeconds": round(usage.ru_utime + usage.ru_stime, 2),
                      "peakKilobytes": usage.ru_maxrss}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
