"""Write train.jsonl and validation.jsonl of the offline film-review sample.

Run `python data/samples/sst2/grammar.py`: the same bytes come out every time.

How it works. A sentence has a verdict: +1 (the reviewer liked the film) or -1. A template such as

    "{-aspect} , but {+verdict} ."

is filled slot by slot. `{+name}` takes words that share the verdict, `{-name}` words of the opposite one,
`{name}` words with no verdict of their own. So one template makes both labels, and a word such as "dull"
stands in rows of both labels: what decides is the construction around it. Three tables hold the slots:

    RULES    name -> templates, read relative to the verdict in force
    POLAR    name -> (liked, disliked) phrases
    NEUTRAL  name -> phrases

Half of the validation rows were written by hand (validation_written.tsv): they say more about new text
than rows of the same grammar can.
"""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
SEED = 2013
TRAIN_ROWS = 3000
GENERATED_VALIDATION_ROWS = 174
MAX_TOKENS = 40

SLOT = re.compile(r"\{([+-]?)(\w+)\}")
VOWEL_SOUND = re.compile(r"\ba (?=(?!one\b|once\b|uni(?!n)|use|euro)[aeiou]|hour|honest)")


def phrases(table: str) -> tuple[str, ...]:
    """The phrases of a table written as `one | two | three`, over as many lines as it likes."""
    return tuple(phrase for cell in re.split(r"[|\n]", table) if (phrase := cell.strip()))


NEUTRAL = {
    "film": phrases("""
        the film | this film | the movie | this movie | the picture | this one | the whole thing
    """),
    "it": phrases("it | it | it | the film | the movie | the whole"),
    "genre": phrases("""
        comedy | thriller | drama | romance | western | musical | documentary | cartoon | horror film
        war film | road movie | biopic | mystery | heist film | costume drama | love story | family film
        ghost story | satire | adventure | spy film | fable | crime story | science-fiction film
        coming-of-age story | monster movie | sequel | remake | adaptation | fantasy | action film
        romantic comedy | courtroom drama | black comedy
    """),
    "topic": phrases("""
        a widowed baker | two rival pianists | a town that floods | the last miners in the valley
        a stolen painting | a girl who talks to crows | a family of bankers | a lonely astronaut
        life on a whaling ship | a failing circus | three brothers and a farm | the birth of radio
        a boy and his fox | growing old | a schoolteacher in wartime | a cursed hotel | first love
        the price of fame | a strike at a shirt factory | a runaway bride | a chef who can not taste
        twins parted at birth | the end of the world | a village football team | a murder in a monastery
        a haunted lift | robots that dream | an orphan and a tailor | the invention of glass
        a spy who wants to retire | a grieving father | a dancer with one leg | an island of cats
        moving house | the man who drew the maps | a jury of liars | learning to drive
        a king nobody wanted | night nurses | the making of a bad opera | a boxer going blind
        a secret recipe | wolves | a wedding that goes wrong
    """),
    "person": phrases("""
        the director | the lead actor | the leading lady | the young star | the writer | the screenwriter
        the supporting cast | the composer | the editor | the cameraman | the narrator
        the comedian in the main role
    """),
    "critic": phrases("""
        my brother | my neighbour | the man on the radio | my best friend | the poster | the newspaper
        my aunt | everyone at work | the critic beside me | the trailer | my flatmate | the publicity
        the festival jury | half the internet
    """),
    "friend": phrases("""
        my brother | my neighbour | my best friend | my aunt | everyone at work | the critic beside me
        my flatmate | the festival jury | the woman in front of me | my teacher | the rest of the row
    """),
    "moment": phrases("""
        scene | minute | line | shot | moment | joke | song | chapter | conversation | frame
    """),
    "item": phrases("""
        the songs | the chases | the wedding scenes | the opening scenes | the love scenes | the big battles
        the fights | the long speeches | the dream sequences | the family dinners | the quiet moments
        the flashbacks | the dances
    """),
    "feature": phrases("""
        the score | the photography | the cast | the sets | the dialogue | the ending | the costumes
        the plot | the humour | the editing | the animation | the acting | the songs | the effects
    """),
    "grim": phrases("""
        dark | bleak | violent | sad | harrowing | brutal | grim | tragic | bitter | painful | cruel | angry
        gloomy | sorrowful | savage | unsettling | cold | heavy
    """),
    "sunny": phrases("""
        cheerful | sweet | sunny | pretty | glossy | colourful | gentle | happy | nice | lavish | polished
        bright | tasteful | wholesome | glamorous | soothing
    """),
    "chore": phrases("""
        clean the oven | wait for a bus in the rain | fill in a tax form | count ceiling tiles
        queue at the post office | sort my socks | scrape ice off a car | listen to a drill
        read the phone book | peel ten pounds of potatoes | sit in traffic | mow the lawn in february
        watch a kettle | alphabetise the spices | walk home barefoot
    """),
    "treat": phrases("""
        a day at the beach | a free holiday | a good dinner | a birthday | a long hot bath
        a box of chocolates | the first day of spring | a night with old friends | a letter from home
    """),
    "number": phrases("""
        ninety minutes | two hours | an hour and a half | two and a half hours | three hours | 100 minutes
    """),
}

