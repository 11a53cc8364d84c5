"""deploy/kubernetes: renders, and names, ports, probes, settings and references fit one another and the programs."""
import importlib.util
import shutil
import subprocess
import sys

import yaml

from .programs import port

# What an operator makes: named in the manifests, with a comment beside them.
EXTERNAL = {("Secret", "bulletin-kafka-credentials"), ("Secret", "bulletin-metrics-token")}


def render(root, overlay):
    result = subprocess.run(["kubectl", "kustomize", root / "deploy/kubernetes/overlays" / overlay], capture_output=True, text=True)
    return result.stderr.strip() if result.returncode else [document for document in yaml.safe_load_all(result.stdout) if document]


def pods(documents):
    """(name of the owner, pod template) of everything that makes pods."""
    for document in documents:
        kind, spec = document["kind"], document.get("spec", {})
        if kind in ("Deployment", "StatefulSet"):
            yield f"{kind} {document['metadata']['name']}", spec["template"]
        elif kind == "CronJob":
            yield f"{kind} {document['metadata']['name']}", spec["jobTemplate"]["spec"]["template"]


def fits(selector, labels):
    wanted = selector.get("matchLabels", selector)
    return all(labels.get(key) == value for key, value in wanted.items())


def environment(container, maps):
    """Variables as the container gets them; those that the cluster fills in get a text."""
    variables = {}
    for source in container.get("envFrom", []):
        variables |= maps.get(source["configMapRef"]["name"], {})
    for entry in container.get("env", []):
        variables[entry["name"]] = entry.get("value", "from-the-cluster")
    return variables


def references(documents):
    """(kind, name) of everything that pods and others refer to."""
    for _, template in pods(documents):
        spec = template["spec"]
        yield "ServiceAccount", spec["serviceAccountName"]
        for container in spec["containers"]:
            for source in container.get("envFrom", []):
                yield "ConfigMap", source["configMapRef"]["name"]
        for volume in spec.get("volumes", []):
            if "secret" in volume:
                yield "Secret", volume["secret"]["secretName"]
            if "persistentVolumeClaim" in volume:
                yield "PersistentVolumeClaim", volume["persistentVolumeClaim"]["claimName"]
    for document in documents:
        spec = document.get("spec", {})
        if document["kind"] == "ScaledObject":
            yield spec["scaleTargetRef"]["kind"], spec["scaleTargetRef"]["name"]
            for trigger in spec["triggers"]:
                if "authenticationRef" in trigger:
                    yield "TriggerAuthentication", trigger["authenticationRef"]["name"]
        if document["kind"] == "TriggerAuthentication":
            yield from (("Secret", ref["name"]) for ref in spec["secretTargetRef"])
        if document["kind"] == "StatefulSet":
            yield "Service", spec["serviceName"]
        if document["kind"] == "ServiceMonitor":
            for endpoint in spec["endpoints"]:
                if "authorization" in endpoint:
                    yield "Secret", endpoint["authorization"]["credentials"]["name"]


def check(root, programs):
    if not shutil.which("kubectl"):
        # Debian's (1.20) knows no components.
        print("skipped: deploy/kubernetes, for kubectl 1.21 or later is not here", file=sys.stderr)
        return
    for overlay in ("development", "production"):
        documents = render(root, overlay)
        if isinstance(documents, str):
            yield f"{overlay}: renders", [documents]
            continue
        yield f"{overlay}: renders to {len(documents)} objects", []
        yield from check_overlay(overlay, documents, programs)


