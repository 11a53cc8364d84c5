"""docker-compose.yml and what lies beside it: settings, ports, health checks, hardening."""
import re
import subprocess

import yaml

from .programs import port


def interpolated(text):
    """${NAME:-default} as where nothing is set; $$ is a dollar."""
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text).replace("$$", "$")


def seconds(value):
    return int(re.fullmatch(r"(\d+)s", value)[1])


def merged(base, over):
    """As Compose merges mappings; lists that matter here are replaced."""
    if isinstance(base, dict) and isinstance(over, dict):
        return base | {key: merged(base.get(key), value) for key, value in over.items()}
    return over


def program_of(service):
    return service["image"].split(":")[0].rsplit("/", 1)[-1]


def check(root, programs):
    base = yaml.safe_load(interpolated((root / "docker-compose.yml").read_text()))
    files = {"docker-compose.yml": base}
    for path in sorted((root / "deploy/compose").glob("*.yml")):
        files[path.name] = merged(base, yaml.safe_load(interpolated(path.read_text())))
    ours = ("bulletin-ingestor", "bulletin-indexer", "bulletins")
    for name, file in files.items():
        faults = []
        for key, service in file["services"].items():
            program = program_of(service)
            if program in ours and key not in ("kafka", "topics", "query"):
                environment = {k: v for k, v in service["environment"].items() if v is not None}
                # A path in the container need not be there here.
                variables = {k: v for k, v in environment.items() if not k.endswith("_FILE")}
                faults += [f"{key}: {fault}" for fault in programs.faults_of_settings(program, service["command"], variables)]
            if program in ours:
                probe = service.get("healthcheck", {}).get("test")
                if probe and programs_refuse(programs, probe):
                    faults.append(f"{key}: health check {probe} is no command")
                if not service.get("read_only") or service.get("cap_drop") != ["ALL"] or "mem_limit" not in service:
                    faults.append(f"{key}: not hardened, or without limits")
                if service.get("user", "").split(":")[0] in ("", "0", "root"):
                    faults.append(f"{key}: runs as root")
                if key in ("ingestor", "indexer") and seconds(service["stop_grace_period"]) <= 20:
                    faults.append(f"{key}: stop_grace_period is not above shutdown-timeout-s")
            if ":" not in service["image"] or (program not in ours and service["image"].endswith(":latest")):
                faults.append(f"{key}: image {service['image']} is not pinned")
        yield f"{name}: settings, health checks, hardening", faults

    services = base["services"]
    scraped = {job["job_name"]: job["dns_sd_configs"][0]["port"]
               for job in yaml.safe_load((root / "deploy/prometheus/prometheus.yml").read_text())["scrape_configs"]}
    yield "Prometheus asks the ports on which the services listen", [
        f"{job}: {scraped[job]} is not {port(services[key]['environment'][variable])}"
        for job, key, variable in (("bulletin-ingestor", "ingestor", "BULLETINS_LISTEN"),
                                   ("bulletin-indexer", "indexer", "BULLETINS_INDEXER_LISTEN"))
        if scraped[job] != port(services[key]["environment"][variable])]
    topics = services["topics"]["command"][-1]
    yield "topics are made to keep everything", [
        wanted for wanted in ("retention.ms=-1", "retention.bytes=-1", "cleanup.policy=delete", "make bulletins ",
                              "make bulletins.rejected 1 ") if wanted not in topics]


def programs_refuse(programs, probe):
    """A health check of a service that is not there ends with 69; wrong usage is 64."""
    command = probe[1:]
    program = command[0].rsplit("/", 1)[1]
    result = subprocess.run([programs.folder / program, *command[1:]], capture_output=True, env=programs.environment({}))
    return result.returncode != 69
