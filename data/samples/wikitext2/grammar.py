"""Make ``train.jsonl`` of the WikiText-2 offline sample from a seeded grammar of small encyclopaedia articles.

Each article draws its facts first (a name, a place, dates that follow one another, people who come back later) and then
chooses sentences that use them. So a later line can be predicted from an earlier one, as in a real encyclopaedia.
Everything the grammar says is made up: the country of Estmere does not exist. The articles of ``by_hand.txt``, written
one by one about real things, are mixed in. ``test.jsonl`` is written by hand and is not touched.

Run ``python grammar.py`` in this folder: the same seed gives the same bytes.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

HERE = Path(__file__).resolve().parent
SEED = 2
ARTICLES_PER_KIND = 12

Article = list[str]  # plain lines; a heading stands between equals signs
Kind = Callable[[Random], Article]

PLACES = [
    "Aldermere",
    "Brackenford",
    "Carrow",
    "Dunholt",
    "Eskerby",
    "Farrowdale",
    "Greyhaven",
    "Harrowby",
    "Inglewick",
    "Kelderton",
    "Lindow",
    "Marlow-on-Sarn",
    "Netherby",
    "Orrin",
    "Penwick",
    "Ravensea",
    "Saltmarsh",
    "Thornaby",
    "Upper-Wend",
    "Varrick",
    "Westerleigh",
    "Yarrowmouth",
    "Ashcombe",
    "Birkholme",
    "Coldwater",
    "Deepdale",
    "Fernley",
    "Hollinside",
    "Oakhurst",
    "Stonebeck",
]
RIVERS = [
    "Isk",
    "Sarn",
    "Wend",
    "Lyde",
    "Orrin",
    "Brenn",
    "Tamble",
    "Corrow",
    "Elder",
    "Ashwater",
    "Marle",
    "Teal",
]
HILLS = [
    "Blackdown",
    "Ravenscar",
    "Highmoor",
    "Grey-Fell",
    "Larkhill",
    "Windle-Pike",
    "Stonerigg",
    "Harrow-Edge",
]
PROVINCES = ["Northern", "Southern", "Eastern", "Western", "Central"]
MEN = [
    "Edmund",
    "Tobias",
    "Martin",
    "Oscar",
    "Laurence",
    "Philip",
    "Conrad",
    "Stephen",
    "Gilbert",
    "Walter",
    "Henry",
    "Thomas",
    "George",
    "Arthur",
    "Robert",
]
WOMEN = [
    "Clara",
    "Helen",
    "Ruth",
    "Ingrid",
    "Judith",
    "Agnes",
    "Marian",
    "Harriet",
    "Eleanor",
    "Anna",
    "Emily",
    "Margaret",
    "Alice",
    "Catherine",
    "Louise",
]
SURNAMES = [
    "Ashdown",
    "Barrow",
    "Calloway",
    "Denholm",
    "Ferris",
    "Garrick",
    "Halloran",
    "Ingram",
    "Kessler",
    "Lockwood",
    "Merrow",
    "Norcott",
    "Pell",
    "Quill",
    "Ravenhill",
    "Sefton",
    "Thorne",
    "Underhill",
    "Varley",
    "Whitcombe",
    "Marsh",
    "Holloway",
    "Carver",
    "Fenwick",
    "Osgood",
    "Harding",
    "Miller",
    "Weaver",
    "Turner",
    "Shepherd",
]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
COLOURS = ["grey", "brown", "white", "black", "yellow", "green", "blue", "red", "pale", "dark"]
NUMBER_WORDS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


class Person:
    """A made-up person, with the pronouns that go with the name."""

    def __init__(self, rng: Random) -> None:
        woman = rng.random() < 0.5
        self.first = rng.choice(WOMEN if woman else MEN)
        self.last = rng.choice(SURNAMES)
        self.he, self.his, self.him = ("she", "her", "her") if woman else ("he", "his", "him")

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def He(self) -> str:
        return self.he.capitalize()

    @property
    def His(self) -> str:
        return self.his.capitalize()


def spaced(name: str) -> str:
    """A place name as it is written: hyphens of the word lists stand for spaces."""
    return name.replace("-on-", " on ").replace("-", " ")


def some(rng: Random, count: int, sentences: list[str], always: int = 0) -> list[str]:
    """That many of the sentences in their order, the first ``always`` of them in any case."""
    kept = rng.sample(range(always, len(sentences)), count - always)
    return [sentences[i] for i in sorted([*range(always), *kept])]


def paragraphs(rng: Random, sentences: list[str]) -> list[str]:
    """Sentences joined into lines of one to three."""
    lines = []
    while sentences:
        count = rng.choice([1, 2, 2, 3])
        lines.append(" ".join(sentences[:count]))
        sentences = sentences[count:]
    return lines


def section(rng: Random, title: str, count: int, sentences: list[str], always: int = 0) -> list[str]:
    """A second-level heading and its lines; the first ``always`` sentences introduce what later ones speak of."""
    return [f"== {title} ==", *paragraphs(rng, some(rng, count, sentences, always))]


def a(noun: str) -> str:
    """The noun with its indefinite article."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def date(rng: Random, year: int) -> str:
    return f"{rng.randint(1, 28)} {rng.choice(MONTHS)} {year}"


def thousands(rng: Random, low: int, high: int) -> str:
    return f"{rng.randint(low, high):,}"


