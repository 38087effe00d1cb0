"""Make ``train.jsonl`` of the English-German offline sample from a small synchronous grammar.

Every rule below builds an English description of a scene and its German translation side by side, from the same
choices, so the two always mean the same. All rows are shuffled, and no sentence of ``validation.jsonl`` or
``test.jsonl`` is let in: those two files are written by hand and are only read here.

Run ``python grammar.py`` in this folder: the same seed gives the same bytes.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

HERE = Path(__file__).resolve().parent
SEED = 30
ROWS_PER_RULE = 300

# Sentences so plain that the real set happens to hold them too: left out, so that the two sets share none.
ALSO_IN_THE_REAL_SET = {
    "A brown dog is playing in the snow.",
    "A man in a blue shirt is riding a bike.",
    "A woman is carrying a sleeping baby.",
}

Pair = tuple[str, str]  # an English sentence and its German translation
Rule = Callable[[Random], Pair]


@dataclass(frozen=True)
class Someone:
    """Who is seen: English, German in the nominative, and the German relative pronoun; "die" may be a plural."""

    en: str
    de: str
    who: str
    plural: bool = False


@dataclass(frozen=True)
class Doing:
    """An activity: English after "is", German finite verb in both numbers, and what follows it at the end."""

    en: str
    he: str
    they: str
    rest: str = ""

    def de(self, subject: Someone) -> str:
        return self.they if subject.plural else self.he


ONE = [
    Someone("A man", "Ein Mann", "der"),
    Someone("A woman", "Eine Frau", "die"),
    Someone("A young man", "Ein junger Mann", "der"),
    Someone("A young woman", "Eine junge Frau", "die"),
    Someone("An old man", "Ein alter Mann", "der"),
    Someone("An elderly woman", "Eine ältere Frau", "die"),
    Someone("A boy", "Ein Junge", "der"),
    Someone("A little boy", "Ein kleiner Junge", "der"),
    Someone("A girl", "Ein Mädchen", "das"),
    Someone("A little girl", "Ein kleines Mädchen", "das"),
    Someone("A child", "Ein Kind", "das"),
    Someone("A student", "Ein Student", "der"),
    Someone("A worker", "Ein Arbeiter", "der"),
    Someone("A tourist", "Ein Tourist", "der"),
]
MANY = [
    Someone("Two men", "Zwei Männer", "die", True),
    Someone("Two women", "Zwei Frauen", "die", True),
    Someone("Three boys", "Drei Jungen", "die", True),
    Someone("Three girls", "Drei Mädchen", "die", True),
    Someone("Several people", "Mehrere Leute", "die", True),
    Someone("Some children", "Einige Kinder", "die", True),
    Someone("Four friends", "Vier Freunde", "die", True),
    Someone("Many tourists", "Viele Touristen", "die", True),
]
ANIMALS = [
    Someone("A dog", "Ein Hund", "der"),
    Someone("A black dog", "Ein schwarzer Hund", "der"),
    Someone("A brown dog", "Ein brauner Hund", "der"),
    Someone("A cat", "Eine Katze", "die"),
    Someone("A white horse", "Ein weißes Pferd", "das"),
    Someone("Two dogs", "Zwei Hunde", "die", True),
    Someone("Three birds", "Drei Vögel", "die", True),
]
HUMAN = [
    Doing("reading a book", "liest", "lesen", "ein Buch"),
    Doing("reading a newspaper", "liest", "lesen", "eine Zeitung"),
    Doing("eating an apple", "isst", "essen", "einen Apfel"),
    Doing("drinking coffee", "trinkt", "trinken", "Kaffee"),
    Doing("playing guitar", "spielt", "spielen", "Gitarre"),
    Doing("playing football", "spielt", "spielen", "Fußball"),
    Doing("playing chess", "spielt", "spielen", "Schach"),
    Doing("riding a bike", "fährt", "fahren", "Fahrrad"),
    Doing("taking a photo", "macht", "machen", "ein Foto"),
    Doing("selling fruit", "verkauft", "verkaufen", "Obst"),
    Doing("singing a song", "singt", "singen", "ein Lied"),
    Doing("talking on the phone", "telefoniert", "telefonieren"),
    Doing("dancing", "tanzt", "tanzen"),
    Doing("sleeping", "schläft", "schlafen"),
    Doing("waiting", "wartet", "warten"),
    Doing("laughing", "lacht", "lachen"),
    Doing("working", "arbeitet", "arbeiten"),
]
ANIMAL = [
    Doing("running", "läuft", "laufen"),
    Doing("sleeping", "schläft", "schlafen"),
    Doing("playing", "spielt", "spielen"),
    Doing("sitting", "sitzt", "sitzen"),
    Doing("lying", "liegt", "liegen"),
]
POSTURE = [
    Doing("sitting", "sitzt", "sitzen"),
    Doing("standing", "steht", "stehen"),
    Doing("waiting", "wartet", "warten"),
]
PLACES = [
    ("on the street", "auf der Straße"),
    ("in the park", "im Park"),
    ("on the beach", "am Strand"),
    ("in front of a shop", "vor einem Geschäft"),
    ("in front of a house", "vor einem Haus"),
    ("on a bench", "auf einer Bank"),
    ("under a tree", "unter einem Baum"),
    ("in the snow", "im Schnee"),
    ("in a garden", "in einem Garten"),
    ("next to a car", "neben einem Auto"),
    ("at the market", "auf dem Markt"),
    ("on the grass", "auf dem Rasen"),
    ("by the river", "am Fluss"),
    ("on a bridge", "auf einer Brücke"),
]
CLOTHES = [
    ("in a red shirt", "in einem roten Hemd"),
    ("in a blue shirt", "in einem blauen Hemd"),
    ("in a white dress", "in einem weißen Kleid"),
    ("in a black jacket", "in einer schwarzen Jacke"),
    ("in a green jacket", "in einer grünen Jacke"),
    ("with a yellow hat", "mit einem gelben Hut"),
    ("with a red cap", "mit einer roten Mütze"),
    ("with glasses", "mit Brille"),
    ("with a backpack", "mit einem Rucksack"),
    ("with long hair", "mit langen Haaren"),
]
THINGS = [
    ("a large basket", "einen großen Korb"),
    ("a small box", "eine kleine Kiste"),
    ("a heavy bag", "eine schwere Tasche"),
    ("a red umbrella", "einen roten Regenschirm"),
    ("a long ladder", "eine lange Leiter"),
    ("a wooden chair", "einen Holzstuhl"),
    ("a sleeping baby", "ein schlafendes Baby"),
    ("a bottle of water", "eine Flasche Wasser"),
    ("a white flag", "eine weiße Fahne"),
    ("an old camera", "eine alte Kamera"),
]
AIMS = [
    ("the bus", "den Bus"),
    ("the train", "den Zug"),
    ("a friend", "einen Freund"),
    ("the rain to stop", "das Ende des Regens"),
    ("their food", "ihr Essen"),
]


def small(text: str) -> str:
    """A sentence's beginning in the middle of a sentence; German nouns keep their capital."""
    return text[0].lower() + text[1:]


