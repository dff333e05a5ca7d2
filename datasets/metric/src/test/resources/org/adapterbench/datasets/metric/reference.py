"""Writes metric-vectors.json: metric values by SciPy and scikit-learn for the metrics' reference test.

Needs numpy, scipy and scikit-learn. Run in this folder: python3 reference.py
"""
import json
import warnings

import numpy as np
import scipy
import scipy.stats
import sklearn
from sklearn.metrics import accuracy_score, f1_score, matthews_corrcoef

warnings.filterwarnings("ignore")
rng = np.random.default_rng(20261125)
cases = []


def classes(name, predicted, expected):
    predicted, expected = np.asarray(predicted), np.asarray(expected)
    values = {
        "accuracy": accuracy_score(expected, predicted),
        "matthews": matthews_corrcoef(expected, predicted),
        "macro-f1": f1_score(expected, predicted, average="macro", zero_division=0),
    }
    if max(expected.max(), predicted.max()) <= 1:
        values["f1-positive"] = f1_score(expected, predicted, labels=[0, 1], pos_label=1, zero_division=0)
    add(name, predicted, expected, values)


def scale(name, predicted, expected):
    predicted, expected = np.float32(predicted), np.float32(expected)
    p, e = predicted.astype(np.float64), expected.astype(np.float64)
    values = {"pearson": scipy.stats.pearsonr(p, e)[0], "spearman": scipy.stats.spearmanr(p, e)[0]}
    add(name, predicted, expected, values)


def add(name, predicted, expected, values):
    cases.append({
        "name": name,
        "predicted": [float(v) for v in predicted],
        "expected": [float(v) for v in expected],
        "values": {k: 0.0 if np.isnan(v) else float(v) for k, v in values.items()},
    })


for n, k, agreement in [(7, 2, 0.5), (50, 2, 0.8), (200, 2, 0.1), (64, 3, 0.7), (300, 26, 0.4)]:
    expected = rng.integers(0, k, n)
    predicted = np.where(rng.random(n) < agreement, expected, rng.integers(0, k, n))
    classes(f"{n} examples of {k} classes", predicted, expected)
classes("all predicted positive", np.ones(9, int), rng.integers(0, 2, 9))
classes("all predicted negative", np.zeros(9, int), rng.integers(0, 2, 9))
classes("no positive anywhere", np.zeros(5, int), np.zeros(5, int))
classes("everything right", [0, 1, 1, 0], [0, 1, 1, 0])
classes("everything wrong", [1, 0, 0, 1], [0, 1, 1, 0])

for n in (3, 20, 150):
    expected = rng.integers(0, 26, n) / 5.0
    scale(f"{n} graded with ties", expected * 0.7 + rng.normal(0, 1, n), expected)
    scale(f"{n} graded, rounded predictions", np.round(expected + rng.normal(0, 1, n)), expected)
scale("large offset", 10000 + rng.normal(0, 1, 40), rng.normal(0, 1, 40))
scale("monotone but not linear", np.exp(np.arange(10) / 2.0), np.arange(10))
scale("reversed", -np.arange(10.0), np.arange(10.0))

with open("metric-vectors.json", "w", encoding="utf-8") as out:
    json.dump({"scipy": scipy.__version__, "scikit-learn": sklearn.__version__, "numpy": np.__version__,
               "cases": cases}, out, indent=1)
    out.write("\n")
