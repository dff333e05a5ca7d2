"""Writes the small parquet files of this folder, made-up text in the Hugging Face layout of RTE and STS-B.

Needs pyarrow. Run in this folder: python3 write.py
"""
import json

import pyarrow as pa
import pyarrow.parquet as pq

NAMES = ["entailment", "not_entailment"]
ROWS = [("It snows.", "It is cold.", 0), ("Nobody came.", "Ann came.", 1), ("Bo sings.", "Bo dances.", 1)]


def table(rows, label_type=pa.int64(), names=NAMES):
    features = {"label": {"names": names, "_type": "ClassLabel"}} if names else {}
    schema = pa.schema(
        [("sentence1", pa.string()), ("sentence2", pa.string()), ("label", label_type), ("idx", pa.int32())],
        metadata={"huggingface": json.dumps({"info": {"features": features}})} if names else None)
    columns = list(zip(*rows)) + [range(len(rows))]
    return pa.table([pa.array(c, t) for c, t in zip(columns, schema.types)], schema=schema)


for codec in ["none", "snappy", "gzip", "zstd", "lz4"]:
    pq.write_table(table(ROWS), f"{codec}.parquet", compression=codec)
pq.write_table(table(ROWS), "plain-v2.parquet", use_dictionary=False, data_page_version="2.0", row_group_size=2)
pq.write_table(table(ROWS[:2]), "shard-0.parquet")
pq.write_table(table(ROWS[2:]), "shard-1.parquet")
pq.write_table(table([(a, b, -1) for a, b, _ in ROWS]), "unlabelled.parquet")
pq.write_table(table(ROWS, names=NAMES[::-1]), "swapped-names.parquet")
pq.write_table(table(ROWS[:1] + [("Nobody came.", None, 1)]), "null-text.parquet")
pq.write_table(table(ROWS[:1] + [("Nobody came.", "Ann came.", 2)]), "label-2.parquet")
pq.write_table(table([(a, b, str(c)) for a, b, c in ROWS], pa.string()), "text-label.parquet")
pq.write_table(table([("One.", "Two.", 3.8), ("Three.", "Four.", 0.25)], pa.float32(), None), "scores.parquet")
