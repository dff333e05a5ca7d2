"""The quick experiment as a whole: pairs of one task and one seed with all methods.

like: one process on each side, one warm-up for all methods, the same buckets and the same scores.
user: `adapterbench run` into a fresh folder without warm-ups in the cache, start-up, report and all, against a Python
process and a warm-up of its own for every method.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

from measured import interval, text

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
EXPERIMENT = os.path.join(ROOT, "harness", "experiments", "quick.yaml")
READINGS = ["like", "user"]


def listed(key):
    """A list in the experiment's file, which stands in one line there."""
    with open(EXPERIMENT, encoding="utf-8") as lines:
        found = re.search(rf"^{key}: \[(.*)\]$", lines.read(), re.M)
    return [word.strip() for word in found.group(1).split(",")]


def methods():
    with open(EXPERIMENT, encoding="utf-8") as lines:
        return re.findall(r"^  - method: (\S+)$", lines.read(), re.M)


def fresh_cache(folder):
    """The user's cache but for what runs compute."""
    users = os.environ.get("ADAPTERBENCH_CACHE") or os.path.expanduser("~/.cache/adapterbench")
    os.makedirs(folder)
    for name in os.listdir(users):
        if name not in ("warmups", "activations"):
            os.symlink(os.path.abspath(os.path.join(users, name)), os.path.join(folder, name))
    return folder


def watched(command, log, **environment):
    """Wall time and processor time of a process and of those that it started."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=log, stderr=log, env=dict(os.environ, **environment))
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"compare: {' '.join(command)} ended with code {process.returncode}; see {log.name}")
    return dict(seconds=time.perf_counter() - started, cpuSeconds=usage.ru_utime + usage.ru_stime)


class Group:
    """One task and one seed, in a folder that is removed at the end."""

    def __init__(self, ours, theirs, options, weights, numerics, task, seed):
        self.ours, self.theirs = ours, theirs
        self.folder = tempfile.mkdtemp(prefix="adapterbench-quick-")
        self.only = ",".join([f"task={task}", f"seed={seed}"] + [f"method={m}" for m in options["methods"]])
        self.set = [f"data.{key}={options[key]}" for key in ("train", "evaluation") if options[key]]
        self.numerics = numerics
        self.work = os.path.join(self.folder, "work.json")
        os.makedirs(weights, exist_ok=True)
        self.log = open(os.path.join(weights, "quick.log"), "a", encoding="utf-8")
        ours.ask("describe", place=self.place("described"), file=self.work)
        with open(self.work, encoding="utf-8") as lines:
            content = json.load(lines)
        self.variants = [run["variant"] for run in content["runs"]]
        self.weights = os.path.join(weights, content["encoder"])
        theirs.ask("weights", encoder=content["encoder"], folder=self.weights)

    def place(self, name):
        folder = os.path.join(self.folder, name)
        return dict(experiment=EXPERIMENT, only=self.only, set=self.set,
                    cache=fresh_cache(os.path.join(folder, "cache")), folder=os.path.join(folder, "runs"))

    def ours_like(self):
        return self.ours.ask("runs", place=self.place("ours-like"))

    def theirs_like(self):
        return self.theirs.ask("runs", file=self.work, folder=self.weights)

    def ours_user(self):
        folder = os.path.join(self.folder, "ours-user")
        command = [os.path.join(ROOT, "harness", "bin", "adapterbench"), "run", EXPERIMENT, "--only", self.only,
                   "--out", os.path.join(folder, "out"), "--set", f"numerics={self.numerics}"]
        for value in self.set:
            command += ["--set", value]
        return watched(command, self.log, ADAPTERBENCH_CACHE=fresh_cache(os.path.join(folder, "cache")))

    def theirs_user(self):
        each = [watched([sys.executable, os.path.join(HERE, "torch_quick.py"), self.work, self.weights, variant],
                        self.log) for variant in self.variants]
        return {key: sum(one[key] for one in each) for key in ("seconds", "cpuSeconds")}

    def close(self):
        self.log.close()
        shutil.rmtree(self.folder)


def summary(reading, rows):
    ratio = {key: interval([row["measured"]["theirs"][key] / row["measured"]["ours"][key] for row in rows])
             for key in ("seconds", "cpuSeconds")}
    print(f"quick, {reading}: theirs / ours {text(ratio['seconds'])}, "
          f"processor time {text(ratio['cpuSeconds'])}, {len(rows)} pairs", flush=True)


def measure(group, pair, readings, facts, kept):
    """Adds a pair's row to each reading: what was kept, or else measured now."""
    for reading, rows in readings.items():
        row = kept.find(**facts[reading])
        if row is None:
            sides = ["ours", "theirs"] if pair % 2 else ["theirs", "ours"]
            row = kept.add({side: getattr(group, f"{side}_{reading}")() for side in sides}, **facts[reading])
        rows.append(row)
        a, b = row["measured"]["ours"], row["measured"]["theirs"]
        print(f"quick, {reading}: pair {pair + 1}, {row['task']}, seed {row['seed']}: ours {a['seconds']:.1f} s, theirs "
              f"{b['seconds']:.1f} s, ratio {b['seconds'] / a['seconds']:.2f}, "
              f"processor time {b['cpuSeconds'] / a['cpuSeconds']:.2f}", flush=True)


def compare(ours, theirs, options, numerics, kept, weights):
    groups = [(task, seed) for seed in listed("seeds") for task in listed("tasks")]
    readings = {reading: [] for reading in options["readings"]}
    for pair in range(options["pairs"]):
        task, seed = groups[pair % len(groups)]
        facts = {reading: dict(part="quick", reading=reading, pair=pair, task=task, seed=seed,
                               methods=options["methods"], train=options["train"], evaluation=options["evaluation"])
                 for reading in readings}
        missing = [reading for reading in readings if kept.find(**facts[reading]) is None]
        group = Group(ours, theirs, options, weights, numerics, task, seed) if missing else None
        try:
            measure(group, pair, readings, facts, kept)
        finally:
            if group:
                group.close()
    for reading, rows in readings.items():
        summary(reading, rows)
