"""python3 -m deploycheck --bin DIR [--root REPOSITORY]: every check, a line for each fault; exit code 1 if there is one."""
import argparse
import pathlib
import sys

from . import compose, kubernetes, metrics, units
from .programs import Programs


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True, type=pathlib.Path)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2])
    arguments = parser.parse_args()

    failed = passed = 0
    with Programs(arguments.bin.resolve(), arguments.root) as programs:
        for check in (metrics.check, units.check, compose.check, kubernetes.check):
            for name, faults in check(arguments.root, programs):
                faults = list(faults)
                for fault in faults:
                    print(f"error: {name}: {fault}", file=sys.stderr)
                failed, passed = failed + bool(faults), passed + (not faults)
                if not faults:
                    print(f"ok: {name}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
