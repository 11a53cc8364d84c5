"""What Chinese text costs others, on one core: a conversion with OpenCC, part-of-speech tagging with jieba.

    texts.py opencc|jieba FILE-OR-FOLDER [--seconds N]

Prints a line of JSON as bulletin-stages does: MB/s are 10^6 bytes of UTF-8 a second of processor time.
"""

import argparse
import json
import pathlib
import sys
import time


def texts(path: pathlib.Path) -> list[bytes]:
    if path.is_file():
        return [path.read_bytes()]
    return [file.read_bytes() for file in sorted(path.rglob("*")) if file.suffix in (".txt", ".html")]


def stage(name: str):
    """The work that is measured: bytes of UTF-8 in, a number out that depends on all of it."""
    if name == "opencc":
        import opencc

        convert = opencc.OpenCC("t2s.json").convert
        return lambda data: len(convert(data.decode("utf-8")))
    import jieba
    import jieba.posseg

    jieba.setLogLevel(60)
    jieba.initialize()
    return lambda data: sum(len(word.flag) for word in jieba.posseg.cut(data.decode("utf-8")))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stage", choices=["opencc", "jieba"])
    parser.add_argument("path", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=2.0)
    options = parser.parse_args()
    documents = texts(options.path)
    try:
        work = stage(options.stage)
    except ImportError as error:
        print(f"error: {error}: install Benchmarks/baselines/requirements.txt", file=sys.stderr)
        return 69
    work(documents[0])
    start = time.process_time()
    done = runs = 0
    # Whole passes cost too long for the slow ones: documents count, in their order.
    while time.process_time() - start < options.seconds:
        document = documents[runs % len(documents)]
        work(document)
        done += len(document)
        runs += 1
    elapsed = time.process_time() - start
    print(json.dumps({"stage": options.stage, "megabytesPerSecond": round(done / elapsed / 1e6, 3),
                      "documentsPerSecond": round(runs / elapsed, 2)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
