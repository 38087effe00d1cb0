"""From bytes to rows: every trap that real files hold, in a file small enough to read here."""

import gzip

import pytest

from nlpcourse.data import DataError
from nlpcourse.data._readers import read

LABELS = {"0": "negative", "1": "positive"}


def rows(blobs, reader="table", format="tsv", columns=("text", "topic"), files=None, splits=None, **fields):
    """What `read` makes of `blobs`; with `splits`, the counts must be these, without, any will do."""
    if isinstance(blobs, bytes):
        blobs = [blobs]
    entry = {
        "reader": reader,
        "format": format,
        "columns": list(columns),
        "files": files or [{"split": "train"} for _ in blobs],
        "splits": Anything() if splits is None else splits,
        **fields,
    }
    return read("tiny", entry, blobs)


class Anything(dict):
    """Equal to all counts."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = None


# --- characters, lines, quotes


@pytest.mark.parametrize("odd", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
def test_only_newlines_end_a_row(odd):
    blob = f"one{odd}more\t1\ntwo\t0\n".encode()
    assert rows(blob)["train"] == [[f"one{odd}more", "1"], ["two", "0"]]
    quoted = f'text\tlabel\n"one{odd}more"\t1\ntwo\t0\n'.encode()
    assert rows(quoted, format="quoted tsv", header=True)["train"] == [[f"one{odd}more", "1"], ["two", "0"]]


@pytest.mark.parametrize("blob", [b"\xef\xbb\xbf1 a b\r\n0 c\r\n", b"1 a b\n0 c\n", b"1 a b\n0 c"])
def test_byte_order_mark_carriage_returns_and_a_missing_last_newline(blob):
    made = rows(blob, format="label text", columns=["label", "text"], labels=LABELS)["train"]
    assert made == [["positive", "a b"], ["negative", "c"]]


def test_encoding_is_the_stated_one():
    blob = "1 café\n".encode("latin-1")
    columns = ["label", "text"]
    made = rows(blob, format="label text", columns=columns, encoding="latin-1", labels=LABELS)
    assert made["train"] == [["positive", "café"]]
    with pytest.raises(DataError, match="UnicodeDecodeError"):
        rows(blob, format="label text", columns=columns, labels=LABELS)
    with pytest.raises(DataError, match="unknown encoding: latin-one"):
        rows(blob, format="label text", columns=columns, encoding="latin-one", labels=LABELS)


def test_quotes_are_text_in_plain_tsv():
    blob = b'"Stop, he said\tWorld\n5" disk\tSci/Tech\n'
    assert rows(blob)["train"] == [['"Stop, he said', "World"], ['5" disk', "Sci/Tech"]]


def test_quotes_hold_fields_together_in_csv():
    blob = '标签,评论\n1,"他说""好"", 真好"\n0,"两\n行"\n'.encode()
    made = rows(blob, format="csv", header=True, columns=["label", "text"], labels=LABELS)["train"]
    assert made == [["positive", '他说"好", 真好'], ["negative", "两\n行"]]


@pytest.mark.parametrize(
    ("blob", "format", "why"),
    [
        (b'"never closed\t1\nnext\t0\n', "quoted tsv", "unexpected end of data"),
        (b'"closed" too early\t1\n', "quoted tsv", "expected after"),
        (b'"' + b"x" * 200_000 + b'"\t1\n', "quoted tsv", "field limit"),
        (b"one\t1\nno tab\n", "tsv", "2 fields text, label"),
        (b"one\t1\ntwo\t0\tthree\n", "tsv", "2 fields text, label"),
        (b"one\t2\n", "tsv", "KeyError"),
    ],
)
def test_rows_that_do_not_fit_stop_the_reading(blob, format, why):
    with pytest.raises(DataError, match=why) as error:
        rows(blob, format=format, columns=["text", "label"], labels=LABELS)
    assert "data/registry.toml" in str(error.value)


@pytest.mark.parametrize(
    "splits",
    [
        {"train": {"rows": 3, "labels": [1, 1]}},
        {"train": {"rows": 2, "labels": [2, 0]}},
        {"train": {"rows": 2, "labels": [1, 1]}, "test": {"rows": 1, "labels": [1, 0]}},
        {},
    ],
)
def test_counts_must_be_those_of_the_registry(splits):
    good = {"train": {"rows": 2, "labels": [1, 1]}}
    columns = ["text", "label"]
    assert rows(b"one\t1\ntwo\t0\n", columns=columns, labels=LABELS, splits=good)
    with pytest.raises(DataError, match="did not come out as"):
        rows(b"one\t1\ntwo\t0\n", columns=columns, labels=LABELS, splits=splits)


# --- one shape at a time


def hotel(reviews, **fields):
    blob = "label,review\n" + "".join(f'{label},"{text}"\n' for label, text in reviews)
    splits = rows(
        blob.encode(),
        "hotel reviews",
        "csv",
        ["label", "text"],
        header=True,
        labels=LABELS,
        **fields,
    )
    return {split: [tuple(row) for row in part] for split, part in splits.items()}


def test_hotel_reviews_are_cleaned():
    made = hotel(
        [
            (1, "很 好"),
            (1, "很\u3000\n好 "),
            (1, "很好"),
            (0, ""),
            (0, " \u3000"),
            (0, "差"),
            (1, "差"),
            (0, "吵"),
        ]
    )
    assert sorted(row for part in made.values() for row in part) == [
        ("negative", "吵"),
        ("positive", "很 好"),
    ]


def test_the_split_by_hash_is_about_80_10_10_and_mixes_the_classes():
    made = hotel([(1, f"好{i}") for i in range(2000)] + [(0, f"差{i}") for i in range(2000)])
    assert [round(len(made[split]) / 4000, 1) for split in ("train", "validation", "test")] == [0.8, 0.1, 0.1]
    first = [label for label, _ in made["train"][:200]]
    assert 60 < first.count("positive") < 140


def test_a_row_keeps_its_side_and_place_when_others_move_or_go():
    reviews = [(i % 2, f"评论{i}") for i in range(300)]
    made = hotel(reviews)
    assert hotel(reviews[::-1]) == made
    fewer = hotel(reviews[:200])
    kept = {f"评论{i}" for i in range(200)}
    assert fewer == {split: [row for row in part if row[1] in kept] for split, part in made.items()}


def test_the_split_by_hash_never_changes():
    """Results in the book rest on it: these sides were read off once, and must hold on every machine."""
    made = hotel([(1, text) for text in ("房间很好", "早餐不错", "位置方便", "服务周到", "下次再来", "干净")])
    assert {split: [text for _, text in part] for split, part in made.items()} == {
        "train": ["干净", "服务周到", "早餐不错"],
        "validation": ["下次再来"],
        "test": ["位置方便", "房间很好"],
    }


def test_sentence_pairs_keep_an_english_sentence_on_one_side():
    lines = [f"{form}{i}\t句\tby {i}\n" for i in range(300) for form in ("Go ", "go  ", "Go! ")]
    made = rows("".join(lines).encode(), "sentence pairs", columns=["en", "zh", "attribution"])
    sides = {}
    for split, part in made.items():
        for en, _, attribution in part:
            number = en.split()[1]
            sides.setdefault(number, set()).add(split)
            assert attribution == f"by {number}"
    assert len(sides) == 300 and all(len(split) == 1 for split in sides.values())
    assert sum(map(len, made.values())) == 900


def test_film_reviews_lose_their_tags_and_keep_their_pairs():
    blob = b'Sentiment\tText\tbatch_id\n1\t"One.<br /><br />Two ""quoted"" <br /> three.<br /Four."\t7\n'
    files = [{"split": "test_paired", "columns": ["label", "text", "batch_id"]}]
    made = rows(blob, "film reviews", "quoted tsv", ["label", "text"], files, header=True, labels=LABELS)
    assert made == {"test_paired": [["positive", 'One. Two "quoted" three. Four.', 7]]}


def test_verse_joins_back_to_the_text():
    text = "".join(f"line {i} \n\n" for i in range(50))
    made = rows(text.encode(), "verse", "lines", ["text"])
    assert "\n".join(row[0] for row in made["train"] + made["validation"]) == text
    assert (len(made["train"]), len(made["validation"])) == (90, 11)
    assert rows(text.replace("\n", "\r\n").encode(), "verse", "lines", ["text"]) == made


def test_paragraphs_drop_blank_lines():
    made = rows(b" \n = Title = \n \n Words <unk> . \n", "paragraphs", "lines", ["text"])
    assert made == {"train": [["= Title ="], ["Words <unk> ."]]}


def aligned(en, de):
    blobs = [gzip.compress(side) for side in (en, de)]
    return rows(blobs, "aligned files", "lines", ["en", "de"], compression="gzip")


def test_aligned_files_are_joined_line_by_line():
    assert aligned(b"a dog\n\nrun\n", b"ein Hund\n\nlauf") == {
        "train": [["a dog", "ein Hund"], ["", ""], ["run", "lauf"]]
    }


def test_aligned_files_of_unequal_length():
    with pytest.raises(DataError, match="shorter than"):
        aligned(b"a dog\na cat\n", b"ein Hund\n")


@pytest.mark.parametrize("damage", [lambda blob: blob[:-9], lambda blob: b"not gzip" + blob])
def test_damaged_gzip(damage):
    with pytest.raises(DataError, match=r"EOFError|BadGzipFile"):
        rows(damage(gzip.compress(b"a\n")), "aligned files", "lines", ["en", "de"], compression="gzip")


def test_word_pairs_between_tabs_or_spaces():
    made = rows(b"tiger\tcat\t7.35\r\nold new 1.58\r\n", "word pairs", "words", ["word1", "word2", "score"])
    assert made == {"train": [["tiger", "cat", 7.35], ["old", "new", 1.58]]}
    with pytest.raises(DataError, match="ValueError"):
        rows(b"tiger\tcat\thigh\n", "word pairs", "words", ["word1", "word2", "score"])


def test_analogies_know_their_section():
    blob = b": capitals\nAthens Greece Oslo Norway\n: family ties\nboy girl king queen\n"
    made = rows(blob, "analogies", "words", ["section", "a", "b", "c", "d"])["train"]
    assert made == [
        ["capitals", "Athens", "Greece", "Oslo", "Norway"],
        ["family ties", "boy", "girl", "king", "queen"],
    ]
    with pytest.raises(DataError, match="5 fields"):
        rows(blob + b"one two three\n", "analogies", "words", ["section", "a", "b", "c", "d"])
