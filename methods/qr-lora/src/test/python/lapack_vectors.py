"""Writes lapack.json beside the tests: pivoted QR by LAPACK geqp3, through SciPy.

    pip install numpy scipy && python lapack_vectors.py ../resources/org/adapterbench/methods/qrlora/lapack.json
"""

import json
import sys

import numpy
import scipy
import scipy.linalg


def case(rows, columns, seed):
    w = numpy.random.default_rng(seed).standard_normal((rows, columns)).astype(numpy.float32)
    q, r, pivots = scipy.linalg.qr(w.astype(numpy.float64), mode="economic", pivoting=True)
    signs = numpy.sign(numpy.diag(r))
    return {
        "rows": rows,
        "columns": columns,
        "w": [float(value) for value in w.ravel()],
        "q": (q * signs).ravel().tolist(),
        "r": (signs[:, None] * r).ravel().tolist(),
        "pivots": pivots.tolist(),
    }


with open(sys.argv[1], "w", encoding="utf-8") as out:
    json.dump(
        {
            "origin": f"scipy.linalg.qr(pivoting=True), SciPy {scipy.__version__}, NumPy {numpy.__version__}",
            "cases": [case(12, 20, 1), case(20, 12, 2), case(16, 16, 3)],
        },
        out,
    )
    out.write("\n")
