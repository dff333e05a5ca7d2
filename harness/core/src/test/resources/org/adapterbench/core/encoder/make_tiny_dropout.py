"""Writes dropout.json into tiny-roberta and tiny-bert: mean, over many masks, of the loss of a step and of the squared
gradients of each parameter by the reference implementation with dropout at every place, on the batch of expected.json,
each with the standard deviation of one mask's value.

    pip install torch transformers safetensors
    python make_tiny_dropout.py

Made with torch 2.15.0 and transformers 5.24.0.
"""

import torch

import tiny

RATE = 0.3
DRAWS = 8000


def measure(model, batch):
    sums, squares = {}, {}
    for _ in range(DRAWS):
        model.zero_grad()
        loss = model(**batch).loss
        loss.backward()
        values = {"loss": loss.item()}
        for name, parameter in model.named_parameters():
            values[name.removeprefix("bert.").removeprefix("roberta.")] = float((parameter.grad.double() ** 2).sum())
        for name, value in values.items():
            sums[name] = sums.get(name, 0.0) + value
            squares[name] = squares.get(name, 0.0) + value * value
    return {
        name: [float(f"{sums[name] / DRAWS:.5g}"),
               float(f"{max(0.0, squares[name] / DRAWS - (sums[name] / DRAWS) ** 2) ** .5:.3g}")]
        for name in sorted(sums)
    }


for folder, kind in tiny.MODELS:
    inputs = tiny.batch(folder)
    torch.manual_seed(0)
    model = kind.from_pretrained(
        tiny.HERE / folder, hidden_dropout_prob=RATE, attention_probs_dropout_prob=RATE, classifier_dropout=RATE).train()
    content = {"madeBy": "make_tiny_dropout.py", "rate": RATE, "draws": DRAWS, "meanAndDeviation": measure(model, inputs)}
    tiny.write(folder, "dropout.json", content)
