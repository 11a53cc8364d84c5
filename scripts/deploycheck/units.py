"""systemd units: accepted by systemd, hardened, and with command lines that the programs take."""
import json
import re
import shlex
import subprocess


def directives(path):
    """{section: [(name, value)]}, with continued lines joined."""
    text = re.sub(r"\\\n", " ", path.read_text())
    sections, section = {}, None
    for line in text.splitlines():
        if line.startswith("[") and line.endswith("]"):
            section = sections.setdefault(line[1:-1], [])
        elif line and not line.startswith(("#", ";")):
            name, _, value = line.partition("=")
            section.append((name, value))
    return sections


def seconds(value):
    return int(re.fullmatch(r"(\d+)s?", value)[1])


def check(root, programs):
    units = sorted((root / "deploy/systemd").glob("*.service"))
    folder = programs.work / "units"
    folder.mkdir()
    paths = []
    for unit in units + sorted((root / "deploy/systemd").glob("*.target")):
        # What is installed to /usr/bin lies elsewhere here; an instance is verified, not the template.
        text = unit.read_text().replace("/usr/bin/bulletin", f"{programs.folder}/bulletin").replace("User=bulletins", "User=daemon")
        text = text.replace("Group=bulletins", "Group=daemon")
        path = folder / unit.name.replace("@.", "@1.")
        path.write_text(text)
        paths.append(path)
    result = subprocess.run(["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *paths], capture_output=True, text=True)
    yield "systemd takes the units", [line for line in (result.stdout + result.stderr).splitlines() if str(folder) in line]

    for unit in units:
        path = folder / "security" / unit.name.replace("@.", "@1.")
        path.parent.mkdir(exist_ok=True)
        path.write_text(unit.read_text())
        exposure = subprocess.run(["systemd-analyze", "security", "--offline=true", path], capture_output=True, text=True).stdout
        score = re.search(r"exposure level for .*: ([\d.]+)", exposure)
        faults = []
        if not score or float(score[1]) > 2.0:
            faults.append(f"{unit.name}: exposure {score and score[1]}, more than 2.0")
        yield f"{unit.name}: systemd-analyze security says {score and score[1]}", faults

        service = directives(unit)["Service"]
        values = dict(service)
        command = shlex.split(values["ExecStart"].replace("%H", "host").replace("%i", "1"))
        program = command[0].rsplit("/", 1)[1]
        config = root / "deploy/etc" / command[command.index("--config") + 1].rsplit("/", 1)[1]
        command[command.index("--config") + 1] = str(config)
        faults = programs.faults_of_settings(program, command[1:], {})
        if not faults:
            settings = programs.settings(program, command[1:], {})
            if int(settings["shutdown-timeout-s"][0]) >= seconds(values["TimeoutStopSec"]):
                faults.append("TimeoutStopSec is not above shutdown-timeout-s")
            # What it writes lies in its state folder.
            states = [f"/var/lib/{value}" for name, value in service if name == "StateDirectory"]
            wanted = json.loads(config.read_text())
            for path in [wanted.get("outbox"), *wanted.get("data-dir", [])]:
                if path and not any(path == state or path.startswith(state + "/") for state in states):
                    faults.append(f"{path} is not within {states}")
        yield f"{unit.name}: {program} takes its command line and configuration", faults
