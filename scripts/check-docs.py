#!/usr/bin/env python3
"""Runs the examples of the documentation and compares what they print with what stands there.

    check-docs.py --bin DIR FILE…           fails, with a diff, where an example is not true
    check-docs.py --bin DIR --update FILE…  writes what is printed into the files

An example is a block of the language `console`: `$ command`, then what it prints, standard error included, and `[exit N]`
where it fails. A line `...` stands for any lines. `<!-- setup: command -->` runs unseen. Each file has a folder of its
own, in which Examples/ lies.
"""
import argparse, difflib, os, pathlib, re, signal, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
started = []  # A session of its own for each example, ended with what it left in the background.


def end_everything():
    for session in started:
        try:
            os.killpg(session, signal.SIGTERM)
        except ProcessLookupError:
            pass


def run(command, folder, environment):
    process = subprocess.Popen(["bash", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, start_new_session=True)
    started.append(process.pid)
    output, _ = process.communicate(timeout=300)
    lines = output.decode("utf-8", "replace").rstrip("\n").split("\n") if output.strip() else []
    lines = [line.rstrip() for line in lines]
    return lines + ([f"[exit {process.returncode}]"] if process.returncode else [])


def without_chance(line):
    """A line without what differs from run to run: the name of an embedded cluster, the partition that was first to fail."""
    return re.sub(r"partition-\d{5}", "partition-N", re.sub(r"mockCluster[0-9a-f]+", "mockCluster", line))


def matches(expected, printed):
    expected, printed = [[without_chance(line) for line in lines] for lines in (expected, printed)]
    parts = [[]]
    for line in expected:
        if line == "...":
            parts.append([])
        else:
            parts[-1].append(line)
    if len(parts) == 1:
        return parts[0] == printed
    first, last = parts[0], parts[-1]
    if printed[:len(first)] != first or len(printed) < len(first) + len(last) or (last and printed[-len(last):] != last):
        return False
    position = len(first)
    for part in parts[1:-1]:
        while printed[position:position + len(part)] != part:
            position += 1
            if position > len(printed):
                return False
        position += len(part)
    return True


def check(path, binaries, update):
    source = path.read_text("utf-8").split("\n")
    environment = {"PATH": f"{binaries}:{os.environ['PATH']}", "HOME": os.environ.get("HOME", "/"), "LC_ALL": "C.UTF-8", "COLUMNS": "110"}
    result, failures, count = [], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "Examples").symlink_to(ROOT / "Examples")
        index = 0
        while index < len(source):
            line = source[index]
            setup = re.fullmatch(r"<!-- setup: (.*) -->", line)
            if setup:
                run(setup[1], folder, environment)
            result.append(line)
            index += 1
            if line != "```console":
                continue
            while source[index] != "```":
                command = source[index]
                result.append(command)
                index += 1
                while command.endswith("\\"):
                    command += "\n" + source[index]
                    result.append(source[index])
                    index += 1
                expected = []
                while source[index] != "```" and not source[index].startswith("$ "):
                    expected.append(source[index])
                    index += 1
                space = [line for line in expected[-1:] if line == ""]
                expected = expected[:-1] if space else expected
                printed = run(command[2:], folder, environment)
                count += 1
                if update and "..." not in expected and not matches(expected, printed):
                    expected = printed
                elif not matches(expected, printed):
                    failures += 1
                    print(f"{path.relative_to(ROOT)}:{index}: {command}", file=sys.stderr)
                    print("\n".join(difflib.unified_diff(expected, printed, "documented", "printed", lineterm="")), file=sys.stderr)
                result += expected + space
    if update:
        path.write_text("\n".join(result), "utf-8")
    return count, failures


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--bin", required=True, help="the folder that holds the three programs")
    arguments.add_argument("--update", action="store_true")
    arguments.add_argument("files", nargs="+", type=pathlib.Path)
    options = arguments.parse_args()
    count = failures = 0
    try:
        for path in options.files:
            examples, wrong = check(path.resolve(), pathlib.Path(options.bin).resolve(), options.update)
            count, failures = count + examples, failures + wrong
    finally:
        end_everything()
    if not count:
        sys.exit("no example to run")
    print(f"{count} examples, {failures} not true")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
