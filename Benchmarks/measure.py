"""Measures the built programs; started by scripts/bench.sh, which says what the options mean."""

import argparse
import contextlib
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from common import BASELINES, BIN, ROOT, STAGES, Unavailable, row, run
from logs import Logs

# A real bulletin, if somebody has put one there; the repository holds none.
SEED = next(iter(sorted((ROOT / "../shared/seed").glob("*.txt"))), None)


# What a text may consist of so that rules which look ahead, look back or pair things up go over it again and again.
HOSTILE = {
    "(": "(", ")": ")", "《": "《", "《》": "《》", "“": "“", "、": "、", "要": "要", "的": "的", "digits": "1",
    "blanks": " ", "empty lines": "\n", "<": "<", "<div>": "<div>", "&amp;": "&amp;", "readings": "區(qū)",
    "marks": "?，", "out of step": "?zhǔn)", "mojibake": "ä¸\xad", "one line": "发展经济建设工作会议区县局长张三李四王明",
    "speakers": "张三说，", "names": "张伟明、", "weak names": "高度、", "titles": "市委书记、", "organs": "县教育局、",
    "orders": "县教育局要加强管理，", "colons": "要求：", "verbs of speech": "指出强调", "labels": "来源 日期 作者 ",
    "dates": "2020年10月17日", "numbers": "国办发〔2020〕12号", "abbreviations": "（以下简称甲乙局）", "etc": "各单位等",
    "short lines": "要\n", "entries": "· 县政府召开会议 2020-10-17\n", "fields": "来源：县政府\n",
}


