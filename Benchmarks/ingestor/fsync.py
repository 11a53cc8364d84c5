#!/usr/bin/env python3
"""Appends 8 KiB and syncs, again and again; prints how often a second.

    fsync.py FILE SECONDS
"""
import os, sys, time

file = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
count, end = 0, time.monotonic() + float(sys.argv[2])
while time.monotonic() < end:
    os.write(file, b"x" * 8192)
    os.fdatasync(file)
    count += 1
print(round(count / float(sys.argv[2])))
