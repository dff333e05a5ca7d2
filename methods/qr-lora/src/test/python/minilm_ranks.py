"""Prints rank at tau = 0.5 and first pivots of MiniLM-L6's query and value weights by LAPACK geqp3, through SciPy.

    pip install numpy scipy safetensors && python minilm_ranks.py model.safetensors

The file holds the weights of all-MiniLM-L6-v2 under Hugging Face's names without model prefix.
"""

import sys

import numpy
import scipy.linalg
from safetensors.numpy import load_file

weights = load_file(sys.argv[1])
for layer in range(2, 6):
    for projection in ("query", "value"):
        w = weights[f"encoder.layer.{layer}.attention.self.{projection}.weight"].astype(numpy.float64)
        r, pivots = scipy.linalg.qr(w, mode="r", pivoting=True)
        energy = numpy.cumsum(numpy.diag(r) ** 2)
        rank = int(numpy.argmax(energy >= 0.5 * energy[-1])) + 1
        print(layer, projection, rank, *pivots[:3])
