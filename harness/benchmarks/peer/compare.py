"""Steps and epochs of this program against PyTorch, Transformers and PEFT, asked in turn.

compare.py BENCH NUMERICS OUT.json [key=value ...]
  pairs=10 epochs=11 length=60 encoder=bge-small rows=full,lora-12 parts=steps,epochs
Both sides stay alive and do one step (or epoch) each, in alternating order, so that noise hits both. A ratio is theirs
over ours: above 1 we are faster. Medians with an interval that holds the true median 95 times in 100.
"""
import json
import os
import random
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
LAST_4 = [8, 9, 10, 11]

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

    def ask(self, action, opened=None):
        self.process.stdin.write(json.dumps({"action": action, "open": opened}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"compare: {self.name} ended during '{action}'; see its messages above")
        return json.loads(line)

    def end(self):
        self.process.stdin.close()
        self.process.wait()


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


def summary(name, pairs, **facts):
    result = dict(
        row=name, **facts,
        ours=interval([a["seconds"] for a, _ in pairs]),
        theirs=interval([b["seconds"] for _, b in pairs]),
        ratio=interval([b["seconds"] / a["seconds"] for a, b in pairs]),
        cpuRatio=interval([b["cpuSeconds"] / a["cpuSeconds"] for a, b in pairs]))
    print(f"{name:24s} {facts['dropout']:<8} {facts['mode']:18s} {result['ours']['median']:8.3f} "
          f"{result['theirs']['median']:8.3f}   {text(result['ratio']):20s} {text(result['cpuRatio'])}", flush=True)
    return result


def lengths(count):
    """Lengths like those of sentence pairs: about 53 tokens on average."""
    generator = random.Random(2)
    return [min(96, max(20, round(generator.gauss(53, 14)))) for _ in range(count)]


def examples(sizes):
    generator = random.Random(3)
    return [[generator.randrange(2000, 30000) for _ in range(size)] for size in sizes]


def variants(row, epochs):
    """(dropout, whether frozen layers run without it); the second matters where some layers are frozen."""
    yield 0.1, False
    if row[5]:
        yield 0.1, True
    if not epochs:
        yield 0.0, False


def open_both(ours, theirs, row, dropout, quiet, data, epochs, encoder):
    name, method, settings, adapter, layers, _ = row
    shared = dict(encoder=encoder, dropout=dropout, examples=data)
    ours.ask("open", dict(shared, method=method, settings=settings, epochs=epochs,
                          dropoutLayers="adapted" if quiet else "all"))
    theirs.ask("open", dict(shared, adapter=adapter, layers=layers, frozenLayersEvaluate=quiet))


def main():
    bench, numerics, out = sys.argv[1:4]
    options = dict(pairs="10", epochs="11", length="60", encoder="bge-small", parts="steps,epochs", examples="320",
                   rows=",".join(["forward"] + [row[0] for row in ROWS]))
    options.update(argument.split("=", 1) for argument in sys.argv[4:])
    count, epochs, encoder = int(options["pairs"]), int(options["epochs"]), options["encoder"]
    wanted = options["rows"].split(",")
    ours = Process("our side", [bench, numerics, "peer"])
    theirs = Process("the reference side", [sys.executable, os.path.join(HERE, "torch_side.py")])
    rates = pairs_of(ours, theirs, "rate", 1, 0)[0]
    print(f"matrix-multiply rate: ours {rates[0]['seconds']:.0f}, theirs {rates[1]['seconds']:.0f} GFLOP/s "
          f"(numerics {numerics}, load {os.getloadavg()[0]:.1f})", flush=True)
    print(f"{'row':24s} {'dropout':8s} {'frozen layers':18s} {'ours s':>8s} {'theirs s':>8s}   "
          f"{'theirs / ours':20s} processor time")
    results = []
    if "steps" in options["parts"]:
        data = examples([int(options["length"])] * 32)
        for row in ROWS:
            for dropout, quiet in variants(row, False):
                mode = "without dropout" if quiet else "like the others"
                if row[0] not in wanted and not (row[0] == "full" and "forward" in wanted and dropout == 0):
                    continue
                open_both(ours, theirs, row, dropout, quiet, data, 1, encoder)
                if row[0] in wanted:
                    results.append(summary(row[0], pairs_of(ours, theirs, "step", count, 2), dropout=dropout, mode=mode))
                if row[0] == "full" and dropout == 0 and "forward" in wanted:
                    results.append(summary("forward", pairs_of(ours, theirs, "forward", count, 2),
                                           dropout=dropout, mode=mode))
                ours.ask("close"), theirs.ask("close")
    if "epochs" in options["parts"]:
        data = examples(lengths(int(options["examples"])))
        for row in ROWS:
            if row[0] not in wanted:
                continue
            for dropout, quiet in variants(row, True):
                mode = "without dropout" if quiet else "like the others"
                open_both(ours, theirs, row, dropout, quiet, data, epochs, encoder)
                done = pairs_of(ours, theirs, "epoch", epochs, 0)
                results.append(summary("epoch 1 " + row[0], done[:1], dropout=dropout, mode=mode))
                results.append(summary("epoch 2.. " + row[0], done[1:], dropout=dropout, mode=mode))
                ours.ask("close"), theirs.ask("close")
    ours.end(), theirs.end()
    with open(out, "w", encoding="utf-8") as file:
        json.dump(dict(numerics=numerics, options=options, rates=[r["seconds"] for r in rates],
                       load=os.getloadavg()[0], rows=results), file, indent=1)
    print(out)


if __name__ == "__main__":
    main()