def is_are(subject: Someone) -> str:
    return "are" if subject.plural else "is"


def anyone(rng: Random) -> Someone:
    return rng.choice(ONE + MANY)


def activity(rng: Random) -> Pair:
    who, what, (place, ort) = anyone(rng), rng.choice(HUMAN), rng.choice(PLACES)
    return f"{who.en} {is_are(who)} {what.en} {place}", f"{who.de} {what.de(who)} {ort} {what.rest}"


def dressed(rng: Random) -> Pair:
    who, what = rng.choice(ONE), rng.choice(HUMAN)
    wearing, kleidung = rng.choice(CLOTHES)
    return f"{who.en} {wearing} is {what.en}", f"{who.de} {kleidung} {what.he} {what.rest}"


def dressed_somewhere(rng: Random) -> Pair:
    who, what, (place, ort) = rng.choice(ONE), rng.choice(POSTURE), rng.choice(PLACES)
    wearing, kleidung = rng.choice(CLOTHES)
    return f"{who.en} {wearing} is {what.en} {place}", f"{who.de} {kleidung} {what.he} {ort}"


def animal(rng: Random) -> Pair:
    who, what, (place, ort) = rng.choice(ANIMALS), rng.choice(ANIMAL), rng.choice(PLACES)
    return f"{who.en} {is_are(who)} {what.en} {place}", f"{who.de} {what.de(who)} {ort}"


def carrying(rng: Random) -> Pair:
    who, (thing, ding) = anyone(rng), rng.choice(THINGS)
    traegt = "tragen" if who.plural else "trägt"
    return f"{who.en} {is_are(who)} carrying {thing}", f"{who.de} {traegt} {ding}"


def two_together(rng: Random) -> Pair:
    first, second = rng.sample(ONE, 2)
    what, (place, ort) = rng.choice(POSTURE), rng.choice(PLACES)
    return (
        f"{first.en} and {small(second.en)} are {what.en} {place}",
        f"{first.de} und {small(second.de)} {what.they} {ort}",
    )


def relative(rng: Random) -> Pair:
    who, what, (place, ort) = anyone(rng), rng.choice(HUMAN), rng.choice(PLACES)
    return f"{who.en} {what.en} {place}", f"{who.de}, {who.who} {ort} {what.rest} {what.de(who)}"


def watched(rng: Random) -> Pair:
    who, what, watching = rng.choice(ONE), rng.choice(HUMAN), rng.choice(MANY)
    return (
        f"{who.en} is {what.en} while {small(watching.en)} are watching",
        f"{who.de} {what.he} {what.rest}, während {small(watching.de)} zusehen",
    )


def awaiting(rng: Random) -> Pair:
    who, (aim, ziel), (place, ort) = rng.choice(MANY), rng.choice(AIMS), rng.choice(PLACES)
    return f"{who.en} are waiting for {aim} {place}", f"{who.de} warten {ort} auf {ziel}"


RULES: list[Rule] = [
    activity, dressed, dressed_somewhere, animal, carrying, two_together, relative, watched, awaiting,
]  # fmt: skip


def finished(english: str, german: str) -> Pair:
    """One space between words, none before a comma, a full stop at the end."""
    english, german = (" ".join(text.split()).replace(" ,", ",") + "." for text in (english, german))
    return english, german


def main() -> None:
    """Write ``train.jsonl`` beside this file."""
    rng = Random(SEED)
    taken = set(ALSO_IN_THE_REAL_SET)
    for split in ("validation", "test"):
        with (HERE / f"{split}.jsonl").open(encoding="utf-8") as lines:
            taken |= {json.loads(line)[language] for line in lines for language in ("en", "de")}
    pairs: dict[str, str] = {}
    for rule in RULES:
        for _ in range(ROWS_PER_RULE):
            english, german = finished(*rule(rng))
            if not {english, german} & taken:
                pairs[english] = german
    rows = [{"en": english, "de": german} for english, german in pairs.items()]
    rng.shuffle(rows)
    with (HERE / "train.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


if __name__ == "__main__":
    main()
