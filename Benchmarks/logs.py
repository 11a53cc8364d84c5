"""Measurements of what goes through the log: how soon, how fast again, and how it is with very much of it."""

import contextlib
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import time

from common import BIN, row, run
from processes import Processes


class Logs(Processes):
    """Mixed into the benchmark. `bootstrap` is a Kafka of one's own, or none."""

    bootstrap: str | None = None

    # --- latency

    def latency(self):
        """Kafka's timestamp to row, 100 bulletins a second in 12 partitions; wants a Kafka (--bootstrap-servers)."""
        rate, seconds = (100, 3) if self.quick else (100, 40)
        count = rate * seconds
        dump = self.folder / "paced"
        with self.broker(12, self.corpus(count, "paced-files")) as address:
            run(self.program("kafka"), "dump", address, "bulletins", count, dump)
        times = []
        for number in range(1 if self.quick else 3):
            if self.bootstrap:
                topic = f"latency-{os.getpid()}-{number}"
                run(BIN / "bulletin-ingestor", "publish", "--bootstrap-servers", self.bootstrap, "--topic", topic,
                    "--partitions", 12, self.corpus(1, "first"))
                times += self.latencies(self.bootstrap, topic, dump, rate, count + 1)
            else:
                with self.broker(12) as address:
                    # The embedded broker answers an empty fetch when its time is up, and never sooner.
                    times += self.latencies(address, "bulletins", dump, rate, count, "--kafka", "fetch.wait.max.ms=5")
        times.sort()
        broker = "Kafka" if self.bootstrap else "embedded broker"
        for name, quantile, target in [("p50", 0.5, 15), ("p99", 0.99, 60)]:
            value = times[min(len(times) - 1, int(len(times) * quantile))]
            yield row(f"published to row at {rate}/s, {broker}, {name}", value, "ms", target=f"<= {target} ms",
                      met=value <= target if self.bootstrap else None)

    def latencies(self, address: str, topic: str, dump, rate: int, count: int, *options) -> list[int]:
        """Milliseconds from each record's timestamp to its row, but for those of the first seconds."""
        data = self.folder / "latency"
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir()
        process = subprocess.Popen(
            [BIN / "bulletin-indexer", "run", "--bootstrap-servers", address, "--topic", topic, "--data-dir", data,
             "--group", f"bench-{time.monotonic()}", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            # Joining takes some seconds; a partition's file is made when it is assigned.
            while len(list(data.rglob("*.sqlite"))) < 12:
                time.sleep(0.1)
            time.sleep(2)
            start = time.time() * 1000
            run(self.program("kafka"), "pace", address, topic, dump, rate)
            deadline = time.monotonic() + 30
            while self.stored(data) < count:
                if time.monotonic() > deadline:
                    raise RuntimeError("not everything was indexed")
                time.sleep(0.2)
        finally:
            process.terminate()
            process.wait()
        times = []
        for file in data.rglob("*.sqlite"):
            with contextlib.closing(sqlite3.connect(file)) as database:
                times += [indexed - recorded for recorded, indexed in
                          database.execute("SELECT recorded_at, indexed_at FROM traces WHERE recorded_at > ?",
                                           (start + 1000,))]
        return times

    # --- rebuild

    def rebuild(self):
        """Bytes of events a second by which files are made anew, as many at a time as there are cores."""
        # More than that the embedded broker does not keep.
        count = 400 if self.quick else 8000
        data = self.folder / "rebuilt"
        with self.broker(4, self.corpus(count, "four")) as address:
            read = json.loads(run(self.program("kafka"), "consume", address, "bulletins", count).stdout)
            self.indexed(address, data, count)
            copy = self.folder / "rebuilt-floor.sqlite"
            elapsed = []

            def rebuilt() -> float:
                start = time.monotonic()
                seconds = self.measured(BIN / "bulletin-indexer", "rebuild", "--bootstrap-servers", address, "--data-dir", data)[0]
                elapsed.append(time.monotonic() - start)
                return seconds

            def floor() -> float:
                return sum(json.loads(run(self.program("index"), file, copy, 500).stdout)["processorSeconds"]
                           for file in data.rglob("*.sqlite"))

            ours, theirs = self.alternating(rebuilt, floor)
        megabytes = read["bytes"] / 1e6
        yield row("rebuild, of one core", megabytes / ours, "MB of events/processor s", "rows and tokens in C",
                  theirs and megabytes / theirs, ">= 25 MB/s or 0.8 x",
                  megabytes / ours >= 25 or bool(theirs and ours <= theirs / 0.8))
        yield row("rebuild, elapsed", megabytes / statistics.median(elapsed), "MB of events/s", target=">= 50 MB/s",
                  met=megabytes / statistics.median(elapsed) >= 50)

    # --- very much

    def million(self):
        """10⁴, 10⁵ and 10⁶ bulletins through `bulletins up`: memory must not grow; then searches of what is there."""
        counts = [200, 400] if self.quick else [10_000, 100_000, 1_000_000]
        first = None
        for count in counts:
            files, data = self.folder / "very-many", self.folder / "very-many-data"
            for folder in (files, data):
                shutil.rmtree(folder, ignore_errors=True)
            self.corpus(count, "very-many")
            start = time.monotonic()
            seconds, peak = self.measured(BIN / "bulletins", "up", files, "--partitions", 12, "--data-dir", data)
            rate = count / (time.monotonic() - start)
            first = first or peak
            yield row(f"up, {count:,}, memory", peak, "MB", f"{counts[0]:,}", first, "< 200 MB, flat",
                      peak < 200 and peak <= 1.25 * first)
            yield row(f"up, {count:,}, rate", rate, "bulletins/s", "a processor second", count / seconds)
            # The first one looks what the files are; from then on they are warm.
            self.asked(data)
            for name, value, target in self.asked(data):
                yield row(f"search of {count:,}, processor time, {name}", value, "ms", target=f"<= {target} ms",
                          met=value <= target)

    def asked(self, data):
        times = []
        for _ in range(1 if self.quick else 10):
            for query in self.QUERIES:
                times.append(self.measured(BIN / "bulletins", "search", query, "--limit", 10, "--data-dir", data)[0] * 1000)
        times.sort()
        return [(name, times[min(len(times) - 1, int(len(times) * quantile))], target)
                for name, quantile, target in [("p50", 0.5, 10), ("p99", 0.99, 60)]]
