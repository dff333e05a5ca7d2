"""An experiment's runs on one task with one seed, in the reference stack: PyTorch, Transformers, PEFT.

torch_quick.py WORK.json WEIGHTS VARIANT: one run as a user has it, in a process of its own: the warm-up, the method's
turn, a score after each epoch. Used as a module, runs() does all of a group in this process and warms up once.

WORK.json is what our side describes: tokens, labels, the buckets of its batches, recipes. WEIGHTS is a folder of
Transformers' own. Nothing is written: what a run leaves costs our side alone.
"""
import copy
import json
import random
import signal
import sys

import torch
import transformers
from transformers import BertForSequenceClassification, get_linear_schedule_with_warmup

from torch_model import CHUNK, ROWS, Side

# What stands in for our methods; a method that is not here has no counterpart.
ADAPTERS = {"full": None, "lora": "lora", "svd-lora": "lora", "qr-lora": "lora", "warm-start": "nothing",
            "head-only": "head"}


def tensors(examples, chosen, length):
    pad = lambda values: values + [0] * (length - len(values))
    picked = [examples[i] for i in chosen]
    return dict(
        input_ids=torch.tensor([pad(e["ids"]) for e in picked]),
        token_type_ids=torch.tensor([pad(e["types"]) for e in picked]),
        attention_mask=torch.tensor([pad([1] * len(e["ids"])) for e in picked]),
        labels=torch.tensor([e["label"] for e in picked]))


def bucketed(part, generator):
    """Our buckets: examples shuffled within each, then the batches; padded to the bucket's length."""
    buckets = {}
    for batch in part["batches"]:
        buckets.setdefault(batch["length"], []).extend(batch["examples"])
    batches = []
    for length, members in buckets.items():
        generator.shuffle(members)
        batches += [(length, members[i:i + ROWS]) for i in range(0, len(members), ROWS)]
    generator.shuffle(batches)
    return batches


def sorted_chunks(part, generator):
    """As a user has it: chunks of a shuffle, sorted, cut and shuffled again; padded to the batch's longest text."""
    size = lambda i: len(part["examples"][i]["ids"])
    order = list(range(len(part["examples"])))
    generator.shuffle(order)
    batches = []
    for start in range(0, len(order), ROWS * CHUNK):
        chunk = sorted(order[start:start + ROWS * CHUNK], key=size)
        batches += [(size(chunk[min(i + ROWS, len(chunk)) - 1]), chunk[i:i + ROWS])
                    for i in range(0, len(chunk), ROWS)]
    generator.shuffle(batches)
    return batches


def train(model, part, recipe, plan, generator, after_epoch=lambda: None):
    """AdamW, linear rise and fall of the rate, clipping: the recipe of our runs."""
    groups = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            head = "classifier" in name or "pooler" in name
            groups.setdefault((head, parameter.dim() > 1 or recipe["decayAll"]), []).append(parameter)
    parameters = [p for group in groups.values() for p in group]
    optimizer = torch.optim.AdamW([
        dict(params=group, lr=recipe["headLearningRate" if head else "learningRate"],
             weight_decay=recipe["weightDecay"] if decays else 0.0)
        for (head, decays), group in groups.items()])
    steps = recipe["epochs"] * len(plan(part, random.Random(0)))
    schedule = get_linear_schedule_with_warmup(optimizer, int(recipe["warmupFraction"] * steps), steps)
    for _ in range(recipe["epochs"]):
        model.train()
        for length, chosen in plan(part, generator):
            loss = model(**tensors(part["examples"], chosen, length)).loss
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, recipe["clipNorm"])
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            loss.item()
        after_epoch()


def score(model, parts):
    """Accuracy of each split."""
    model.eval()
    results = []
    with torch.inference_mode():
        for part in parts:
            right = 0
            for batch in part["batches"]:
                inputs = tensors(part["examples"], batch["examples"], batch["length"])
                labels = inputs.pop("labels")
                right += (model(**inputs).logits.argmax(-1) == labels).sum().item()
            results.append(right / len(part["examples"]))
    return results


def opened(work, weights):
    rate = work["start"]["warmup"]["dropout"]
    torch.set_num_threads(work["threads"])
    return BertForSequenceClassification.from_pretrained(
        weights, num_labels=work["classes"], hidden_dropout_prob=rate, attention_probs_dropout_prob=rate)


def turn(model, work, run, plan, generator, scored_first):
    """A method's turn on a warmed-up model. @return its scores, the last epoch's last"""
    method = run["method"]
    adapter = ADAPTERS[method["name"]]
    if adapter == "nothing":
        return [score(model, work["evaluation"])]
    # A rank of 0 is chosen by other settings of ours; 8 is what adapters usually have.
    rank = method["settings"].get("rank") or 8
    model = Side.adapted(model, dict(adapter=adapter, layers=run.get("layers"), rank=rank))
    scores = [score(model, work["evaluation"])] if scored_first else []
    train(model, work["training"], run["training"], plan, generator,
          lambda: scores.append(score(model, work["evaluation"])))
    return scores


def runs(work, weights):
    """All runs in this process from one warm-up, with our buckets and as many scores as ours."""
    generator = random.Random(1)
    torch.manual_seed(1)
    start = opened(work, weights)
    train(start, work["training"], work["start"]["warmup"], bucketed, generator)
    return {run["variant"]: turn(copy.deepcopy(start), work, run, bucketed, generator, True) for run in work["runs"]}


def main():
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    file, weights, variant = sys.argv[1:]
    with open(file, encoding="utf-8") as lines:
        work = json.load(lines)
    run = next(run for run in work["runs"] if run["variant"] == variant)
    generator = random.Random(1)
    torch.manual_seed(1)
    model = opened(work, weights)
    train(model, work["training"], work["start"]["warmup"], sorted_chunks, generator)
    print(json.dumps({variant: turn(model, work, run, sorted_chunks, generator, False)}))


if __name__ == "__main__":
    # Stopped with its parent, which says so.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    main()
