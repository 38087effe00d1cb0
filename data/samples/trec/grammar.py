"""Write train.jsonl of the offline question sample.

Run `python data/samples/trec/grammar.py`: the same bytes come out every time.

How it works. CONSTRUCTIONS gives each class its templates, in groups with a weight. A template such as

    "What {human} {did} ?"

is filled slot by slot from LEXICON, whose cells may hold slots themselves. Three things keep the words from giving the
class away:

- `{human}`, `{entity}` and `{location}` name what is asked for, and stand in the same templates: only this
  one word, among many seen once or twice, decides.
- Names, places, works and things are shared by all classes: a question about a river may ask for a person.
- Some of what is asked for holds a word of another class: "city banker", "king crab", "painters ' village".

The test rows were written by hand (test.jsonl); none of their texts is made again here.
"""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
SEED = 2002
MAX_TOKENS = 30
CLASSES = ("description", "entity", "abbreviation", "human", "location", "number")
ROWS = {
    "description": 420,
    "entity": 450,
    "abbreviation": 80,
    "human": 440,
    "location": 300,
    "number": 310,
}

SLOT = re.compile(r"\{(\w+)\}")
VOWEL_SOUND = re.compile(
    r"\b([Aa]) (?=(?!one\b|once\b|uni(?!n)|use|euro|ukulele)[aeiouAEIO]|hour|heir|honest)"
)


def phrases(table: str) -> tuple[str, ...]:
    """The phrases of a table written as `one | two | three`, over as many lines as it likes."""
    return tuple(phrase for cell in re.split(r"[|\n]", table) if (phrase := cell.strip()))


