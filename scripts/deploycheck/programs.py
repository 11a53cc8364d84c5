"""The programs themselves: running services to ask, and what they say of settings."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request


class Programs:
    """A broker, an ingestor and an indexer that run, and have taken a bulletin, for as long as the context lasts."""

    def __init__(self, folder, root):
        self.folder = folder
        self.root = root
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="deploycheck-"))
        self.running = []
        self.addresses = {}

    def __enter__(self):
        try:
            self._start("bulletins", "broker", "--partitions", "2")
            broker = ["--bootstrap-servers", self.addresses["bulletins"]]
            inbox = self.work / "inbox"
            inbox.mkdir()
            self._start("bulletin-ingestor", "serve", *broker, "--listen", "127.0.0.1:0",
                        "--outbox", str(self.work / "outbox.sqlite"), "--watch", str(inbox))
            self._start("bulletin-indexer", "run", *broker, "--listen", "127.0.0.1:0", "--data-dir", str(self.work / "data"))
            self._exercise(inbox)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.running):
            process.terminate()
        for process in self.running:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.work, ignore_errors=True)

    def _start(self, program, *arguments):
        port_file = self.work / f"{program}.port"
        with open(self.work / f"{program}.log", "wb") as log:
            process = subprocess.Popen([self.folder / program, *arguments, "--port-file", port_file],
                                       stdout=log, stderr=log, env=self.environment({}))
        self.running.append(process)
        self._until(port_file.exists, f"{program} listens", process)
        self.addresses[program] = port_file.read_text().strip()

    def _until(self, condition, what, process=None):
        end = time.monotonic() + 120
        while not condition():
            if process and process.poll() is not None:
                raise SystemExit(f"{what}: it ended; its log: {self._log(process)}")
            if time.monotonic() > end:
                raise SystemExit(f"waited in vain: {what}")
            time.sleep(0.1)

    def _log(self, process):
        name = pathlib.Path(process.args[0]).name
        return (self.work / f"{name}.log").read_text(errors="replace")[-1000:]

    def _exercise(self, inbox):
        """Makes every metric appear that appears only when something happens."""
        example = next((self.root / "Examples").glob("2023-05-12-*.txt")).read_bytes()
        post = f"http://{self.addresses['bulletin-ingestor']}/v1/bulletins"
        urllib.request.urlopen(urllib.request.Request(post, example, {"Content-Type": "text/plain"})).read()
        urllib.request.urlopen(urllib.request.Request(post, example, {"Content-Type": "text/plain"})).read()
        try:
            urllib.request.urlopen(urllib.request.Request(post, b"{}", {"Content-Type": "application/json"})).read()
        except urllib.error.HTTPError:
            pass  # Refused, as it should be.
        (self.work / "new.txt").write_bytes(example)
        os.rename(self.work / "new.txt", inbox / "new.txt")
        for program, metric in (("bulletin-indexer", "bulletins_indexer_records_total"),
                                ("bulletin-indexer", "bulletins_indexer_next_offset"),
                                ("bulletin-ingestor", "bulletins_ingestor_watch_files_total"),
                                # librdkafka tells its statistics every 2 seconds.
                                ("bulletin-ingestor", "bulletins_kafka_broker_rtt_seconds"),
                                ("bulletin-indexer", "bulletins_kafka_broker_rtt_seconds")):
            # A counter is there from the start; a round trip on this machine may well be 0.
            least = "[0-9]" if metric.startswith("bulletins_kafka_") else "[0-9.e-]*[1-9]"
            sample = re.compile(rf"^{metric}(\{{.*\}})? {least}", re.M)
            self._until(lambda: sample.search(self.get(program, "/metrics")[1]), f"{metric} is told")

    def get(self, program, path):
        """Status and body of a GET to a running service."""
        try:
            with urllib.request.urlopen(f"http://{self.addresses[program]}{path}", timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def environment(self, more):
        """The environment without settings of this project, and these."""
        return {key: value for key, value in os.environ.items() if not key.startswith("BULLETINS_")} | more

    def settings(self, program, arguments, variables):
        """What `--print-config` says, as {key: (value, origin)}; an error text where the program refuses."""
        result = subprocess.run([self.folder / program, *arguments, "--print-config"], capture_output=True, text=True,
                                env=self.environment(variables), cwd=self.work)
        if result.returncode:
            return result.stderr.strip()
        rows = [json.loads(line) for line in result.stdout.splitlines()]
        return {row["key"]: (row["value"], row["origin"]) for row in rows}

    def faults_of_settings(self, program, arguments, variables):
        """What is wrong with a command line and its environment: refused, or a variable without effect."""
        found = self.settings(program, arguments, variables)
        if isinstance(found, str):
            return [found]
        origins = " ".join(origin for _, origin in found.values())
        return [f"{name} has no effect on {program} {arguments[0]}" for name in variables
                if name.startswith("BULLETINS_") and not re.search(rf"\b{name}\b", origins)]


def port(address):
    """The port of HOST:PORT."""
    return int(address.rsplit(":", 1)[1])