# ------------------------------------------------------------------------------------------
# Kinds of articles
# ------------------------------------------------------------------------------------------
def town(rng: Random) -> Article:
    name, near = (spaced(p) for p in rng.sample(PLACES, 2))
    river, province, founder, poet = rng.choice(RIVERS), rng.choice(PROVINCES), Person(rng), Person(rng)
    bank, kilometres = rng.choice(["north", "south", "east", "west"]), rng.randint(5, 60)
    first, market, railway = rng.randint(1050, 1250), rng.randint(1260, 1420), rng.randint(1838, 1890)
    trade, goods = rng.choice(
        [("wool", "cloth"), ("iron", "tools"), ("clay", "bricks"), ("timber", "furniture"), ("grain", "flour"),
         ("leather", "shoes"), ("flax", "linen"), ("barley", "beer")]
    )  # fmt: skip
    saint = rng.choice(["Saint Agnes", "Saint Martin", "Saint Helen", "Saint Peter", "All Saints"])
    return [
        f"= {name} =",
        *paragraphs(
            rng,
            [
                f"{name} is a {rng.choice(['market town', 'small town', 'town', 'village'])} in the {province} Province "
                f"of Estmere.",
                f"It lies on the {bank} bank of the River {river}, about {kilometres} kilometres from {near}.",
                f"At the census of 2011 it had a population of {thousands(rng, 700, 48000)}.",
            ],
        ),
        *section(
            rng,
            "History",
            6,
            [
                f"The name of {name} is first recorded in a charter of {first}. "
                f"In that year the land belonged to the abbot of {near}, who had a mill on the {river}.",
                f"A weekly market was granted in {market} and was held in front of the church.",
                f"For several centuries {trade} was the chief article of trade.",
                f"In {rng.randint(1500, 1640)} a fire destroyed most of the houses, which were built of wood.",
                f"During the civil war the town was held for the {rng.choice(['king', 'League'])} by a small garrison.",
                f"The first factory for {goods} was founded in {railway - rng.randint(5, 40)} by {founder.name}.",
                f"The railway from {near} reached {name} in {railway}.",
                f"The new line brought {trade} to the town at a low price and carried its {goods} to the coast.",
                f"The last factory for {goods} was closed in {rng.randint(1955, 1995)}.",
                f"In {rng.randint(1900, 1960)} the {river} flooded the lower part of the town.",
            ],
        ),
        *section(
            rng,
            rng.choice(["Landmarks", "Buildings"]),
            3,
            [
                f"The parish church of {saint} was built in the {rng.choice(['thirteenth', 'fourteenth', 'fifteenth'])} century "
                f"and was restored in {rng.randint(1850, 1899)}.",
                f"The tower of {saint} is {rng.randint(22, 64)} metres high and has {rng.choice(NUMBER_WORDS)} bells.",
                f"The stone bridge over the {river} has {rng.choice(NUMBER_WORDS[:6])} arches.",
                f"Of the old walls only the {rng.choice(['north', 'south', 'east', 'west'])} gate remains.",
                f"The house of {founder.name} is now a museum of {goods}.",
                "The town hall was designed in the style of the time and was opened "
                f"in {railway + rng.randint(2, 20)}.",
            ],
        ),
        *section(
            rng,
            "Notable people",
            2,
            [
                f"{founder.name}, who founded the first factory, gave the town its first school.",
                f"The {rng.choice(['poet', 'painter', 'writer', 'composer'])} {poet.name} was born in {name} "
                f"in {rng.randint(1850, 1930)}. "
                f"{poet.last} described {poet.his} childhood by the {river} in a short book.",
            ],
        ),
    ]


def ship(rng: Random) -> Article:
    captain, yard = Person(rng), rng.choice(SURNAMES)
    name = (
        f"{rng.choice(['Calder', 'Northern', 'Royal', 'Silver', 'Western', 'Island', 'Morning'])} "
        + rng.choice(["Star", "Prince", "Gull", "Maid", "Light", "Heron", "Rose"])
    )
    prefix = rng.choice(["SS", "SS", "MV"])
    home, other, built = *(spaced(p) for p in rng.sample(PLACES, 2)), rng.randint(1886, 1930)
    launched, rebuilt, lost = built, built + rng.randint(6, 12), built + rng.randint(14, 40)
    month = rng.choice(MONTHS)
    cause = rng.choice(
        [
            f"struck a rock near {other} in thick fog",
            f"caught fire in the harbour of {other}",
            f"was driven ashore by a storm near {other}",
            f"struck a mine off {other}",
        ]
    )
    return [
        f"= {prefix} {name} =",
        *paragraphs(
            rng,
            [
                f"{prefix} {name} was a {rng.choice(['passenger steamer', 'cargo ship', 'ferry', 'mail steamer'])} that was "
                f"built for the {rng.choice(PROVINCES)} Line in {built}.",
                f"She sailed between {home} and {other} until she was lost in {lost}.",
            ],
        ),
        *section(
            rng,
            "Design",
            4,
            [
                f"The ship was ordered in {built - 1} from the yard of {yard} and Sons at {home}.",
                f"She was {rng.randint(48, 140)} metres long and {rng.randint(8, 18)} metres wide.",
                f"Her {rng.choice(['engine', 'two engines'])} gave her a speed of {rng.randint(10, 21)} knots.",
                f"She could carry {rng.randint(80, 900)} passengers in {rng.choice(['two', 'three'])} classes.",
                f"She cost £ {thousands(rng, 21000, 98000)} , which was more than the company had paid before.",
                f"The hull was painted {rng.choice(COLOURS)}, and the funnel was {rng.choice(COLOURS)}.",
            ],
        ),
        *section(
            rng,
            "Service",
            5,
            [
                f"{name} was launched in {month} {launched} and left {home} on her first voyage two months later.",
                f"Her first captain was {captain.name}, who had served on the same route for {rng.choice(NUMBER_WORDS)} years.",
                f"On the way home she touched a sandbank near {other}, but she came off at the next tide.",
                "During the war she was taken over by the navy and carried wounded soldiers.",
                "She was returned to her owners after the war, when her cabins had to be repaired.",
                f"In {rebuilt} her old boilers were replaced by new ones that burned oil.",
                "In the following years the number of passengers fell, and she sailed only in summer.",
            ],
        ),
        *section(
            rng,
            "Loss",
            4,
            [
                f"In {rng.choice(MONTHS)} {lost} the ship {cause}.",
                f"Captain {captain.last} ordered the boats to be lowered at once.",
                f"All but {rng.choice(NUMBER_WORDS)} of the {rng.randint(40, 400)} people on board were saved.",
                f"A court of inquiry found that the captain was not to blame, but {captain.he} never went to sea again.",
                f"The wreck was found by divers in {lost + rng.randint(30, 60)}.",
                f"The bell of {name} hangs today in the church at {other}.",
            ],
        ),
    ]