POLAR = {
    # What a reviewer calls a film.
    "adj": (
        phrases("""
            good | great | wonderful | excellent | brilliant | superb | terrific | fantastic | marvellous
            magnificent | funny | hilarious | witty | clever | smart | intelligent | wise | sharp
            inventive | original | fresh | imaginative | moving | touching | tender | warm | heartfelt
            humane | honest | sincere | generous | thrilling | gripping | exciting | tense | suspenseful
            absorbing | riveting | compelling | engrossing | charming | delightful | lovely | enjoyable
            entertaining | likeable | joyous | uplifting | exhilarating | beautiful | gorgeous | elegant
            graceful | stylish | stunning | dazzling | haunting | hypnotic | magical | bold | daring
            fearless | ambitious | passionate | lively | energetic | spirited | playful | mischievous
            thoughtful | subtle | profound | rich | rewarding | powerful | memorable | unforgettable
            accomplished | insightful | perceptive | convincing | satisfying | refreshing | captivating
            enchanting | poignant | tuneful | heartwarming | inspired | remarkable | outstanding
            exceptional | sensitive | luminous | mesmerising | nimble | ingenious | infectious | stirring
            triumphant | spectacular | adorable | sublime | impressive | assured | breezy | winning
            truthful | eloquent | sensational | spine-tingling | amusing | fascinating | masterful | vivid
            affecting | splendid | irresistible | fun
        """),
        phrases("""
            bad | awful | terrible | dreadful | poor | horrible | lousy | atrocious | abysmal | dismal
            pathetic | unfunny | humourless | witless | stupid | dumb | silly | foolish | idiotic | mindless
            shallow | obvious | stale | tired | predictable | formulaic | derivative | clichéd | unoriginal
            generic | routine | lazy | dull | boring | tedious | tiresome | dreary | sluggish | slow
            plodding | lifeless | bland | flat | dry | clumsy | awkward | amateurish | sloppy | messy
            muddled | confused | incoherent | shapeless | pointless | false | phoney | hollow | empty
            cynical | smug | pretentious | pompous | self-indulgent | manipulative | sentimental | mawkish
            soppy | corny | cheesy | ugly | drab | shabby | cheap | charmless | joyless | unpleasant
            irritating | annoying | grating | exhausting | unbearable | unconvincing | implausible
            forgettable | disappointing | mediocre | feeble | weak | thin | half-baked | overlong | bloated
            noisy | dire | crass | tasteless | limp | inept | incompetent | soulless | monotonous
            repetitive | laughable | embarrassing | offensive | superficial | shrill | crude | juvenile
            childish | inane | insulting | lame | aimless | incomprehensible | turgid | unwatchable
            wretched | vapid | artificial | depressing | disjointed | laboured | sappy | second-rate
            brainless | insipid | uninspired | preachy | heavy-handed | contrived | ridiculous | trite
            wooden
        """),
    ),
    "noun": (
        phrases("""
            a delight | a triumph | a treat | a joy | a gem | a marvel | a pleasure | a success
            a masterpiece | a winner | a small miracle | a knockout | a breath of fresh air | a wonder
            a hit | a classic | a thing of beauty | first-rate entertainment | real cinema
            storytelling at its best | a great night out | a revelation | a lot of fun
            the best film of the autumn | an instant favourite | a tour de force
        """),
        phrases("""
            an utter mess | a bore | a chore | a failure | a disaster | a letdown | a mistake | a slog | a dud
            a flop | a waste of time | a wreck | a shambles | an ordeal | an embarrassment
            a disappointment | a fiasco | a cynical exercise | a missed opportunity | a long sit
            a dead weight | a very bad idea | rubbish | the worst film of the autumn | a total misfire
            a pile of clichés | an endurance test
        """),
    ),
    "adv": (
        phrases("""
            beautifully | deftly | wonderfully | skilfully | brilliantly | gracefully | superbly | cleverly
            finely | lovingly | perfectly | sensitively | splendidly | confidently
        """),
        phrases("""
            clumsily | badly | poorly | carelessly | lazily | terribly | awkwardly | feebly | horribly
            sloppily | ineptly | shoddily | crudely | hopelessly
        """),
    ),
    # An aspect of the film, with what is said of it.
    "acting": (
        phrases("""
            natural | subtle | fearless | first-rate | superb | utterly believable | a joy to watch
            pitch-perfect
        """),
        phrases("""
            wooden | hammy | stiff | lifeless | second-rate | all over the place | painful to watch
            one-note
        """),
    ),
    "plot": (
        phrases("""
            clever | gripping | tightly woven | full of surprises | lean and clear | ingenious | well built
        """),
        phrases("""
            a mess | full of holes | predictable | tangled | thin | preposterous | a string of coincidences
        """),
    ),
    "pace": (
        phrases("brisk | lively | assured | just right | breathless in the best way | perfectly judged"),
        phrases("sluggish | uneven | glacial | deadly | frantic and tiring | badly off"),
    ),
    "script": (
        phrases("""
            sharp | witty | intelligent | full of ideas | sparkling | literate | packed with good lines
        """),
        phrases("lazy | witless | empty | short of ideas | clunky | half finished | packed with clichés"),
    ),
    "joke": (
        phrases("fresh | sharp | well timed | very funny | laugh-out-loud funny | wicked"),
        phrases("stale | lame | crude | laboured | painfully unfunny | as old as the hills"),
    ),
    "look": (
        phrases("gorgeous | striking | handsome | breathtaking | a feast | inventive | richly detailed"),
        phrases("ugly | murky | cheap | drab | an eyesore | dated | plainly unfinished"),
    ),
    "music": (
        phrases("haunting | glorious | stirring | lovely | perfectly chosen | a treat for the ears"),
        phrases("intrusive | syrupy | deafening | bombastic | badly chosen | a pain in the ears"),
    ),
    "people": (
        phrases("richly drawn | easy to love | complex and human | a pleasure to know | full of life"),
        phrases("""
            cardboard | impossible to like | thinly drawn | a pain to be with | mere types | made of straw
        """),
    ),
    "close": (
        phrases("""
            perfect | deeply moving | well earned | a lovely surprise | worth the wait | quietly shattering
        """),
        phrases("a cheat | laughable | unearned | a letdown | rushed | a waste | an insult"),
    ),
    # What the film does.
    "does": (
        phrases("""
            works | works like a charm | grips from the start | keeps you guessing | moves like a dream
            hits the mark | rewards your patience | finds the humour in everything | stays with you for days
            delivers the goods | sparkles | soars | never loses its way | never runs short of ideas
            makes every minute count | goes straight to the heart | gets under your skin | lifts the spirits
            knows exactly what it is doing | holds you to the last frame | earns every laugh
            treats its audience with respect | pulls it off | leaves you wanting more
            breathes new life into an old story | casts a real spell | gets better and better
        """),
        phrases("""
            fails | falls apart | drags | goes nowhere | runs out of steam | misses the mark | collapses
            falls flat | tests your patience | loses its way | outstays its welcome | never gets going
            never comes to life | grinds to a halt | wastes a fine idea | has nothing to say
            takes for ever to say very little | sinks | leaves you cold | insults your intelligence
            gets on your nerves | rings false | repeats itself endlessly | has no idea where it is going
            squanders its cast | begs for laughs and gets none | gets worse and worse
        """),
    ),
    "made": (
        phrases("""
            has done a splendid job | has never been better | shows real flair | brings the story to life
            is a revelation | deserves a prize | gets everything right | works wonders | steals the show
            knows what to leave out | breathes life into every line | finds exactly the right tone
            has talent to burn | carries the film with ease
        """),
        phrases("""
            has done a miserable job | has never been worse | shows no flair at all
            kills the story stone dead | is badly out of depth | should be ashamed | gets everything wrong
            does n't seem to care | sleepwalks through it | does not know what to leave out
            mangles every line | strikes entirely the wrong tone | is wasted | can not save it
        """),
    ),
    # What the reviewer felt or did.
    "felt": (
        phrases("""
            i loved it | i loved every minute of it | i was hooked | i could not look away
            i laughed out loud | i left with a smile | i enjoyed it enormously | i was moved to tears
            i had a wonderful time | i was spellbound | i can not wait to see it again
            i did n't want it to end | i would happily watch it twice | i fell for it | i cheered
            i was on the edge of my seat | i forgot the time | i was charmed
            i came out feeling ten years younger | i did not look at the clock once
            i cared about every one of them | it made my week | it won me over
        """),
        phrases("""
            i hated it | i hated every minute of it | i was bored | i could not wait for it to end
            i never laughed once | i left with a headache | i walked out | i did n't believe a word
            i had a miserable time | i dozed off | i would not watch it again for money
            i wanted my money back | i lost interest | i regret going | i yawned
            i looked at the clock every five minutes | i cringed | i felt cheated | i stopped caring
            i kept hoping it would end | i cared about none of them | it ruined my evening
            it lost me completely
        """),
    ),
    "feeling": (
        phrases("""
            moved | charmed | thrilled | delighted | entertained | touched | dazzled | impressed | amused
            gripped
        """),
        phrases("""
            bored | annoyed | irritated | disappointed | exasperated | insulted | let down | worn out
            embarrassed
        """),
    ),
    "advice": (
        phrases("""
            go and see it | do n't miss it | take the whole family | catch it while you can
            see it with someone you love | see it on the biggest screen you can find | buy two tickets
            make time for it | well worth your money | not to be missed | warmly recommended
            see it before somebody spoils it | tell your friends
        """),
        phrases("""
            give it a miss | save your money | stay at home | see something else | do n't bother
            not worth the bus fare | wait until it is free , and then wait a little longer
            leave it on the shelf | warn your friends | skip it | you have been warned | rent anything else
            not recommended
        """),
    ),
    "like": (
        phrases("""
            as fresh as new bread | as bright as a button | as warm as a blanket | as light as a feather
            as sharp as a tack | as good as cinema gets | like a favourite song heard again | like a gift
            like a swim on a hot day | as neat as a magic trick
        """),
        phrases("""
            as flat as a pancake | as dull as dishwater | as cold as old tea | as heavy as lead
            as blunt as a spoon | as bad as cinema gets | like a speech at a wedding | like a parking fine
            like chewing cardboard | as exciting as a bus timetable | like last week 's leftovers
        """),
    ),
    # Things that turn up in a film, and that a film can lack.
    "things": (
        phrases("""
            charm | wit | heart | warmth | suspense | energy | imagination | grace | life | feeling
            surprises | magic | style | insight | courage | joy | laughs | real emotion | fresh ideas
        """),
        phrases("""
            clichés | padding | false notes | dead spots | stale jokes | speeches | flaws | silliness
            noise | vulgarity | sentimentality | smugness | clutter | bad lines | cheap tricks | self-pity
            nonsense | hot air
        """),
    ),
    "event": (
        phrases("""
            a fresh surprise | a good laugh | a flash of wit | a lovely image | a thrill
            a stroke of genius | something to treasure
        """),
        phrases("""
            a yawn | a groan | a stale joke | a clumsy speech | a cheap shock | a lazy coincidence
            another explosion | something to wince at
        """),
    ),
    # A small merit or a small flaw: it may follow the verdict without changing it.
    "quibble": (
        phrases("""
            one or two of the songs are nice | the dog is sweet | the scenery is pleasant
            the first ten minutes have promise | there is one good laugh in it | the poster is lovely
            the hats are impressive | it means well | the photography is competent | the cast is game
            the idea was a good one
        """),
        phrases("""
            it runs a little long | the middle sags | one or two jokes miss | the accents wander
            the wigs are dreadful | the title is terrible | the subplot goes nowhere | the budget shows
            the start is slow | the villain is a bore | a few lines clunk
        """),
    ),
    "despite": (
        phrases("""
            a terrific cast | a huge budget | a wonderful book to work from | a clever idea
            handsome photography | plenty of talent | the best of intentions | a promising start
            a lovely score | two great stars | all the praise | some funny lines
        """),
        phrases("""
            a weak ending | a tiny budget | a silly title | some clumsy editing | a few dull stretches
            an unknown cast | a shaky start | the terrible reviews | an ugly poster | a thin plot
            its length | some corny lines
        """),
    ),
    # What would have changed the verdict: a film is good where this could have spoiled it, bad for want of it.
    "rescue": (
        phrases("""
            a lesser cast | a lazier director | a weaker script | less honest writing | a cruder hand
            a bigger ego in charge | one more car chase | a happier ending tacked on
        """),
        phrases("""
            a better script | a braver director | a stronger cast | sharper editing | an hour less
            a few more jokes | one original idea | another draft
        """),
    ),
    "reputation": (
        phrases("""
            the year 's best film | a masterpiece | the comedy of the decade | a must-see | a modern classic
            a work of genius | the next big thing | the feel-good hit of the summer | pure gold
            five-star entertainment
        """),
        phrases("""
            a turkey | a disaster | the flop of the decade | unwatchable | a dud | a train wreck
            a career killer | a national embarrassment | the year 's worst film | one to avoid
        """),
    ),
    "omen": (
        phrases("""
            the wonderful trailer | the glowing reviews | the great cast list | the prizes it won
            the brilliant novel | all the talent on hand | the success of the first film
        """),
        phrases("""
            the awful trailer | the hostile reviews | the ridiculous title | the failure of the first film
            the poor book | the rumours of reshoots | the director 's last flop
        """),
    ),
    "better": (
        phrases("""
            better | funnier | sharper | richer | wiser | livelier | more moving | more exciting | more fun
        """),
        phrases("""
            worse | duller | slower | sillier | cheaper | clumsier | more tedious | more annoying
            more pompous
        """),
    ),
    "strive": (
        phrases("""
            to thrill | to charm | to move us | to amuse | to be clever | to be funny
            to say something true
        """),
        phrases("""
            to bore | to irritate | to preach | to annoy | to show off | to be shocking
            to please everybody
        """),
    ),
    # Remarks that stand on their own.
    "remark": (
        phrases("""
            it bursts with life | the cast glows | you believe every word | it deserves a huge audience
            it is a hoot | this is storytelling of a high order | it has charm to spare | the hours fly by
            nothing feels forced | the love story rings true | the laughs come thick and fast
            it honours the novel it comes from | it will break your heart and mend it again
            the fights are a blast | the monsters are truly frightening
            the chemistry between the lovers is electric | children will adore it
            it is made with care and skill | it is told with great tenderness
            the suspense is almost more than you can stand | it has real depth
            it gives you plenty to talk about on the way home | it is the director 's finest work
            it is great company | it finds comedy in the saddest places | there is wisdom in it
            there is magic in every frame | you come out humming | the audience applauded at the end
            it surprised me again and again | it is a rich and generous piece of work
            it improves on the book | the twist took my breath away | it is bold enough to be simple
            the old master has still got it | the young cast is a find
            it looks and sounds like nothing else | small as it is , it gives a great deal
            i would trust this director with anything | it is as good a film about work as i know
            it turns a dry subject into high drama | it is good-hearted and sly
            the sense of place is wonderful | it speaks to everyone | it honestly scared me
            it is a love letter to its city | its anger is justified and its aim is true
            it earns its happy ending | it has the courage of its convictions
            the details are exactly right | you will want to hug somebody afterwards | it sings
            it lingers in the mind | it is a splendid piece of nonsense
            it shows us a world we have not seen before | it respects its characters
            it has a lovely light touch | it is grown-up entertainment | the last act is a tour de force
            it never cheats | it is packed with ideas | the stunts are jaw-dropping
            it made a believer of me | it has lost none of its power
            it is the most fun i have had all year | hats off to everyone concerned | it is one for the ages
            it is an education and a pleasure | the camera loves her , and so did i
            it gives a fine actor room to work | it could hardly be bettered
            you would have to be made of wood to resist it | it has no equal this season
        """),
        phrases("""
            it dies on the screen | the cast looks bored | you do not believe a word
            it deserves to be forgotten | this is film-making by committee | it has no charm whatever
            the hours crawl | everything feels forced | the love story rings hollow | the laughs never come
            it betrays the novel it comes from | it is a drag
            it tugs at your sleeve and never at your heart | the fights are a blur
            the monsters would not frighten a kitten | the lovers seem to have met that morning
            children will squirm | it is thrown together | it has no depth | it is told with a heavy hand
            there is no suspense at all | it gives you nothing to think about
            you will have forgotten it by the car park | it is the director 's poorest work
            it is bad company | it finds tears in the silliest places | there is no truth in it
            there is nothing to look at | you come out grumbling | the audience groaned at the end
            i guessed every turn | it has been done before | it is a mean and stingy piece of work
            it ruins the book | the twist made me groan | it has no point of view
            it mistakes noise for excitement | the old master has lost his touch
            the young cast is out of its depth | it looks and sounds like everything else
            large as it is , it gives very little | it panders | it is as false a film about work as i know
            it turns a rich subject into mush | it is sour and sly | there is no sense of place
            it speaks to no one | it bored me stiff | it is an advertisement for its own hats
            its anger is fake and its aim is poor | it does not earn its happy ending | it loses its nerve
            the details are all wrong | you will want a stiff drink afterwards | it limps
            it evaporates as you watch | it is a dismal piece of nonsense
            it shows us nothing we have not seen before | it despises its characters
            it has the touch of a steamroller | it is kid stuff | the last act is a shambles
            it cheats at every turn | it is starved of ideas | the stunts are laughable
            it lost me in the first reel | it has dated badly | it is the least fun i have had all year
            shame on everyone concerned | it is one for the dustbin | it is a lecture and a bore
            the camera loves her ; i wish the writer had | it gives a fine actor nothing to do
            it insults the audience | you would have to be its mother to like it
            it has all the thrills of a staff meeting
        """),
    ),
    # Whole sentences of constructions that have no mirror image.
    "scoped": (
        phrases("""
            it is never less than {+adj} .
            i could not have been less {-feeling} .
            too good to miss .
            it could hardly be {+better} .
            i can not praise it too highly .
            there are too few films this {+adj} .
            never too {grim} , never too {sunny} and always {+adj} .
            you can not have too many films like it .
            not since i was ten have i been so {+feeling} .
            it is not {-adj} enough to do any harm , and {+felt} .
            it is hardly {-adj} at all , and never for long .
            nobody who sees it will be {-feeling} .
        """),
        phrases("""
            it is never more than mildly {-adj} .
            i could not have been more {+feeling} .
            too little , too late .
            it could hardly be {+better} .
            it is hardly ever {-adj} .
            {film} is too {sunny} for its own good .
            too {sunny} for the grown-ups and too {grim} for the children .
            too many speeches and too few laughs .
            it is never {-adj} enough to make up for its length .
            there is not enough {-things} to fill a postcard .
            never {-adj} , never {-adj} and always {+adj} .
            it is not nearly as {-adj} as it needs to be .
        """),
    ),
    "compared": (
        phrases("""
            i would gladly {chore} to see it again .
            better than {treat} .
            i enjoyed it more than {treat} .
            half as long as other films about {topic} and twice as {+adj} .
            few films are as {+adj} .
            no other {genre} this year is half so {+adj} .
            it makes other films about {topic} look {-adj} .
            worth all the other films about {topic} put together .
            what is {treat} next to a {genre} this {+adj} ?
            i had planned to {chore} , and this was a good deal more {+adj} .
        """),
        phrases("""
            i would rather {chore} than see it again .
            i would sooner {chore} than sit through another {moment} of it .
            it made me want to {chore} .
            if you want a good time , {chore} .
            {treat} it is not .
            about as {-adj} as having to {chore} .
            twice as long as the original and half as {-adj} .
            few films are as {+adj} .
            i was less {-feeling} than when i last had to {chore} .
            it makes other films about {topic} look {-adj} .
            next to this , it is a pleasure to {chore} .
        """),
    ),
    "wished": (
        phrases("""
            i wanted to hate it , and i could not .
            i was dreading it , and {+felt} .
            i feared {-noun} , and how wrong i was .
            i had no hopes at all , and {+felt} .
            i did not want to like it , but {+felt} .
            it never tries {-strive} , it just {+does} .
            i was sure that i would be {-feeling} ; i was not .
            i had every intention of being {-feeling} , but {+felt} .
            i kept looking for something {-adj} , and there was nothing .
            i went in tired and {-feeling} and came out dancing .
        """),
        phrases("""
            i longed to like it , and i could not .
            i had hoped for {-noun} .
            we were promised {-noun} .
            it wants to be {-adj} and it is only {+adj} .
            it thinks it is {-adj} .
            it aims {-strive} and misses .
            it tries so hard to be {-adj} and ends up {+adj} .
            it tries {-strive} and {-strive} , and does neither .
            i so wanted {film} to be {-adj} .
            whatever happened to {-things} ?
            you can tell that it was meant to be {-adj} .
            i love a {-adj} {genre} , and i wish this had been one .
        """),
    ),
    "conditional": (
        phrases("""
            with {+rescue} it would have been {-noun} ; as it is , {+felt} .
            {+rescue} might have made it {-adj} ; luckily it {+does} .
            anyone else would have made it {-adj} ; here {+aspect} .
            even if it were twice as long , i would not be {-feeling} .
            if every {genre} were like this one , i would never leave the cinema .
            if i could , i would go again tonight .
            i would have stayed for another {number} .
            had i known how {+adj} it was , i would have gone sooner .
            if it had ended one minute sooner , i would have been sorry .
            in other hands {topic} would have been {-adj} , but {+verdict} .
        """),
        phrases("""
            with {+rescue} it might have been {-adj} .
            with {+rescue} it would have been {-noun} .
            if only it had been given {+rescue} .
            had there been {+rescue} , it would have been {-noun} .
            this could have been {-noun} if somebody had thought of {+rescue} .
            they might have made something {-adj} out of {topic} , but no .
            had i known how {+adj} it was , i would have stayed at home .
            it would have been {-adj} if it had ended an hour sooner .
            in other hands {topic} might have been {-adj} .
            it needed {+rescue} and got more special effects .
        """),
    ),
    "wry": (
        phrases("""
            be careful : it is so {+adj} that you may forget to breathe .
            oh dear , {+felt} .
            who needs {-rescue} when {+aspect} ?
            there is just one thing wrong with it : it ends .
            it is {grim} , it is noisy , it makes no sense , and {+felt} .
            if this is {-reputation} , give me more of them .
            i tried hard to be {-feeling} , and i failed .
            curse this {genre} for making me cry in public .
            it cost me a night 's sleep , and it was worth it .
        """),
        phrases("""
            only its mother could call it {-adj} .
            somebody paid for this .
            i liked the part where it stopped .
            what a {-adj} way to waste {number} .
            the cast deserves a {-adj} film , and this is not it .
            the only {-adj} thing in it is the dog .
            it is {-adj} only when nobody is speaking .
            the most {-adj} part is the end , because then you can go home .
            thank heaven for the exit sign .
            if this is {-reputation} , i dread to think what they call a failure .
            if this is {-adj} , then so is having to {chore} .
            nothing in it is half as {-adj} as the trailer .
            somewhere there is a {-adj} {genre} about {topic} ; this is not it .
        """),
    ),
    # Polite and sarcastic words that turn over.
    "mock": (
        phrases("""
            be warned : you will miss your last bus because you can not leave
            bring a handkerchief , or better , bring three | my ribs still hurt , and i blame the writers
            my only complaint is that it has to stop | i can not sleep for thinking about it , curse the man
            i have nothing bad to say , which is a nuisance in this job
            i shall never forgive them for making me cry on a tuesday | damn it , they have done it again
            i resent how easily it won me over | it has ruined me for every other {genre}
        """),
        phrases("""
            a triumph , if the aim was to empty the room
            just what the world needed , another {genre} about {topic}
            ideal viewing for anyone who has trouble getting to sleep
            congratulations , you have made {topic} dull
            if you enjoy being shouted at , this is your lucky day
            great fun , provided that you leave early | a must-see for people who collect disasters
            the best thing i can say is that it ended | at least the seats were soft
            oh , how original , a {genre} with a twist | i enjoyed the credits
            bravo : it takes real genius to waste a cast like that
            the ice cream was lovely , thank you for asking
        """),
    ),
}