def check_overlay(overlay, documents, programs):
    by_name = {(d["kind"], d["metadata"]["name"]): d for d in documents}
    yield f"{overlay}: no two objects of one name, all in one namespace", (
        ["two objects of one name"] if len(by_name) != len(documents) else []) + [
        f"{kind} {name} is in {d['metadata'].get('namespace')}" for (kind, name), d in by_name.items()
        if kind != "Namespace" and d["metadata"].get("namespace") != "bulletins"]

    replicas = by_name["StatefulSet", "bulletin-indexer"]["spec"]["replicas"]
    claims = {("PersistentVolumeClaim", f"data-bulletin-indexer-{n}") for n in range(replicas)}
    yield f"{overlay}: what is referred to exists", sorted({
        f"{kind} {name}" for kind, name in references(documents)
        if (kind, name) not in by_name and (kind, name) not in EXTERNAL | claims})

    maps = {name: d["data"] for (kind, name), d in by_name.items() if kind == "ConfigMap"}
    faults, listening = [], {}
    for owner, template in pods(documents):
        spec = template["spec"]
        for container in spec["containers"]:
            faults += [f"{owner}: {fault}" for fault in hardening(spec, container)]
            mounted = {mount["name"] for mount in container["volumeMounts"]}
            given = {volume["name"] for volume in spec.get("volumes", [])}
            if owner.startswith("StatefulSet"):
                given |= {claim["metadata"]["name"] for claim in by_name["StatefulSet", "bulletin-indexer"]["spec"]["volumeClaimTemplates"]}
            faults += [f"{owner}: volume {name} is not mounted or not given" for name in mounted ^ given]
            program = container["image"].split(":")[0]
            variables = environment(container, maps)
            if container["args"][0] in ("serve", "run"):
                faults += settings_faults(owner, program, container, variables, programs)
                settings = programs.settings(program, container["args"], without_files(variables))
                if not isinstance(settings, str):
                    key = "listen" if program == "bulletin-ingestor" else "indexer-listen"
                    listening[program] = port(settings[key][0])
                    probed = {port(settings[key][0]) for key in (key, "probe-listen") if settings[key][0]}
                    faults += probe_port_faults(owner, container, probed)
                    if int(settings["shutdown-timeout-s"][0]) >= spec["terminationGracePeriodSeconds"]:
                        faults.append(f"{owner}: terminationGracePeriodSeconds is not above shutdown-timeout-s")
                    state = settings["outbox" if program == "bulletin-ingestor" else "data-dir"][0]
                    if not any(state.startswith(mount["mountPath"]) for mount in container["volumeMounts"] if not mount.get("readOnly")):
                        faults.append(f"{owner}: {state} is on no volume")
                faults += probe_faults(owner, program, container, listening, programs)
            elif program == "bulletin-indexer":
                # A job: its command line is one that the program knows.
                help_text = subprocess.run([programs.folder / program, container["args"][0], "--help"],
                                           capture_output=True, text=True).stdout
                faults += [f"{owner}: {program} has no {flag}" for flag in container["args"][1:]
                           if flag.startswith("--") and flag + " " not in help_text]
    yield f"{overlay}: pods: hardening, volumes, settings, ports, probes", faults
    yield f"{overlay}: selectors and ports fit", selector_faults(by_name, documents, listening)
    yield f"{overlay}: scaling and snapshots fit", scaling_faults(by_name, replicas, programs, maps)
    yield from schema_faults(overlay, documents)


def without_files(variables):
    """A file in the pod need not be there here."""
    return {key: value for key, value in variables.items() if not key.endswith("_FILE")}


def settings_faults(owner, program, container, variables, programs):
    return [f"{owner}: {fault}" for fault in programs.faults_of_settings(program, container["args"], without_files(variables))
            # Settings of the topic are for the ingestor, which makes it; the indexer has them from the same map.
            if not (program == "bulletin-indexer" and ("REPLICATION_FACTOR" in fault or "PARTITIONS" in fault))]


def probe_faults(owner, program, container, listening, programs):
    ports = {entry["name"]: entry["containerPort"] for entry in container["ports"]}
    if listening.get(program) not in ports.values():
        yield f"{owner}: listens on {listening.get(program)}, and has the ports {ports}"
    for kind in ("startupProbe", "livenessProbe", "readinessProbe"):
        get = container[kind]["httpGet"]
        if get["port"] not in ports:
            yield f"{owner}: {kind}: no port {get['port']}"
        status, _ = programs.get(program, get["path"])
        if status not in (200, 503):
            yield f"{owner}: {kind}: {get['path']} is answered {status}"
        if kind != "readinessProbe" and get["path"] != "/live":
            yield f"{owner}: {kind} would restart a service that only waits for Kafka"


def probe_port_faults(owner, container, probed):
    ports = {entry["name"]: entry["containerPort"] for entry in container["ports"]}
    for kind in ("startupProbe", "livenessProbe", "readinessProbe"):
        name = container[kind]["httpGet"]["port"]
        if ports.get(name) not in probed:
            yield f"{owner}: {kind}: asks port {ports.get(name)}, and {sorted(probed)} answer"