def moth(rng: Random) -> Article:
    finder, colour, spot = Person(rng), *rng.sample(COLOURS, 2)
    animal = rng.choice(["moth", "beetle", "butterfly", "bee", "dragonfly"])
    name, plant = (
        f"{finder.last}'s {colour} {animal}",
        rng.choice(["bilberry", "willow", "heather", "oak", "nettle", "birch"]),
    )
    home, year = (
        rng.choice(["high moors", "coastal dunes", "old forests", "wet meadows", "river valleys"]),
        rng.randint(1820, 1930),
    )
    width = rng.randint(6, 60)
    season = rng.choice(["spring", "early summer", "late summer", "autumn"])
    return [
        f"= {name} =",
        *paragraphs(
            rng,
            [
                f"{name} is a {rng.choice(['small', 'rare', 'large'])} {animal} that is known only from the {home} of Estmere.",
                f"It was described by {finder.name} in {year} and flies in {season}.",
            ],
        ),
        *section(
            rng,
            "Description",
            4,
            [
                f"The adult is {colour} with {spot} spots and is about {width} millimetres long.",
                f"Males are slightly {rng.choice(['smaller', 'larger'])} than females.",
                f"The surest mark of the {animal} is a {spot} line on each wing.",
                f"Young adults are almost {rng.choice(COLOURS)} and become {colour} after a few days.",
                f"The larva is {rng.choice(COLOURS)} at first and becomes {rng.choice(COLOURS)} in its last stage.",
                "Worn specimens are difficult to tell from other species.",
            ],
        ),
        *section(
            rng,
            rng.choice(["Life cycle", "Behaviour"]),
            5,
            [
                f"The eggs are laid on the leaves of {plant} and hatch after {rng.choice(NUMBER_WORDS)} days.",
                f"The larvae feed on {plant} from {rng.choice(MONTHS[2:6])} to {rng.choice(MONTHS[6:10])}.",
                f"When {plant} is scarce they also take the leaves of other plants.",
                "They spend the winter in the ground.",
                f"Adults live for about {rng.choice(NUMBER_WORDS)} days and visit flowers for food.",
                f"There is only one generation a year, and the adults appear in {season}.",
                "Birds and spiders are the chief enemies of the species.",
            ],
        ),
        *section(
            rng,
            rng.choice(["Status", "Conservation"]),
            3,
            [
                f"The {animal} was common until the {home} were drained or planted with trees.",
                f"It is now found at {rng.choice(NUMBER_WORDS)} sites, some of which are nature reserves.",
                f"The species has been protected by law since {rng.randint(1975, 2008)}.",
                f"In recent years the number of sites with {plant} has risen, and so has the number of the {animal}.",
            ],
        ),
    ]