RULES = {
    "aspect": phrases("""
        the acting is {+acting} | the performances are {+acting} | the plot is {+plot}
        the story is {+plot} | the pace is {+pace} | the script is {+script} | the dialogue is {+script}
        the jokes are {+joke} | the humour is {+joke} | the photography is {+look}
        the animation is {+look} | the effects are {+look} | the music is {+music} | the songs are {+music}
        the score is {+music} | the characters are {+people} | the heroes are {+people}
        the ending is {+close} | the last scene is {+close} | {person} {+made}
    """),
    "undone": phrases("""
        the acting is {not} {-acting} | the performances are {not} {-acting} | the plot is {not} {-plot}
        the script is {not} {-script} | the jokes are {not} {-joke} | the pace is {not} {-pace}
        the music is {not} {-music} | the characters are {not} {-people} | the ending is {not} {-close}
        the effects are {not} {-look}
    """),
    "not": phrases("""
        not | n't | never | hardly | anything but | far from | by no means | not at all | scarcely
    """),
    "verdict": phrases("""
        {it} is {+adj} | {it} is {+adj} and {+adj} | {it} {+does} | {it} is {+noun} | {+felt}
        {it} {+does} , and {+felt} | the result is {+noun} | the result is {+adj}
    """),
    "more": phrases("""
        really | truly | quite | utterly | simply | thoroughly | so very | wholly | remarkably | downright
    """),
}

