"""Writes the folders tiny-roberta and tiny-bert beside this script: random models in Hugging Face's layout, and in
expected.json what the reference implementation (PyTorch and Transformers) computes with them.

    pip install torch transformers tokenizers safetensors
    python make_tiny_models.py

Made with torch 2.15.0, transformers 5.24.0, tokenizers 0.23.3. The reference values are computed in double precision
from the fp32 weights, so a test's tolerance need only cover its own side. All sentences are our own.
"""

import json
import pathlib
import random
import re

import torch
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertTokenizer,
    RobertaConfig,
    RobertaForSequenceClassification,
    RobertaTokenizer,
)

HERE = pathlib.Path(__file__).parent
SENTENCES = [
    "The ferry leaves the northern harbour at seven.",
    "A ferry left the harbour in the north, seven hours late.",
    "My neighbour repairs old radios and sells them on Saturdays.",
    "Nobody repairs radios any more, said the neighbour.",
    "The bridge was painted green, then grey, then green again.",
    "They painted it green because grey paint was sold out.",
    "Is the museum open on Mondays? It isn't, unfortunately.",
    "The museum's old clock shows the wrong time twice a day.",
    "She counted 12 geese, 7 swans and one very loud duck.",
    "Rain fell on the tents; nobody slept until morning.",
]
PAIRS = [
    ("The ferry was painted green.", "They sold the ferry."),
    ("Is the museum open?", None),
    ("Geese painted the clock.", "A loud green duck, isn't it?"),
    ("Rain.", None),
]
LABELS = [0, 2, 1, 0]
GRADIENTS = [
    "encoder.layer.0.attention.self.query.weight",
    "encoder.layer.1.attention.self.value.bias",
    "encoder.layer.0.attention.output.LayerNorm.weight",
    "embeddings.LayerNorm.bias",
    "embeddings.position_embeddings.weight",
]


def randomise(model, seed):
    """Weights large enough for attention to be far from uniform and for LayerNorm's scale to matter."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in sorted(model.named_parameters()):
            noise = torch.randn(parameter.shape, generator=generator)
            if "LayerNorm.weight" in name:
                parameter.copy_(1 + 0.2 * noise)
            elif "embeddings" in name and parameter.dim() == 2:
                parameter.copy_(0.5 * noise)
            elif parameter.dim() == 2:
                parameter.copy_(0.25 * noise)
            else:
                parameter.copy_(0.1 * noise)


def numbers(tensor):
    return [float(f"{x:.8g}") for x in tensor.flatten().tolist()]


def expect(folder, model, base, tokenizer):
    texts = [tokenizer(a, b) if b is not None else tokenizer(a) for a, b in PAIRS]
    longest = max(len(t["input_ids"]) for t in texts)
    pad = tokenizer.pad_token_id

    def padded(key, value):
        return [t[key] + [value] * (longest - len(t[key])) for t in texts]

    ids = padded("input_ids", pad)
    mask = padded("attention_mask", 0)
    types = [[0] * longest for _ in texts]
    if model.config.type_vocab_size > 1:
        types = padded("token_type_ids", 0)
    # The very values of the fp32 file, computed with in double.
    model = model.double().eval()
    inputs = dict(
        input_ids=torch.tensor(ids), attention_mask=torch.tensor(mask), token_type_ids=torch.tensor(types)
    )
    hidden = getattr(model, base)(**inputs).last_hidden_state
    output = model(**inputs, labels=torch.tensor(LABELS))
    output.loss.backward()
    prefix = base + "."
    parameters = dict(model.named_parameters())
    gradients = {name: parameters[prefix + name].grad for name in GRADIENTS}
    heads = {name: p for name, p in parameters.items() if not name.startswith(prefix) or ".pooler." in name}
    gradients.update({name.removeprefix(prefix): p.grad for name, p in heads.items() if p.numel() < 1000})
    expected = {
        "madeBy": "make_tiny_models.py",
        "texts": [{"first": a, "second": b} for a, b in PAIRS],
        "ids": ids,
        "mask": mask,
        "types": types,
        "labels": LABELS,
        "hiddenShape": list(hidden.shape),
        "lastHiddenState": numbers(hidden.detach()),
        "logits": [numbers(row) for row in output.logits.detach()],
        "loss": float(f"{output.loss.item():.8g}"),
        "gradients": {
            name: {"shape": list(g.shape), "values": numbers(g)} for name, g in sorted(gradients.items())
        },
    }
    (folder / "expected.json").write_text(json.dumps(expected, separators=(",", ":")) + "\n", encoding="utf-8")


def tiny_roberta():
    folder = HERE / "tiny-roberta"
    folder.mkdir(exist_ok=True)
    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bpe.train_from_iterator(
        SENTENCES,
        trainers.BpeTrainer(
            vocab_size=310,
            special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"],
            initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
            show_progress=False,
        ),
    )
    bpe.model.save(str(folder))
    tokenizer = RobertaTokenizer.from_pretrained(folder)
    config = RobertaConfig(
        vocab_size=len(tokenizer),
        hidden_size=48,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=96,
        max_position_embeddings=66,
        type_vocab_size=1,
        layer_norm_eps=1e-5,
        num_labels=3,
        attn_implementation="eager",
    )
    model = RobertaForSequenceClassification(config)
    randomise(model, 20)
    model.save_pretrained(folder)
    tidy(folder)
    expect(folder, model, "roberta", tokenizer)


def tiny_bert():
    folder = HERE / "tiny-bert"
    folder.mkdir(exist_ok=True)
    # Built by hand: the library's WordPiece trainer breaks ties in another order at each run.
    characters = "abcdefghijklmnopqrstuvwxyz0123456789.,;?!'-"
    whole = sorted({word for line in SENTENCES for word in re.findall("[a-z]+", line.lower()) if len(word) > 2})
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters, *("##" + c for c in characters)]
    words += [*whole[::2], *("##" + suffix for suffix in ("ed", "ing", "er", "es", "ly", "th", "en", "ted"))]
    (folder / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    tokenizer = BertTokenizer.from_pretrained(folder)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=48,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=96,
        max_position_embeddings=64,
        num_labels=3,
        attn_implementation="eager",
    )
    model = BertForSequenceClassification(config)
    randomise(model, 21)
    model.save_pretrained(folder)
    tidy(folder)
    expect(folder, model, "bert", tokenizer)


def tidy(folder):
    """The version of the writer is no part of the model."""
    config = json.loads((folder / "config.json").read_text())
    config.pop("transformers_version", None)
    (folder / "config.json").write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    random.seed(0)
    torch.manual_seed(0)
    torch.set_num_threads(1)
    tiny_roberta()
    tiny_bert()
