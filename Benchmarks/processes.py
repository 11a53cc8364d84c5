"""Measurements of whole processes, beside programs in C that do the same and nothing else (floor/)."""

import contextlib
import json
import os
import pathlib
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time

from common import BASELINES, BIN, CONSUME, FLOOR, Unavailable, row, run


class Processes:
    """Mixed into the benchmark, which knows the folder, the rounds and whether to be quick."""

    # --- what measurements are made of

    def program(self, name: str) -> pathlib.Path:
        """A program of floor/, compiled."""
        path = self.folder / f"floor-{name}"
        if not path.exists():
            library = {"index": "sqlite3", "kafka": "rdkafka"}[name]
            try:
                run("cc", "-O2", "-o", path, FLOOR / f"{name}.c", f"-l{library}")
            except (OSError, subprocess.CalledProcessError) as error:
                raise Unavailable(str(error)) from error
        return path

    @contextlib.contextmanager
    def broker(self, partitions: int, files: pathlib.Path | None = None):
        """An embedded broker, with the events of some files; gives its address."""
        port = self.folder / "broker.port"
        port.unlink(missing_ok=True)
        process = subprocess.Popen([BIN / "bulletins", "broker", "--partitions", str(partitions), "--port-file", port],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while not port.exists() or not port.read_text():
                if process.poll() is not None:
                    raise RuntimeError(f"bulletins broker ended with {process.returncode}")
                time.sleep(0.05)
            address = port.read_text().strip()
            if files:
                run(BIN / "bulletin-ingestor", "publish", "--bootstrap-servers", address, files)
            yield address
        finally:
            process.terminate()
            process.wait()

    def measured(self, *command) -> tuple[float, float]:
        """Processor seconds and the most memory in MB of a command that ends by itself."""
        process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"{command[0]} ended with {process.returncode}")
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024

    def indexed(self, address: str, data: pathlib.Path, count: int, cores: str | None = None, processes: int = 1):
        """Runs indexers until `count` records are stored: processor seconds, elapsed ones from the first commit on, MB."""
        shutil.rmtree(data, ignore_errors=True)
        command = [BIN / "bulletin-indexer", "run", "--bootstrap-servers", address, "--data-dir", data, "--group",
                   f"bench-{time.monotonic()}"]
        if cores:
            command = ["taskset", "-c", cores, *command]
        started = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                   for _ in range(processes)]
        first = None
        while (stored := self.stored(data)) < count:
            if any(process.poll() is not None for process in started):
                raise RuntimeError("bulletin-indexer ended by itself")
            first = first or (stored and time.monotonic())
            time.sleep(0.02)
        elapsed = time.monotonic() - (first or time.monotonic())
        seconds, peak = 0.0, 0.0
        for process in started:
            process.terminate()
            _, _, usage = os.wait4(process.pid, 0)
            process.returncode = 0
            seconds += usage.ru_utime + usage.ru_stime
            peak = max(peak, usage.ru_maxrss / 1024)
        return seconds, elapsed, peak

    def stored(self, data: pathlib.Path) -> int:
        """How many records the files of a read model hold."""
        total = 0
        for file in data.rglob("*.sqlite"):
            # A file that is being made has no tables yet.
            with contextlib.suppress(sqlite3.Error), \
                    contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
                total += database.execute("SELECT sum(next_offset) FROM partition_state").fetchone()[0] or 0
        return total

    # --- indexing

    def index(self):
        """Records to searchable: the indexer beside a script that people would write."""
        count = 200 if self.quick else 3000
        with self.broker(4, self.corpus(count, "few")) as address:
            def theirs():
                output = self.folder / "script.sqlite"
                for file in self.folder.glob("script.sqlite*"):
                    file.unlink()
                result = subprocess.run([sys.executable, BASELINES / "index.py", "--bootstrap-servers", address,
                                         "--count", str(count), "--output", output], capture_output=True, text=True)
                if "ModuleNotFoundError" in result.stderr:
                    raise Unavailable(result.stderr)
                result.check_returncode()
                return count / json.loads(result.stdout)["processorSeconds"]

            ours, theirs = self.alternating(
                lambda: count / self.indexed(address, self.folder / "indexed", count)[0], theirs)
        yield row("index", ours, "bulletins/processor s", "Python script", theirs, ">= 2 x",
                  theirs and ours >= 2 * theirs)

    def worker(self):
        """One worker, records to searchable, beside the same rows and tokens written by a program in C."""
        # The embedded broker keeps 5 MB a partition.
        count = 200 if self.quick else 3000
        data, copy = self.folder / "one", self.folder / "one-floor.sqlite"
        with self.broker(1, self.corpus(count, "one-files")) as address:
            def rebuilt():
                # `rebuild` reads the log and applies it, with no group to wait for.
                return self.measured(BIN / "bulletin-indexer", "rebuild", "--bootstrap-servers", address, "--data-dir", data)[0]

            self.indexed(address, data, count)
            [file] = data.rglob("*.sqlite")
            # What starting and opening takes is no indexing.
            start = min(self.measured(BIN / "bulletin-indexer", "digest", "--data-dir", self.empty())[0] for _ in range(3))
            ours, theirs = self.alternating(
                lambda: (rebuilt() - start) / count * 1e6,
                lambda: json.loads(run(self.program("index"), file, copy, 500).stdout)["processorSeconds"] / count * 1e6)
        yield row("index, one worker", ours, "µs/bulletin", "rows and tokens in C", theirs, "<= 1.25 x",
                  theirs and ours <= 1.25 * theirs)

    def empty(self) -> pathlib.Path:
        folder = self.folder / "empty"
        folder.mkdir(exist_ok=True)
        return folder

    def scaling(self):
        """Two indexers on two cores beside one on one core."""
        count = 400 if self.quick else 12_000
        with self.broker(12, self.corpus(count, "twelve")) as address:
            data = self.folder / "scaled"
            two, one = self.alternating(
                lambda: count / self.indexed(address, data, count, "0,1", 2)[1],
                lambda: count / self.indexed(address, data, count, "0", 1)[1])
        yield row("index, two processes on two cores", two, "bulletins/s", "one on one core", one, ">= 1.8 x",
                  two >= 1.8 * one)

    def memory(self):
        """The most memory of an indexer that catches up, with one partition and with 64."""
        for partitions, count in [(1, 3000), (64, 12_000)]:
            count = 200 if self.quick else count
            with self.broker(partitions, self.corpus(count, f"backlog-{partitions}")) as address:
                peak = max(self.indexed(address, self.folder / "caught-up", count)[2]
                           for _ in range(1 if self.quick else 3))
            yield row(f"index, memory with {partitions} partitions", peak, "MB", target="<= 128 MB", met=peak <= 128)

    # --- Kafka

    def kafka(self):
        """Publishing parsed bulletins, beside librdkafka alone with the same bytes and settings."""
        count = 200 if self.quick else 8000
        with self.broker(12, self.corpus(count, "published")) as address:
            dump, events, data = self.folder / "records", self.folder / "events.ndjson", self.folder / "published-data"
            run(self.program("kafka"), "dump", address, "bulletins", count, dump)
            self.indexed(address, data, count)
            run(BIN / "bulletins", "export", "--data-dir", data, "--output", events)

        def ours():
            with self.broker(12) as address:
                start = time.monotonic()
                run(BIN / "bulletin-ingestor", "publish", "--bootstrap-servers", address, events)
                return count / (time.monotonic() - start)

        def theirs():
            with self.broker(12) as address:
                start = time.monotonic()
                run(self.program("kafka"), "produce", address, "bulletins", dump)
                return count / (time.monotonic() - start)

        ours, theirs = self.alternating(ours, theirs)
        yield row("publish, already parsed", ours, "bulletins/s", "librdkafka in C", theirs, ">= 0.9 x",
                  theirs and ours >= 0.9 * theirs)

    def consume(self):
        """Reading and decoding the log without storing anything, beside librdkafka that looks at every byte."""
        if not CONSUME.exists():
            raise Unavailable(f"{CONSUME} is not built")
        # More than that the embedded broker does not keep.
        count = 200 if self.quick else 8000
        with self.broker(4, self.corpus(count, "consumed")) as address:
            def rates(program) -> tuple[float, float]:
                read = json.loads(run(*program, address, "bulletins", count).stdout)
                return read["bytes"] / 1e6 / read["processorSeconds"], read["bytes"] / 1e6 / read["seconds"]

            ours, theirs = [], []
            for _ in range(self.rounds):
                ours.append(rates([CONSUME]))
                theirs.append(rates([self.program("kafka"), "consume"]))
        for index, (name, unit) in enumerate([("of one core", "MB of events/processor s"), ("elapsed", "MB of events/s")]):
            one, other = (statistics.median(rate[index] for rate in rates) for rates in (ours, theirs))
            yield row(f"consume and decode, {name}", one, unit, "librdkafka in C", other, ">= 0.8 x", one >= 0.8 * other)

    # --- searching

    QUERIES = ["防汛抗旱", "营商环境", "工作", "区卫健局", "督查 营商环境", "title:会议", "森林防火 -通知", "隐患排查 OR 专项整治",
               "组织开展", "药品"]

    def search(self):
        """Searches by the command line, beside the sqlite3 shell on one file of the same bulletins."""
        count = 300 if self.quick else 100_000
        data, one = self.folder / "twelve-data", self.folder / "one.sqlite"
        run(BIN / "bulletins", "up", self.corpus(count, "searched"), "--partitions", 12, "--data-dir", data)
        self.one_file(data, one)

        def each(command) -> list[float]:
            times = []
            for query in self.QUERIES:
                start = time.perf_counter()
                run(*command(query))
                times.append((time.perf_counter() - start) * 1000)
            return times

        def ours(query):
            return [BIN / "bulletins", "search", query, "--limit", 10, "--data-dir", data]

        def theirs(query):
            word = query.split()[0].removeprefix("title:")
            pairs = " ".join([word[index:index + 2] for index in range(len(word) - 1)])
            return ["sqlite3", one, "SELECT b.id, b.title FROM search JOIN bulletins AS b ON b.key = search.rowid "
                    f"WHERE search MATCH '\"{pairs}\"' ORDER BY rank LIMIT 10"]

        each(ours), each(theirs)
        found, beside = [], []
        for _ in range(self.rounds):
            found += each(ours)
            beside += each(theirs)
        for name, quantile, target in [("p50", 0.5, 10), ("p99", 0.99, 60)]:
            value, other = (sorted(times)[min(len(times) - 1, int(len(times) * quantile))] for times in (found, beside))
            yield row(f"search {count:,} bulletins in 12 files, {name}", value, "ms", "sqlite3 shell, one file", other,
                      f"<= {target} ms", value <= target)

    def one_file(self, data: pathlib.Path, path: pathlib.Path) -> None:
        """The bulletins of all files in one, with an index of their pairs, as somebody would make it by hand."""
        path.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(path)) as target:
            target.executescript("CREATE TABLE bulletins (key INTEGER PRIMARY KEY, id TEXT, title TEXT);"
                                 "CREATE VIRTUAL TABLE search USING fts5 (title, body, content = '', tokenize = 'ascii')")
            key = 0
            tokens = run(BIN / "bulletins", "sql", "SELECT id, title, search_tokens(title) AS t, search_tokens(text) AS b "
                         "FROM v_bulletins", "--limit", 0, "--timeout", 600, "--format", "ndjson", "--data-dir", data).stdout
            for line in tokens.splitlines():
                item = json.loads(line)
                key += 1
                target.execute("INSERT INTO bulletins VALUES (?, ?, ?)", (key, item["id"], item["title"]))
                target.execute("INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)", (key, item["t"], item["b"]))
            target.execute("INSERT INTO search (search) VALUES ('optimize')")
            target.commit()

    def start(self):
        """From the command line to the first row."""
        data = self.folder / "start-data"
        run(BIN / "bulletins", "up", self.corpus(100, "start"), "--data-dir", data)
        file = next(data.rglob("*.sqlite"))

        def milliseconds(*command):
            taken = []
            for _ in range(3 if self.quick else 20):
                begin = time.perf_counter()
                run(*command)
                taken.append((time.perf_counter() - begin) * 1000)
            return statistics.median(taken)

        ours, theirs = self.alternating(
            lambda: milliseconds(BIN / "bulletins", "list", "--limit", 1, "--data-dir", data),
            lambda: milliseconds("sqlite3", file, "SELECT id, title FROM bulletins LIMIT 1"))
        yield row("start to first row", ours, "ms", "sqlite3 shell", theirs, "<= 15 ms", ours <= 15)

    # --- size

    def size(self):
        """Bytes of the read model and of its search index for each byte of cleaned text."""
        data = self.folder / "sized"
        run(BIN / "bulletins", "up", self.corpus(300 if self.quick else 12_000, "sized-files"), "--partitions", 4,
            "--data-dir", data)
        text = whole = index = 0
        for file in data.rglob("*.sqlite"):
            with contextlib.closing(sqlite3.connect(file)) as database:
                def number(sql):
                    return database.execute(sql).fetchone()[0] or 0

                text += number("SELECT sum(length(CAST(text AS BLOB))) FROM paragraphs")
                text += number("SELECT sum(length(CAST(title AS BLOB))) FROM bulletins")
                whole += number("SELECT sum(pgsize) FROM dbstat")
                index += number("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'bulletin_search%'")
        yield row("size of the read model", whole / text, "x text", target="<= 2.2", met=whole <= 2.2 * text)
        yield row("size of the search index", index / text, "x text", target="<= 1.3", met=index <= 1.3 * text)
        count = 200 if self.quick else 4000
        with self.broker(4, self.corpus(count, "sized-events")) as address:
            read = json.loads(run(self.program("kafka"), "consume", address, "bulletins", count).stdout)
        share = read["receivedBytes"] / read["bytes"]
        yield row("size of events, compressed", share, "x event", target="<= 0.35", met=share <= 0.35)