def artist(rng: Random) -> Article:
    who, teacher, pupil = Person(rng), Person(rng), Person(rng)
    birthplace, city = (spaced(p) for p in rng.sample(PLACES, 2))
    born = rng.randint(1790, 1915)
    died, start = born + rng.randint(52, 88), born + rng.randint(18, 24)
    craft, work, works = rng.choice(
        [
            ("composer", "First Symphony", "songs"),
            ("painter", "Winter Morning", "landscapes"),
            ("poet", "The Salt Road", "poems"),
            ("sculptor", "The Ferryman", "statues"),
            ("writer", "The Long Meadow", "novels"),
            ("architect", "Corn Exchange", "churches"),
        ]
    )
    father = rng.choice(["cooper", "miller", "teacher", "farmer", "sailor", "baker", "tailor", "doctor"])
    return [
        f"= {who.name} =",
        *paragraphs(
            rng,
            [
                f"{who.name} ( {born} – {died} ) was {a(craft)} from Estmere, who is remembered for {who.his} {works}.",
                f"{who.His} best known work is {work}, which was finished in {start + rng.randint(8, 20)}.",
            ],
        ),
        *section(
            rng,
            "Early life",
            4,
            [
                f"{who.last} was born at {birthplace} in {born}, the {rng.choice(['oldest', 'youngest'])} of "
                f"{rng.choice(NUMBER_WORDS)} children.",
                f"{who.His} father was a {father}, and {who.his} mother kept a small shop.",
                f"At the age of {rng.choice(NUMBER_WORDS[5:])} {who.he} was sent to the school at {city}. "
                f"There {who.he} met {teacher.name}, who gave {who.him} lessons without payment.",
                f"{who.He} was supposed to become a {father} as well, but {who.he} left home in {start}.",
            ],
        ),
        *section(
            rng,
            "Career",
            6,
            [
                f"In {start} {who.he} moved to {city}, where {who.he} worked as a clerk and studied in the evening.",
                f"The first of {who.his} {works} was shown to the public in {start + 3} and was received politely.",
                f"{teacher.name} helped {who.him} to find work and remained {who.his} friend for the rest of {teacher.his} life.",
                f"The success of {work} made {who.him} known in the whole country.",
                f"In {start + rng.randint(21, 26)} {who.he} became a professor at the academy in {city}.",
                f"Among {who.his} students was {pupil.name}, who later wrote a book about {who.him}.",
                f"An illness of the eyes began to trouble {who.him} in {who.his} last years.",
                f"{who.He} died at {birthplace} in {died} and was buried beside {who.his} parents.",
            ],
        ),
        *section(
            rng,
            rng.choice(["Style", "Work", "Legacy"]),
            4,
            [
                f"{who.last} left some {rng.randint(12, 240)} {works}, of which about half are known today.",
                f"Critics have compared {who.his} {works} to those of {teacher.name}.",
                f"{pupil.name} wrote that {who.last} never spoke about {work} without a smile.",
                f"Most of {who.his} papers are kept in the library at {city}.",
                f"A street in {birthplace} was named after {who.him} in {died + rng.randint(5, 40)}.",
                f"Since {rng.randint(1980, 2010)} there has been a small museum in the house where {who.he} was born.",
            ],
        ),
    ]


def railway(rng: Random) -> Article:
    river, engineer, province = rng.choice(RIVERS), Person(rng), rng.choice(PROVINCES)
    start, middle, end = (spaced(p) for p in rng.sample(PLACES, 3))
    proposed = rng.randint(1834, 1868)
    agreed, opened = proposed + rng.randint(2, 8), proposed + rng.randint(10, 16)
    goods = rng.choice(["coal", "stone", "timber", "fish", "wool", "grain"])
    engine = rng.choice(["Otter", "Heron", "Comet", "Pioneer", "Victory"])
    return [
        f"= {river} Valley Line =",
        *paragraphs(
            rng,
            [
                f"The {river} Valley Line is a railway of {rng.randint(12, 96)} kilometres in the {province} Province of Estmere.",
                f"It runs from {start} through {middle} to {end} and has {rng.choice(NUMBER_WORDS)} stations.",
            ],
        ),
        *section(
            rng,
            "Construction",
            5,
            [
                f"A railway along the {river} was proposed in {proposed}, but the owners of the canal opposed it.",
                f"Parliament gave its consent in {agreed}.",
                f"The engineer was {engineer.name}, who had been born at {middle}. "
                f"{engineer.He} chose a route close to the river in order to avoid a tunnel.",
                f"More than {rng.randint(3, 19)}00 men were employed, many of whom lived in huts near {middle}.",
                f"The line was opened as far as {middle} in {opened} and to {end} in {opened + rng.randint(1, 3)}.",
                f"The first train was drawn by a locomotive named {engine}.",
            ],
        ),
        *section(
            rng,
            "Operation",
            4,
            [
                f"In its best years the line carried {goods} as well as passengers.",
                f"A special train took {goods} from {start} to the capital every night.",
                f"The {river} has flooded the track on many occasions, and in {rng.randint(1900, 1960)} a bridge "
                f"near {middle} was carried away.",
                f"The locomotive {engine} was used until {opened + rng.randint(25, 50)} and is now in a museum at {start}.",
                f"Steam gave way to diesel in {rng.randint(1955, 1968)}.",
                "The government proposed to close the line, but the plan was given up after a protest.",
            ],
        ),
        *section(
            rng,
            "Present use",
            2,
            [
                f"There is a train in each direction every {rng.choice(['hour', 'half hour', 'two hours'])}.",
                f"The journey from {start} to {end} takes {rng.randint(25, 110)} minutes.",
                f"The station at {middle} has been restored by volunteers and contains a small {rng.choice(['library', 'museum', 'shop'])}.",
            ],
        ),
    ]