LEXICON = {
    # --- what all classes share: names, places, works, things
    "person": phrases("""
        Isaac Newton | Cleopatra | Mozart | Charles Dickens | Marco Polo | Jane Austen | Leonardo da Vinci
        Galileo | Queen Victoria | Julius Caesar | Frida Kahlo | Gandhi | Joan of Arc | Captain Cook
        Florence Nightingale | Tchaikovsky | Agatha Christie | Rembrandt | Rosa Parks | Genghis Khan
        Charlie Chaplin | Emily Bronte | Winston Churchill | Michelangelo | Tolstoy | Catherine the Great
        Henry VIII | Robin Hood | Amelia Earhart | Bach | Maria Callas | Picasso | Nikola Tesla
        Alan Turing | Beatrix Potter | Confucius | Ernest Shackleton | Edith Piaf | Pythagoras | Chekhov
        Lord Byron | Toulouse-Lautrec | Simon Bolivar | Bob Marley | Hildegard of Bingen | Oscar Wilde
        Greta Garbo | Attila | Rachel Carson | Goethe | Sitting Bull | Pele | Billie Jean King | Debussy
    """),
    "city": phrases("""
        Lisbon | Prague | Glasgow | Kyoto | Cairo | Istanbul | Naples | Havana | Delhi | Oslo | Bruges
        Marseille | Toronto | Melbourne | Lagos | Krakow | Seville | Boston | Antwerp | Nairobi | Bath
        Salzburg | Seoul | Hamburg | Chicago | Dublin | Marrakesh | Venice | Riga | Baku | Lima | Leeds
    """),
    "country": phrases("""
        Portugal | Japan | Egypt | Peru | Norway | Kenya | India | Turkey | Chile | Poland | Ghana | Nepal
        Vietnam | Scotland | Greece | Mexico | Finland | Morocco | Jamaica | Belgium | Canada | Ireland
        New Zealand | Thailand | Cuba | Ethiopia | Austria | Wales | Denmark | Bolivia | Mongolia | Korea
    """),
    "nation": phrases("""
        French | Italian | Russian | Spanish | Chinese | Irish | Brazilian | German | Turkish | Dutch
        Swedish | Indian | Greek | Mexican | Polish | Scottish | Japanese | Egyptian | Canadian | African
    """),
    "feature": phrases("""
        the Danube | the Nile | the Amazon | Lake Titicaca | Mount Fuji | the Sahara | the Alps | Sicily
        the Rhine | Madagascar | the Black Sea | the Isle of Skye | the Andes | Vesuvius | the Volga
        the Panama Canal | the Great Wall | Easter Island | the Thames | Ben Nevis | Loch Ness | Cape Horn
        the Gobi Desert | Niagara Falls | the Channel Tunnel | Mont Blanc | the Dead Sea | Bali | the Ganges
    """),
    "work": phrases("""
        `` Peer Gynt '' | `` War and Peace '' | `` Don Quixote '' | `` Jaws '' | `` Casablanca '' | `` Carmen ''
        `` Emma '' | `` Moby Dick '' | `` The Hobbit '' | `` Psycho '' | `` Swan Lake '' | `` Dracula ''
        `` The Magic Flute '' | `` Treasure Island '' | `` King Lear '' | `` The Jungle Book '' | `` Oliver Twist ''
        `` The Third Man '' | `` Frankenstein '' | `` West Side Story '' | `` Guernica '' | `` Macbeth ''
        `` Watership Down '' | `` Porgy and Bess '' | `` Les Miserables '' | `` Amadeus '' | `` Vertigo ''
        `` The Nutcracker '' | `` Animal Farm '' | `` The Seagull '' | `` The Iliad '' | `` Heidi ''
    """),
    "event": phrases("""
        the Great Fire of London | the Battle of Trafalgar | the French Revolution | the Black Death
        the Crimean War | the Olympic Games | the moon landing | the Spanish Armada | the gold rush
        the Cuban missile crisis | the eruption of Krakatoa | the General Strike | the Boer War
        the Irish famine | the Renaissance | the siege of Vienna | the Boxer Rebellion | the Cold War
        the South Sea Bubble | the Norman Conquest | the Eurovision Song Contest | the Tour de France
        the Wall Street crash | the Great Exhibition | the Suez crisis | the Dreyfus affair | the Blitz
    """),
    "object": phrases("""
        bicycle | zip | microscope | piano | telescope | lighthouse | thermos flask | typewriter | parachute
        fountain pen | toaster | sewing machine | compass | umbrella | windmill | light bulb | steam engine
        vacuum cleaner | saxophone | hovercraft | safety pin | barometer | stopwatch | helicopter | jigsaw
        printing press | fire extinguisher | traffic light | crossword | refrigerator | gramophone | stapler
        submarine | tin opener | metronome | pendulum clock | battery | guitar | pocket calculator | loom
    """),
    "animal": phrases("""
        hedgehog | otter | camel | flamingo | tortoise | badger | dolphin | bat | squirrel | giraffe | octopus
        penguin | kingfisher | beaver | hippopotamus | earthworm | cuckoo | wolf | salamander | seahorse
        woodpecker | mole | jellyfish | ostrich | reindeer | hamster | swan | dragonfly | lobster | yak
        king crab | swallow | bumblebee | polar bear | kiwi | gecko | eel | sloth | walrus | magpie
    """),
    "animals": phrases("""
        hedgehogs | otters | camels | flamingos | tortoises | badgers | dolphins | bats | squirrels | giraffes
        octopuses | penguins | kingfishers | beavers | hippos | earthworms | cuckoos | wolves | newts | seahorses
        woodpeckers | moles | jellyfish | ostriches | reindeer | swans | dragonflies | lobsters | yaks | swallows
        bumblebees | polar bears | geckos | eels | sloths | walruses | magpies | crocodiles | hares | ladybirds
    """),
    "food": phrases("""
        marzipan | chocolate | cheddar | soy sauce | haggis | mustard | porridge | paella | couscous
        ice cream | gin | treacle | pumpernickel | vinegar | marmalade | sushi | curry powder | popcorn
        butter | turkish delight | black pudding | gelatine | sherry | baklava | tapioca | yoghurt | cider
    """),
    "thing": phrases("""
        glass | cement | amber | silk | pewter | chalk | rubber | steel | rope | candle wax | soap | ink
        gunpowder | porcelain | velvet | cork | linoleum | parchment | tinsel | nylon | charcoal | varnish
    """),
    # --- what is asked for: persons and groups
    "human": phrases("{person1} | {person1} | {nation} {person1} | {nation} {person1} | famous {person1}"),
    "body": phrases("{group} | {group} | {nation} {group} | {nation} {group} | famous {group}"),
    "person1": phrases("""
        painter | novelist | king | queen | emperor | general | admiral | explorer | sculptor | architect
        singer | pianist | violinist | conductor | film director | actor | actress | dancer | playwright
        physicist | chemist | astronomer | biologist | botanist | geologist | doctor | surgeon | engineer
        president | prime minister | senator | ambassador | judge | bishop | monk | nun | saint | prophet
        boxer | swimmer | goalkeeper | cyclist | tennis player | gymnast | racing driver | chess champion
        murderer | pirate | spy | outlaw | hero | heroine | goddess | princess | duke | countess
        journalist | photographer | cartoonist | comedian | magician | clown | fashion designer | banker
        millionaire | carpenter | gardener | baker | cobbler | shepherd | fisherman | miner | widow | orphan
        brother | aunt | uncle | pupil | teacher | rival | lover | son | daughter | stepmother | child
        city banker | river pilot | sea captain | street artist | state governor | mountain guide | book dealer
        town crier | village blacksmith | songwriter | instrument maker | lion tamer | language teacher
        linguist | historian | economist | psychologist | trade unionist | rebel | refugee
    """),
    "persons": phrases("""
        brothers | sisters | scientists | thieves | kings | poets | climbers | lovers | doctors | generals | miners
        nurses | sailors | widows | pirates | judges | cousins | footballers | chess players | farmers | spies
        students | ministers | actresses | settlers | nuns | twins | critics | singers | inventors | engineers
    """),
    "group": phrases("""
        company | football team | rock group | newspaper publisher | political party | rugby club | choir
        dynasty | tribe | law firm | car maker | record label | ballet company | trade union | film studio
        regiment | religious order | secret society | brewery | railway company | airline | toy manufacturer
        string quartet | clan | school | college | business family | shipping line | supermarket chain | gang
    """),
    "groups": phrases(
        "teams | firms | bands | parties | choirs | clubs | companies | schools | families | armies | tribes"
    ),
    "team": phrases("football team | rugby club | cricket club | school team | hockey club | national team"),
    # --- what is asked for: things that are neither persons nor places
    "entity": phrases("""
        {made} | {made} | {made} | {nation} {made} | {nation} {made} | famous {made} | kind of {kind} | type of {kind}
    """),
    "made": phrases("""
        drink | wine | cheese | cake | soup | sweet | sauce | meat dish | pastry | breakfast dish | pudding | loaf
        weapon | machine | garment | hat | shoe | jewel | toy | kitchen tool | cloth | dye | necklace | sword
        car | aeroplane | boat | spacecraft | locomotive | motorcycle | carriage | warship | ferry | yacht
        book | play | poem | symphony | painting | ballet | musical | television series | hymn | statue | magazine
        comic strip | fairy tale | nursery rhyme | cartoon film | waltz | pop song | play for children | photograph
        word | symbol | sign | dialect | proverb | number game | board game | card trick | colour | shade of blue
        sport | martial art | ball game | race | hobby | folk dance | festival | holiday | ceremony | custom
        battle | revolution | earthquake | strike | election | scandal | storm | disaster | accident | treaty
        faith | sect | school subject | theory | law | method | technique | idea | dream | illness | medicine
        product | present | award | coin | banknote | uniform | flag | crime | punishment | stamp | treasure | horse
        city bus | country dance | state flower | monk 's habit | doctor 's instrument | soldiers ' song | river boat
        fishermen 's knot | street game | farm animal | village custom | king 's toy | school uniform | date cake
    """),
    "natural": phrases("""
        animal | mammal | insect | reptile | spider | fish | butterfly | shellfish | seabird | tree | plant | herb
        spice | mushroom | shrub | orchid | weed | nut | berry | grain | metal | mineral | gem | acid | salt | rock
        fibre | gas | fuel | illness | fever | poison | king crab | sea shell | river fish | mountain flower | crystal
        queen bee | soldier beetle | emperor moth | day lily | nurse shark | insect of the night | month-old lamb
    """),
    "is_natural": phrases("""
        is common in {country} | is found only near {feature} | was first described by {person} | is feared by {persons}
        is used by {persons} in {country} | was named after {person} | is eaten by {animals} | looks like {food}
        was brought to {country} by {person} | became rare after {event} | is sold on the markets of {city}
        was used to make {thing} in {country} | is shown on the coat of arms of {city} | did {person} describe in {work}
        did {person} keep in a box | do {persons} in {country} look for | do {animals} feed on | does {thing} come from
        did {person} discover near {feature} | is {food} coloured with | was {person} killed by | did the {group} import
        smells of {food} | did {person} give to the {person1} | is as hard as {thing} | did {animals} bring to {country}
    """),
    "plant": phrases(
        "plant | grain | nut | berry | root | seed | fruit | vegetable | animal | mineral | part of the plant"
    ),
    "trader": phrases(
        "baker | cobbler | tailor | florist | draper | fishmonger | chemist | stationer | ironmonger | antique dealer"
    ),
    "kin": phrases(
        "brother | sister | aunt | uncle | cousin | pupil | teacher | rival | lover | doctor | gardener | cook | tailor | godson | heir | landlady"
    ),
    "building": phrases(
        "castle | cathedral | tower | stadium | airport | railway station | concert hall | opera house | hotel | library | bridge | town hall | synagogue | market hall | museum | zoo"
    ),
    "kind": phrases("""
        bird | flower | wood | stone | bread | music | tea | monkey | snake | apple | rice | pasta | dog
        paper | leather | sugar | knot | whale | ship | dance | currency | engine | fruit | lizard | beetle
    """),
    "entities": phrases("""
        colours | metals | languages | ingredients | letters | instruments | planes | ships | games | stamps | herbs
        diseases | laws | dances | spices | organs | plants | gases | poems | prizes | currencies | cars | sports
    """),
    # --- what is asked for: places
    "location": phrases("""
        {place1} | {place1} | {place1} | {place1} | {nation} {place1} | {nation} {place1} | famous {place1}
    """),
    "place1": phrases("""
        town | capital | village | state | province | county | kingdom | colony | island group | peninsula
        canal | stream | ocean | gulf | bay | strait | waterfall | lagoon | swamp | glacier | mountain range
        volcano | hill | valley | canyon | plain | forest | desert | beach | reef | moon of Jupiter
        castle | cathedral | monastery | abbey | temple | mosque | tower | skyscraper | stadium | racecourse
        airport | railway station | harbour | motorway | avenue | square | suburb | borough | district | market
        park | zoo | battlefield | graveyard | concert hall | opera house | hotel | library | hospital | prison camp
        painters ' village | king 's palace | mining town | seaside resort | film location | spa town | border
        whale sanctuary | university town | bird island | capital of fashion | holiday resort | hemisphere
    """),
    "places": phrases("""
        cities | rivers | seas | countries | islands | mountains | lakes | towns | states | oceans | castles | ports
        villages | deserts | planets | bridges | streets | valleys | canals | provinces | beaches | colonies | parks
    """),
    # --- what is asked for: times
    "period": phrases("year | year | year | month | century | decade | season"),
    "day": phrases("day | date | weekday | day of the week | day of the month | night"),
    # --- what may be said of persons, things and places alike
    "is": phrases("""
        is mentioned on the first page of {work} | is shown on the coat of arms of {city} | was named after {person}
        is the subject of {work} | features in {work} | is linked with {event} | gave {work} its title
        appears on a {nation} stamp | is shown on the {nation} banknotes | was painted by {person} again and again
        became famous through {event} | was first described by {person} | was almost forgotten after {event}
        is the pride of {city} | was saved by {person} during {event} | is missing from the {nation} version of {work}
        comes first in the alphabet in {country} | is better known in {country} than in {city} | was lost in {event}
        has the longest name in {country} | made the headlines in {country} after {event} | inspired {work}
        is called the jewel of {country} | was the last to be seen by {person} | is at the heart of {work}
        had to change names after {event} | is found on the back of the {nation} coin | is said to bring luck in {country}
        is mocked in {work} | was made famous by {person} | is known all over {country} | is older than {city}
        was kept secret until after {event} | is printed on the cover of {work} | has its own museum in {city}
        was thought to be lost for ever | is honoured every year in {city} | was the cause of {event}
    """),
    "did": phrases("""
        was {person} thinking of in {work} | did {person} miss most in {city} | was {person} most afraid of
        did {person} choose for the last scene of {work} | do children in {country} read about in {work}
        did {person} leave behind in {city} | does the hero of {work} dream of | did {person} write about from {city}
        did {person} call the finest in {country} | did people in {country} vote their favourite | is {person} linked with
        did {person} praise in a letter | did {person} draw as a child | did {person} never see again after {event}
        did the {nation} {person1} name after {person} | did {person} lose in {event} | is {work} about
        did the {group} show on its posters | did the {person1} in {work} look for | do people in {country} like best
        does {work} open with | did {person} compare to a {animal} | did {person} visit {city} to see
        did {person} and the {person1} argue about | did the {nation} press choose after {event}
    """),
    "around": phrases("""
        was {work} first performed | did {person} meet the {person1} | was the {object} invented | is {work} set
        was {person} happiest | did {event} begin | was the first {object} sold | did {person} write {work}
        was {work} banned | was the {group} founded | did {person} win a prize
        does the story of {work} begin | did the {nation} {person1} die | was {person} married
        were {animals} last hunted | did {person} first taste {food} | was {food} first made | did {event} end
    """),
    "opening": phrases("""
        In {country} , | According to legend , | In {city} , | During {event} , | After {event} , | Before {event} ,
        Apart from {person} , | In the days of {person} , | In the Middle Ages ,
    """),
    "simply": phrases("""
        In simple terms , | In a few words , | For a beginner , | In the strict sense , | For those who never heard of it ,
    """),
    # --- what may be defined
    "concept": phrases("""
        a trebuchet | photosynthesis in plain words | a gargoyle | a sonnet | a mortgage | plankton | a fjord | a vendetta
        a placebo | quicklime | a mirage | an oxymoron | a debutante | a filibuster | ambergris | a sextant
        a pawnbroker | a quorum | gravity | a fugue | tundra | an alibi | a stalactite | feng shui | a coup
        an heirloom | a dowry | permafrost | a marsupial | jurisprudence | a kibbutz | a tenon saw | lichen
        a hostile takeover | a metaphor | a gerund | a folly | a sinkhole | a decoy | a monsoon | a lien
        an embargo | a mezzanine | a ballad | ultrasound | a hologram | a turnpike | a red herring
        a diphthong | a dividend | a subsidy | chlorophyll | a seance | a gauntlet | bartering | a wormhole
        a cartel | a tannery | a bailiff | a moat | a chrysalis | a pyramid scheme | a plebiscite | a satellite town
        whooping cough | shingles | a cataract | sciatica | frostbite | a stroke | anaphylaxis | gout | a migraine
        a prenuptial agreement | a pension fund | a limerick | cubism | baroque music | a raga | a mantra
        serfdom | a guild | feudalism | a rotten borough | a royal charter | a satrap | a samurai | an anarchist
        a magnetic field | a catalyst | an isotope | a neutrino | static electricity | a light year | absolute zero
        a joust | croquet | a googly | a birdie in golf | a scrum | a hat-trick | a bye | parkour | curling
        an aquifer | an oasis | an estuary | a moraine | loess | a drumlin | a blizzard | a trade wind | an isobar
    """),
    "concepts": phrases("""
        tectonic plates | hallmarks | antibodies | sonic booms | ley lines | bank holidays | totem poles | barnacles
        shares | crop circles | the doldrums | mangroves | tonsils | black holes | hormones | carbohydrates
        sunspots in simple terms | runes | the Northern Lights | food miles | dead languages | fossils | geysers
        varicose veins | civil liberties | bagatelles | wind farms | gallstones | mystery plays | the Quakers
    """),
    "saying": phrases("""
        `` pie in the sky '' | `` carpe diem '' | `` the full monty '' | `` schadenfreude '' | `` once in a blue moon ''
        `` to let the cat out of the bag '' | `` wanderlust '' | `` status quo '' | `` a white elephant ''
        `` to steal someone 's thunder '' | `` hygge '' | `` the small hours '' | `` under the weather ''
        `` karaoke '' | `` to bite the bullet '' | `` terra firma '' | `` cold turkey '' | `` a Pyrrhic victory ''
        `` to burn the midnight oil '' | `` ad hoc '' | `` the lion 's share '' | `` robot '' | `` gung ho ''
        `` in the limelight '' | `` magnum opus '' | `` a storm in a teacup '' | `` to cross the Rubicon ''
        `` tsar '' | `` beyond the pale '' | `` de facto '' | `` to pull out all the stops '' | `` zeitgeist ''
    """),
    "task": phrases("""
        remove a red wine stain | sharpen a kitchen knife | train a puppy | fold a fitted sheet | tie a bow tie
        play the bagpipes | grow tomatoes | stop a tap from dripping | write a will | make {food} | tune a guitar
        measure the height of a mountain | find water in a desert | get rid of moths | store {food} | clean {thing}
        learn a language | repair a {object} | keep a {animal} away | patent a {object} | pack for {city}
        become a {person1} | cross {feature} | catch a {animal} | draw a {animal} | calm a crying child
        choose a mortgage | open a bank account | read a tide table | wash {thing} | hold chopsticks
        light a fire without matches | apply for a visa for {country} | say no politely | descale a kettle
    """),
    "why": phrases("""
        do {animals} sleep so much | did {person} leave {city} | is {feature} so famous | does {food} keep so long
        was {work} banned in {country} | do onions make you cry | did {event} happen | is {thing} so expensive
        did the {nation} {person1} refuse the prize | do people in {country} drive on the left | does {thing} float
        are {animals} protected | was the {object} a failure at first | did {person} quarrel with the {person1}
        do leaves turn brown | is the sky dark at night | do we yawn | does metal feel colder than wood
        does {feature} never freeze | did {person} give up painting | do clocks run clockwise | does milk go sour
        does a {animal} sing at night | did nobody believe the {person1} | is {city} called the eternal city
        was {person} put in prison | did the {group} go bankrupt | do some people sneeze in bright light
        does a year have twelve months | did {city} lose its river trade | is a {person1} 's hat so tall
        are there so few {animals} left in {country} | did {person} never marry | does rain smell
        did {country} leave the union | do {animals} live near {feature} | is there no {building} in {city}
    """),
    "how": phrases("""
        does a {object} work | is {thing} made | did {person} die | do {animals} find their food | is {food} made
        did {event} end | do {animals} survive the winter | did {person} become a {person1} | does a vaccine work
        was {feature} formed | did the {object} change daily life | do magnets work | did {city} get its name
        does the {nation} voting system work | is {thing} recycled | was {work} received in {country}
        do {animals} talk to each other | did {event} change {country} | does a {person1} learn the trade
        do you {task} | do you {task} | can I {task} | can you {task} without help | should one {task}
        was the {building} in {city} paid for | did {person} escape from {city} | do planes stay in the air
        are earthquakes predicted | does the heart know when to beat | did sailors find their way by the stars
    """),
    "whatis_d": phrases("""
        causes {ailment} | happens when you heat {thing} | happened to {person} in the end | makes {food} go off
        makes {feature} so dangerous | does a {object} do | does a {person1} do all day | does it mean to be a {person1}
        is the purpose of a {object} | is the difference between {concept} and {concept} | is the origin of {food}
        is the history of the {object} | did {person} think of {person} | is {person} famous for | caused {event}
        was {event} about | is {work} about | is the best way to {task} | are the effects of {event} on {country}
        happens to a {animal} in winter | led to {event} | should you know before you {task} | was wrong with {work}
        do {nation} people think of {food} | use is a {object} | did the {person1} have against {person}
        is the role of the {person1} in {work} | is the argument between {country} and {country} about
        is it like to live near {feature} | was life like for a {person1} in {city} | did {event} achieve
        makes a good {person1} | is the reason for the {building} in {city} | is the theory of {person} about light
        attracts {animals} to {feature} | can be done with old {thing} | is the myth of {feature} | keeps {thing} warm
    """),
    "ailment": phrases("""
        cramp | earache | rust | mould | thunder | blisters | dandruff | a hangover | fog | jet lag | tides
        baldness | warts | sea-sickness | acne | landslides | lightning | travel sickness | a stitch in the side
    """),
    # --- abbreviations
    "short": phrases("""
        ATM | FBI | BBC | CD-ROM | DNA | DVD | EU | UFO | FAQ | GPS | HTTP | ISBN | LCD | NATO | OPEC | PIN | PLC
        RAF | SMS | SUV | UHF | URL | VAT | WWF | YMCA | IMF | CEO | AGM | RADAR | SONAR | ASAP | AWOL | BA | CV
        DIY | DJ | e.g. | FIFA | GCSE | HGV | IRA | KGB | LED | MBA | NB | OECD | PE | QED | RIP | SWAT | TNT | UV
        VDU | WC | a.k.a. | B&B | CIA | CFC | EFTA | GMT | IOU | IVF | MP | OAP | PTO | REM | UEFA | UPS | USB | ECG
    """),
    "long": phrases("""
        the European Space Agency | the Trades Union Congress | the Royal Horticultural Society | limited company
        the International Labour Organisation | the National Theatre | the Football Association | the Open University
        the Automobile Association | personal assistant | alternating current | frequency modulation | chief inspector
        the Metropolitan Museum of Art | managing director | battery electric vehicle
    """),
    "measured": phrases("""
        pounds per square inch | miles per hour | care of | post meridiem | kilowatt hour | Avenue | Hertfordshire
        Lieutenant | Saint | megabyte | Boulevard | Professor | centimetre | December | number | versus | Captain
    """),
    # --- numbers
    "count": phrases("""
        {animals} | {persons} | {places} | teeth | bones | legs | wives | children | words | pages | letters | floors
        people | countries | {entities} | languages | medals | goals | symphonies | islands | visitors | rooms | keys
        brothers | moons | bridges | stairs | soldiers | votes | wheels | eggs | stars | hours of sun | verses
    """),
    "where_counted": phrases("""
        are there in {country} | did {person} have | took part in {event} | are there in {city} | does a {animal} have
        appear in {work} | can you see from {feature} | were lost in {event} | does a {object} have
        did {person} leave behind | live on {feature} | are needed to make a {object} | does {country} have
        does the {group} own | were born in {city} last year | are named after {person}
    """),
    "measure": phrases("""
        height of {feature} | length of {feature} | weight of a {animal} | average age of a {person1} | price of {food}
        number of {animals} in {country} | temperature of {feature} in summer | top speed of a {animal}
        population of {city} | area of {country} | age of {feature} | cost of a {object} | melting point of {thing}
        life span of a {animal} | distance from {city} to {city} | salary of a {nation} {person1} | rate of tax in {country}
        depth of {feature} | rainfall in {city} | birthday of {person} | year of {event} | date of {event}
        telephone code for {city} | minimum age for a {person1} in {country} | record for the hundred metres
        postcode of the {group} in {city} | value of a {nation} coin | width of {feature} | unemployment rate in {country}
        percentage of {animals} that live near {feature} | running time of {work} | share of women in {country} 's army
        usual fee for a {person1} | alcohol content of {food} | size of {city}
    """),
    "howmuch": phrases("""
        long is {feature} | long does a {animal} live | far is {city} from {city} | high can a {animal} jump
        old was {person} at {event} | heavy is a {animal} | fast is a {object} | much does a {object} cost
        much did {person} earn from {work} | long did {event} last | often does a {animal} eat | deep is {feature}
        wide is {feature} | much {food} is eaten in {country} | old is {city} | tall was {person} | late do {animals} hunt
        long did {person} live in {city} | many times was {person} married | big is {country} | hot is {feature}
        much {thing} does {country} produce | long does it take to {task} | far can a {animal} swim | loud is a {animal}
        many {count} {where_counted} | many {count} {where_counted} | many {count} {where_counted}
    """),
    "when": phrases("""
        was {person} born | did {person} die | was {work} written | did {event} begin | was the {object} invented
        did {country} become independent | was {city} founded | did the {group} go bankrupt | did {person} visit {city}
        do {animals} wake from their winter sleep | was {food} first sold | did the {building} in {city} open
        is the national holiday of {country} | did {feature} last freeze over | did {person} become a {person1}
    """),
    "quantified": phrases("""
        What temperature does {food} need | What percentage of the vote did the {group} get in {country} | What price did {work} fetch
        What speed does a {object} reach | What salary did the {person1} get in {city} | What distance does a {animal} cover in a day
        What amount of {thing} does {country} sell | What height did {person} climb to | What fraction of {feature} lies in {country}
        What interest rate did the {person1} in {city} ask | What sum was paid for {work} | What weight can a {animal} carry
        What share of {food} is sugar | What number of {persons} took part in {event} | What depth does {feature} have | What age is normal for a {animal}
        What score did {country} reach against {country} | What rank did {person} hold among {nation} {persons} | What page of {work} mentions {city}
        What proportion of {persons} live in {city} | What rent did {person} pay in {city} | What dose of {food} is safe | What profit did the {group} make
        What length of {thing} did the {person1} buy | What bus number goes to the {building} in {city} | What fine did {person} pay after {event}
        What volume of {food} does {country} export | What duty is paid on {food} in {country} | What quantity of {thing} was lost in {event}
    """),
}

