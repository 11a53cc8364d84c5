#!/usr/bin/env python3
"""Writes the manual page of a program, from what its --help knows.

    deploy/debian/manual.py PROGRAM > PROGRAM.1        e.g. deploy/debian/manual.py .build/release/bulletins

The page holds every subcommand with its options; its date is that of SOURCE_DATE_EPOCH.
"""
import datetime
import json
import os
import subprocess
import sys

# See man-pages(7) and groff_man(7).
SPECIAL = str.maketrans({"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"})


def escape(text):
    text = text.translate(SPECIAL)
    return "\\&" + text if text.startswith((".", "'")) else text


def example(lines):
    return [".PP", ".nf", ".RS 4", *(escape(line.rstrip()) for line in lines), ".RE", ".fi"]


def prose(text):
    """Paragraphs and, where lines are indented, examples."""
    output = []
    for block in text.split("\n\n"):
        lines = block.split("\n")
        while lines:
            indented = lines[0].startswith("  ")
            count = next((i for i, line in enumerate(lines) if line.startswith("  ") != indented), len(lines))
            part, lines = lines[:count], lines[count:]
            output += example(line[2:] for line in part) if indented else [".PP", *(escape(line) for line in part)]
    return output


def spelling(argument):
    """`-o FILE, --output FILE`, `TEXT…`"""
    value = escape(argument.get("valueName") or "value")
    repeated = "…" if argument["isRepeating"] and argument["kind"] == "positional" else ""
    if argument["kind"] == "positional":
        return f"\\fI{value}\\fR{repeated}"
    names = []
    for name in argument["names"]:
        dashes = "\\-\\-" if name["kind"] == "long" else "\\-"
        names.append(f"\\fB{dashes}{escape(name['name'])}\\fR" + (f" \\fI{value}\\fR" if argument["kind"] == "option" else ""))
    return ", ".join(names)


def options(command):
    output = []
    for argument in command.get("arguments", []):
        if not argument.get("shouldDisplay", True):
            continue
        text = argument.get("abstract", "")
        values = argument.get("allValues") or argument.get("allValueStrings")
        if values and not any(value in text for value in values):
            text += f" One of: {', '.join(values)}."
        if argument.get("defaultValue") and "default" not in text:
            text = f"{text.rstrip('.')} (default: {argument['defaultValue']})."
        output += [".TP", spelling(argument), escape(text) or "\\&"]
    return output


def commands(command, path):
    for sub in command.get("subcommands", []):
        if sub["commandName"] == "help" or not sub.get("shouldDisplay", True):
            continue
        name = path + [sub["commandName"]]
        if sub.get("subcommands"):
            yield from commands(sub, name)
        else:
            yield name, sub


def page(program, tool, version):
    name = os.path.basename(program)
    date = datetime.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), datetime.timezone.utc)
    yield f'.TH "{escape(name.upper())}" "1" "{date:%Y-%m-%d}" "bulletins {escape(version)}" "User Commands"'
    yield ".SH NAME"
    yield f"{escape(name)} \\- {escape(tool['abstract'].rstrip('.'))}"
    yield ".SH SYNOPSIS"
    yield f"\\fB{escape(name)}\\fR \\fIcommand\\fR [\\fIoptions\\fR]"
    yield ".SH DESCRIPTION"
    yield from prose(tool.get("discussion", ""))[1:]
    yield ".SH COMMANDS"
    for path, command in commands(tool, [name]):
        yield f".SS {escape(' '.join(path))}"
        yield escape(command.get("abstract", ""))
        yield from prose(command.get("discussion", "")) if command.get("discussion") else []
        yield from options(command)
    yield ".SH SEE ALSO"
    others = [other for other in ("bulletins", "bulletin-indexer", "bulletin-ingestor") if other != name]
    yield ", ".join(f"\\fB{escape(other)}\\fR(1)" for other in others)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    program = sys.argv[1]
    help_text = subprocess.run([program, "--experimental-dump-help"], check=True, capture_output=True, text=True).stdout
    version = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout.strip()
    print("\n".join(page(program, json.loads(help_text)["command"], version)))


if __name__ == "__main__":
    main()