# Construction -> (weight, templates). Weights are shares of the rows, near enough.
CONSTRUCTIONS: dict[str, tuple[int, tuple[str, ...]]] = {
    "plain": (
        46,
        phrases("""
            a {+adj} , {+adj} {genre} about {topic} .
            in a word , {+adj} .
            {more} {+adj} .
            a {+adj} and {more} {+adj} {genre} .
            {film} is {more} {+adj} .
            {+aspect} and {+aspect} .
            {+aspect} , {+aspect} , and {+felt} .
            {film} {+does} .
            {+felt} .
            {+felt} : {+advice} .
            {+advice} .
            {film} is {+noun} : {+adj} , {+adj} and {+like} .
            {+adv} written , {+adv} acted and {+adv} shot , {film} {+does} .
            {person} {+made} , and {film} {+does} .
            this {genre} about {topic} is {+noun} .
            {film} is {+like} .
            what a {+adj} {genre} !
            the {genre} about {topic} {+does} , and {+aspect} .
            {+felt} , and i was not the only one .
            full of {+things} and {+things} .
            {item} are {+adj} and {person} {+made} .
            scene after scene , {film} {+does} .
            {+remark} .
            {+remark} .
            {+remark} , {+remark} : {+advice} .
            {+remark} and {+remark} .
            {film} is {+adj} , {+adj} and {+adj} , and {+remark} .
            {+aspect} , and {+remark} .
            in this {+adj} {genre} about {topic} , {+aspect} and {+aspect} .
            {+noun} .
            {film} is nothing less than {+noun} .
            {film} is nothing short of {+noun} : {+advice} .
            nothing but {+things} and {+things} .
            a {genre} about {topic} , {+adv} told and {+adv} played .
            the best word for it is {+adj} .
            everyone involved should be told how {+adj} this is .
            {+felt} ; {+aspect} , {+aspect} and {+remark} .
            as a {genre} it is {+adj} , and as a film about {topic} it is {+adj} .
            {person} {+made} , {+aspect} , and {+remark} .
        """),
    ),
    "not": (
        10,
        phrases("""
            {film} is not {-adj} .
            {film} is {not} {-adj} .
            {film} is not {-adj} , it is {+adj} .
            {film} is {not} {-adj} , and {+felt} .
            {+undone} .
            {+undone} and {+undone} .
            {+undone} , and {+felt} .
            i can not call it {-adj} .
            nobody could call this {genre} {-adj} .
            there is nothing {-adj} about {film} .
            there is not a single {-adj} {moment} in it .
            not one {-adj} {moment} in {number} .
            neither {-adj} nor {-adj} , this {genre} {+does} .
            {film} is neither {-adj} nor {-adj} .
            no {-things} , no {-things} : just {+things} .
            i did not find it {-adj} .
            it does n't feel {-adj} .
            i was not {-feeling} for a moment .
            i do n't know how anybody could be {-feeling} by this {genre} .
            never have i been less {-feeling} .
            this is no {-adj} {genre} .
            without {-things} or {-things} , {film} {+does} .
            {film} lacks {-things} .
            it is {+adj} without being {-adj} .
            {+adj} but never {-adj} .
            all {+things} and no {-things} .
            you will look in vain for {-things} here .
            there is no {-things} in it , and no {-things} either .
        """),
    ),
    "contrast": (
        16,
        phrases("""
            {-aspect} , but {+verdict} .
            {-aspect} , but {+remark} .
            although {-aspect} , {+remark} .
            {-quibble} , yet {+remark} .
            {+remark} , though {-quibble} .
            {-aspect} , yet {+verdict} .
            {-aspect} and {-aspect} , but {+verdict} .
            although {-aspect} , {+verdict} .
            even though {-aspect} , {+verdict} .
            while {-aspect} , {+aspect} , and in the end {+verdict} .
            despite {-despite} , {+verdict} .
            in spite of {-despite} , {film} {+does} .
            for all its {-things} , {film} is {+noun} .
            for all its {-things} and {-things} , {+verdict} .
            {-quibble} , but {+verdict} .
            {-quibble} and {-quibble} , but {+verdict} .
            {+verdict} , although {-quibble} .
            {+felt} , even if {-quibble} .
            {film} {+does} , despite {-despite} .
            yes , {-quibble} , and yes , {-quibble} ; still , {+verdict} .
            it may be {-adj} , but {+felt} .
            it starts out {-adj} and ends up {+adj} .
            the first half is {-adj} , but the second half is {more} {+adj} .
            {item} are {-adj} ; everything else is {+adj} .
            at first i was {-feeling} , but by the end {+felt} .
            {-despite} can not hide the fact that {film} is {+adj} .
            not even {-despite} can change the fact that {film} {+does} .
            {feature} and {feature} are {-adj} ; no matter , {+felt} .
            what it lacks in {+things} it makes up for in {+things} .
        """),
    ),
    "tone": (
        7,
        phrases("""
            a {grim} {genre} , and {+verdict} .
            a {sunny} {genre} , and {+verdict} .
            {film} is {grim} and {grim} , and {+felt} .
            {film} is {sunny} and {sunny} , and {+felt} .
            the subject is {grim} , but {film} is {+adj} .
            it looks {sunny} , but underneath it is {+adj} .
            a {grim} story about {topic} , {+adv} told .
            a {sunny} story about {topic} , {+adv} told .
            {grim} , {grim} and {more} {+adj} .
            {sunny} , {sunny} and {more} {+adj} .
            {item} are {grim} , as they should be , and {film} {+does} .
            as {grim} as {topic} sounds , {film} is {+adj} .
        """),
    ),
    "scope": (
        6,
        phrases("""
            {film} is too {+adj} to be {-adj} . | {film} is far too {+adj} ever to seem {-adj} . | {+scoped}
            {+scoped} | scarcely five minutes pass without {+event} .
            there is hardly a {-adj} {moment} in it .
            hardly any {-things} , and a great deal of {+things} . | {person} has never been {+better} .
            never was a {genre} {+better} than this . | it never stops being {+adj} .
            it never becomes {-adj} . | it is rarely {-adj} and often {+adj} .
            seldom has a {genre} been so {+adj} . | seldom has a {genre} been less {-adj} .
            only once in {number} was i {-feeling} .
            {film} is about {topic} , and there is barely a {-adj} {moment} .
        """),
    ),
    "double negation": (
        3,
        phrases("""
            i can not say that i was not {+feeling} .
            nobody could say that {film} is not {+adj} .
            it is never not {+adj} .
            you can not watch it without being {+feeling} .
            it is impossible not to be {+feeling} .
            there is not a {moment} that is not {+adj} .
            {film} is not without {+things} .
            nobody leaves this {genre} without having been {+feeling} .
            do n't think for a moment that it is not {+adj} .
        """),
    ),
    "comparison": (
        8,
        phrases("""
            more {+adj} than {-adj} . | {film} is {+better} than the original .
            {film} is {+better} than it has any right to be . | {film} is {+better} than {critic} said .
            less {-adj} than you would expect , and far more {+adj} . | {+compared} | {+compared}
            {+compared} | compared with this , other films about {topic} look {-adj} .
            other films about {topic} are {-adj} ; this one is {+adj} .
            unlike most films about {topic} , it is {+adj} .
            unlike most {-adj} films about {topic} , this {genre} {+does} .
            the book was {-adj} ; the film is {+adj} .
            the first one was {-adj} , but this sequel is {+adj} .
            i have seen {-adj} films , and this is not one of them .
        """),
    ),
    "hearsay": (
        6,
        phrases("""
            {critic} called it {-reputation} ; i call it {+noun} .
            {critic} called it {-reputation} , but {+felt} .
            {critic} promised {-reputation} , and what we get is {+noun} .
            {critic} said it was {-adj} , and {critic} was wrong .
            {critic} said it was {+adj} , and for once that was true .
            everyone told me it would be {-adj} ; it is {+adj} .
            i do not understand why {friend} found it {-adj} .
            `` {-reputation} '' , says {critic} ; do n't believe it .
            {friend} was {-feeling} ; i was {+feeling} .
            how anyone can call this {-reputation} is beyond me .
            say what you like , it is not {-reputation} , it is {+noun} .
            contrary to what {critic} says , {film} {+does} .
            {-reputation} ? hardly . {film} {+does} .
            {-reputation} ? no , {+noun} .
        """),
    ),
    "expectation": (
        6,
        phrases("""
            i expected {-noun} and got {+noun} .
            i expected to be {-feeling} and instead i was {+feeling} .
            after {-omen} i was prepared for {-noun} ; instead {+verdict} .
            given {-omen} , who would have thought that it would be so {+adj} ?
            by rights it ought to be {-noun} , and it is {+noun} . | it sounds {-adj} , but {+verdict} .
            it could have been {-adj} ; instead it is {+adj} . | how easily it might have been {-noun} !
            i thought it would be {-adj} , but {+felt} .
            who would have expected a {genre} about {topic} to be so {+adj} ?
            i waited and waited for it to turn {-adj} , but that day never came . | {+wished} | {+wished}
            {+wished}
        """),
    ),
    "conditional": (
        5,
        phrases("""
            {+conditional} | {+conditional} | {+conditional} | it would be {-adj} if it were not so {+adj} .
        """),
    ),
    "irony": (
        7,
        phrases("""
            {+mock} . | {+wry} | {+wry} | i hate to admit it , but {+felt} .
            let us be fair : {-quibble} . that said , {+verdict} .
        """),
    ),
}