# class → group → weight and templates
SHARED = """
    What {%} {is} ? | Which {%} {is} ? | What {%} {is} ? | What {%} {did} ? | Which {%} {did} ? | {opening} what {%} {did} ?
    {opening} which {%} {did} ? | What is the name of the {%} that {is} ? | Name the {%} that {is} . | Name a {%} that {is} .
    Can you name the {%} that {is} ? | What was the first {%} that {is} ? | What was the {%} that {is} called ?
    What two {%%} {did} ? | Which two {%%} {did} ? | Name three {%%} from {country} .
"""
CONSTRUCTIONS = {
    "description": {
        "definition": (
            26,
            """
            What is {concept} ? | What is {concept} ? | What is {concept} ? | What are {concepts} ? | What are {concepts} ?
            What exactly is {concept} ? | Define {concept} . | {simply} what is {concept} ? | What is meant by {concept} ?
            What do people mean by {concept} ? | Explain {concept} .
        """,
        ),
        "meaning": (
            8,
            """
            What does {saying} mean ? | What is the meaning of {saying} ? | Where does the phrase {saying} come from ?
            What is the origin of {saying} ? | What did {person} mean by {saying} ?
            What does it mean when a {person1} says {saying} ?
        """,
        ),
        "reason": (
            18,
            """
            Why {why} ? | Why {why} ? | Why {why} ? | {opening} why {why} ? | For what reason {why} ? | How come {person} hated {food} ?
            Can you tell me why {feature} is so famous in {country} ? | What is the reason that {person} left {city} ?
        """,
        ),
        "manner": (
            18,
            """
            How {how} ? | How {how} ? | How {how} ? | {opening} how {how} ? | Tell me how to {task} . | In what way did {event} change {city} ?
            What do I have to do to {task} ? | Describe {event} . | Describe how {thing} is made .
        """,
        ),
        "what": (
            30,
            """
            What {whatis_d} ? | What {whatis_d} ? | What {whatis_d} ? | What {whatis_d} ? | {opening} what {whatis_d} ?
            Where did the custom of eating {food} come from ? | Where does the name {city} come from ?
            {person} is famous for what ? | What do we know about the {person1} in {work} ?
        """,
        ),
    },
    "entity": {
        "shared": (38, SHARED.replace("%%", "entities").replace("%", "entity")),
        "own": (
            62,
            """
            What {natural} {is_natural} ? | Which {natural} {is_natural} ? | What {natural} {is_natural} ? | Which {natural} {is_natural} ? | What kind of {natural} {is_natural} ?
            What {natural} {is_natural} ? | Which {natural} {is_natural} ? | What {natural} {is_natural} ? | Which {natural} {is_natural} ? | {opening} which {natural} {is_natural} ?
            What is {thing} mostly made of ? | What is {food} made from ? | What is the {tongue} word for {thing} ? | What is a young {animal} called ?
            What does a {animal} eat ? | What does a {person1} use to {task} ? | What did {person} invent ? | What did {person} buy in {city} ?
            What colour is a {animal} ? | What language do people speak in {city} ? | What is the Latin name of the {animal} ?
            How do you say {saying} in {tongue} ? | What did {person} use to {task} ? | What do you call a female {animal} ?
            What is another word for a {person1} ? | What goes well with {food} ? | What is the main ingredient of {food} ?
            What did the {person1} steal in {work} ? | What is kept in a {object} ? | What do {animals} fear most ?
            What did {person} die of ? | In which {artwork} did {person} appear ? | {thing} comes from which {plant} ?
            {person} wrote which {artwork} in {city} ? | {food} is made from what {plant} ? | {person} is best known for which {artwork} ?
            What did {country} sell to {country} ? | What do you need to {task} ? | What is the most popular {made} in {country} ?
            What is a {person1} 's hat made of ? | In which {within} did {person} beat the {person1} ? | In what {within} was {person} best ? | In which {contest} did {country} and {country} meet ? | What does a {object} measure ? | What does a {trader} sell ? | What can you buy from a {trader} in {city} ? | What is the symbol of {country} ?
            What was {person} 's favourite {made} ? | What is the name of {person} 's dog ? | In what language was {work} written ?
            What are the colours of the flag of {country} ? | What do people in {country} drink with {food} ? | What was {person} 's first {artwork} ?
            What currency is used in {city} ? | In which {artwork} is the {person1} killed by a {animal} ? | What subject did {person} study in {city} ?
            What do you call a {person1} 's tool for {thing} ? | With what weapon did the {person1} kill the {person1} ?
        """,
        ),
    },
    "abbreviation": {
        "all": (
            1,
            """
            What does {short} stand for ? | What does {short} stand for ? | What is {short} ?
            What does the abbreviation {short} mean ? | What does {short} mean ? | What is the abbreviation for {long} ? | What is the abbreviation for {measured} ? | What is the abbreviation of {measured} ? | {short} is an acronym for what ?
            What is the abbreviation of {long} ? | What do the letters {short} stand for ? | What is {short} short for ? | How is {measured} abbreviated ?
            What is the short form of {measured} ? | {opening} what does {short} stand for ? | What is the full form of {short} ? | Spell out {short} .
            Which words does {short} stand for ? | What are the initials of {long} ? | {short} is the abbreviation for what ? | What is the acronym for {long} ?
            What words are behind the letters {short} ? | When people write {short} , what does it stand for ? | What does `` {short} '' mean ?
        """,
        ),
    },
    "human": {
        "persons": (28, SHARED.replace("%%", "persons").replace("%", "human").replace("that", "who")),
        "groups": (12, SHARED.replace("%%", "groups").replace("%", "body")),
        "who": (
            42,
            """
            Who wrote {work} ? | Who invented the {object} ? | Who was {person} 's {kin} ? | Who discovered {feature} ? | Who founded {city} ?
            Who was the first {person1} to cross {feature} ? | Who played the {person1} in {work} ? | Who started {event} ?
            Who is the {person1} in {work} ? | Who taught {person} ? | Who painted {feature} ? | Who killed the {person1} in {work} ?
            Who was the youngest {person1} in {event} ? | Who designed the {building} in {city} ? | Who sold {feature} to {country} ?
            Who owns the {group} in {city} ? | Who was king at the time of {event} ? | Who brought {food} to {country} ? | Who is known as the {person1} of {city} ?
            Who did {person} love ? | {opening} who {whodid} ? | {opening} who {whodid} ? | Whose {kin} was {person} ? | Whose {object} is shown in {city} ?
            Who were the {persons} who {whodid} ? | Who else {whodid} ? | To whom did {person} leave the {object} ? | By whom was {work} translated ?
            When {person} died , who {whodid} ? | With whom did {person} share a house in {city} ? | Whose idea was {event} ?
        """,
        ),
        "own": (
            18,
            """
            {work} was written by which {person1} ? | The {object} was invented by whom ? | {city} was founded by which {ruler} ?
            What is the real name of {person} ? | What was {person} 's profession ? | What was the occupation of {person} before {event} ?
            What was the nickname of {person} ? | What is the name of the {person1} in {work} ? | Name the {kin} of {person} .
            {person} played for which {team} ? | In which {group} did {person} sing ?
            For which {group} did {person} work in {city} ? | Give the name of the {person1} who {whodid} . | Which of the {persons} in {work} {whodid} ?
            What {person1} 's {object} is shown in {city} ? | What {nation} {person1} {whodid} ? | Which {person1} {whodid} ? | What {group} {whodid} ?
            What is the name of {person} 's {kin} ? | What was {person} 's title at court ? | Name a {nation} {person1} who {whodid} .
        """,
        ),
    },
    "location": {
        "shared": (32, SHARED.replace("%%", "places").replace("%", "location")),
        "where": (
            36,
            """
            Where {around} ? | Where {around} ? | Where {around} ? | Where exactly is {feature} ? | Where did {person} grow up ? | Where did {event} take place ?
            Where can I buy a {nation} {object} ? | Where do {animals} live ? | Where is the {group} based ? | Where was the first {object} made ?
            Where do most {persons} live ? | {opening} where {around} ? | Where is {person} buried ? | Where does {food} come from ?
            Where was {person} when {event} began ? | Where can you see a {animal} in {country} ? | Whereabouts {around} ? | Where do they make the best {food} ?
        """,
        ),
        "own": (
            32,
            """
            In which {place1} {around} ? | In what {place1} {around} ? | In what {place1} {around} ? | Near which {place1} {around} ? | From which {place1} does {food} come ?
            What is the capital of the {nation} {place1} ? | What {region} is {city} in ? | What {place1} do you cross on the way from {city} to {city} ?
            {person} was born in which {place1} ? | {event} took place in what {place1} ? | {work} is set in which {place1} ? | To what {place1} did {person} flee after {event} ?
            What is the largest {place1} in {country} ? | What is the oldest {place1} in {country} ? | Which {place1} lies between {city} and {city} ?
            What is {person} 's birthplace ? | What is the address of the {group} in {city} ? | On which {surface} {around} ? | What {place1} is nearest to {city} ?
            What is the site of {event} ? | What is the home of the {nation} {person1} in {work} ? | Through which {place1} does {feature} run ? | What nationality was the {person1} in {work} ?
            What {place1} did {person} come from ? | What {place1} would you visit to see a {animal} ? | What are the {places} around {city} ?
        """,
        ),
    },
    "number": {
        "how": (
            36,
            """
            How {howmuch} ? | How {howmuch} ? | How {howmuch} ? | How {howmuch} ? | In {country} , how {howmuch} ?
        """,
        ),
        "time": (
            34,
            """
            When {when} ? | When {when} ? | {opening} when {when} ? | In what {period} {around} ? | In which {period} {around} ? | What {period} {around} ?
            What {period} {around} ? | Which {period} {around} ? | On what {day} {around} ? | On which {day} {around} ? | What {day} {around} ?
            {person} was born in what {period} ? | {event} began in which {period} ? | {work} is set in which {period} ? | {event} began on what {day} ?
            At what age did {person} {agedid} ? | For how long did {person} live in {city} ? | By what {period} was {feature} known to everyone ?
            Name the {period} in which {person} left {city} . | During which {period} {around} ? | Since when has {city} had a {building} ?
            What {period} {did_t} ? | Which {period} {did_t} ? | What is the {day} that {is_t} ? | Name the {period} that {is_t} . | Which {period} {is_t} ? | What {day} {is_t} ?
        """,
        ),
        "measure": (
            30,
            """
            What is the {measure} ? | What is the {measure} ? | What was the {measure} ? | Roughly , what is the {measure} ? | Give the {measure} .
            {quantified} ? | {quantified} ? | {quantified} ? | {quantified} ?
            What does a {object} cost in {city} ? | What does a {animal} weigh ? | At what temperature does {thing} melt ? | By how many votes did the {person1} win ?
            From {city} to {city} is what distance ? | What is a {nation} coin worth in pounds ? | What does a {person1} earn in {country} ?
        """,
        ),
    },
}
LEXICON |= {
    "artwork": phrases("""
        film | novel | opera | play | musical | poem | television series | short story | silent film | ballet
        song | comedy | tragedy | painting | symphony
    """),
    "within": phrases("""
        war | battle | sport | race | game | contest | subject | language | discipline | event | board game | style
    """),
    "contest": phrases("war | battle | sport | race | game | treaty | tournament | sea battle | chess match"),
    "region": phrases(
        "state | province | county | kingdom | district | valley | country | region | continent"
    ),
    "ruler": phrases(
        "king | queen | general | saint | bishop | explorer | emperor | merchant | tribe | prince | monk"
    ),
    "tongue": phrases(
        "French | Italian | Russian | Spanish | Chinese | Irish | German | Turkish | Dutch | Greek | Hindi"
    ),
    "surface": phrases("""
        beach | square | avenue | motorway | peninsula | hill | continent | coast | border | street | railway station
    """),
    "whodid": phrases("""
        crossed {feature} alone | wrote to {person} about {event} | was paid for {work} | sold {food} in {city} | hid in {city} during {event}
        turned down the part of the {person1} in {work} | built the first {object} in {country} | climbed {feature} without shoes
        kept a {animal} as a pet | stole {work} from {city} | gave {person} a {object} | saw {event} coming | ruled {country} after {event}
        married {person} | lived to be a hundred | first drank {food} | brought the {animal} to {country} | owned half of {city}
        refused to meet {person} | lost everything in {event} | drew the maps of {feature} | discovered how {thing} is made
    """),
    "did_t": phrases("""
        did {person} call the worst in {city} | does the {person1} in {work} dream of | was {person} most proud of
        did {person} spend in {city} | did {person} and the {person1} argue about | is {person} linked with
    """),
    "is_t": phrases("""
        is named in the title of {work} | is remembered in {country} for {event} | is printed on the {nation} coin
        is mentioned on the first page of {work} | was the worst for {city} | saw {event} | is shown on the {nation} banknotes
    """),
    "agedid": phrases("""
        write {work} | marry | become a {person1} | leave {city} | learn to swim | die | first see {feature} | win a prize
    """),
}


