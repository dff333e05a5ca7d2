"""Writes numpy.json beside the tests: singular values and vectors by LAPACK gesdd, through NumPy.

    pip install numpy && python numpy_vectors.py ../resources/org/adapterbench/methods/svdadapter/numpy.json
"""

import json
import sys

import numpy


def case(rows, columns, seed):
    w = numpy.random.default_rng(seed).standard_normal((rows, columns)).astype(numpy.float32)
    u, s, vt = numpy.linalg.svd(w.astype(numpy.float64), full_matrices=False)
    largest = numpy.abs(u).argmax(axis=0)
    signs = numpy.sign(u[largest, numpy.arange(u.shape[1])])
    return {
        "rows": rows,
        "columns": columns,
        "w": [float(value) for value in w.ravel()],
        "u": (u * signs).ravel().tolist(),
        "s": s.tolist(),
        "vt": (signs[:, None] * vt).ravel().tolist(),
    }


with open(sys.argv[1], "w", encoding="utf-8") as out:
    json.dump(
        {
            "origin": f"numpy.linalg.svd, NumPy {numpy.__version__}",
            "cases": [case(12, 20, 1), case(20, 12, 2), case(16, 16, 3)],
        },
        out,
    )
    out.write("\n")