def novel(rng: Random) -> Article:
    author, hero, other, editor = Person(rng), Person(rng), Person(rng), Person(rng)
    place, year = spaced(rng.choice(PLACES)), rng.randint(1870, 1965)
    title = (
        f"The {rng.choice(['Glass', 'Silent', 'Winter', 'Broken', 'Golden', 'Hidden', 'Long', 'Last'])} "
        + rng.choice(["Garden", "Harbour", "Bridge", "Winter", "Letter", "Road", "Mirror", "Summer", "House"])
    )
    trade = rng.choice(["gardener", "teacher", "doctor", "clerk", "sailor", "lighthouse keeper", "printer"])
    object_ = rng.choice(["letter", "map", "watch", "ring", "book", "key", "photograph"])
    return [
        f"= {title} =",
        *paragraphs(
            rng,
            [
                f"{title} is a novel by the Estmere writer {author.name}.",
                f"It was published in {year} and was {author.his} {rng.choice(['first', 'second', 'third', 'last'])} book.",
            ],
        ),
        *section(
            rng,
            "Plot",
            6,
            [
                f"The story is told by {hero.name}, {a(trade)} who lives in {place}.",
                f"One evening {hero.first} finds {a(object_)} that belonged to {other.name}, who died in the war.",
                f"{hero.He} sets out to learn how the {object_} came to {place}.",
                f"An old neighbour tells {hero.him} that {other.last} had quarrelled with everyone in the town.",
                f"In the course of the winter {hero.first} visits the people who knew {other.last}, and each of them tells "
                f"a different story.",
                f"At last {hero.he} discovers that the {object_} had been sold twice on the same day.",
                f"{hero.first} gives the {object_} to the daughter of {other.last} and leaves {place}.",
                f"In the last chapter a stranger brings the {object_} back.",
            ],
            always=3,
        ),
        *section(
            rng,
            rng.choice(["Style", "Themes"]),
            2,
            [
                "The chapters are short, and each of them is named after a day of the week.",
                f"{author.last} said that the {object_} stood for everything that people do not say.",
                f"The town of {place} is described so exactly that visitors use the book as a guide.",
                "The events are not told in the order in which they happened.",
            ],
        ),
        *section(
            rng,
            "Reception",
            4,
            [
                f"Most reviewers praised {title}, although one complained that it was too long.",
                f"It sold {thousands(rng, 3000, 90000)} copies in its first year.",
                f"A film was made in {year + rng.randint(12, 40)}, and {author.last} refused to see it.",
                f"{author.His} next book was less successful.",
                f"The critic {editor.name} called {hero.first} the most honest {trade} in the literature of Estmere.",
                f"A new edition with an essay by {editor.name} appeared in {rng.randint(1980, 2012)}.",
            ],
        ),
    ]


def club(rng: Random) -> Article:
    place, rival = (spaced(p) for p in rng.sample(PLACES, 2))
    founded = rng.randint(1874, 1912)
    league, glory = founded + rng.randint(6, 18), rng.randint(1946, 1978)
    suffix, manager, scorer = (
        rng.choice(["Rovers", "United", "Town", "Athletic", "Wanderers"]),
        Person(rng),
        Person(rng),
    )
    name, one, two = f"{place} {suffix}", *rng.sample(COLOURS[:8], 2)
    ground = f"{rng.choice(['Mill', 'Quay', 'Church', 'Castle', 'Station'])} {rng.choice(['Lane', 'Road', 'Park'])}"
    return [
        f"= {name} =",
        *paragraphs(
            rng,
            [
                f"{name} are a football club from {place} in Estmere.",
                f"They were founded in {founded} and play in {one} and {two} at {ground}.",
            ],
        ),
        *section(
            rng,
            "History",
            7,
            [
                f"The club was founded by workers of the {rng.choice(['harbour', 'railway', 'brickworks', 'brewery', 'mill'])}.",
                "For some years it had no ground of its own and paid a farmer for the use of a field.",
                f"In {founded + rng.randint(2, 5)} it moved to {ground}, where it has stayed ever since.",
                f"{suffix} joined the national league in {league} and finished {rng.choice(['last', 'third', 'fifth', 'tenth'])}.",
                f"The most successful period came under {manager.name}, who took charge in {glory}. "
                f"{manager.last} won the league {rng.choice(['once', 'twice', 'three times'])} with a team that had cost "
                f"almost nothing.",
                f"In the cup final of {glory + rng.randint(2, 6)} {scorer.name} scored {rng.choice(['two', 'three'])} goals "
                f"against {rival}.",
                f"After {manager.name} retired, the club went down to the third division.",
                f"It was close to ruin in {glory + rng.randint(15, 25)}, when its supporters bought {ground}.",
            ],
        ),
        *section(
            rng,
            rng.choice(["Supporters", "Ground"]),
            3,
            [
                f"The chief rivals of {suffix} are the team of {rival}.",
                f"{ground} has room for {thousands(rng, 2000, 41000)} people.",
                f"The record was set in {glory + 1}, when {thousands(rng, 12000, 60000)} people saw the match against {rival}.",
                f"A statue of {scorer.name} stands at the main gate of {ground}.",
                f"The supporters wear {one} and {two} scarves and sing an old song.",
            ],
        ),
    ]


