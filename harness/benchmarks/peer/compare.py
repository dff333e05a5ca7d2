"""Steps, epochs and the quick experiment of this program against PyTorch, Transformers and PEFT, asked in turn.

compare.py BENCH NUMERICS OUT.json [key=value ...]
  parts=steps,epochs,quick (without quick if not named)
  steps and epochs: pairs=10 epochs=11 length=60 examples=320 encoder=bge-small rows=full,lora-12
  quick: pairs=10 readings=like,user methods=full,lora train=1000 evaluation=500 (see quick.py)
Both sides stay alive and do one step (or epoch, or group of runs) each, in alternating order, so that noise hits both. A
ratio is theirs over ours: above 1 we are faster. Medians with an interval that holds the true median 95 times in 100.
Every row, and of quick every pair, is in OUT.json as soon as it is measured; called again, what is there is kept.
"""
import importlib.util
import json
import os
import random
import re
import subprocess
import sys

import quick
from measured import Measurements, Unusable, interval, text

HERE = os.path.dirname(os.path.abspath(__file__))
BAD_INPUT = 2
# Processor time is counted in ticks; an epoch on stored activations may take less than one.
TICK = 0.01
MOST = 100_000
LIBRARIES = ["torch", "transformers", "peft"]
LAST_4 = [8, 9, 10, 11]

# Where dropout is while frozen layers are below: (of ours everywhere, of theirs everywhere). Ours reuses the activations
# of frozen layers that have none.
EVERYWHERE = (True, True)
MODES = {EVERYWHERE: "both", (False, True): "theirs", (False, False): "neither"}

# name, our method and settings, their adapter and layers, whether whole layers are frozen
ROWS = [
    ("full", "full", {}, None, None, False),
    ("lora-12", "lora", {"rank": 8, "layers": "all"}, "lora", None, False),
    ("lora-last-4", "lora", {"rank": 8, "layers": "last-4"}, "lora", LAST_4, True),
    ("qr-lora-last-4", "qr-lora", {"tau": 0.5, "layers": "last-4"}, "lora", LAST_4, True),
    ("head-only", "head-only", {}, "head", None, True),
]


