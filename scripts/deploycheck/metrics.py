"""Alerts, their runbook and tests, and the dashboard: every metric and label exists."""
import json
import re

import yaml

# Words of PromQL that stand where a metric could.
WORDS = set("""sum by count max min avg rate increase histogram_quantile absent unless on and or changes last_over_time
without ignoring group_left group_right offset label_values bool topk bottomk stddev le""".split())
# Prometheus's own.
OWN = {"up": {"job", "instance"}}
# What Prometheus adds to every series.
ADDED = {"job", "instance"}


def real_metrics(root, programs):
    """{name: labels} of what the running services say, and of what the documentation (held to the code by tests) lists."""
    found = {}
    for program in ("bulletin-ingestor", "bulletin-indexer"):
        for line in programs.get(program, "/metrics")[1].splitlines():
            if match := re.match(r"([a-z_:]+)(?:\{(.*)\})? ", line):
                labels = set(re.findall(r'([a-z_]+)="', match[2] or ""))
                found.setdefault(match[1], set()).update(labels)
    seen = set(found)
    for page in ("docs/ingestor.md", "docs/operations.md"):
        for line in (root / page).read_text().splitlines():
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if len(cells) < 3 or cells[1] not in ("counter", "gauge", "histogram"):
                continue
            for name in re.findall(r"`([a-z_]+)`", cells[0]):
                labels = set(re.findall(r"`([a-z_]+)`", cells[2]))
                suffixes = ("_bucket", "_sum", "_count") if cells[1] == "histogram" else ("",)
                for suffix in suffixes:
                    extra = {"le"} if suffix == "_bucket" else set()
                    found.setdefault(name + suffix, set()).update(labels | extra)
    return found, seen


def used(expression):
    """(name, labels) of each selector in a PromQL expression."""
    text = re.sub(r"\$__\w+|\[[^\]]*\]", "", expression)
    # What stands behind by (…) and on (…) is labels; they are the business of `grouped`.
    text = re.sub(r"\b(by|on|without|ignoring)\s*\([^)]*\)", " ", text)
    # Matchers may hold anything within quotes.
    for match in re.finditer(r'([a-z_:][a-z0-9_:]*)\s*(\{[^}]*\})?', re.sub(r'"[^"]*"', lambda m: '"' + "_" * (len(m[0]) - 2) + '"', text)):
        if match[1] not in WORDS and not match[1].strip("_") == "":
            yield match[1], set(re.findall(r"([a-z_]+)\s*[=!]~?", match[2] or ""))


def faults_of(expression, known):
    return [f"no metric {name}" if name not in known else f"{name} has no label {label}"
            for name, labels in used(expression)
            for label in (labels - known.get(name, set()) - ADDED if name in known else {""})]


def anchor(text):
    return re.sub(r"[^a-z0-9 -]", "", text.lower()).replace(" ", "-")


def check(root, programs):
    known, seen = real_metrics(root, programs)
    known |= OWN
    rules = [rule for group in yaml.safe_load((root / "deploy/prometheus/alerts.yml").read_text())["groups"]
             for rule in group["rules"]]
    yield "alerts name metrics that exist", [
        f"{rule['alert']}: {fault}" for rule in rules for fault in faults_of(rule["expr"], known)]

    sections = re.findall(r"^## (.+)$", (root / "docs/runbook.md").read_text(), re.M)
    names = [rule["alert"] for rule in rules]
    yield "every alert has its section in the runbook, and the other way round", (
        [f"no section {name}" for name in names if name not in sections]
        + [f"no alert {name}" for name in sections if name not in names]
        + [f"{rule['alert']}: its annotation leads elsewhere" for rule in rules
           if rule["annotations"]["runbook"] != f"docs/runbook.md#{anchor(rule['alert'])}"])

    tests = yaml.safe_load((root / "deploy/prometheus/tests/alerts.test.yml").read_text())["tests"]
    fired = {case["alertname"] for test in tests for case in test["alert_rule_test"] if case["exp_alerts"]}
    yield "every alert fires in a test", [name for name in names if name not in fired]

    dashboards = sorted((root / "deploy/grafana/dashboards").glob("*.json"))
    faults, panels = [], 0
    for path in dashboards:
        dashboard = json.loads(path.read_text())
        variables = {f"${v['name']}" for v in dashboard["templating"]["list"]}
        identifiers = [panel["id"] for panel in dashboard["panels"]]
        if len(set(identifiers)) != len(identifiers):
            faults.append(f"{path.name}: two panels with one id")
        for panel in dashboard["panels"]:
            for target in panel.get("targets", []):
                panels += 1
                faults += [f"{panel['title']}: {fault}" for fault in faults_of(target["expr"], known)]
                faults += [f"{panel['title']}: no variable {name}"
                           for name in re.findall(r"\$(?!__)\w+", target["expr"]) if name not in variables]
    yield f"{panels} queries of the dashboard name metrics that exist", faults

    asked = {name for rule in rules for name, _ in used(rule["expr"])}
    unseen = {name for name in asked - seen if name not in OWN}
    # Nothing of the kind has happened to the services that run here.
    rare = {"bulletins_indexer_rejected_total", "bulletins_ingestor_auth_failures_total"}
    yield "what alerts ask for is really served", sorted(unseen - rare)