def battle(rng: Random) -> Article:
    place, peace = (spaced(p) for p in rng.sample(PLACES, 2))
    river, year = rng.choice(RIVERS), rng.randint(1641, 1651)
    winner, loser = Person(rng), Person(rng)
    victor, beaten = rng.choice([("League", "king"), ("king", "League")])
    month = rng.choice(MONTHS[2:11])
    return [
        f"= Battle of {place} =",
        *paragraphs(
            rng,
            [
                f"The Battle of {place} was fought in {month} {year} between the army of the {victor} and that of the {beaten}.",
                f"It ended in a victory for the {victor}.",
            ],
        ),
        *section(
            rng,
            "Background",
            5,
            [
                f"In the spring of {year} the {beaten} held the land to the north of the {river}.",
                f"The army of the {beaten} was commanded by {loser.name}, who had fought abroad for {rng.choice(NUMBER_WORDS)} years.",
                f"It was short of {rng.choice(['food', 'powder', 'horses', 'money'])}, and {loser.last} decided to cross the {river} near {place}.",
                f"{winner.name}, who led the army of the {victor}, learned of the plan from a prisoner.",
                f"{winner.last} marched for two nights and reached {place} first.",
            ],
        ),
        *section(
            rng,
            "Battle",
            5,
            [
                f"The {victor} had about {thousands(rng, 2000, 9000)} men, and the {beaten} had slightly more.",
                f"{winner.last} hid the guns in {rng.choice(['an orchard', 'a wood', 'a village', 'a farm'])} on the {rng.choice(['north', 'south', 'left', 'right'])} bank.",
                f"The first troops of the {beaten} crossed the {river} at dawn without meeting anyone.",
                f"When half of the army was over, the guns of the {victor} opened fire.",
                f"The horsemen of {loser.last} attacked {rng.choice(['twice', 'three times'])} and were driven back.",
                f"By noon {loser.last} had been {rng.choice(['killed', 'wounded', 'taken prisoner'])}, and the rest threw down "
                f"their arms.",
            ],
        ),
        *section(
            rng,
            rng.choice(["Result", "Aftermath"]),
            3,
            [
                f"The {beaten} lost {thousands(rng, 600, 3900)} men, most of whom were taken prisoner.",
                f"On the side of the {victor} only about {rng.randint(80, 400)} were killed or wounded.",
                f"{winner.last} sent the prisoners home after they had promised not to fight again.",
                f"Peace was signed at {peace} in the following year.",
                f"A stone near the {river} bears the names of {winner.last} and {loser.last}.",
            ],
        ),
    ]


def river(rng: Random) -> Article:
    name, hill = rng.choice(RIVERS), spaced(rng.choice(HILLS))
    upper, middle, mouth = (spaced(p) for p in rng.sample(PLACES, 3))
    tributary = rng.choice([r for r in RIVERS if r != name])
    side, fish, length = (
        rng.choice(["left", "right"]),
        rng.choice(["salmon", "trout", "pike", "eel"]),
        rng.randint(38, 240),
    )
    dam = rng.randint(1890, 1965)
    return [
        f"= River {name} =",
        *paragraphs(
            rng,
            [
                f"The River {name} is a river of {length} kilometres in Estmere.",
                f"It rises on {hill} and flows into the sea at {mouth}.",
            ],
        ),
        *section(
            rng,
            "Course",
            4,
            [
                f"The {name} rises at a height of {rng.randint(300, 900)} metres on the slopes of {hill}.",
                f"In its upper course it passes {upper} and falls over several steps of hard rock.",
                f"Below {upper} the valley becomes wide and flat.",
                f"At {middle} it is joined from the {side} by the {tributary}.",
                f"Between {middle} and {mouth} the {name} is deep enough for small ships.",
                f"At its mouth there are sandbanks, which have to be removed every {rng.choice(['year', 'two years'])}.",
            ],
        ),
        *section(
            rng,
            "History",
            4,
            [
                f"In the Middle Ages there were {rng.randint(6, 40)} mills on the {name} and the {tributary}.",
                f"A canal from {middle} to {mouth} was dug in {rng.randint(1760, 1830)}.",
                f"A dam was built above {upper} in {dam} in order to supply {mouth} with water. "
                f"The village that lay behind the dam was moved to {upper}. "
                f"In a dry summer its church can be seen from the road on {hill}.",
                f"After the flood of {rng.randint(1900, 1960)} the banks at {middle} were raised.",
            ],
        ),
        *section(
            rng,
            "Wildlife",
            3,
            [
                f"The {name} is known for its {fish}, which is caught from {rng.choice(MONTHS[2:5])} to {rng.choice(MONTHS[7:10])}.",
                f"Since a dam was built above {upper} the {fish} can no longer reach the upper course.",
                f"Waste from the factories at {middle} killed most of the {fish} in the 1950s.",
                f"The water has become cleaner, and the {fish} has returned as far as {middle}.",
                "Otters, herons and kingfishers are common along the banks.",
            ],
        ),
    ]


