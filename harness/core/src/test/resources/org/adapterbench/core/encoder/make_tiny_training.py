"""Writes training.json into tiny-roberta and tiny-bert: the losses of a short training of each by the reference
implementation (PyTorch's AdamW, Transformers' linear schedule with warm-up, global-norm clipping), in double
precision from the fp32 weights, without dropout, every step on the batch of expected.json.

    pip install torch transformers safetensors
    python make_tiny_training.py

Made with torch 2.15.0 and transformers 5.24.0.
"""

import torch
from transformers import get_linear_schedule_with_warmup

import tiny

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


for folder, kind in tiny.MODELS:
    inputs = tiny.batch(folder)
    model = kind.from_pretrained(tiny.HERE / folder)
    assert abs(model.double().eval()(**inputs).loss.item() - tiny.expected(folder)["loss"]) < 1e-6
    content = {"madeBy": "make_tiny_training.py", "recipe": RECIPE, "losses": losses(model, inputs)}
    tiny.write(folder, "training.json", content)