class Bench(Logs):
    def __init__(self, quick: bool, folder: pathlib.Path, bootstrap: str | None):
        self.quick, self.folder, self.bootstrap = quick, folder, bootstrap
        self.rounds = 1 if quick else 5
        self.seconds = 0.2 if quick else 1.5
        self.documents = 300 if quick else 20_000

    def alternating(self, *measures):
        """The median of each of some measures, taken in turns; none for one that is not available."""
        taken = [[] for _ in measures]
        for _ in range(self.rounds):
            for values, measure in zip(taken, measures):
                with contextlib.suppress(Unavailable):
                    values.append(measure())
        return [statistics.median(values) if values else None for values in taken]

    # --- one core, in memory

    def stage(self, stage: str, texts) -> float:
        texts = ["--texts", texts] if texts else ["--count", 100 if self.quick else 500]
        return json.loads(run(STAGES, stage, "--seconds", self.seconds, *texts).stdout)["megabytesPerSecond"]

    def theirs(self, stage: str, texts) -> float:
        result = subprocess.run([sys.executable, BASELINES / "texts.py", stage, texts, "--seconds", str(self.seconds)],
                                capture_output=True, text=True)
        if result.returncode == 69:
            raise Unavailable(result.stderr)
        result.check_returncode()
        return json.loads(result.stdout)["megabytesPerSecond"]

    def corpus(self, count: int, name: str) -> pathlib.Path:
        folder = self.folder / name
        if not folder.exists():
            run(BIN / "bulletin-corpus", "generate", "--count", count, "--script", "mixed", "--without-gold",
                "--output", folder)
        return folder

    def text(self):
        """Bytes to bulletins: decoding, repair and parsing."""
        made_up = self.corpus(100 if self.quick else 500, "texts")
        for name, texts in [("seed", SEED), ("made-up", made_up)]:
            if texts is None:
                continue
            ours, opencc = self.alternating(lambda: self.stage("whole", texts), lambda: self.theirs("opencc", texts))
            yield row(f"text, {name}", ours, "MB/s", "OpenCC t2s alone", opencc, ">= 20 MB/s", ours >= 20)
        for stage in ["decode", "repair", "parse", "encode", "read"]:
            [ours] = self.alternating(lambda: self.stage(stage, SEED or made_up))
            yield row(f"stage {stage}", ours, "MB/s")

    def jieba(self):
        """The same beside part-of-speech tagging, which is where others begin to look for names."""
        texts = SEED or self.corpus(100, "texts")
        ours, theirs = self.alternating(lambda: self.stage("whole", texts), lambda: self.theirs("jieba", texts))
        yield row("text beside jieba", ours, "MB/s", "jieba.posseg", theirs, ">= 30 x", theirs and ours >= 30 * theirs)

    def linear(self):
        """Texts made to be slow: 1 MB of each must take less than a second, and four times a quarter of it at most."""
        size = 100_000 if self.quick else 1_000_000
        for name, piece in HOSTILE.items():
            seconds = {}
            for length in [size // 4, size]:
                path = self.folder / "hostile.txt"
                text = (piece * (length // len(piece.encode()) + 1)).encode()[:length].decode("utf-8", "ignore")
                path.write_text(text)
                result = json.loads(run(STAGES, "whole", "--texts", path, "--runs", 1).stdout)
                seconds[length] = result["bytes"] / 1e6 / result["megabytesPerSecond"]
            growth = seconds[size] / seconds[size // 4]
            yield row(f"hostile, {name}", seconds[size], "s", "a quarter of it", seconds[size // 4],
                      "< 1 s, growth <= 6", seconds[size] < 1 and (growth <= 6 or seconds[size] < 0.05))

    # --- whole processes

    def up(self, files: pathlib.Path) -> tuple[float, float]:
        """Bulletins a second from files to searchable, and the most memory in MB."""
        data = self.folder / "data"
        shutil.rmtree(data, ignore_errors=True)
        count = sum(1 for _ in files.rglob("*.txt"))
        start = time.monotonic()
        process = subprocess.Popen([BIN / "bulletins", "up", files, "--data-dir", data], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"bulletins up ended with {process.returncode}")
        return count / (time.monotonic() - start), usage.ru_maxrss / 1024

    def embedded(self):
        """`bulletins up`: files to searchable in one process."""
        files = self.corpus(self.documents, "many")
        rates, peaks = [], []
        for _ in range(self.rounds):
            rate, peak = self.up(files)
            rates.append(rate)
            peaks.append(peak)
        text = sum(file.stat().st_size for file in files.rglob("*.txt"))
        model = sum(file.stat().st_size for file in (self.folder / "data").rglob("*.sqlite*"))
        rate, peak = statistics.median(rates), max(peaks)
        yield row("up", rate, "bulletins/s", target=">= 1500 of 7 KB", met=None)
        yield row("up, text", rate * text / self.documents / 1e6, "MB/s", target=">= 10.5 MB/s",
                  met=rate * text / self.documents / 1e6 >= 10.5)
        yield row("up, memory", peak, "MB", target="< 200 MB", met=peak < 200)
        yield row("up, size", model / text, "x text", target="<= 2.2", met=model <= 2.2 * text)


NAMES = ["text", "linear", "jieba", "embedded", "worker", "index", "scaling", "memory", "kafka", "consume", "search", "start", "size",
         "latency", "rebuild"]
# Hours: only where asked for by name.
LONG = ["million"]


def machine() -> dict:
    commit = run("git", "-C", ROOT, "rev-parse", "--short", "HEAD").stdout.strip()
    swift = run("swift", "--version").stdout.splitlines()[0]
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "")
    return {"commit": commit, "swift": swift, "cpu": model, "cores": os.cpu_count(), "kernel": platform.release(),
            "python": platform.python_version(), "load": os.getloadavg()[0]}


def table(rows: list[dict]) -> str:
    lines = ["| what | ours | beside | theirs | ratio | target | met |", "|---|---:|---|---:|---:|---|---|"]
    for item in rows:
        met = {True: "yes", False: "no", None: ""}[item["met"]]
        theirs = "" if item["baselineValue"] is None else f'{item["baselineValue"]:g}'
        ratio = "" if item["ratio"] is None else f'{item["ratio"]:g}'
        lines.append(f'| {item["name"]} | {item["value"]:g} {item["unit"]} | {item["baseline"] or ""} | {theirs} | '
                     f'{ratio} | {item["target"] or ""} | {met} |')
    return "\n".join(lines)


def chart(rows: list[dict], path: str) -> None:
    try:
        import matplotlib
        matplotlib.use("Agg")
        import matplotlib.pyplot as pyplot
    except ImportError:
        print("no chart: matplotlib is not installed", file=sys.stderr)
        return
    drawn = [item for item in rows if item["ratio"]]
    if not drawn:
        return
    figure, axes = pyplot.subplots(figsize=(8, 0.6 * len(drawn) + 1.5))
    labels = [f'{item["name"]} : {item["baseline"]}' for item in drawn]
    # Of times the smaller is the better one.
    faster = [1 / item["ratio"] if item["unit"].startswith(("µs", "ms", "s")) else item["ratio"] for item in drawn]
    axes.barh(labels, faster, color="#3465a4")
    axes.axvline(1, color="black", linewidth=0.8)
    axes.set_xscale("log")
    axes.set_xlabel("how many times as fast ours is")
    figure.tight_layout()
    figure.savefig(path, dpi=120)


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench.sh")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", action="append", choices=NAMES + LONG)
    parser.add_argument("--bootstrap-servers")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--json")
    parser.add_argument("--chart")
    options = parser.parse_args()
    if options.list:
        for name in NAMES + LONG:
            print(f"{name:10} {getattr(Bench, name).__doc__}")
        return 0
    rows = []
    with tempfile.TemporaryDirectory(prefix="bulletins-bench-") as folder:
        bench = Bench(options.quick, pathlib.Path(folder), options.bootstrap_servers)
        for name in options.only or NAMES:
            for item in getattr(bench, name)():
                rows.append(item)
                print(f'{item["name"]}: {item["value"]:g} {item["unit"]}', file=sys.stderr)
    print(table(rows))
    print("\n" + ", ".join(f"{key} {value}" for key, value in machine().items()))
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    if options.chart:
        chart(rows, options.chart)
    return 0


if __name__ == "__main__":
    sys.exit(main())
