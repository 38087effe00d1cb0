"""Make ``train.jsonl`` of the Tiny Shakespeare offline sample: scenes of invented plays in blank verse.

The words of the lexicon are sorted by part of speech, meaning and stress, and a line template names the class that
fits each gap. So every line runs in iambic pentameter (unstressed, stressed, five times; a last weak syllable is
allowed), what is broken in it is a thing, and who is loved in it is a person. A scene draws its cast, the place, the
lord they speak of and the thing they quarrel about once; these come back until the scene ends.

The scenes of ``by_hand.txt`` are mixed in. ``validation.jsonl`` is written by hand and is not touched.

Run ``python grammar.py`` in this folder: the same seed gives the same bytes.
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

HERE = Path(__file__).resolve().parent
SEED = 16
SCENES = 55

# ------------------------------------------------------------------------------------------
# Lexicon. The digit in a name counts syllables: 1 is one stressed syllable, 2 a stressed and an unstressed one; an x
# before the name stands for an unstressed syllable before the stressed one.
# ------------------------------------------------------------------------------------------
LEXICON = {
    "thing1": "crown sword ring cup lamp bell ship book seal key rope bow cloak knife chain glove purse scroll torch "
    "drum harp spear shield mask glass gem veil belt horn oar coin staff throne map",
    "thing2": "letter candle dagger mirror lantern banner garland jewel helmet sceptre saddle anchor barrel cradle "
    "ladder pillow casket token basket kettle",
    "nature1": "moon sun rain wind snow sea hill rose thorn oak leaf star storm frost stream cloud dawn stone flame "
    "wave shore root vine field dew",
    "sky1": "moon sun star storm cloud dawn rain wind snow",
    "ground1": "hill field shore stone sea stream snow grass road sand",
    "wild2": "river winter ocean tempest thunder water evening forest",
    "nature2": "river winter summer morning evening thunder forest meadow ocean garden tempest valley willow shadow "
    "blossom harvest water desert",
    "beast1": "wolf dove hawk crow fox hart lamb bear owl hound swan snake mouse cat lark wren boar goose",
    "beast2": "raven lion eagle adder sparrow spider falcon greyhound viper",
    "body1": "heart hand eye tongue blood brow breath soul head arm cheek ear",
    "idea1": "love grief hope shame faith truth time death pride fear hate sleep joy wrath guilt trust fate chance",
    "idea2": "sorrow mercy honour pity treason reason silence justice folly virtue fortune slumber envy duty",
    "person1": "king queen lord knight fool wife son friend child priest thief nurse maid squire prince clerk page",
    "person2": "father mother brother sister soldier captain lover neighbour stranger master widow doctor beggar "
    "shepherd sailor tyrant cousin",
    "trade2": "tailor miller baker doctor sailor shepherd cobbler tinker porter ploughman fiddler lawyer barber",
    "adj1": "cold sweet dark fair wild old young false true poor proud pale soft hard sad kind blind deep sharp grey "
    "bright long strange weak bold",
    "adj2": "weary bitter silent golden heavy gentle broken foolish empty hollow bloody cruel simple noble hungry "
    "ancient tender frozen faithful idle secret stubborn weeping sleeping wicked",
    "move1": "sleep weep fall die rise fade burn sing speak wake stand bend drown fly rest dance",
    "moves1": "sleeps weeps falls dies fades burns sings wakes stands bends drowns flies rests",
    "take1": "break hold bear bring keep lose sell hide steal lift guard find burn drop seize",
    "takes1": "breaks holds bears brings keeps hides steals lifts guards finds burns",
    "took1": "lost sold kept found stole broke held hid burned left brought",
    "feel1": "bear hide know feel trust curse bless learn hear fear name speak",
    "treat1": "love hate trust serve curse bless fear seek mock teach know praise shame",
    "treats1": "loves hates trusts serves fears mocks knows shames seeks",
    "taken": "lost sold kept found held hid burned left brought seized",
    "treated1": "loved served cursed mocked praised wronged slain lost",
    "xtreat": "betray forgive forget deceive obey defend admire despise forsake pursue deny condemn",
    "metal1": "gold steel brass lead stone ice glass wax dust salt",
    "count1": "two three four six nine ten twelve",
    "time2": "April August winter summer autumn Easter Whitsun Christmas",
    "town2": "Venice Norland Lorren Harrow Marlow Dunmere Ravel Sarum",
    "fate1": "slain fled sick mad gone dead come lost sworn",
    "state1": "lost ours burned dark still closed bare full",
}
WORDS = {name: words.split() for name, words in LEXICON.items()}

# Drawn once for a scene.
LORDS = {"king": "he", "duke": "he", "earl": "he", "prince": "he", "queen": "she", "count": "he"}
PLACES = ["hall", "gate", "field", "wood", "court", "church", "bridge", "inn", "camp", "mill", "shore"]

# ------------------------------------------------------------------------------------------
# Cast: speaker, and how the others address them (an unstressed and a stressed syllable).
# ------------------------------------------------------------------------------------------
NOBLES = {
    "KING": ["my liege", "my king", "great king", "my lord"],
    "QUEEN": ["my queen", "great queen", "my liege"],
    "ALDRIC": ["my lord", "good duke", "my lord"],
    "MERRICK": ["my lord", "good earl", "brave earl"],
    "CORVIN": ["dear sir", "good sir", "my friend"],
    "LUCAN": ["my lord", "young sir", "good sir"],
    "HUGH": ["good Hugh", "old friend", "my friend"],
    "OSWIN": ["my lord", "good knight", "brave knight"],
}
LADIES = {
    "ISAUDE": ["dear heart", "sweet maid", "my love"],
    "ROSALDE": ["sweet maid", "dear child", "my rose"],
    "BRISA": ["good girl", "sweet maid", "kind girl"],
}
COMMONS = {
    "PEREN": ["good fool", "sweet fool", "poor fool"],
    "FIRST SOLDIER": ["good friend", "brave heart", "my son"],
    "SECOND SOLDIER": ["good friend", "old friend", "my son"],
    "MESSENGER": ["good friend", "young man", "my friend"],
    "STEWARD": ["good friend", "old man", "my friend"],
    "OLD SHEPHERD": ["old man", "good man", "old friend"],
    "YOUNG SHEPHERD": ["young man", "good lad", "my lad"],
    "FIRST CITIZEN": ["good friend", "my friend", "good man"],
    "SECOND CITIZEN": ["good friend", "my friend", "good man"],
    "DOCTOR": ["good sir", "wise sir", "dear sir"],
}
ADDRESS = NOBLES | LADIES | COMMONS

# ------------------------------------------------------------------------------------------
# Line templates by what the speech does. {you}: how the one spoken to is addressed; {thing}, {lord}, {he}, {place}:
# drawn once for the scene; every other gap: a word of that class.
# ------------------------------------------------------------------------------------------
MOVES = {
    "open": """
        {you}, what brings you to the {place} so late?
        What news, {you}? And is the {lord} returned?
        I looked for you, {you}, within the {place}.
        Stand, ho! Who walks so late about the {place}?
        Why do you hide so {adj1} a face, {you}?
        Is this the {thing} that you were bid to bring?
        You come too late, {you}; the {thing} is {state1}.
        {you}, I dreamed of {nature1} and {nature1} and {nature1}.
        How stands the {place}? And does the {lord} yet {move1}?
        Come in, come in; the {sky1} is on the {ground1}.
        I know that step: it is my {adj2} {person1}.
        The {nature2} is upon us. Bar the gate.
        They told me at the {place} that you were {fate1}.
        Good news, {you}! The {lord} has found the {thing}.
    """,
    "question": """
        Who was it had the {thing} when last we met?
        Hast thou the {thing} that once was in the {place}?
        Where is the {thing}? I left it at the {place}.
        What would you give to have the {thing} again?
        And did the {lord} not swear to send the {thing}?
        What says the {lord}? And will {he} have the {thing}?
        How long, {you}, must we attend the {lord}?
        Why should the {lord} be angry with a {person1}?
        What {adj2} {person1} has dared to {take1} the {thing}?
        Is it for {idea1} of me the {person1} is {fate1}?
        And was it {idea1} or {idea2}, think you, moved {him}?
        Who {takes1} the {thing} when all the {place} is {state1}?
        What should a {person1} do with a {adj2} {thing1}?
        Can {idea1} be {taken} for any {thing1} of {metal1}?
        Why {moves1} the {lord} alone beside the {place}?
        Shall we be {treated1} for {idea1} of such a {thing}?
    """,
    "answer": """
        I gave it to the {person2} by the {place}.
        The {lord} has lost the {thing}, and cannot {move1}.
        It lies beneath the {adj2} {ground1}, {you}.
        They say the {lord} is {adj2} as the {nature1}.
        No man has seen the {lord} since {time2} last.
        I would not touch the {thing} for all your gold.
        The {beast1} has more of mercy than the {lord}.
        The {thing} is broken, and the {lord} is old.
        I had it from a {adj2} {trade2}'s wife.
        For {count1} long nights I kept it in my cloak.
        I saw a {person2} {take1} it at the {place}.
        The {lord} will {take1} the {thing}, and {take1} us all.
        'Twas {idea2}, and not {idea1}, that {took1} the {thing}.
        I know no more of it than {beast1} or {beast1}.
        They have it at the {place}, {you}, in chains.
        If I had known, the {thing} had never come.
        A {adj2} man from {town2} {took1} the {thing}.
        It was not I; I never {treated1} the {lord}.
    """,
    "lament": """
        O {adj2} {idea1}, that {moves1} upon the {ground1}!
        The {sky1} that {moves1} above the {adj2} {ground1}
        Shall never know the {idea1} of {person1} or {person1}.
        My {body1} is {adj1} as any {metal1} or {metal1},
        And {idea2} {moves1} where {idea1} was used to {move1}.
        How {adj2} is the {nature1}, and yet how {adj1}!
        There is no {idea2} in the {body1} of kings.
        I had a {person2} once that used to {move1},
        And now the {ground1} has all that was my {idea1}.
        What is a {person1}? A {thing1} that {idea1} has {taken}.
        So {takes1} the {adj2} {nature1} the {adj2} {nature1}.
        Our days are but the {nature2} of a {nature1},
        And every {nature1} is {adj1} to him that {moves1}.
        When {nature2} comes, and {nature1} and {nature1} are gone,
        The {adj2} {nature1}, the {adj2} {nature1}, the {nature2}:
        What {idea1} is left, what {idea1}, what {adj2} {idea1}?
        I am a {thing2} that the {wild2} has {taken},
        A {adj2} {beast1} that knows not where to {move1}.
        The {nature1} will {move1} when I no longer {move1};
        The {person2} {moves1}, the {person1} and {person1} are {fate1},
        And {idea1}, that was my {person2}, is a {person2}.
        O, that this {adj2} {body1} were made of {metal1}!
        There's not a {nature1} but has its {adj2} {nature1},
        There's not a {person1} but {moves1} beneath the {ground1}.
        Why did my {person2} teach me how to {move1}?
        All {idea1} is but a shadow on the {ground1}.
        So let the {nature1} and {nature1} forget my name.
    """,
    "oath": """
        By {nature1} and {nature1}, I swear upon this {body1},
        I will not {move1} until the {thing} be found.
        I'll {take1} the {thing} or never {move1} again.
        If I {xtreat} the {lord}, let {idea1} {xtreat} me.
        Let {nature1} and {nature1} and {nature2} hear me swear:
        This {adj2} {body1} shall never serve the {lord}.
        Though {nature1} should {move1} and {nature2} turn to {metal1},
        I'll keep my {idea1} as {beast1} may keep her young.
        No {adj2} {idea1}, no {adj2} {idea1} shall move me.
        My {body1} is given; let the {lord} be warned.
        For every {person1} {he} {treats1}, there's one that {moves1};
        And I shall {take1} the {thing}, or {take1} my {body1}.
        I had it from my {person2}: I must {move1}.
    """,
    "dispute": """
        Thou {adj2} {person1}, thou {beast1} without a {body1}!
        Thou speakest false! Give back to me the {thing}!
        There's more of {idea2} in a {beast1} than thee.
        Why, {person1}, thy {body1} is {adj2} as a {beast1}.
        I'd sooner {treat1} a {beast2} than a {person1}.
        What, {adj2} {beast1}, wilt {take1} the {thing} again?
        Thy {body1} is {adj1}, thy {body1} as {adj1} as {metal1}.
        Put up thy sword, or feel the weight of mine.
        My {person2} was a better man than thou.
        I have been {treated1}, and I have {treated1} the {lord}.
        You {treat1} the {person1} that {treats1} you best of all.
        And can you {treat1} a {person1} that {takes1} your {thing1}?
        I never stole the {thing}; I am no thief.
        The {lord} shall know of this; {he} {treats1} my {person2}.
        Out of my sight, thou {thing2} full of {idea1}!
        Go {take1} thy {thing2}; {take1} thy {adj2} {thing1};
        But {take1} the {thing}, and thou shalt {move1}, by heaven.
        I was not born to {treat1} a {trade2}'s {person1}.
    """,
    "woo": """
        Thine eye is like the {sky1} upon the {ground1}.
        O gentle maid, more {adj1} than {nature2}'s {nature1},
        I'd give the {thing1}, the {thing1}, the {metal1}, the {metal1},
        To have thee {move1} one {nature2} at my side.
        For thee the {beast2} {moves1} upon the {nature1},
        And I, that am a {person1}, would be thy {trade2}.
        But {move1} for me, and all the {nature2} {moves1}.
        My {body1} is thine to {take1}, to {feel1}, to {treat1}.
        If I were {nature1}, and thou the {adj2} {nature1},
        I would not {move1} till thou hadst bid me {move1}.
        There is a {nature2} in thy voice, sweet {person1},
        That {takes1} my {body1}, and will not let it {move1}.
        What is the {thing} to me, what is the {lord},
        When {idea1} has written {idea1} upon thy brow?
        Since {time2} I have {treated1} no other face.
    """,
    "reply": """
        You speak, sir, like a {trade2} with a {thing1}.
        I {treat1} you, sir, as {beast1} may {treat1} a {beast1}.
        Bring me the {thing}, and then I'll hear you {move1}.
        No man shall have my {body1} until the {time2}.
        So said a {trade2} to a {adj2} {beast1},
        And she believed him, and it was a {beast1}.
        I have a {person2}, and he has a {thing1}.
        You have a {adj1} {adj2} tongue, for one so {adj1}.
        I'd know you by your {body1}, if you had {metal1}.
        Ask me at {time2}, when the {nature2} {moves1}.
        What would the {lord} say, if {he} saw you {move1}?
        I will not weep; but, {person1}, I shall not {move1}.
    """,
    "news": """
        The {lord} is {fate1}, and all the {place} is {state1}.
        I saw the {thing1}, the {thing1}, the bloody {thing2},
        They {took1} the {thing} beneath the {adj2} {sky1},
        {count1} thousand men are marching up from {town2},
        And every {trade2} carries now a {thing1}.
        The {person2} wept, the {person2} {took1} the {thing1},
        And {idea2} {moves1} upon the {adj2} {ground1}.
        The {wild2} took the {thing1}, the {sky1} the men.
        {he} bade me say, before the {sky1} should {move1},
        That {person1} and {person1} were {treated1} upon the bridge.
        I ran from {town2} since the {nature2}, sir.
        They cry, 'The {thing}! the {thing}!' in every street,
        And none can {take1} the {person2} from the {person2}.
        The {lord} has {count1} good ships, and we have none.
    """,
    "jest": """
        I knew a {trade2} once that {treated1} a {beast1}.
        He kept it in a {thing2} by the {place},
        And taught it {count1} new songs at every {time2}.
        My wife is like the {nature2}: {adj1} and {adj1}.
        A {beast1} may look upon a {person1} and {move1}.
        If I were {lord}, I'd {take1} a crown of cheese.
        My {person2} was a {trade2}, sir, in {town2}.
        He died of {idea1}, of pudding, and of beer,
        And left me, for my {idea1}, a {adj2} {beast1}.
        What is the {thing}? A thing to {take1} at cards.
        I {treat1} no man before I've had my soup.
        There was a {person1} that had a {thing2} of {metal1};
        He could not eat it, so he {took1} the {thing1}.
        Give me a {beast1}, a {beast1}, a pot of ale,
        And let the {lord} go {take1} {his} {adj2} {thing1}.
        A {trade2}'s {idea1} is like a {trade2}'s {thing1}:
        It {moves1} at noon, and by the evening {moves1}.
    """,
    "farewell": """
        Farewell, {you}; we meet beside the {place}.
        Come, let us go; the {sky1} is on the {ground1}.
        I'll to the {place}, and {take1} the {thing} by dawn.
        Good night, good night; and {idea1} go with you all.
        Away! The {beast2} calls; the {lord} is coming.
        Lead on, {you}. I follow to the {place}.
        And if we {move1}, we {move1} beneath one sky.
        Then {take1} the {thing}, and bid the {person2} come.
        The {nature2} {moves1}; {you}, it is the hour.
        Go thou before; I'll {take1} the {thing2} after.
    """,
    "short": """
        Ay, {you}.
        No more of that.
        Who's there?
        I will, {you}.
        And then?
        Alas, the day!
        The {thing}? Art sure?
        What, was it in the {place}?
        'Tis true, {you}.
        I thank thee for it.
        So says the {lord}.
        Peace! Someone comes.
        How, {you}? The {lord}?
        Be brief.
        By heaven, 'tis the {thing}!
    """,
}


def _sentences(lines: str) -> list[list[str]]:
    """Templates grouped into sentences: a line that ends without a full stop runs on into the next."""
    sentences: list[list[str]] = [[]]
    for line in map(str.strip, lines.strip().splitlines()):
        sentences[-1].append(line)
        if line[-1] in ".?!":
            sentences.append([])
    return sentences[:-1]


SENTENCES = {move: _sentences(lines) for move, lines in MOVES.items()}

# What happens in a scene, and who may take part.
PLOTS = [
    (["open", "question", "answer", "news", "dispute", "oath", "farewell"], NOBLES, NOBLES | COMMONS),
    (
        ["open", "woo", "reply", "woo", "reply", "question", "farewell"],
        {k: NOBLES[k] for k in ("CORVIN", "LUCAN")},
        LADIES,
    ),
    (
        ["jest", "short", "jest", "question", "answer", "jest", "farewell"],
        {"PEREN": COMMONS["PEREN"]},
        NOBLES,
    ),
    (["lament", "short", "lament", "question", "answer", "oath"], NOBLES | LADIES, COMMONS),
    (["open", "short", "question", "answer", "jest", "news", "farewell"], COMMONS, COMMONS),
    (["news", "short", "question", "answer", "lament", "oath", "farewell"], COMMONS, NOBLES),
    (["open", "dispute", "dispute", "short", "dispute", "oath", "farewell"], NOBLES, NOBLES),
]


@dataclass
class Scene:
    """What stays the same from the first line of a scene to the last, and the templates already spoken."""

    facts: dict[str, str]
    spoken: set[str] = field(default_factory=set)


def new_scene(rng: Random) -> Scene:
    lord = rng.choice(sorted(LORDS))
    he = LORDS[lord]
    him, his = ("him", "his") if he == "he" else ("her", "her")
    thing, place = rng.choice(WORDS["thing1"]), rng.choice(PLACES)
    return Scene({"lord": lord, "he": he, "him": him, "his": his, "thing": thing, "place": place})


def fill(rng: Random, template: str, scene: Scene, address: str) -> str:
    """The template with every gap filled, no word of the lexicon twice in the line."""
    used = set(scene.facts.values())

    def word(gap: re.Match[str]) -> str:
        name = gap.group(1)
        if name == "you":
            return address
        if name in scene.facts:
            return scene.facts[name]
        choice = rng.choice([word for word in WORDS[name] if word not in used])
        used.add(choice)
        return choice

    line = re.sub(r"\{(\w+)\}", word, template)
    line = re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", line)
    return line[0].upper() + line[1:]


def speech(rng: Random, move: str, scene: Scene, address: str) -> list[str]:
    """One to five lines that do the same thing, in whole sentences that the scene has not heard yet."""
    fresh = [sentence for sentence in SENTENCES[move] if sentence[0] not in scene.spoken] or SENTENCES[move]
    wanted = 1 if move == "short" else rng.choice([1, 2, 2, 3, 3, 4, 5])
    lines: list[str] = []
    for sentence in rng.sample(fresh, len(fresh)):
        lines += [fill(rng, template, scene, address) for template in sentence]
        scene.spoken.add(sentence[0])
        if len(lines) >= wanted:
            break
    return lines


def play_scene(rng: Random) -> list[str]:
    """The rows of a scene: speaker, lines and a blank row for every speech."""
    moves, first_cast, second_cast = rng.choice(PLOTS)
    first = rng.choice(sorted(first_cast))
    second = rng.choice(sorted(set(second_cast) - {first}))
    third = rng.choice(sorted(set(ADDRESS) - {first, second}))
    scene = new_scene(rng)
    rows = []
    speaker, hearer = first, second
    for move in moves:
        rows += [f"{speaker}:", *speech(rng, move, scene, rng.choice(ADDRESS[hearer])), ""]
        speaker, hearer = hearer, speaker
        if rng.random() < 0.2 and move in ("question", "news", "dispute"):
            rows += [
                f"{third}:",
                *speech(rng, rng.choice(["answer", "lament", "short"]), scene, rng.choice(ADDRESS[speaker])),
                "",
            ]
    return rows


def hand_written(path: Path) -> list[list[str]]:
    """The speeches written by hand, twelve at a time, so that they can be mixed with the other scenes."""
    speeches = path.read_text(encoding="utf-8").strip().split("\n\n")
    return [
        [row for speech in speeches[i : i + 12] for row in (*speech.split("\n"), "")]
        for i in range(0, len(speeches), 12)
    ]


def main() -> None:
    """Write ``train.jsonl`` beside this file."""
    rng = Random(SEED)
    scenes = hand_written(HERE / "by_hand.txt") + [play_scene(rng) for _ in range(SCENES)]
    rng.shuffle(scenes)
    rows = [row for scene in scenes for row in scene]
    with (HERE / "train.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps({"text": row}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