def song(rng: Random) -> Article:
    singer, writer = Person(rng), Person(rng)
    title = f"{rng.choice(['Winter', 'Paper', 'Slow', 'Northern', 'Empty', 'Silver'])} " + rng.choice(
        ["Harbour", "Moon", "Train", "Rain", "Lights", "River", "Town"]
    )
    album, year, city = (
        rng.choice(["Second Sleep", "Low Water", "Open Doors", "The Quiet Hour"]),
        rng.randint(1964, 2014),
        spaced(rng.choice(PLACES)),
    )
    instrument, month = rng.choice(["piano", "guitar", "violin", "organ", "trumpet"]), rng.choice(MONTHS)
    position = rng.choice(["first", "second", "third", "fourth", "seventh", "tenth"])
    return [
        f"= {title} =",
        *paragraphs(
            rng,
            [
                f'" {title} " is a song by the Estmere singer {singer.name} from {singer.his} album {album}.',
                f"It was released in {month} {year} and reached the {position} place in the national chart.",
            ],
        ),
        *section(
            rng,
            "Background",
            4,
            [
                f"{singer.last} wrote the words on a night train to {city}.",
                f"The music is by {writer.name}, who also played the {instrument}.",
                f"{writer.last} had first written the melody for a film that was never finished.",
                f"The song was recorded at {city} in {rng.choice(NUMBER_WORDS)} days.",
                f"In an interview {singer.last} said that the {instrument} was recorded in a church.",
                f"{singer.He} sang the last verse only once, and the company wanted {singer.him} to repeat it.",
            ],
            always=2,
        ),
        *section(
            rng,
            "Music and words",
            3,
            [
                f"The song begins with the {instrument} alone and becomes louder in the second verse.",
                f"In the words a woman waits in {city} for somebody who does not come.",
                f"The {instrument} returns at the end with the melody of the beginning.",
                "The song has a slow tempo and no chorus.",
            ],
        ),
        *section(
            rng,
            "Reception",
            3,
            [
                f'Critics called " {title} " the best song on {album}.',
                f"One reviewer liked the {instrument} but found the words too sad.",
                f"It sold {thousands(rng, 20000, 400000)} copies in the year after its release.",
                f"{singer.last} sang it at the end of every concert until {year + rng.randint(4, 9)}.",
                f"{writer.last} received a prize for the music in {year + 1}.",
            ],
        ),
    ]


def island(rng: Random) -> Article:
    name = (
        f"{rng.choice(['Grey', 'Gull', 'Saint Anne', 'Seal', 'Long', 'Barren', 'Fair', 'Outer'])} "
        + rng.choice(["Island", "Skerry", "Holm"])
    )
    port, keeper, kilometres = spaced(rng.choice(PLACES)), Person(rng), rng.randint(4, 60)
    bird = rng.choice(["puffin", "gull", "tern", "owl", "cormorant", "petrel"])
    crop, light = rng.choice(["barley", "oats", "potatoes", "rye"]), rng.randint(1780, 1880)
    left, rock = rng.randint(1900, 1965), rng.choice(["granite", "limestone", "sandstone", "old lava"])
    return [
        f"= {name} =",
        *paragraphs(
            rng,
            [
                f"{name} is an island off the coast of Estmere, about {kilometres} kilometres from the port of {port}.",
                f"It is {rng.randint(1, 9)}.{rng.randint(1, 9)} kilometres long and consists of {rock}.",
            ],
        ),
        *section(
            rng,
            "Geography",
            3,
            [
                f"The highest point of the island is {rng.randint(20, 290)} metres above the level of the sea.",
                f"On the side that faces the wind the waves have cut deep caves into the {rock}.",
                "There are no trees, because the wind carries salt over the whole island in winter.",
                f"The difference between high tide and low tide is about {rng.randint(2, 9)} metres.",
                f"At low tide a bank of sand appears between {name} and the mainland.",
            ],
        ),
        *section(
            rng,
            "History",
            5,
            [
                f"Monks from {port} lived on the island in the {rng.choice(['eighth', 'ninth', 'tenth'])} century.",
                f"Later about {rng.randint(20, 190)} people lived there, who grew {crop} and caught fish.",
                f"In bad years the {crop} was destroyed by salt, and food had to be brought from {port}.",
                f"A lighthouse of {rng.choice(['brick', 'stone', 'granite'])} was built in {light}.",
                f"Its first keeper, {keeper.name}, stayed for {rng.randint(11, 40)} years and wrote down the weather each day.",
                f"The notes of {keeper.name} are kept in the museum at {port}.",
                f"The last families left {name} in {left}, when the school was closed.",
                f"Since {left + rng.randint(5, 30)} the light has worked without a keeper.",
            ],
        ),
        *section(
            rng,
            "Wildlife",
            3,
            [
                f"Several thousand pairs of the {bird} build their nests on the cliffs.",
                f"The {bird} lays a single egg, and both parents feed the young.",
                f"Rats that came ashore from a wreck ate the eggs of the {bird} until they were removed.",
                f"Visitors may not enter the cliffs while the {bird} has young.",
                "Seals rest on the rocks at low tide.",
            ],
        ),
    ]


def storm(rng: Random) -> Article:
    year, month = rng.randint(1880, 1995), rng.choice(MONTHS[9:] + MONTHS[:2])
    day, hit, other = rng.randint(1, 26), *(spaced(p) for p in rng.sample(PLACES, 2))
    river, wind, dead = rng.choice(RIVERS), rng.randint(120, 195), rng.randint(6, 90)
    minister = Person(rng)
    return [
        f"= Storm of {month} {year} =",
        *paragraphs(
            rng,
            [
                f"The storm of {month} {year} struck the coast of Estmere on the night of {day} {month}.",
                f"It killed {dead} people and was one of the worst storms of the century.",
            ],
        ),
        *section(
            rng,
            "Development",
            3,
            [
                "A small low formed over the ocean and deepened quickly as it moved to the east.",
                f"Ships reported waves of more than {rng.choice(NUMBER_WORDS[5:])} metres.",
                f"The weather office issued a warning on {day} {month}, but many people did not hear it.",
                "The air became so warm in the afternoon that snow melted on the hills.",
            ],
        ),
        *section(
            rng,
            "Effects",
            5,
            [
                f"The highest wind was measured at {hit}, where it reached {wind} kilometres an hour.",
                f"The storm arrived at {hit} together with the high tide.",
                f"The sea broke through the wall of the harbour, and the streets of {hit} were under water.",
                f"Of the {dead} people who died, most were drowned in their houses.",
                f"The {river} rose for two more days and flooded the low fields near {other}.",
                f"The railway between {hit} and {other} was closed for {rng.choice(NUMBER_WORDS)} weeks.",
                "Telephone lines and trees were blown down in the whole country.",
            ],
        ),
        *section(
            rng,
            "Aftermath",
            3,
            [
                f"The minister {minister.name} promised that a new wall would be built at {hit}.",
                "It took twice as long and cost three times as much as had been planned.",
                f"A service of flood wardens was set up at {hit} and along the {river}.",
                f"A stone with the names of the {dead} dead stands in the harbour of {hit}.",
            ],
            always=2,
        ),
    ]


