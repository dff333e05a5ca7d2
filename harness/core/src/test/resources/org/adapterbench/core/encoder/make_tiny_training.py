"""Writes training.json into tiny-roberta and tiny-bert: the losses of a short training of each by the reference
implementation (PyTorch's AdamW, Transformers' linear schedule with warm-up, global-norm clipping), in double
precision from the fp32 weights, without dropout, every step on the batch of expected.json.

    pip install torch transformers safetensors
    python make_tiny_training.py

Made with torch 2.15.0 and transformers 5.24.0.
"""

import json
import pathlib

import torch
from transformers import (
    BertForSequenceClassification,
    RobertaForSequenceClassification,
    get_linear_schedule_with_warmup,
)

HERE = pathlib.Path(__file__).parent
RECIPE = {"steps": 24, "learningRate": 2e-3, "warmupFraction": 0.15, "weightDecay": 0.05, "clipNorm": 0.5}


def losses(model, batch):
    model = model.double().eval()  # no dropout
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=RECIPE["learningRate"], weight_decay=RECIPE["weightDecay"]
    )
    rising = int(RECIPE["warmupFraction"] * RECIPE["steps"])
    schedule = get_linear_schedule_with_warmup(optimizer, rising, RECIPE["steps"])
    result = []
    for _ in range(RECIPE["steps"]):
        loss = model(**batch).loss
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), RECIPE["clipNorm"])
        optimizer.step()
        schedule.step()
        result.append(float(f"{loss.item():.8g}"))
    return result


for folder, kind in (("tiny-bert", BertForSequenceClassification), ("tiny-roberta", RobertaForSequenceClassification)):
    expected = json.loads((HERE / folder / "expected.json").read_text(encoding="utf-8"))
    inputs = {
        "input_ids": torch.tensor(expected["ids"]),
        "attention_mask": torch.tensor(expected["mask"]),
        "token_type_ids": torch.tensor(expected["types"]),
        "labels": torch.tensor(expected["labels"]),
    }
    model = kind.from_pretrained(HERE / folder)
    assert abs(model.double().eval()(**inputs).loss.item() - expected["loss"]) < 1e-6
    content = {"madeBy": "make_tiny_training.py", "recipe": RECIPE, "losses": losses(model, inputs)}
    (HERE / folder / "training.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
