#!/usr/bin/env python3
"""What scripts/soak.sh runs: services, traffic, samples, a report. Exit code 1 where something accepted cannot be found, a
service ended, or memory or file descriptors grew."""
import argparse
import json
import os
import pathlib
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

SAMPLE_SECONDS = 5


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Run:
    def __init__(self, arguments):
        self.bin, self.rate, self.seconds = pathlib.Path(arguments.bin).resolve(), arguments.rate, arguments.minutes * 60
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="soak-"))
        self.processes, self.samples, self.latencies = {}, {}, {}
        self.results, self.texts = {}, {}
        self.random = random.Random(1)
        self.lock = threading.Lock()
        self.over = threading.Event()
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("BULLETINS_")}

    # --- Services

    def start(self, name, program, *arguments):
        log = open(self.work / f"{name}.log", "wb")
        self.processes[name] = subprocess.Popen([self.bin / program, *arguments], stdout=log, stderr=log, env=self.environment)
        self.samples[name] = []

    def start_services(self):
        broker, topic = os.environ.get("BULLETINS_TEST_BOOTSTRAP"), "bulletins"
        if broker:
            topic = f"soak-{os.getpid()}"
        else:
            self.start("broker", "bulletins", "broker", "--partitions", "6", "--port-file", str(self.work / "broker.port"))
            self.wait("the broker", lambda: (self.work / "broker.port").exists())
            broker = (self.work / "broker.port").read_text().strip()
        common = ["--bootstrap-servers", broker, "--topic", topic]
        self.ingestor, self.indexers = free_port(), [free_port(), free_port()]
        self.start("ingestor", "bulletin-ingestor", "serve", *common, "--listen", f"127.0.0.1:{self.ingestor}",
                   "--outbox", str(self.work / "outbox.sqlite"))
        for number, port in enumerate(self.indexers):
            self.start(f"indexer {number + 1}", "bulletin-indexer", "run", *common, "--listen", f"127.0.0.1:{port}",
                       "--data-dir", str(self.work / "data"))
        for port in (self.ingestor, *self.indexers):
            self.wait(f"port {port}", lambda: self.request("GET", port, "/ready")[0] == 200)

    def wait(self, what, condition, seconds=120):
        end = time.monotonic() + seconds
        while True:
            try:
                if condition():
                    return
            except OSError:
                pass
            if time.monotonic() > end:
                raise SystemExit(f"waited in vain: {what}")
            time.sleep(0.2)

    def request(self, method, port, path, body=None, kind=None):
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, {"Content-Type": kind or "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    # --- Traffic

    def documents(self):
        """Endless generated bulletins, of a new seed for each thousand."""
        seed = 1
        while True:
            lines = subprocess.run([self.bin / "bulletin-corpus", "generate", "--count", "1000", "--seed", str(seed), "--format",
                                    "ndjson", "--without-gold", "--script", "mixed", "--damage", "mixed", "--damage-rate", "0.2"],
                                   check=True, capture_output=True).stdout.splitlines()
            for line in lines:
                document = json.loads(line)
                document["url"] = f"http://soak.example/{seed}/{len(self.texts)}"
                yield document
            seed += 1

    def note(self, kind, status, seconds):
        with self.lock:
            self.latencies.setdefault(kind, []).append(seconds)
            key = f"{kind}: {status}"
            self.results[key] = self.results.get(key, 0) + 1

    def post(self, kind, body):
        start = time.monotonic()
        status, answer = self.request("POST", self.ingestor, "/v1/bulletins", body)
        self.note(kind, status, time.monotonic() - start)
        return json.loads(answer) if status in (200, 202) else {}

    def traffic(self):
        """So many documents a second: mostly new ones, and revisions, repetitions, withdrawals, and what is no bulletin."""
        documents, due, known = self.documents(), time.monotonic(), []
        while not self.over.is_set():
            due += 1 / self.rate
            self.over.wait(max(0, due - time.monotonic()))
            dice = self.random.random()
            if dice < 0.70 or len(known) < 10:
                document = next(documents)
                answer = self.post("new", json.dumps(document).encode())
                if "id" in answer:
                    self.texts[answer["id"]] = 1
                    known.append((answer["id"], document))
                    # The latest ones are what is revised and repeated.
                    del known[:-500]
            elif dice < 0.85:
                identifier, document = self.random.choice(known)
                document["text" if "text" in document else "html"] += f"\n第{self.random.randrange(10**6)}次更新。"
                if self.post("revision", json.dumps(document).encode()):
                    self.texts[identifier] = 1
            elif dice < 0.95:
                self.post("repetition", json.dumps(self.random.choice(known)[1]).encode())
            elif dice < 0.98:
                self.post("no bulletin", b'{"title": "\xe6\xb2\xa1\xe6\x9c\x89"}')
            else:
                identifier, _ = known.pop(self.random.randrange(len(known)))
                start = time.monotonic()
                status, _ = self.request("DELETE", self.ingestor, f"/v1/bulletins/{identifier}?reason=soak")
                self.note("withdrawal", status, time.monotonic() - start)
                self.texts[identifier] = 0

    def queries(self):
        words = ["会议", "水利局", "防汛 通知", "\"安全生产\"", "乡镇 -会议"]
        while not self.over.wait(3):
            self.query("search", self.random.choice(words), "--limit", "20")

    def query(self, *arguments):
        start = time.monotonic()
        result = subprocess.run([self.bin / "bulletins", *arguments, "--data-dir", self.work / "data", "--format", "json"],
                                capture_output=True, env=self.environment)
        self.note("query", result.returncode, time.monotonic() - start)
        return json.loads(result.stdout) if result.returncode == 0 else None

    # --- Samples

    def sample(self):
        start = time.monotonic()
        while True:
            now = time.monotonic() - start
            for name, process in self.processes.items():
                try:
                    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
                    resident = int(status.split("VmRSS:")[1].split()[0]) / 1024
                    files = len(os.listdir(f"/proc/{process.pid}/fd"))
                except (OSError, IndexError):
                    continue
                self.samples[name].append((now, resident, files))
            if self.over.wait(SAMPLE_SECONDS):
                return

    # --- The whole

    def run(self):
        self.start_services()
        threads = [threading.Thread(target=target, daemon=True) for target in (self.traffic, self.queries, self.sample)]
        for thread in threads:
            thread.start()
        ended = None
        start = time.monotonic()
        while time.monotonic() - start < self.seconds and not ended:
            time.sleep(1)
            ended = next((name for name, process in self.processes.items() if process.poll() is not None), None)
        self.seconds = time.monotonic() - start
        self.over.set()
        for thread in threads:
            thread.join(120)
        faults = [f"{ended} ended: {(self.work / f'{ended}.log').read_text(errors='replace')[-500:]}"] if ended else self.check()
        return faults + self.growth()

    def check(self):
        """Everything accepted is in the read model, and what was withdrawn is not shown."""
        expected = sum(self.texts.values())

        def found():
            stats = self.query("stats")
            return stats and stats[0]["bulletins"] == expected

        try:
            self.wait(f"{expected} bulletins can be found", found, 180)
        except SystemExit as error:
            return [f"{error}; stats: {self.query('stats')}"]
        return []

    def growth(self):
        """Memory and file descriptors in the last third against the third before: what still grows then goes on growing."""
        faults = []
        for name, samples in self.samples.items():
            third = len(samples) // 3
            if third < 12:
                continue
            for index, what, least in ((1, "MB of memory", 16), (2, "file descriptors", 8)):
                before = statistics.median(sample[index] for sample in samples[third:2 * third])
                after = statistics.median(sample[index] for sample in samples[2 * third:])
                if after > before * 1.15 and after - before > least:
                    faults.append(f"{name}: {before:.0f} {what}, then {after:.0f}")
        return faults

    def stop(self):
        for name in reversed(self.processes):
            self.processes[name].terminate()
        for process in self.processes.values():
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self.work, ignore_errors=True)

    def report(self, folder, faults):
        folder.mkdir(parents=True, exist_ok=True)
        documents = sum(len(values) for kind, values in self.latencies.items() if kind != "query")
        data = {
            "seconds": round(self.seconds, 1), "requestsASecond": round(documents / self.seconds, 1),
            "results": dict(sorted(self.results.items())), "bulletins": sum(self.texts.values()), "faults": faults,
            "latencyMilliseconds": {
                kind: dict(zip(("p50", "p95", "p99", "max"), (round(1000 * value, 1) for value in (
                    percentile(values, 0.5), percentile(values, 0.95), percentile(values, 0.99), max(values)))))
                for kind, values in sorted(self.latencies.items())},
            "processes": {
                name: {"residentMegabytes": spread(samples, 1), "openFiles": spread(samples, 2)}
                for name, samples in self.samples.items() if samples},
        }
        (folder / "report.json").write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n")
        lines = [f"{self.seconds / 60:.1f} minutes, {documents} requests ({data['requestsASecond']} a second), "
                 f"{data['bulletins']} bulletins", "",
                 "| request | p50 ms | p95 ms | p99 ms | max ms |", "|---|---|---|---|---|"]
        lines += [f"| {kind} | " + " | ".join(str(value) for value in values.values()) + " |"
                  for kind, values in data["latencyMilliseconds"].items()]
        lines += ["", "| process | MB after a third | MB at the end | most MB | files after a third | files at the end |",
                  "|---|---|---|---|---|---|"]
        lines += [f"| {name} | {p['residentMegabytes']['afterAThird']:.0f} | {p['residentMegabytes']['end']:.0f} "
                  f"| {p['residentMegabytes']['most']:.0f} | {p['openFiles']['afterAThird']:.0f} | {p['openFiles']['end']:.0f} |"
                  for name, p in data["processes"].items()]
        (folder / "report.md").write_text("\n".join(lines) + "\n")
        plot(self.samples, folder / "report.png")
        print("\n".join(lines))


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def spread(samples, index):
    values = [sample[index] for sample in samples]
    return {"afterAThird": values[len(values) // 3], "end": values[-1], "most": max(values)}


def plot(samples, path):
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot
    figure, axes = pyplot.subplots(2, 1, figsize=(10, 7), sharex=True)
    for axis, index, label in ((axes[0], 1, "resident memory, MB"), (axes[1], 2, "open file descriptors")):
        for name, points in samples.items():
            axis.plot([point[0] / 60 for point in points], [point[index] for point in points], label=name, linewidth=1.2)
        axis.set_ylabel(label)
        axis.set_ylim(bottom=0)
        axis.grid(alpha=0.3)
    axes[0].legend(loc="upper left", ncols=4, frameon=False)
    axes[1].set_xlabel("minutes")
    figure.tight_layout()
    figure.savefig(path, dpi=110)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--rate", type=float, required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    run = Run(arguments)
    try:
        faults = run.run()
        run.report(arguments.output, faults)
    finally:
        run.over.set()
        run.stop()
    for fault in faults:
        print(f"error: {fault}", file=sys.stderr)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
