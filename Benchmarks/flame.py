#!/usr/bin/env python3
"""Draws where a program's time goes: samples of `perf` as a flame graph (SVG).

    perf record -F 499 --call-graph dwarf,16384 -o /tmp/perf.data -- PROGRAM …
    perf script -i /tmp/perf.data --no-inline | swift demangle --simplified \\
        | Benchmarks/flame.py --title "index" > Benchmarks/flames/index.svg

Who called is below, who was called above; the width is the share of samples; the order within a row is the alphabet's. A
tooltip has the whole name. What is narrower than --least of the whole is left out. --folded prints `a;b;c COUNT` instead.
"""

import argparse
import collections
import html
import re
import sys

# Addresses, offsets and arguments tell nothing in a picture.
OFFSET = re.compile(r"\+0x[0-9a-f]+$")
FRAME = re.compile(r"^\s*[0-9a-f]+ (.+) \((.+)\)$")
# How a call gets to where it is going: no time of its own.
PLUMBING = (r"^(partial apply|thunk|closure #\d+ in (closure #\d+ in )*static DedicatedThread|NSThreadStart|Thread\.main|Result<"
            r"|reabstraction)|ispatch|SerializedDatabase|DatabaseQueue\.|withExtendedLifetime|^(clone3|start_thread|_start"
            r"|__libc_start)")
ROW, WIDTH, FONT = 16, 1200, 11
KERNEL, C, SWIFT, RUNTIME = "#b0b0b0", "#d9c27a", "#e0805a", "#a7b8d8"


def samples(lines):
    """Each sample as a list of (function, library), the innermost first."""
    frames = []
    for line in lines:
        if not line.strip():
            if frames:
                yield frames
            frames = []
        elif match := FRAME.match(line):
            frames.append((OFFSET.sub("", match[1]), match[2].rsplit("/", 1)[-1]))
    if frames:
        yield frames


def stacks(lines, skipped=PLUMBING):
    """Each sample as a list of (function, library), the outermost first, without what matches `skipped`."""
    skipped = re.compile(skipped)
    for frames in samples(lines):
        stack = []
        for name, library in reversed(frames):
            if name == "[unknown]":
                # A library without symbols; unwinding that was cut short has no library either.
                name = library.split(".so")[0]
            if not skipped.search(name) and (name, library) != (stack[-1] if stack else None) and name != "[unknown]":
                stack.append((name, library))
        yield stack or [("[unknown]", "")]


class Node:
    def __init__(self, name, library):
        self.name, self.library, self.count, self.children = name, library, 0, {}


def tree(found, root_at):
    root = Node("all", "")
    for sample in found:
        if root_at:
            # From the innermost match on: what called it is the same for all.
            at = [index for index, (name, _) in enumerate(sample) if root_at in name]
            if not at:
                continue
            sample = sample[at[-1]:]
        root.count += 1
        node = root
        for name, library in sample:
            node = node.children.setdefault((name, library), Node(name, library))
            node.count += 1
    return root


def short(name):
    """A Swift function without its types, which no box has room for."""
    name = re.sub(r"^(closure #\d+ in |implicit closure #\d+ in |specialized |merged |protocol witness for "
                  r"|partial apply for )+", "", name)
    name = re.sub(r"<[^<>]*>", "", name)
    return name.split("(")[0] or name


def color(node):
    if node.library.startswith("[kernel") or node.library in ("[unknown]", "[vdso]"):
        return KERNEL
    if node.name.startswith(("swift_", "_swift", "swift::")):
        return RUNTIME
    return SWIFT if "." in node.name or " in " in node.name else C


def draw(root, title, least):
    boxes, deepest = [], 0

    def place(node, left, depth):
        nonlocal deepest
        deepest = max(deepest, depth)
        boxes.append((node, left, depth))
        for child in sorted(node.children.values(), key=lambda child: child.name):
            if child.count >= least * root.count:
                place(child, left, depth + 1)
            left += child.count

    place(root, 0, 0)
    height = (deepest + 1) * ROW + 40
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" '
           f'font-size="{FONT}"><rect width="100%" height="100%" fill="white"/>'
           f'<text x="6" y="18" font-size="14">{html.escape(title)}: {root.count} samples</text>')
    scale = WIDTH / root.count
    for node, left, depth in boxes:
        x, y, width = left * scale, height - 6 - (depth + 1) * ROW, node.count * scale
        label = short(node.name)
        room = int((width - 4) / (FONT * 0.56))
        text = label if len(label) <= room else label[:room - 1] + "…" if room > 3 else ""
        full = f"{node.name[:160]} [{node.library}] {100 * node.count / root.count:.1f} %"
        yield (f'<g><title>{html.escape(full)}</title><rect x="{x:.1f}" y="{y}" width="{max(0.3, width - 0.4):.1f}" '
               f'height="{ROW - 1}" fill="{color(node)}"/>'
               + (f'<text x="{x + 2:.1f}" y="{y + 11}">{html.escape(text)}</text>' if text else "") + "</g>")
    yield "</svg>"


def folded(found):
    counts = collections.Counter(";".join(name.replace(";", ",") for name, _ in sample) for sample in found)
    for stack, count in sorted(counts.items()):
        yield f"{stack} {count}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--title", default="samples")
    parser.add_argument("--root", help="draw what is called by functions whose name contains this")
    parser.add_argument("--skip", default=PLUMBING, help="leave out frames that match (thunks, threads, queues)")
    parser.add_argument("--least", type=float, default=0.004, help="the narrowest box, as a share of the whole (0.004)")
    parser.add_argument("--folded", action="store_true")
    options = parser.parse_args()
    found = stacks(sys.stdin, options.skip)
    if options.folded:
        print(*folded(found), sep="\n")
        return 0
    root = tree(found, options.root)
    if not root.count:
        print("flame.py: no samples: is that the output of `perf script`?", file=sys.stderr)
        return 1
    print(*draw(root, options.title, options.least), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