def check_tables() -> None:
    """Stop early, with the name, when a template asks for a slot that no table holds."""
    cells = [cell for _, templates in CONSTRUCTIONS.values() for cell in templates]
    cells += [cell for table in (*RULES.values(), *NEUTRAL.values()) for cell in table]
    cells += [cell for pair in POLAR.values() for table in pair for cell in table]
    for cell in cells:
        for sign, name in SLOT.findall(cell):
            known = RULES.keys() | POLAR.keys() if sign else NEUTRAL.keys() | RULES.keys()
            if name not in known:
                raise KeyError(f"No table for {{{sign}{name}}} in {cell!r}. Add one, or mend the template.")


def options(name: str, verdict: int) -> tuple[str, ...]:
    """What may fill the slot `name` under a verdict of +1 or -1."""
    if name in POLAR:
        liked, disliked = POLAR[name]
        return liked if verdict > 0 else disliked
    return RULES.get(name) or NEUTRAL[name]


def fill(template: str, verdict: int, rng: random.Random, used: set[str]) -> str:
    """Fill every slot of `template`; no cell comes twice in a sentence where that can be helped."""

    def choose(slot: re.Match[str]) -> str:
        sign, name = slot.groups()
        inner = -verdict if sign == "-" else verdict
        cells = options(name, inner)
        cell = rng.choice([cell for cell in cells if cell not in used] or cells)
        used.add(cell)
        return fill(cell, inner, rng, used)

    return SLOT.sub(choose, template)


