#!/usr/bin/env python3
"""Lists what is in an image, as SPDX 2.3 JSON: Debian's packages, Swift's packages, and every file with its digest.

    deploy/docker/sbom.py --name PROGRAM --root FOLDER [--resolved Package.resolved] DEBIAN_PACKAGE…

The same input gives the same output: the time is that of SOURCE_DATE_EPOCH, the name space a digest of the contents.
"""
import argparse
import datetime
import hashlib
import json
import os
import pathlib
import re
import subprocess


def identifier(kind, text):
    """An SPDX id: letters, digits, dots and dashes."""
    return f"SPDXRef-{kind}-{re.sub('[^A-Za-z0-9.-]+', '-', text)}"


def debian_packages(names):
    if not names:
        return
    fields = "${Package}\t${Version}\t${Architecture}\t${source:Package}\t${Homepage}\n"
    lines = subprocess.run(["dpkg-query", "-W", "-f", fields, *sorted(names)], check=True, capture_output=True, text=True)
    for line in sorted(set(lines.stdout.splitlines())):
        name, version, architecture, source, homepage = line.split("\t")
        yield {
            "SPDXID": identifier("deb", name),
            "name": name,
            "versionInfo": version,
            "supplier": "Organization: Debian",
            "downloadLocation": "NOASSERTION",
            "filesAnalyzed": False,
            "homepage": homepage or "NOASSERTION",
            "licenseConcluded": "NOASSERTION",
            "licenseDeclared": "NOASSERTION",
            "copyrightText": "NOASSERTION",
            "sourceInfo": f"built from the Debian source package {source}; licence in usr/share/doc/{name}/copyright",
            "externalRefs": [{
                "referenceCategory": "PACKAGE-MANAGER",
                "referenceType": "purl",
                "referenceLocator": f"pkg:deb/debian/{name}@{version}?arch={architecture}",
            }],
        }


def swift_packages(resolved):
    """The packages that are linked into the program: a static binary does not tell by itself."""
    if not resolved or not resolved.exists():
        return
    for pin in sorted(json.loads(resolved.read_text())["pins"], key=lambda pin: pin["identity"]):
        state = pin["state"]
        version = state.get("version") or state.get("revision", "")
        place = re.sub(r"^https://|\.git$", "", pin["location"])
        yield {
            "SPDXID": identifier("swift", pin["identity"]),
            "name": pin["identity"],
            "versionInfo": version,
            "downloadLocation": "git+" + pin["location"] + (f"@{state['revision']}" if "revision" in state else ""),
            "filesAnalyzed": False,
            "licenseConcluded": "NOASSERTION",
            "licenseDeclared": "NOASSERTION",
            "copyrightText": "NOASSERTION",
            "externalRefs": [{
                "referenceCategory": "PACKAGE-MANAGER",
                "referenceType": "purl",
                "referenceLocator": f"pkg:swift/{place}@{version}",
            }],
        }


def files(root):
    for path in sorted(root.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        name = "./" + path.relative_to(root).as_posix()
        data = path.read_bytes()
        yield {
            "SPDXID": identifier("file", hashlib.sha1(name.encode()).hexdigest()),
            "fileName": name,
            "checksums": [
                {"algorithm": "SHA1", "checksumValue": hashlib.sha1(data).hexdigest()},
                {"algorithm": "SHA256", "checksumValue": hashlib.sha256(data).hexdigest()},
            ],
            "licenseConcluded": "NOASSERTION",
            "licenseInfoInFiles": ["NOASSERTION"],
            "copyrightText": "NOASSERTION",
        }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--name", required=True)
    parser.add_argument("--root", required=True, type=pathlib.Path)
    parser.add_argument("--resolved", type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2] / "Package.resolved")
    parser.add_argument("packages", nargs="*")
    arguments = parser.parse_args()

    image = identifier("image", arguments.name)
    contents = list(files(arguments.root))
    digest = hashlib.sha256("".join(entry["checksums"][1]["checksumValue"] for entry in contents).encode()).hexdigest()
    parts = list(debian_packages(arguments.packages)) + list(swift_packages(arguments.resolved))
    created = datetime.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), datetime.timezone.utc)
    print(json.dumps({
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": arguments.name,
        "documentNamespace": f"urn:bulletins:sbom:{arguments.name}:{digest}",
        "creationInfo": {"created": created.strftime("%Y-%m-%dT%H:%M:%SZ"), "creators": ["Tool: bulletins-sbom"]},
        "packages": [{
            "SPDXID": image,
            "name": arguments.name,
            "downloadLocation": "NOASSERTION",
            "filesAnalyzed": False,
            "licenseConcluded": "Apache-2.0",
            "licenseDeclared": "Apache-2.0",
            "copyrightText": "NOASSERTION",
            "primaryPackagePurpose": "CONTAINER",
        }] + parts,
        "files": contents,
        "relationships": [
            {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": image},
        ] + [
            {"spdxElementId": image, "relationshipType": "CONTAINS", "relatedSpdxElement": part["SPDXID"]}
            for part in parts + contents
        ],
    }, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
