"""A model of the reference stack with its optimizer: PyTorch, Transformers, PEFT."""
import random

import torch
from peft import LoraConfig, get_peft_model
from transformers import BertConfig, BertForSequenceClassification

ROWS = 32
CHUNK = 16
SHAPES = {
    "minilm-l6": dict(hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536),
    "bge-small": dict(hidden_size=384, num_hidden_layers=12, num_attention_heads=12, intermediate_size=1536),
    "bert-base-uncased": dict(hidden_size=768, num_hidden_layers=12, num_attention_heads=12, intermediate_size=3072),
}


class Side:
    """One model with its optimizer. Weights are random: they do not change the cost of a step."""

    def __init__(self, spec):
        torch.manual_seed(1)
        rate = spec["dropout"]
        config = BertConfig(vocab_size=30522, num_labels=2, hidden_dropout_prob=rate,
                            attention_probs_dropout_prob=rate, **SHAPES[spec["encoder"]])
        base = BertForSequenceClassification(config)
        self.base = base
        self.model = self.adapted(base, spec)
        self.first = self.first_trained(spec, config.num_hidden_layers)
        self.quiet = spec["frozenLayersEvaluate"]
        self.parameters = [p for p in self.model.parameters() if p.requires_grad]
        decayed = [p for p in self.parameters if p.dim() > 1]
        plain = [p for p in self.parameters if p.dim() <= 1]
        self.optimizer = torch.optim.AdamW(
            [dict(params=decayed, weight_decay=.01), dict(params=plain, weight_decay=0.0)], lr=1e-6)
        self.examples = spec["examples"]
        self.random = random.Random(1)
        self.first_batch = self.batch(list(range(min(ROWS, len(self.examples)))))

    @staticmethod
    def adapted(base, spec):
        if spec["adapter"] == "lora":
            # The pooler trains beside the classifier, as in our runs.
            return get_peft_model(base, LoraConfig(
                r=spec.get("rank", 8), lora_alpha=16, lora_dropout=0.0, task_type="SEQ_CLS", target_modules=["query", "value"],
                layers_to_transform=spec["layers"], modules_to_save=["pooler", "classifier"]))
        if spec["adapter"] == "head":
            for name, parameter in base.named_parameters():
                parameter.requires_grad = name.startswith("classifier") or "pooler" in name
        return base

    @staticmethod
    def first_trained(spec, layers):
        if spec["adapter"] == "head":
            return layers
        return 0 if spec["layers"] is None else min(spec["layers"])

    def mode(self, train):
        self.model.train(train)
        if train and self.quiet:
            self.base.bert.embeddings.eval()
            for layer in self.base.bert.encoder.layer[:self.first]:
                layer.eval()

    def batch(self, chosen):
        ids = [self.examples[i] for i in chosen]
        length = max(map(len, ids))
        return dict(
            input_ids=torch.tensor([x + [0] * (length - len(x)) for x in ids]),
            attention_mask=torch.tensor([[1] * len(x) + [0] * (length - len(x)) for x in ids]),
            labels=torch.tensor([i % 2 for i in chosen]))

    def step(self):
        self.mode(True)
        self.train_on(self.first_batch)

    def train_on(self, batch):
        loss = self.model(**batch).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        return loss.item()

    def forward(self):
        self.mode(False)
        batch = {k: v for k, v in self.first_batch.items() if k != "labels"}
        with torch.inference_mode():
            self.model(**batch)

    def epoch(self):
        """Length-bucketed batches: chunks of a shuffle, sorted, cut, and shuffled again."""
        self.mode(True)
        order = list(range(len(self.examples)))
        self.random.shuffle(order)
        batches = []
        for start in range(0, len(order), ROWS * CHUNK):
            chunk = sorted(order[start:start + ROWS * CHUNK], key=lambda i: len(self.examples[i]))
            batches += [chunk[i:i + ROWS] for i in range(0, len(chunk), ROWS)]
        self.random.shuffle(batches)
        for chosen in batches:
            self.train_on(self.batch(chosen))