def sentence(verdict: int, rng: random.Random) -> str:
    """One review sentence with the verdict +1 or -1."""
    weights = [weight for weight, _ in CONSTRUCTIONS.values()]
    [(_, templates)] = rng.choices(list(CONSTRUCTIONS.values()), weights)
    return VOWEL_SOUND.sub("an ", fill(rng.choice(templates), verdict, rng, set()))


def rows(count: int, rng: random.Random, taken: set[str]) -> Iterator[dict[str, str | int]]:
    """`count` rows, half of each label, none of whose texts is in `taken`, which grows as rows are made."""
    for index in range(count):
        label = index % 2
        text = sentence(1 if label else -1, rng)
        while text in taken or len(text.split()) > MAX_TOKENS:
            text = sentence(1 if label else -1, rng)
        taken.add(text)
        yield {"text": text, "label": label}


def read_written(path: Path) -> list[dict[str, str | int]]:
    """The rows of a file of `label<TAB>text` lines."""
    pairs = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [{"text": text, "label": int(label)} for label, text in pairs]


def write(path: Path, table: list[dict[str, str | int]], rng: random.Random) -> None:
    """Shuffle the rows and write them, one JSON object a line."""
    rng.shuffle(table)
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in table]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def main() -> None:
    check_tables()
    rng = random.Random(SEED)
    written = read_written(HERE / "validation_written.tsv")
    with (HERE / "test.jsonl").open(encoding="utf-8") as lines:
        taken = {json.loads(line)["text"] for line in lines} | {str(row["text"]) for row in written}
    train = list(rows(TRAIN_ROWS, rng, taken))
    validation = written + list(rows(GENERATED_VALIDATION_ROWS, rng, taken))
    write(HERE / "train.jsonl", train, rng)
    write(HERE / "validation.jsonl", validation, rng)


if __name__ == "__main__":
    main()