class Process:
    """A side that answers requests."""

    def __init__(self, name, command):
        self.name = name
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def ask(self, action, opened=None, **more):
        try:
            self.process.stdin.write(
                json.dumps({"action": action, "open": opened, "place": None, "file": None, **more}) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            # It has ended, which its answer shows.
            pass
        line = self.process.stdout.readline()
        if not line:
            if self.process.wait() == BAD_INPUT:
                # It has said what was wrong.
                sys.exit(BAD_INPUT)
            sys.exit(f"compare: {self.name} ended during '{action}'; see its messages above")
        return json.loads(line)

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def pairs_of(ours, theirs, action, count, warm_up):
    """Alternates which side goes first."""
    kept = []
    for i in range(-warm_up, count):
        first, second = (ours, theirs) if i % 2 else (theirs, ours)
        a, b = first.ask(action), second.ask(action)
        pair = (a, b) if first is ours else (b, a)
        if i >= 0:
            kept.append(pair)
    return kept


def summarised(pairs):
    return dict(
        ours=interval([a["seconds"] for a, _ in pairs]),
        theirs=interval([b["seconds"] for _, b in pairs]),
        ratio=interval([b["seconds"] / a["seconds"] for a, b in pairs]),
        cpuRatio=interval([max(b["cpuSeconds"], TICK) / max(a["cpuSeconds"], TICK) for a, b in pairs]))


def show(name, row):
    result = row["measured"]
    print(f"{name:24s} {row['dropout']:<8} {row['mode']:18s} {result['ours']['median']:8.3f} "
          f"{result['theirs']['median']:8.3f}   {text(result['ratio']):20s} {text(result['cpuRatio'])}", flush=True)


def lengths(count):
    """Lengths like those of sentence pairs: about 53 tokens on average."""
    generator = random.Random(2)
    return [min(96, max(20, round(generator.gauss(53, 14)))) for _ in range(count)]


def examples(sizes):
    generator = random.Random(3)
    return [[generator.randrange(2000, 30000) for _ in range(size)] for size in sizes]


def variants(row, epochs):
    """(rate, which side has dropout in frozen layers); the second matters where some layers are frozen."""
    for where in MODES if row[5] else [EVERYWHERE]:
        yield 0.1, where
    if not epochs:
        yield 0.0, EVERYWHERE


def open_both(ours, theirs, row, dropout, where, data, epochs, encoder):
    name, method, settings, adapter, layers, _ = row
    shared = dict(encoder=encoder, dropout=dropout, examples=data)
    ours.ask("open", dict(shared, method=method, settings=settings, epochs=epochs,
                          dropoutLayers="all" if where[0] else "adapted"))
    theirs.ask("open", dict(shared, adapter=adapter, layers=layers, frozenLayersEvaluate=not where[1]))


def steps(ours, theirs, options, kept):
    """The forward pass goes with full fine-tuning, whose model it needs."""
    data = examples([options["length"]] * 32)
    for row in ROWS:
        for dropout, where in variants(row, False):
            actions = {row[0]: "step"} if row[0] in options["rows"] else {}
            if row[0] == "full" and dropout == 0 and "forward" in options["rows"]:
                actions["forward"] = "forward"
            facts = dict(part="steps", dropout=dropout, mode=MODES[where], encoder=options["encoder"],
                         length=options["length"], pairs=options["pairs"])
            missing = [name for name in actions if kept.find(row=name, **facts) is None]
            if missing:
                open_both(ours, theirs, row, dropout, where, data, 1, options["encoder"])
                for name in missing:
                    kept.add(summarised(pairs_of(ours, theirs, actions[name], options["pairs"], 2)), row=name, **facts)
                ours.ask("close"), theirs.ask("close")
            for name in actions:
                show(name, kept.find(row=name, **facts))


def epochs(ours, theirs, options, kept):
    """The first epoch, in which activations are stored, is a row of its own."""
    data = examples(lengths(options["examples"]))
    count = options["epochs"]
    for row in ROWS:
        if row[0] not in options["rows"]:
            continue
        for dropout, where in variants(row, True):
            facts = dict(part="epochs", dropout=dropout, mode=MODES[where], encoder=options["encoder"],
                         examples=options["examples"], epochs=count)
            names = [f"epoch 1 {row[0]}", f"epoch 2.. {row[0]}"]
            if kept.find(row=names[1], **facts) is None:
                open_both(ours, theirs, row, dropout, where, data, count, options["encoder"])
                done = pairs_of(ours, theirs, "epoch", count, 0)
                for name, part in zip(names, (done[:1], done[1:])):
                    if kept.find(row=name, **facts) is None:
                        kept.add(summarised(part), row=name, **facts)
                ours.ask("close"), theirs.ask("close")
            for name in names:
                show(name, kept.find(row=name, **facts))


def fail(message):
    print(f"compare: {message}", file=sys.stderr)
    sys.exit(BAD_INPUT)


def read(arguments):
    """Words as make passes them: several in one argument. A blank separates only where another key follows."""
    numbers = dict(pairs=10, epochs=11, length=60, examples=320, train=None, evaluation=None)
    choices = dict(parts=["steps", "epochs", "quick"], rows=["forward"] + [row[0] for row in ROWS],
                   readings=quick.READINGS, methods=quick.methods())
    options = dict(numbers, **choices, encoder="bge-small")
    # The experiment as a whole takes many times as long as the rest.
    options["parts"] = ["steps", "epochs"]
    options["methods"] = []
    for word in [word for argument in arguments for word in re.split(r"\s+(?=[a-z]+=)", argument.strip()) if word]:
        key, equals, value = word.partition("=")
        if not equals or key not in options:
            fail(f"unknown key '{key}' (known: {', '.join(sorted(options))})")
        if key in numbers:
            least = 2 if key == "epochs" else 1
            if not re.fullmatch("[0-9]{1,9}", value) or not least <= int(value) <= MOST:
                fail(f"{key}={value} (allowed: a whole number from {least} to {MOST})")
            options[key] = int(value)
        elif key in choices:
            options[key] = value.split(",")
            for each in options[key]:
                if each not in choices[key]:
                    fail(f"{key}={value} (allowed: {', '.join(choices[key])})")
        else:
            options[key] = value
    return options


def main():
    if len(sys.argv) < 4:
        fail("BENCH, NUMERICS and OUT.json are missing")
    bench, numerics, out = sys.argv[1:4]
    options = read(sys.argv[4:])
    missing = [name for name in LIBRARIES if importlib.util.find_spec(name) is None]
    if missing:
        fail(f"{sys.executable}: no {', '.join(missing)} (allowed for PEER_PYTHON: a Python with {', '.join(LIBRARIES)})")
    ours = Process("our side", [bench, numerics, "peer"])
    # It refuses unknown numerics before a file is named after them.
    ours.ask("rate")
    try:
        kept = Measurements(out, numerics)
    except Unusable as problem:
        fail(str(problem))
    theirs = Process("the reference side", [sys.executable, os.path.join(HERE, "torch_side.py")])
    rates = pairs_of(ours, theirs, "rate", 1, 0)[0]
    kept.begin(options, [rate["seconds"] for rate in rates])
    print(f"matrix-multiply rate: ours {rates[0]['seconds']:.0f}, theirs {rates[1]['seconds']:.0f} GFLOP/s "
          f"(numerics {numerics}, load {os.getloadavg()[0]:.1f})", flush=True)
    if "steps" in options["parts"] or "epochs" in options["parts"]:
        print(f"{'row':24s} {'dropout':8s} {'in frozen layers':18s} {'ours s':>8s} {'theirs s':>8s}   "
              f"{'theirs / ours':20s} processor time", flush=True)
    if "steps" in options["parts"]:
        steps(ours, theirs, options, kept)
    if "epochs" in options["parts"]:
        epochs(ours, theirs, options, kept)
    if "quick" in options["parts"]:
        quick.compare(ours, theirs, options, numerics, kept,
                      os.path.join(os.path.dirname(os.path.abspath(out)), "reference-weights"))
    ours.end(), theirs.end()
    print(out)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("compare: stopped; the same command goes on from here", file=sys.stderr)
        sys.exit(130)
