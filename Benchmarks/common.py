"""What all measurements share."""

import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Taken out of the environment: the programs refuse settings that they do not know.
BIN = pathlib.Path(os.environ.pop("BULLETINS_BIN", ROOT / ".build/release"))
STAGES = os.environ.pop("BULLETINS_STAGES", str(ROOT / "Benchmarks/.build/release/bulletin-stages"))
CONSUME = pathlib.Path(STAGES).with_name("bulletin-consume")
os.environ.pop("BULLETINS_PYTHON", None)
BASELINES = ROOT / "Benchmarks/baselines"
FLOOR = ROOT / "Benchmarks/floor"


class Unavailable(Exception):
    """What a measurement needs is not here."""


def run(*command, **options) -> subprocess.CompletedProcess:
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True, **options)


def row(name, value, unit, baseline=None, baseline_value=None, target=None, met=None) -> dict:
    """One line of the results. `ratio` is ours to theirs; `met` says whether the target is, nil where there is none."""
    ratio = round(value / baseline_value, 2) if baseline_value else None
    return {"name": name, "value": round(value, 3), "unit": unit, "baseline": baseline,
            "baselineValue": round(baseline_value, 3) if baseline_value else None, "ratio": ratio, "target": target,
            "met": met}
