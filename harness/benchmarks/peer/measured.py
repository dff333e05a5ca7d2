"""Medians with intervals, and a file of measurements that an interruption cannot take back."""
import fcntl
import hashlib
import json
import os
import platform
import subprocess


def interval(values):
    ordered = sorted(values)
    count = len(ordered)
    # The most values at each end for which P(binomial(count, 1/2) <= outside) is at most 2.5 %.
    outside, probability = 0, 0.5 ** count
    tail = probability
    while True:
        probability *= (count - outside) / (outside + 1)
        tail += probability
        if tail > .025:
            break
        outside += 1
    median = (ordered[(count - 1) // 2] + ordered[count // 2]) / 2
    return dict(median=median, low=ordered[outside], high=ordered[count - 1 - outside], count=count)


def text(i, digits=2):
    return f"{i['median']:.{digits}f} [{i['low']:.{digits}f}, {i['high']:.{digits}f}]"


def machine():
    """Measurements of another processor are no part of the same row."""
    name = platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            name = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), name)
    except OSError:
        pass
    return f"{name}, {os.cpu_count()} cores"


def said(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def program():
    """Measurements of another commit, or of other changes to it, are no part of the same row either."""
    folder = os.path.dirname(os.path.abspath(__file__))
    try:
        commit = said("git", "-C", folder, "describe", "--always", "--dirty").strip()
        if not commit.endswith("-dirty"):
            return commit
        changes = said("git", "-C", folder, "diff", "HEAD")
        return f"{commit}-{hashlib.sha256(changes.encode()).hexdigest()[:8]}"
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def facts_of(row):
    return {key: value for key, value in row.items() if key not in ("measured", "scores")}


class Unusable(Exception):
    """The file cannot be used, in one line."""


class Measurements:
    """Rows by what was measured, written after each."""

    def __init__(self, file, numerics):
        self.file = file
        self.place = dict(machine=machine(), program=program())
        self.content = dict(numerics=numerics, sessions=[], rows=[])
        self.lock = self.alone()
        if os.path.exists(file):
            self.content = self.before()
        if self.content["rows"]:
            print(f"{len(self.content['rows'])} measurements are kept from before (remove {file} to begin anew)",
                  flush=True)

    def alone(self):
        """Two that write the same file would lose each other's rows."""
        try:
            os.makedirs(os.path.dirname(self.file) or ".", exist_ok=True)
            lock = open(self.file + ".lock", "w", encoding="utf-8")
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unusable(f"{self.file}: another comparison is writing it (allowed: one at a time)") from None
        except OSError as problem:
            raise Unusable(f"{self.file}: {problem.strerror} (allowed: a file in a folder that can be written)") from None
        return lock

    def before(self):
        try:
            with open(self.file, encoding="utf-8") as lines:
                kept = json.load(lines)
        except (OSError, ValueError):
            kept = None
        if not isinstance(kept, dict) or not isinstance(kept.get("rows"), list) or "sessions" not in kept:
            raise Unusable(f"{self.file}: no measurements (remedy: remove it to begin anew)")
        return kept

    def begin(self, options, rates):
        self.content["sessions"].append(dict(
            options=options, **self.place, rates=rates, load=os.getloadavg()[0]))
        self.write()

    def find(self, **facts):
        wanted = dict(facts, **self.place)
        return next((row for row in self.content["rows"] if facts_of(row) == wanted), None)

    def add(self, measured, **facts):
        row = dict(facts, **self.place, measured=measured)
        self.content["rows"].append(row)
        self.write()
        return row

    def write(self):
        os.makedirs(os.path.dirname(self.file) or ".", exist_ok=True)
        with open(self.file + ".part", "w", encoding="utf-8") as lines:
            json.dump(self.content, lines, indent=1)
        os.replace(self.file + ".part", self.file)