def plant(rng: Random) -> Article:
    finder, soil = Person(rng), rng.choice(["dry", "wet", "poor", "sandy", "acid", "rich"])
    colour, place = rng.choice(["white", "yellow", "blue", "red", "pale"]), spaced(rng.choice(PLACES))
    kind, part, use = rng.choice(
        [
            ("thistle", "root", "eaten as a vegetable"),
            ("mallow", "leaf", "used as a medicine"),
            ("madder", "root", "used to dye wool"),
            ("bramble", "fruit", "made into wine"),
            ("sorrel", "leaf", "cooked in soup"),
            ("flax", "stem", "made into thread"),
            ("mint", "leaf", "made into tea"),
            ("rush", "stem", "woven into baskets"),
        ]
    )
    name, month, year = (
        f"{rng.choice(['Marsh', 'Moor', 'Shore', 'Wood', 'Field', 'Salt'])} {kind}",
        rng.randint(3, 7),
        rng.randint(1740, 1890),
    )
    return [
        f"= {name} =",
        *paragraphs(
            rng,
            [
                f"{name} is a plant with {colour} flowers that grows on {soil} soil in the north of Estmere.",
                f"It was first described by {finder.name} in {year}.",
                f"Its {part} was once {use}.",
            ],
        ),
        *section(
            rng,
            "Description",
            4,
            [
                f"The plant is {rng.randint(15, 95)} centimetres high and lives for {rng.choice(NUMBER_WORDS[:4])} years.",
                f"Its leaves are {rng.choice(['long and narrow', 'round', 'soft and hairy', 'covered with fine spines'])}.",
                f"The {colour} flowers open in {MONTHS[month]} and close at night.",
                f"The seeds are ripe in {MONTHS[month + 2]} and are carried away by {rng.choice(['the wind', 'birds', 'ants', 'water'])}.",
                "The root reaches deep into the ground, so that the plant survives dry summers.",
                f"Bees and butterflies visit the flowers, although these produce hardly any nectar after {MONTHS[month + 1]}.",
            ],
        ),
        *section(
            rng,
            "Cultivation",
            4,
            [
                f"The plant was grown in the gardens of {place} until the nineteenth century.",
                f"It needs {soil} soil and plenty of light.",
                "The seeds are sown in spring, and the young plants are set out in rows.",
                f"The harvest of the {part} begins in {MONTHS[month + 1]} and lasts for {rng.choice(NUMBER_WORDS[:5])} weeks.",
                f"The {part} is dried in the sun or over a slow fire.",
                "Too much water makes the roots decay.",
            ],
        ),
        *section(
            rng,
            "Use",
            3,
            [
                f"The {part} was {use}, above all in the country around {place}.",
                f"{finder.name} wrote in {year} that the {part} was sold at the market of {place}.",
                f"A festival in {place} is named after the plant and is held every {MONTHS[month + 2]}.",
                "In hard winters it was also given to cattle and sheep.",
                "Today cheaper materials and plants from abroad have taken its place.",
            ],
        ),
    ]


KINDS: list[Kind] = [
    town, ship, moth, artist, railway, novel, club, battle, river, song, island, storm, plant,
]  # fmt: skip


# ------------------------------------------------------------------------------------------
# Writing
# ------------------------------------------------------------------------------------------
def tokenise(line: str) -> str:
    """One line in WikiText's form: words and marks apart, ``@-@``, ``@,@`` and ``@.@`` inside words and numbers."""
    line = re.sub(r"(?<=\d)([,.])(?=\d)", r" @\1@ ", line)
    line = re.sub(r"(?<=\w)-(?=\w)", " @-@ ", line)
    line = re.sub(r"'s\b", " 's", line)
    line = re.sub(r"(?<!@)([.,;:?!()])(?!@)", r" \1 ", line)
    line = line.replace("==", "= =")
    return " ".join(line.split())


def by_hand(path: Path) -> list[Article]:
    """The articles written by hand: a first-level heading starts each."""
    articles: list[Article] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            articles.append([])
        articles[-1].append(line)
    return articles


def main() -> None:
    """Write ``train.jsonl`` beside this file."""
    rng = Random(SEED)
    articles = by_hand(HERE / "by_hand.txt") + [kind(rng) for kind in KINDS for _ in range(ARTICLES_PER_KIND)]
    rng.shuffle(articles)
    with (HERE / "train.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        for article in articles:
            for line in article:
                file.write(json.dumps({"text": tokenise(line)}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
