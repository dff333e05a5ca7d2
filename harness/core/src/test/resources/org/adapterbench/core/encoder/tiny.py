"""The models that make_tiny_models.py wrote, and their batch, for the scripts that compute more with them."""

import json
import pathlib

import torch
from transformers import BertForSequenceClassification, RobertaForSequenceClassification

HERE = pathlib.Path(__file__).parent
MODELS = (("tiny-bert", BertForSequenceClassification), ("tiny-roberta", RobertaForSequenceClassification))


def expected(folder):
    return json.loads((HERE / folder / "expected.json").read_text(encoding="utf-8"))


def batch(folder):
    stored = expected(folder)
    return {
        "input_ids": torch.tensor(stored["ids"]),
        "attention_mask": torch.tensor(stored["mask"]),
        "token_type_ids": torch.tensor(stored["types"]),
        "labels": torch.tensor(stored["labels"]),
    }


def write(folder, name, content):
    (HERE / folder / name).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