def templates() -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    """The groups of each class, weight and templates; stops with the name of a slot that no table holds."""
    groups = {name: [(w, phrases(table)) for w, table in own.values()] for name, own in CONSTRUCTIONS.items()}
    cells = [cell for own in groups.values() for _, group in own for cell in group]
    for cell in [*cells, *(cell for table in LEXICON.values() for cell in table)]:
        for slot in SLOT.findall(cell):
            if slot not in LEXICON:
                raise KeyError(f"No table for {{{slot}}} in {cell!r}. Add one, or mend the template.")
    return groups


def fill(template: str, rng: random.Random, used: set[str]) -> str:
    """Fill every slot of `template`; no cell comes twice in a question where that can be helped."""

    def choose(slot: re.Match[str]) -> str:
        cells = LEXICON[slot[1]]
        cell = rng.choice([cell for cell in cells if cell not in used] or cells)
        used.add(cell)
        return fill(cell, rng, used)

    return SLOT.sub(choose, template)


def question(groups: list[tuple[int, tuple[str, ...]]], rng: random.Random) -> str:
    """One question from the groups of its class."""
    [(_, group)] = rng.choices(groups, [weight for weight, _ in groups])
    text = VOWEL_SOUND.sub(r"\1n ", fill(rng.choice(group), rng, set()))
    first = text.split()[0]
    return text if "." in first else text[0].upper() + text[1:]


def key(text: str) -> str:
    """What two texts share that differ in case, spaces and punctuation alone."""
    return re.sub(r"\W", "", text.casefold())


def rows(taken: set[str], rng: random.Random) -> Iterator[dict[str, str | int]]:
    """The training rows, class by class; none is in `taken`, which holds keys and grows as rows are made."""
    groups = templates()
    for name, count in ROWS.items():
        for _ in range(count):
            text = question(groups[name], rng)
            while key(text) in taken or len(text.split()) > MAX_TOKENS:
                text = question(groups[name], rng)
            taken.add(key(text))
            yield {"text": text, "label": CLASSES.index(name)}


def main() -> None:
    rng = random.Random(SEED)
    with (HERE / "test.jsonl").open(encoding="utf-8") as lines:
        taken = {key(json.loads(line)["text"]) for line in lines}
    train = list(rows(taken, rng))
    rng.shuffle(train)
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in train]
    (HERE / "train.jsonl").write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
