#!/usr/bin/env python3
"""How many machines, partitions and disks some bulletins need, from what one core was measured to do.

    scripts/capacity.py                                        # the table of docs/capacity.md
    scripts/capacity.py --bulletins 1e7 --per-second 200       # one case
    scripts/capacity.py --constants FILE                       # measured on your machine
    scripts/capacity.py --plot FILE.svg                        # hours and bytes by the number of bulletins

The model is that of docs/capacity.md, which explains each line. FILE is a JSON object with any of the constants below.
"""

import argparse
import json
import math
import sys

# Measured: Benchmarks/RESULTS.md says where and how. Times are processor time of one core.
CONSTANTS = {
    "textBytes": 1870,            # cleaned text of a bulletin
    "ingestMicroseconds": 450,    # bytes to acknowledged: read, repair, parse, publish
    "indexMicroseconds": 280,     # record to searchable
    "eventBytes": 2050,           # a record in the log, compressed
    "modelFactor": 3.8,           # bytes of the read model for each byte of text
    "fileQueryMilliseconds": 2.4, # what a search takes for each partition file, warm
    "startMilliseconds": 23,      # what it takes beside
}
# Assumed: how much of a machine may be planned with, and what a disk writes all day.
USABLE = 0.6
CORES = 2
DISK_MEGABYTES_PER_SECOND = 100
# Written for each byte of the read model: log, checkpoint, and the index's merges.
WRITES_PER_BYTE = 6


def plan(constants: dict, bulletins: float, per_second: float, rebuild_hours: float, replicas: int) -> dict:
    """What a corpus of some bulletins, more arriving each second, needs; rebuilt from the log within some hours."""
    core = 1e6 * USABLE
    model = bulletins * constants["textBytes"] * constants["modelFactor"]
    index_seconds = bulletins * constants["indexMicroseconds"] / core
    live = per_second * constants["indexMicroseconds"] / core
    rebuild = index_seconds / (rebuild_hours * 3600)
    written = model * WRITES_PER_BYTE / 1e6 / DISK_MEGABYTES_PER_SECOND / (rebuild_hours * 3600)
    indexers = max(1, math.ceil(max(live, rebuild) / CORES), math.ceil(written))
    # A spare for growth: partitions cannot be added later. Each worker fills one core at most.
    partitions = max(6, 2 ** math.ceil(math.log2(2 * indexers * CORES)))
    return {
        "bulletins": bulletins,
        "perSecond": per_second,
        "ingestorCores": per_second * constants["ingestMicroseconds"] / core,
        "indexerCores": live,
        "indexers": indexers,
        "partitions": partitions,
        "rebuildHours": max(index_seconds / (indexers * CORES) / 3600,
                            model * WRITES_PER_BYTE / 1e6 / DISK_MEGABYTES_PER_SECOND / indexers / 3600),
        "logBytes": bulletins * constants["eventBytes"] * replicas,
        "modelBytes": model,
        "modelBytesPerFile": model / partitions,
        "queryMilliseconds": constants["startMilliseconds"] + partitions * constants["fileQueryMilliseconds"],
    }


def size(count: float) -> str:
    for unit in ["B", "KB", "MB", "GB", "TB"]:
        if count < 1000 or unit == "TB":
            return f"{count:.3g} {unit}"
        count /= 1000
    raise AssertionError


def table(plans: list[dict]) -> str:
    lines = ["| bulletins | new per second | ingestor cores | indexers of 2 cores | partitions | rebuild | log, 3 copies | read model | a file | a query |",
             "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"]
    for item in plans:
        lines.append(
            f'| {item["bulletins"]:,.0f} | {item["perSecond"]:g} | {item["ingestorCores"]:.2g} | {item["indexers"]} | '
            f'{item["partitions"]} | {item["rebuildHours"]:.2g} h | {size(item["logBytes"])} | {size(item["modelBytes"])} | '
            f'{size(item["modelBytesPerFile"])} | {item["queryMilliseconds"]:.0f} ms |')
    return "\n".join(lines)


def plot(constants: dict, path: str, replicas: int) -> None:
    try:
        import matplotlib
    except ImportError:
        sys.exit("error: --plot needs matplotlib: pip install matplotlib")
    matplotlib.use("Agg")
    import matplotlib.pyplot as pyplot
    matplotlib.rcParams["svg.hashsalt"] = "bulletins"
    counts = [10 ** (exponent / 4) for exponent in range(16, 33)]
    figure, (time, disk) = pyplot.subplots(1, 2, figsize=(9, 3.6))
    for indexers in [1, 4, 16]:
        hours = [count * constants["indexMicroseconds"] / 1e6 / USABLE / CORES / indexers / 3600 for count in counts]
        time.loglog(counts, hours, label=f"{indexers} × {CORES} cores")
    time.axhline(8, color="grey", linewidth=0.8, linestyle=":")
    time.set(xlabel="bulletins", ylabel="hours", title="Filling the read model (processors alone)")
    time.legend()
    disk.loglog(counts, [count * constants["textBytes"] * constants["modelFactor"] / 1e9 for count in counts],
                label="read model")
    disk.loglog(counts, [count * constants["eventBytes"] * replicas / 1e9 for count in counts], label=f"log, {replicas} copies")
    disk.loglog(counts, [count * constants["textBytes"] / 1e9 for count in counts], label="text", linestyle=":")
    disk.set(xlabel="bulletins", ylabel="GB", title="Disk")
    disk.legend()
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None} if path.endswith(".svg") else None)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bulletins", type=float)
    parser.add_argument("--per-second", type=float, default=10)
    parser.add_argument("--rebuild-hours", type=float, default=8, help="how long filling all anew may take (default 8)")
    parser.add_argument("--replicas", type=int, default=3, help="copies that Kafka keeps (default 3)")
    parser.add_argument("--constants", metavar="FILE")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--plot", metavar="FILE")
    options = parser.parse_args()
    constants = dict(CONSTANTS)
    if options.constants:
        with open(options.constants, encoding="utf-8") as file:
            given = json.load(file)
        if unknown := set(given) - set(constants):
            sys.exit(f"error: {options.constants}: no such constant: {', '.join(sorted(unknown))}")
        constants.update(given)
    if options.plot:
        plot(constants, options.plot, options.replicas)
        return 0
    cases = [(options.bulletins, options.per_second)] if options.bulletins else [
        (1e5, 1), (1e6, 10), (1e7, 100), (1e8, 1000)]
    plans = [plan(constants, *case, options.rebuild_hours, options.replicas) for case in cases]
    print(json.dumps(plans, indent=2) if options.json else table(plans))
    return 0


if __name__ == "__main__":
    sys.exit(main())
