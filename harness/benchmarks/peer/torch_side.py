"""The reference stack's half of the comparison: PyTorch, Transformers, PEFT.

Reads one request a line (JSON), answers one line: {"seconds": wall, "cpuSeconds": of all threads}. The requests are
those of PeerSide.java, with two more keys in "open": "layers" (adapted ones, null for all, [] for none) and
"frozenLayersEvaluate" (whether frozen layers run without dropout, as a careful user would have it). "weights" leaves an
encoder's weights in a folder, as a user has them, and "runs" does the runs of torch_quick.py.
"""
import json
import os
import signal
import sys
import time

import torch
from transformers import BertConfig, BertModel, logging

import torch_quick
from torch_model import SHAPES, Side


def leave_weights(encoder, folder):
    if not os.path.exists(os.path.join(folder, "config.json")):
        torch.manual_seed(1)
        BertModel(BertConfig(vocab_size=30522, **SHAPES[encoder])).save_pretrained(folder)


def do_runs(file, folder):
    with open(file, encoding="utf-8") as lines:
        torch_quick.runs(json.load(lines), folder)


def rate():
    best = 0.0
    for side in (1536, 3072):
        a, b = torch.randn(side, side), torch.randn(side, side)
        for _ in range(6):
            before = time.perf_counter()
            a @ b
            best = max(best, 2 * side ** 3 / (time.perf_counter() - before) / 1e9)
    return best


def main():
    torch.set_num_threads(2)
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    side = None
    for line in sys.stdin:
        request = json.loads(line)
        action = request["action"]
        wall, cpu = time.perf_counter(), time.process_time()
        value = None
        if action == "open":
            side = Side(request["open"])
        elif action == "close":
            side = None
        elif action == "rate":
            value = rate()
        elif action == "weights":
            leave_weights(request["encoder"], request["folder"])
        elif action == "runs":
            do_runs(request["file"], request["folder"])
        else:
            getattr(side, action)()
        seconds = time.perf_counter() - wall if value is None else value
        print(json.dumps(dict(seconds=seconds, cpuSeconds=time.process_time() - cpu)), flush=True)


if __name__ == "__main__":
    # Stopped with its parent, which says so.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    main()
