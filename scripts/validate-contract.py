#!/usr/bin/env python3
"""Checks proto-json/ against itself, and events against proto-json/, with the independent jsonschema library.

    validate-contract.py                 the schemas, their examples and the conformance documents
    validate-contract.py --events FILE   one JSON document a line (`-`: standard input), each a bulletin.published.v1
"""
import argparse, json, pathlib, sys
from jsonschema import Draft202012Validator

ROOT = pathlib.Path(__file__).resolve().parent.parent / "proto-json"


def validator(event_type):
    schema = json.loads((ROOT / f"{event_type}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def problems(check, document):
    return [f"{'/'.join(map(str, e.absolute_path)) or 'document'}: {e.message[:120]}" for e in check.iter_errors(document)]


def own_documents():
    published, withdrawn, rejected = map(validator, ("bulletin.published.v1", "bulletin.withdrawn.v1", "bulletin.rejected.v1"))
    load = lambda path: json.loads(path.read_text("utf-8"))
    cases = [("published.binary.json", published, load), ("withdrawn.binary.json", withdrawn, load), ("rejected.json", rejected, load),
             ("published.structured.json", published, lambda path: load(path)["data"])]
    failures, count = [], 0
    for name, check, read in cases:
        count += 1
        failures += [f"{name}: {p}" for p in problems(check, read(ROOT / "examples" / name))]
    for path in sorted((ROOT / "conformance" / "valid").glob("*.json")):
        count += 1
        failures += [f"valid/{path.name}: {p}" for p in problems(published, load(path))]
    for path in sorted((ROOT / "conformance" / "invalid").glob("*.json")):
        count += 1
        if not problems(published, load(path)):
            failures.append(f"invalid/{path.name}: the schema accepts it")
    return count, failures


def events(name):
    check, failures, count = validator("bulletin.published.v1"), [], 0
    with (sys.stdin if name == "-" else open(name, encoding="utf-8")) as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                count += 1
                failures += [f"{name}:{number}: {p}" for p in problems(check, json.loads(line))]
    return count, failures


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--events", metavar="FILE")
    options = arguments.parse_args()
    count, failures = events(options.events) if options.events else own_documents()
    for failure in failures:
        print(failure, file=sys.stderr)
    if not count:
        sys.exit("no document to validate")
    print(f"{count} documents, {len(failures)} problems")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