def hardening(spec, container):
    context = container["securityContext"]
    wanted = (
        spec["securityContext"].get("runAsNonRoot") is True, spec["securityContext"].get("runAsUser", 0) > 0,
        spec["securityContext"].get("seccompProfile") == {"type": "RuntimeDefault"},
        spec.get("automountServiceAccountToken") is False, context.get("allowPrivilegeEscalation") is False,
        context.get("readOnlyRootFilesystem") is True, context.get("capabilities") == {"drop": ["ALL"]},
    )
    if not all(wanted):
        yield "less than the pod security standard 'restricted', or a root file system that is writable"
    if "memory" not in container["resources"].get("limits", {}) or "cpu" not in container["resources"].get("requests", {}):
        yield "no memory limit or no processor request"


def selector_faults(by_name, documents, listening):
    templates = [(owner, template["metadata"]["labels"], template) for owner, template in pods(documents)]
    for (kind, name), document in by_name.items():
        spec = document.get("spec", {})
        if kind in ("Deployment", "StatefulSet") and not fits(spec["selector"], spec["template"]["metadata"]["labels"]):
            yield f"{kind} {name} selects other pods than it makes"
        if kind in ("Service", "PodDisruptionBudget"):
            chosen = [template for _, labels, template in templates if fits(spec["selector"], labels)]
            if not chosen:
                yield f"{kind} {name} selects no pod"
            for entry in spec.get("ports", []):
                names = {p["name"] for template in chosen for c in template["spec"]["containers"] for p in c.get("ports", [])}
                if entry["targetPort"] not in names:
                    yield f"Service {name}: no port {entry['targetPort']}"
        if kind == "ServiceMonitor":
            services = [d for (k, _), d in by_name.items() if k == "Service" and fits(spec["selector"], d["metadata"]["labels"])]
            for endpoint in spec["endpoints"]:
                if not any(endpoint["port"] in {p["name"] for p in service["spec"]["ports"]} for service in services):
                    yield f"ServiceMonitor {name}: no service has a port {endpoint['port']}"
        if kind == "NetworkPolicy" and spec["podSelector"]:
            chosen = [labels for _, labels, _ in templates if fits(spec["podSelector"], labels)]
            if not chosen:
                yield f"NetworkPolicy {name} selects no pod"
            for rule in spec.get("ingress", []):
                for entry in rule["ports"]:
                    if entry["port"] not in listening.values():
                        yield f"NetworkPolicy {name} lets in to {entry['port']}, where nobody listens"
    brokers = by_name["ConfigMap", "bulletins-kafka"]["data"]["BULLETINS_BOOTSTRAP_SERVERS"]
    allowed = {entry["port"] for rule in by_name["NetworkPolicy", "to-dns-and-kafka"]["spec"]["egress"] for entry in rule["ports"]}
    if port(brokers) not in allowed:
        yield f"no policy lets out to Kafka at {brokers}"


def scaling_faults(by_name, replicas, programs, maps):
    jobs = sum(kind == "CronJob" for kind, _ in by_name)
    if jobs and jobs != replicas:
        yield f"{jobs} jobs make snapshots of {replicas} replicas"
    scaled = by_name.get(("ScaledObject", "bulletin-indexer"))
    if not scaled:
        return
    trigger = scaled["spec"]["triggers"][0]["metadata"]
    variables = maps["bulletins-kafka"] | maps["bulletin-indexer"]
    for key, variable in (("topic", "BULLETINS_TOPIC"), ("consumerGroup", "BULLETINS_GROUP"),
                          ("bootstrapServers", "BULLETINS_BOOTSTRAP_SERVERS")):
        if trigger[key] != variables[variable]:
            yield f"KEDA looks at {key} {trigger[key]}, the indexers at {variables[variable]}"
    if scaled["spec"]["maxReplicaCount"] > int(variables["BULLETINS_PARTITIONS"]):
        yield "replicas beyond the number of partitions would idle"


def schema_faults(overlay, documents):
    """Against Kubernetes' own JSON schemas, which the package kubernetes-validate brings along."""
    if not importlib.util.find_spec("kubernetes_validate"):
        return
    import kubernetes_validate
    version = kubernetes_validate.latest_version()
    faults, checked = [], 0
    for document in documents:
        if "." in document["apiVersion"].split("/")[0] and not document["apiVersion"].split("/")[0].endswith("k8s.io"):
            continue  # A custom resource: its schema is not Kubernetes' own.
        checked += 1
        try:
            kubernetes_validate.validate(document, version, strict=True)
        except kubernetes_validate.ValidationError as error:
            faults.append(f"{document['kind']} {document['metadata']['name']}: {error.message} at {list(error.path)}")
    yield f"{overlay}: {checked} objects fit the schemas of Kubernetes {version}", faults
