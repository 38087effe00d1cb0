"""Make ``train.jsonl`` of the English-Chinese offline sample from a small synchronous grammar.

Every rule below builds an English sentence and its Chinese translation side by side, from the same choices, so the
two always mean the same. Rows written by hand (``by_hand.txt``, one ``English | Chinese`` pair a line) are added, all
rows are shuffled, and no English sentence of ``validation.jsonl`` or ``test.jsonl`` is let in: the split is by English
sentence. Those two files are written by hand and are only read here.

Run ``python grammar.py`` in this folder: the same seed gives the same bytes.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

HERE = Path(__file__).resolve().parent
SEED = 20
ROWS_PER_RULE = 75
ATTRIBUTION = "written for this course"

# Sentences so plain that the real set happens to hold them too: left out, so that the two sets share none.
ALSO_IN_THE_REAL_SET = {
    "Have you ever been to France?",
    "Would you like a cup of coffee?",
    "Can you lend me your bicycle?",
    "My father is a doctor.",
    "My mother is a lawyer.",
    "I often drink tea.",
    "How much does this hat cost?",
    "How much does this watch cost?",
}

Pair = tuple[str, str]  # an English sentence and its Chinese translation
Rule = Callable[[Random], Pair]

# Templates are typed with ASCII punctuation; Chinese text gets its own full-width marks.
CHINESE_MARKS = str.maketrans({",": "\N{FULLWIDTH COMMA}", "?": "\N{FULLWIDTH QUESTION MARK}", ".": "。"})


# ------------------------------------------------------------------------------------------
# Lexicon
# ------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Person:
    """Someone who can be a subject: all the English forms that agreement needs, and the one Chinese form."""

    en: str
    obj: str
    poss: str
    pronoun: str
    zh: str
    form: str  # "I", "you", "3" (third person singular) or "pl"

    @property
    def be(self) -> str:
        return {"I": "am", "3": "is"}.get(self.form, "are")

    @property
    def was(self) -> str:
        return "was" if self.form in ("I", "3") else "were"

    @property
    def have(self) -> str:
        return "has" if self.form == "3" else "have"

    @property
    def do(self) -> str:
        return "does" if self.form == "3" else "do"

    def verb(self, base: str, third: str) -> str:
        """The present-tense form that agrees with this person."""
        return third if self.form == "3" else base


@dataclass(frozen=True)
class Action:
    """A verb phrase in all its English forms, with the Chinese verb and object as one string."""

    base: str
    third: str
    past: str
    participle: str
    ing: str
    zh: str
    tags: str  # h: a habit; p: may be in progress; o: outdoors; t: often done together; a: for adults
    parts: str  # the parts of the day it fits: m(orning), a(fternoon), e(vening)

    def is_a(self, tag: str) -> bool:
        return tag in self.tags

    def fits(self, part: str) -> bool:
        """Whether it may happen then; an empty part means some time that day."""
        return not part or bool(set(part) & set(self.parts))


@dataclass(frozen=True)
class Thing:
    """A countable thing with its plural and its Chinese measure word."""

    en: str
    plural: str
    zh: str
    measure: str


def _pronoun(en: str, obj: str, poss: str, zh: str, form: str) -> Person:
    return Person(en, obj, poss, en, zh, form)


def _third(line: str) -> Person:
    """Read ``English | pronoun | Chinese``: a person named by a noun or a name."""
    en, pronoun, zh = (part.strip() for part in line.split("|"))
    poss = {"he": "his", "she": "her", "they": "their"}[pronoun]
    return Person(en, en, poss, pronoun, zh, "pl" if pronoun == "they" else "3")


I = _pronoun("I", "me", "my", "我", "I")  # noqa: E741 - the English word
YOU = _pronoun("you", "you", "your", "你", "you")
WE = _pronoun("we", "us", "our", "我们", "pl")
THEY = _pronoun("they", "them", "their", "他们", "pl")
HE = _pronoun("he", "him", "his", "他", "3")
SHE = _pronoun("she", "her", "her", "她", "3")

NAMED = [
    _third(line)
    for line in """
my mother | she | 我妈妈
my father | he | 我爸爸
my grandmother | she | 我奶奶
my grandfather | he | 我爷爷
my older brother | he | 我哥哥
my younger brother | he | 我弟弟
my older sister | she | 我姐姐
my younger sister | she | 我妹妹
my uncle | he | 我叔叔
my aunt | she | 我阿姨
my son | he | 我儿子
my daughter | she | 我女儿
my wife | she | 我妻子
her husband | he | 她丈夫
his wife | she | 他妻子
his sister | she | 他姐姐
her brother | he | 她哥哥
my friend | he | 我朋友
my classmate | she | 我同学
our neighbour | he | 我们的邻居
our teacher | she | 我们的老师
the manager | he | 经理
the old man | he | 那位老人
the little girl | she | 那个小女孩
the boy | he | 那个男孩
my parents | they | 我父母
my children | they | 我的孩子们
the students | they | 学生们
my friends | they | 我的朋友们
Mr. Wang | he | 王先生
Miss Li | she | 李小姐
Professor Zhang | she | 张教授
Doctor Chen | he | 陈医生
Xiao Ming | he | 小明
Xiao Hong | she | 小红
Tom | he | 汤姆
Mary | she | 玛丽
Anna | she | 安娜
Jack | he | 杰克
""".strip().splitlines()
]
SINGLE = [person for person in NAMED if person.form == "3"]
CHILDREN = ["son", "daughter", "girl", "boy", "children", "students", "Xiao"]
YOUNG = [person for person in NAMED if any(word in person.en for word in CHILDREN)]
ADULTS = [person for person in NAMED if person not in YOUNG]
WORKERS = [
    person
    for person in ADULTS
    if person.form == "3"
    and person.en.split()[0] not in ("Doctor", "Professor", "the")
    and "teacher" not in person.en
]
WOMEN = [person for person in SINGLE if person.pronoun == "she"]
ZH_PRONOUN = {"he": "他", "she": "她", "they": "他们"}
PRONOUNS = [I, I, WE, WE, THEY, HE, HE, SHE, SHE]
OTHERS = [THEY, HE, SHE, *NAMED]
ANYONE = [*PRONOUNS, *NAMED]


def _yours(person: Person) -> Person:
    """The person as a question to "you" names them: my mother becomes your mother."""
    first, _, rest = person.en.partition(" ")
    if first not in ("my", "our"):
        return person
    return replace(person, en=f"your {rest}", obj=f"your {rest}", zh=person.zh.replace("我", "你", 1))


ASKED_ADULTS = [HE, SHE, *(_yours(person) for person in WORKERS)]
ASKED = [YOU, YOU, YOU, THEY, HE, SHE, *(_yours(person) for person in ADULTS)]

VERBS = {
    base: (third, past, participle, ing)
    for base, third, past, participle, ing in (
        line.split()
        for line in """
eat eats ate eaten eating
have has had had having
cook cooks cooked cooked cooking
do does did done doing
read reads read read reading
watch watches watched watched watching
listen listens listened listened listening
drink drinks drank drunk drinking
play plays played played playing
go goes went gone going
wash washes washed washed washing
clean cleans cleaned cleaned cleaning
study studies studied studied studying
write writes wrote written writing
draw draws drew drawn drawing
take takes took taken taking
water waters watered watered watering
feed feeds fed fed feeding
walk walks walked walked walking
ride rides rode ridden riding
drive drives drove driven driving
visit visits visited visited visiting
phone phones phoned phoned phoning
sing sings sang sung singing
get gets got got getting
buy buys bought bought buying
make makes made made making
repair repairs repaired repaired repairing
tell tells told told telling
fly flies flew flown flying
climb climbs climbed climbed climbing
pack packs packed packed packing
plant plants planted planted planting
swim swims swam swum swimming
dance dances danced danced dancing
speak speaks spoke spoken speaking
ski skis skied skied skiing
use uses used used using
bake bakes baked baked baking
work works worked worked working
send sends sent sent sending
""".strip().splitlines()
    )
}


def _action(line: str) -> Action:
    """Read ``base rest | Chinese | tags | parts of the day`` (the last one may be left out)."""
    english, zh, tags, parts = (part.strip() for part in f"{line} |".split("|")[:4])
    base, _, rest = english.partition(" ")
    forms = [f"{form} {rest}".strip() for form in (base, *VERBS[base])]
    return Action(*forms, zh, tags, parts or "mae")


ACTIONS = [
    _action(line)
    for line in """
eat breakfast | 吃早饭 | hp | m
have lunch | 吃午饭 | hp | a
cook dinner | 做晚饭 | hp | ae
do homework | 做作业 | hp
read the newspaper | 看报纸 | hp
watch television | 看电视 | hp
listen to music | 听音乐 | hp
listen to the news | 听新闻 | hp
drink coffee | 喝咖啡 | hpa
drink tea | 喝茶 | hp
play football | 踢足球 | hpot | ma
play basketball | 打篮球 | hpot
play table tennis | 打乒乓球 | hpt
play the piano | 弹钢琴 | hp
play the guitar | 弹吉他 | hp
play chess | 下棋 | hpt
play computer games | 玩电脑游戏 | hp
go to the park | 去公园 | hot
go to the library | 去图书馆 | ht | ma
go to the supermarket | 去超市 | h
go to the market | 去市场 | ht | ma
go to the beach | 去海边 | ot | ma
go to the cinema | 去看电影 | t | ae
go shopping | 去买东西 | ht
go swimming | 去游泳 | hot
go running | 去跑步 | hot
go for a walk | 去散步 | hot
go fishing | 去钓鱼 | ot | ma
climb the hill | 爬山 | ot | ma
fly a kite | 放风筝 | pot | ma
take a bath | 洗澡 | hp
wash the clothes | 洗衣服 | hp
wash the dishes | 洗碗 | hp
wash the car | 洗车 | pa
clean the room | 打扫房间 | hp
clean the kitchen | 打扫厨房 | hp
study Chinese | 学中文 | hpt
study English | 学英语 | hp
study history | 学历史 | p
write letters | 写信 | p
draw pictures | 画画 | hp
take photos | 拍照 | p
water the flowers | 浇花 | hp
feed the cat | 喂猫 | hp
walk the dog | 遛狗 | hpo
ride a bicycle | 骑自行车 | hpo
drive to work | 开车上班 | ha | ma
get up early | 早起 | h | m
buy vegetables | 买菜 | hp
make dumplings | 包饺子 | p
bake a cake | 烤蛋糕 | p
repair the car | 修车 | pa
tell stories | 讲故事 | p
have a meeting | 开会 | pa | ma
pack the suitcase | 收拾行李 | p
plant trees | 种树 | pot | ma
work in the garden | 在院子里干活 | po | ma
read a book | 看书 | hp
eat fruit | 吃水果 | hp
use the computer | 用电脑 | p
send emails | 发邮件 | pa
""".strip().splitlines()
]
HABITS = [action for action in ACTIONS if action.is_a("h")]
IN_PROGRESS = [action for action in ACTIONS if action.is_a("p")]
OUTDOORS = [action for action in ACTIONS if action.is_a("o")]
TOGETHER = [action for action in ACTIONS if action.is_a("t")]
DISTURBING = [  # what one may be asked not to do
    action
    for action in ACTIONS
    if action.base.startswith(
        ("play", "listen", "watch", "take photos", "drink coffee", "use", "eat fruit", "tell")
    )
]
EVENING = [action for action in HABITS if "e" in action.parts and not action.base.startswith(("go", "cook"))]

SKILLS = [
    _action(line)
    for line in """
swim | 游泳 |
dance | 跳舞 |
ski | 滑雪 |
cook Chinese food | 做中国菜 |
speak Chinese | 说中文 |
speak English | 说英语 |
speak French | 说法语 |
play the piano | 弹钢琴 |
play the guitar | 弹吉他 |
play chess | 下棋 |
ride a bicycle | 骑自行车 |
ride a horse | 骑马 |
make dumplings | 包饺子 |
bake bread | 烤面包 |
repair bicycles | 修自行车 |
write Chinese characters | 写汉字 |
drive a car | 开车 |
use a computer | 用电脑 |
use chopsticks | 用筷子 |
sing Chinese songs | 唱中文歌 |
fly a kite | 放风筝 |
""".strip().splitlines()
]


def _things(lines: str) -> list[Thing]:
    """Read ``English | Chinese | measure word`` lines; ``English/plural`` where the plural is irregular."""
    things = []
    for line in lines.strip().splitlines():
        english, zh, measure = (part.strip() for part in line.split("|"))
        en, _, plural = english.partition("/")
        things.append(Thing(en, plural or en + "s", zh, measure))
    return things


CLOTHES = _things("""
coat | 大衣 | 件
shirt | 衬衫 | 件
jumper | 毛衣 | 件
hat | 帽子 | 顶
skirt | 裙子 | 条
scarf/scarves | 围巾 | 条
""")
GOODS = _things("""
book | 书 | 本
dictionary/dictionaries | 词典 | 本
map | 地图 | 张
pen | 笔 | 支
pencil | 铅笔 | 支
umbrella | 雨伞 | 把
chair | 椅子 | 把
table | 桌子 | 张
bag | 包 | 个
suitcase | 箱子 | 个
phone | 手机 | 部
computer | 电脑 | 台
watch/watches | 手表 | 块
bicycle | 自行车 | 辆
lamp | 灯 | 盏
cup | 杯子 | 个
guitar | 吉他 | 把
camera | 照相机 | 台
postcard | 明信片 | 张
""")
PORTABLE = GOODS[:6]
HEAVY = {"suitcase", "bag", "bicycle", "table", "camera", "computer", "coat", "chair"}
FRUIT = _things("""
apple | 苹果 | 个
orange | 橘子 | 个
banana | 香蕉 | 根
watermelon | 西瓜 | 个
pear | 梨 | 个
tomato/tomatoes | 西红柿 | 个
egg | 鸡蛋 | 个
""")
SMALL = [
    *CLOTHES,
    *FRUIT,
    *(thing for thing in GOODS if thing.en in ["book", "map", "pen", "pencil", "cup", "postcard", "chair"]),
]
ANIMALS = _things("""
cat | 猫 | 只
dog | 狗 | 只
bird | 鸟 | 只
horse | 马 | 匹
cow | 牛 | 头
fish/fish | 鱼 | 条
sheep/sheep | 羊 | 只
rabbit | 兔子 | 只
""")
BUILDINGS = _things("""
bank | 银行 | 家
hotel | 酒店 | 家
supermarket | 超市 | 家
restaurant | 餐馆 | 家
bookshop | 书店 | 家
pharmacy/pharmacies | 药店 | 家
cinema | 电影院 | 家
hospital | 医院 | 家
post office | 邮局 | 个
library/libraries | 图书馆 | 个
museum | 博物馆 | 个
park | 公园 | 个
school | 学校 | 所
bus stop | 公交车站 | 个
""")
PORTIONS = [  # English (singular, plural), measure word and noun
    ("cup of coffee", "cups of coffee", "杯", "咖啡", "drink"),
    ("cup of tea", "cups of tea", "杯", "茶", "drink"),
    ("glass of water", "glasses of water", "杯", "水", "drink"),
    ("glass of milk", "glasses of milk", "杯", "牛奶", "drink"),
    ("bottle of beer", "bottles of beer", "瓶", "啤酒", "drink"),
    ("bottle of juice", "bottles of juice", "瓶", "果汁", "drink"),
    ("bowl of rice", "bowls of rice", "碗", "米饭", "eat"),
    ("bowl of noodles", "bowls of noodles", "碗", "面条", "eat"),
    ("bowl of soup", "bowls of soup", "碗", "汤", "drink"),
    ("piece of bread", "pieces of bread", "块", "面包", "eat"),
    ("piece of cake", "pieces of cake", "块", "蛋糕", "eat"),
]
NUMBERS = [("two", "两"), ("three", "三"), ("four", "四"), ("five", "五"), ("six", "六"), ("ten", "十")]
# Times: English, Chinese, and the part of the day (empty: some time that day).
HOURS = [
    ("six", "六点", "me"),
    ("half past six", "六点半", "me"),
    ("seven", "七点", "me"),
    ("half past seven", "七点半", "me"),
    ("a quarter past eight", "八点一刻", "m"),
    ("nine", "九点", "me"),
    ("half past nine", "九点半", "me"),
    ("ten", "十点", "e"),
    ("half past two", "两点半", "a"),
    ("five", "五点", "e"),
    ("twenty past four", "四点二十", "a"),
    ("noon", "中午十二点", "a"),
]
DAYS = list(
    zip(
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        "一二三四五六天",
        strict=True,
    )
)
MONTHS = list(
    zip(
        [
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
        ],
        [*"一二三四五六七八九十", "十一", "十二"],
        strict=True,
    )
)
EVERY = [
    ("every day", "每天", ""),
    ("every morning", "每天早上", "m"),
    ("every evening", "每天晚上", "e"),
    ("every weekend", "每个周末", ""),
    ("every Sunday", "每个星期天", ""),
    ("every afternoon", "每天下午", "a"),
]
PAST = [
    ("yesterday", "昨天", ""),
    ("last night", "昨天晚上", "e"),
    ("yesterday morning", "昨天早上", "m"),
    ("yesterday afternoon", "昨天下午", "a"),
    ("last Sunday", "上个星期天", ""),
    ("the day before yesterday", "前天", ""),
    ("last weekend", "上个周末", ""),
    ("this morning", "今天早上", "m"),
    ("last Friday", "上个星期五", ""),
]
FUTURE = [
    ("tomorrow", "明天", ""),
    ("tomorrow morning", "明天早上", "m"),
    ("tonight", "今天晚上", "e"),
    ("this afternoon", "今天下午", "a"),
    ("next Saturday", "下个星期六", ""),
    ("this weekend", "这个周末", ""),
    ("the day after tomorrow", "后天", ""),
    ("tomorrow evening", "明天晚上", "e"),
    ("next Tuesday", "下个星期二", ""),
]
JOBS = [
    ("doctor", "医生"),
    ("nurse", "护士"),
    ("teacher", "老师"),
    ("student", "学生"),
    ("driver", "司机"),
    ("cook", "厨师"),
    ("farmer", "农民"),
    ("policeman", "警察"),
    ("lawyer", "律师"),
    ("singer", "歌手"),
    ("writer", "作家"),
    ("soldier", "军人"),
    ("waiter", "服务员"),
    ("engineer", "工程师"),
    ("shop assistant", "店员"),
]
WORKPLACES = [
    ("in a hospital", "在医院"),
    ("at a school", "在学校"),
    ("in a bank", "在银行"),
    ("at the airport", "在机场"),
    ("in a restaurant", "在餐馆"),
    ("at the post office", "在邮局"),
    ("in a supermarket", "在超市"),
    ("in a factory", "在工厂"),
    ("in a hotel", "在酒店"),
    ("in a bookshop", "在书店"),
]
CITIES = [
    ("Beijing", "北京"),
    ("Shanghai", "上海"),
    ("Nanjing", "南京"),
    ("Xi'an", "西安"),
    ("Chengdu", "成都"),
    ("Paris", "巴黎"),
    ("London", "伦敦"),
    ("Japan", "日本"),
    ("France", "法国"),
    ("Hong Kong", "香港"),
]
TRANSPORT = [  # the first two go between cities, all but the first within one
    ("by train", "坐火车"),
    ("by car", "开车"),
    ("by bus", "坐公交车"),
    ("by taxi", "坐出租车"),
    ("by bicycle", "骑自行车"),
    ("on foot", "走路"),
]
PLACES_IN_TOWN = [
    ("the station", "车站"),
    ("the airport", "机场"),
    ("the hotel", "酒店"),
    ("the museum", "博物馆"),
    ("the hospital", "医院"),
    ("the library", "图书馆"),
    ("the post office", "邮局"),
    ("the zoo", "动物园"),
    ("the beach", "海边"),
    ("the bookshop", "书店"),
]
WITH_OPENING_HOURS = [*PLACES_IN_TOWN[3:4], *PLACES_IN_TOWN[5:8], PLACES_IN_TOWN[9], ("the bank", "银行")]
SPOTS = [  # where small things lie
    ("on the table", "桌子上"),
    ("under the chair", "椅子下面"),
    ("on the desk", "书桌上"),
    ("in the bag", "包里"),
    ("on the shelf", "书架上"),
    ("under the bed", "床底下"),
    ("in the kitchen", "厨房里"),
    ("by the window", "窗户旁边"),
    ("in the box", "盒子里"),
]
FOOD_SPOTS = ["on the table", "in the bag", "in the kitchen", "in the box"]
ROOMS = [
    ("in the garden", "花园里"),
    ("under the table", "桌子底下"),
    ("in front of the house", "房子前面"),
    ("behind the door", "门后面"),
    ("under the tree", "树下"),
    ("by the river", "河边"),
]
LANDMARKS = [
    ("near the station", "车站附近"),
    ("opposite the school", "学校对面"),
    ("behind the museum", "博物馆后面"),
    ("next to the airport", "机场旁边"),
    ("in front of the park", "公园前面"),
    ("near my house", "我家附近"),
    ("on this street", "这条街上"),
]
PERSON_QUALITIES = [
    ("tall", "taller", "tallest", "高"),
    ("strong", "stronger", "strongest", "壮"),
    ("busy", "busier", "busiest", "忙"),
    ("clever", "cleverer", "cleverest", "聪明"),
    ("hard-working", "more hard-working", "most hard-working", "努力"),
    ("patient", "more patient", "most patient", "有耐心"),
    ("kind", "kinder", "kindest", "善良"),
]
THING_QUALITIES = [
    ("big", "bigger", "biggest", "大"),
    ("small", "smaller", "smallest", "小"),
    ("expensive", "more expensive", "most expensive", "贵"),
    ("cheap", "cheaper", "cheapest", "便宜"),
    ("beautiful", "more beautiful", "most beautiful", "漂亮"),
    ("heavy", "heavier", "heaviest", "重"),
    ("light", "lighter", "lightest", "轻"),
]
MOODS = [
    ("tired", "累"),
    ("happy", "高兴"),
    ("busy", "忙"),
    ("angry", "生气"),
    ("sad", "难过"),
    ("hungry", "饿"),
    ("nervous", "紧张"),
    ("excited", "兴奋"),
]
COLOURS = [("red", "红"), ("blue", "蓝"), ("black", "黑"), ("white", "白"), ("green", "绿"), ("yellow", "黄")]
CLIMATE = [
    ("hot", "热", "hotter"),
    ("cold", "冷", "colder"),
    ("warm", "暖和", "warmer"),
    ("cool", "凉快", "cooler"),
]
FALLING = [("rain", "rained", "raining", "雨"), ("snow", "snowed", "snowing", "雪")]
SEASONS = [("spring", "春天"), ("summer", "夏天"), ("autumn", "秋天"), ("winter", "冬天")]
LIKED = [
    ("coffee", "咖啡"),
    ("green tea", "绿茶"),
    ("spicy food", "辣的菜"),
    ("Chinese food", "中国菜"),
    ("dumplings", "饺子"),
    ("noodles", "面条"),
    ("rice", "米饭"),
    ("apples", "苹果"),
    ("cats", "猫"),
    ("dogs", "狗"),
    ("this song", "这首歌"),
    ("this city", "这个城市"),
    ("winter", "冬天"),
    ("history", "历史"),
    ("music", "音乐"),
    ("old films", "老电影"),
    ("chocolate", "巧克力"),
    ("flowers", "花"),
]
RIVALS = [
    ("coffee", "咖啡", "tea", "茶"),
    ("noodles", "面条", "rice", "米饭"),
    ("dumplings", "饺子", "noodles", "面条"),
    ("cats", "猫", "dogs", "狗"),
    ("spring", "春天", "autumn", "秋天"),
    ("summer", "夏天", "winter", "冬天"),
    ("football", "足球", "basketball", "篮球"),
    ("apples", "苹果", "oranges", "橘子"),
    ("history", "历史", "music", "音乐"),
    ("the city", "城市", "the countryside", "乡下"),
]
LESSONS = [
    ("Chinese", "中文"),
    ("English", "英语"),
    ("French", "法语"),
    ("history", "历史"),
    ("the piano", "钢琴"),
    ("the guitar", "吉他"),
]


# ------------------------------------------------------------------------------------------
# Small helpers
# ------------------------------------------------------------------------------------------
def a(noun: str) -> str:
    """The noun with its indefinite article."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def two_of(rng: Random, items: list) -> tuple:
    """Two different items."""
    first, second = rng.sample(items, 2)
    return first, second


def deed(
    rng: Random, who: Person, actions: list[Action], times: list[tuple[str, str, str]]
) -> tuple[Action, str, str]:
    """An action this person may do, with a time (English, Chinese) that fits it."""
    while True:
        act, (when, zh_when, part) = rng.choice(actions), rng.choice(times)
        if act.fits(part) and not (act.is_a("a") and who in YOUNG):
            return act, when, zh_when


def quality_of(rng: Random, thing: Thing) -> tuple[str, str, str, str]:
    """A quality this thing is compared by: only what has some weight is called heavy or light."""
    return rng.choice(THING_QUALITIES if thing.en in HEAVY else THING_QUALITIES[:5])


def finished(english: str, chinese: str) -> Pair:
    """Give a pair its capital letter and its Chinese punctuation."""
    return english[0].upper() + english[1:], chinese.translate(CHINESE_MARKS)


# ------------------------------------------------------------------------------------------
# Rules: time, habit and aspect
# ------------------------------------------------------------------------------------------
def habit(rng: Random) -> Pair:
    who = rng.choice(ANYONE)
    act, when, zh_when = deed(rng, who, HABITS, EVERY)
    return f"{who.en} {who.verb(act.base, act.third)} {when}.", f"{who.zh}{zh_when}都{act.zh}."


def clock_habit(rng: Random) -> Pair:
    who = rng.choice(ANYONE)
    act, hour, zh_hour = deed(rng, who, [act for act in HABITS if "early" not in act.base], HOURS)
    return f"{who.en} {who.verb(act.base, act.third)} at {hour}.", f"{who.zh}{zh_hour}{act.zh}."


def never_often(rng: Random) -> Pair:
    who = rng.choice(ANYONE)
    act, _, _ = deed(rng, who, HABITS, EVERY)
    en, zh = rng.choice([("never", "从来不"), ("often", "常常"), ("sometimes", "有时候"), ("seldom", "很少")])
    return f"{who.en} {en} {who.verb(act.base, act.third)}.", f"{who.zh}{zh}{act.zh}."


def past(rng: Random) -> Pair:
    who = rng.choice(ANYONE)
    act, when, zh_when = deed(rng, who, ACTIONS, PAST)
    return f"{who.en} {act.past} {when}.", f"{who.zh}{zh_when}{act.zh}了."


def past_negative(rng: Random) -> Pair:
    who = rng.choice(ANYONE)
    act, when, zh_when = deed(rng, who, ACTIONS, PAST)
    return f"{who.en} didn't {act.base} {when}.", f"{who.zh}{zh_when}没{act.zh}."


def past_question(rng: Random) -> Pair:
    who = rng.choice(ASKED)
    act, when, zh_when = deed(rng, who, ACTIONS, PAST)
    shared, day, zh_day = deed(rng, who, TOGETHER, PAST)
    return rng.choice(
        [
            (f"did {who.en} {act.base} {when}?", f"{who.zh}{zh_when}{act.zh}了吗?"),
            (f"why didn't {who.en} {act.base} {when}?", f"{who.zh}{zh_when}为什么没{act.zh}?"),
            (f"who did {who.en} {shared.base} with {day}?", f"{who.zh}{zh_day}是跟谁一起{shared.zh}的?"),
        ]
    )


def progressive(rng: Random) -> Pair:
    who = rng.choice(ANYONE)
    act, _, _ = deed(rng, who, IN_PROGRESS, EVERY)
    return rng.choice(
        [
            (f"{who.en} {who.be} {act.ing}.", f"{who.zh}正在{act.zh}."),
            (f"{who.en} {who.be} {act.ing} now.", f"{who.zh}现在在{act.zh}."),
            (f"{who.en} {who.be} still {act.ing}.", f"{who.zh}还在{act.zh}."),
        ]
    )


def past_progressive(rng: Random) -> Pair:
    who, other = rng.choice(NAMED), rng.choice([I, HE, SHE, THEY])
    act, _, _ = deed(rng, who, [act for act in IN_PROGRESS if act.base != "have a meeting"], EVERY)
    return rng.choice(
        [
            (
                f"when {other.en} got home, {who.en} {who.was} {act.ing}.",
                f"{other.zh}到家的时候,{who.zh}正在{act.zh}.",
            ),
            (
                f"{who.en} {who.was} {act.ing} when {other.en} came in.",
                f"{other.zh}进来的时候,{who.zh}正在{act.zh}.",
            ),
        ]
    )


def future(rng: Random) -> Pair:
    who = rng.choice(ANYONE)
    act, when, zh_when = deed(rng, who, ACTIONS, FUTURE)
    return rng.choice(
        [
            (f"{who.en} {who.be} going to {act.base} {when}.", f"{who.zh}{zh_when}要{act.zh}."),
            (f"{who.en} will {act.base} {when}.", f"{who.zh}{zh_when}会{act.zh}."),
            (
                f"{who.en} {who.verb('plan', 'plans')} to {act.base} {when}.",
                f"{who.zh}打算{zh_when}{act.zh}.",
            ),
            (f"{who.en} won't {act.base} {when}.", f"{who.zh}{zh_when}不{act.zh}."),
        ]
    )


COMPLETED = [  # participle, Chinese "done", Chinese "not yet done"
    ("eaten breakfast", "吃过早饭了", "没吃早饭"),
    ("had lunch", "吃过午饭了", "没吃午饭"),
    ("finished the homework", "做完作业了", "没做完作业"),
    ("cleaned the room", "打扫完房间了", "没打扫房间"),
    ("washed the clothes", "洗完衣服了", "没洗衣服"),
    ("washed the dishes", "洗完碗了", "没洗碗"),
    ("read this book", "看过这本书了", "没看过这本书"),
    ("seen this film", "看过这部电影了", "没看过这部电影"),
    ("gone home", "回家了", "没回家"),
    ("gone to bed", "睡觉了", "没睡觉"),
    ("left", "走了", "没走"),
    ("arrived", "到了", "没到"),
    ("bought the tickets", "买票了", "没买票"),
    ("packed the suitcase", "收拾好行李了", "没收拾行李"),
    ("heard the news", "听到这个消息了", "没听到这个消息"),
    ("called the doctor", "给医生打电话了", "没给医生打电话"),
    ("fed the cat", "喂过猫了", "没喂猫"),
    ("watered the flowers", "浇过花了", "没浇花"),
]


def perfect(rng: Random) -> Pair:
    who, asked, (done, zh_done, zh_not) = rng.choice(ANYONE), rng.choice(ASKED), rng.choice(COMPLETED)
    return rng.choice(
        [
            (f"{who.en} {who.have} already {done}.", f"{who.zh}已经{zh_done}."),
            (f"{who.en} {'hasn' if who.form == '3' else 'haven'}'t {done} yet.", f"{who.zh}还{zh_not}."),
            (f"{asked.have} {asked.en} {done}?", f"{asked.zh}{zh_done}吗?"),
        ]
    )


def experience(rng: Random) -> Pair:
    who, asked, (city, zh_city) = rng.choice(ANYONE), rng.choice(ASKED), rng.choice(CITIES)
    (times, zh_times) = rng.choice(
        [("once", "一次"), ("twice", "两次"), ("three times", "三次"), ("many times", "很多次")]
    )
    did, zh_did = rng.choice(
        [
            (f"been to {city}", f"去过{zh_city}"),
            ("ridden a horse", "骑过马"),
            ("seen the sea", "见过大海"),
            ("eaten Chinese food", "吃过中国菜"),
            ("eaten dumplings", "吃过饺子"),
            ("drunk green tea", "喝过绿茶"),
            ("used chopsticks", "用过筷子"),
            ("written a letter in Chinese", "用中文写过信"),
            ("flown in a plane", "坐过飞机"),
            ("climbed that mountain", "爬过那座山"),
        ]
    )
    return rng.choice(
        [
            (f"{who.en} {who.have} never {did}.", f"{who.zh}从来没{zh_did}."),
            (f"{asked.have} {asked.en} ever {did}?", f"{asked.zh}{zh_did}吗?"),
            (f"{who.en} {who.have} been to {city} {times}.", f"{who.zh}去过{zh_times}{zh_city}."),
        ]
    )


def duration(rng: Random) -> Pair:
    who, (n, zh_n) = rng.choice(ANYONE), rng.choice(NUMBERS)
    (lesson, zh_lesson), (city, zh_city) = rng.choice(LESSONS), rng.choice(CITIES)
    (place, zh_place) = rng.choice(WORKPLACES)
    return rng.choice(
        [
            (
                f"{who.en} {who.have} been learning {lesson} for {n} years.",
                f"{who.zh}学{zh_lesson}学了{zh_n}年了.",
            ),
            (f"{who.en} {who.have} lived in {city} for {n} years.", f"{who.zh}在{zh_city}住了{zh_n}年了."),
            (f"{who.en} worked {place} for {n} years.", f"{who.zh}{zh_place}工作了{zh_n}年."),
            (f"{who.en} waited for {n} hours.", f"{who.zh}等了{zh_n}个小时."),
            (f"{who.en} stayed in {city} for {n} days.", f"{who.zh}在{zh_city}待了{zh_n}天."),
        ]
    )


def timetable(rng: Random) -> Pair:
    (hour, zh_hour, _), (city, zh_city) = rng.choice(HOURS), rng.choice(CITIES[:5])
    (place, zh_place), (opens, zh_opens) = rng.choice(PLACES_IN_TOWN), rng.choice(WITH_OPENING_HOURS)
    (month, zh_month), (day, zh_day) = rng.choice(MONTHS), rng.choice(DAYS)
    return rng.choice(
        [
            (f"the train to {city} leaves at {hour}.", f"去{zh_city}的火车{zh_hour}开."),
            (f"when does the bus to {place} leave?", f"去{zh_place}的公交车什么时候开?"),
            (f"the meeting begins at {hour} on {day}.", f"会议星期{zh_day}{zh_hour}开始."),
            (f"{opens} opens at {hour}.", f"{zh_opens}{zh_hour}开门."),
            (f"{opens} isn't open on {day}.", f"{zh_opens}星期{zh_day}不开门."),
            (f"the film starts at {hour}.", f"电影{zh_hour}开始."),
            (f"the exam is in {month}.", f"考试在{zh_month}月."),
            (f"we don't have class on {day}.", f"我们星期{zh_day}没有课."),
            (f"today is {day}, isn't it?", f"今天是星期{zh_day},对吗?"),
            (f"let's meet at {place} at {hour}.", f"我们{zh_hour}在{zh_place}见吧."),
        ]
    )


# ------------------------------------------------------------------------------------------
# Rules: modals, wishes, requests
# ------------------------------------------------------------------------------------------
def ability(rng: Random) -> Pair:
    who, asked, act = rng.choice(ANYONE), rng.choice(ASKED), rng.choice(SKILLS)
    return rng.choice(
        [
            (f"{who.en} can {act.base}.", f"{who.zh}会{act.zh}."),
            (f"{who.en} can't {act.base}.", f"{who.zh}不会{act.zh}."),
            (f"can {asked.en} {act.base}?", f"{asked.zh}会{act.zh}吗?"),
            (f"{who.en} {who.be} learning to {act.base}.", f"{who.zh}在学{act.zh}."),
            (f"where did {asked.en} learn to {act.base}?", f"{asked.zh}是在哪儿学会{act.zh}的?"),
        ]
    )


def taught(rng: Random) -> Pair:
    teacher, act = rng.choice(SINGLE), rng.choice(SKILLS)
    pupil = rng.choice([I, WE, HE, SHE])
    return f"{teacher.en} taught {pupil.obj} how to {act.base}.", f"{teacher.zh}教{pupil.zh}{act.zh}."


def obligation(rng: Random) -> Pair:
    who = rng.choice(ANYONE)
    act, when, zh_when = deed(rng, who, ACTIONS, FUTURE)
    return rng.choice(
        [
            (f"{who.en} {who.verb('have', 'has')} to {act.base} {when}.", f"{who.zh}{zh_when}得{act.zh}."),
            (f"{who.en} {who.do}n't have to {act.base} {when}.", f"{who.zh}{zh_when}不用{act.zh}."),
            (f"{who.en} must {act.base} {when}.", f"{who.zh}{zh_when}必须{act.zh}."),
            (f"{who.en} should {act.base} {when}.", f"{who.zh}{zh_when}应该{act.zh}."),
            (f"{who.en} may {act.base} {when}.", f"{who.zh}{zh_when}可能会{act.zh}."),
        ]
    )


def wish(rng: Random) -> Pair:
    who, asked = rng.choice(ANYONE), rng.choice(ASKED)
    act, when, zh_when = deed(rng, who, [act for act in ACTIONS if not act.is_a("a")], FUTURE)
    shared, day, zh_day = deed(rng, who, TOGETHER, FUTURE)
    return rng.choice(
        [
            (f"{who.en} {who.verb('want', 'wants')} to {act.base} {when}.", f"{who.zh}{zh_when}想{act.zh}."),
            (f"{who.en} {who.do}n't want to {act.base} {when}.", f"{who.zh}{zh_when}不想{act.zh}."),
            (f"{asked.do} {asked.en} want to {act.base} {when}?", f"{asked.zh}{zh_when}想{act.zh}吗?"),
            (
                f"would you like to {shared.base} with {who.obj} {day}?",
                f"你{zh_day}想不想跟{who.zh}一起{shared.zh}?",
            ),
        ]
    )


def liking(rng: Random) -> Pair:
    who, asked = rng.choice(ANYONE), rng.choice(ASKED)
    act, _, _ = deed(rng, SINGLE[0], [act for act in HABITS if not act.is_a("a")], EVERY)
    return rng.choice(
        [
            (f"{who.en} {who.verb('like', 'likes')} {act.ing}.", f"{who.zh}喜欢{act.zh}."),
            (f"{who.en} {who.do}n't like {act.ing}.", f"{who.zh}不喜欢{act.zh}."),
            (f"{asked.do} {asked.en} like {act.ing}?", f"{asked.zh}喜欢{act.zh}吗?"),
        ]
    )


def request(rng: Random) -> Pair:
    act, skill, still = rng.choice(DISTURBING), rng.choice(SKILLS), rng.choice(IN_PROGRESS)
    go, when, zh_when = deed(rng, WE, ACTIONS, FUTURE)
    return rng.choice(
        [
            (f"please don't {act.base} at night.", f"晚上请不要{act.zh}."),
            (f"don't {act.base} now.", f"现在别{act.zh}."),
            (f"let's {go.base} {when}.", f"我们{zh_when}{go.zh}吧."),
            (f"shall we {go.base} {when}?", f"我们{zh_when}{go.zh},好吗?"),
            (f"please teach me how to {skill.base}.", f"请教我{skill.zh}."),
            (f"you can't {act.base} in the library.", f"在图书馆里不能{act.zh}."),
            (f"wait a moment, I am {still.ing}.", f"等一下,我正在{still.zh}."),
        ]
    )


def told(rng: Random) -> Pair:
    boss, who = rng.choice([person for person in SINGLE if person in ADULTS]), rng.choice([I, WE, HE, SHE])
    act, when, zh_when = deed(rng, who, ACTIONS, FUTURE)
    return rng.choice(
        [
            (f"{boss.en} asked {who.obj} to {act.base} {when}.", f"{boss.zh}让{who.zh}{zh_when}{act.zh}."),
            (f"{boss.en} won't let {who.obj} {act.base} {when}.", f"{boss.zh}不让{who.zh}{zh_when}{act.zh}."),
            (f"{boss.en} wants {who.obj} to {act.base} {when}.", f"{boss.zh}要{who.zh}{zh_when}{act.zh}."),
        ]
    )


def reported(rng: Random) -> Pair:
    who, skill = rng.choice(OTHERS), rng.choice(SKILLS)
    act, when, zh_when = deed(rng, who, ACTIONS, FUTURE)
    return rng.choice(
        [
            (f"I don't know whether {who.en} can {skill.base}.", f"我不知道{who.zh}会不会{skill.zh}."),
            (f"I think {who.en} will {act.base} {when}.", f"我觉得{who.zh}{zh_when}会{act.zh}."),
            (f"I don't think {who.en} can {skill.base}.", f"我觉得{who.zh}不会{skill.zh}."),
            (f"do you know when {who.en} will {act.base}?", f"你知道{who.zh}什么时候{act.zh}吗?"),
            (f"I hope {who.en} won't {act.base} {when}.", f"我希望{who.zh}{zh_when}不要{act.zh}."),
            (
                f"{who.en} told me that {who.pronoun} couldn't {skill.base}.",
                f"{who.zh}告诉我,{ZH_PRONOUN[who.pronoun]}不会{skill.zh}.",
            ),
        ]
    )


# ------------------------------------------------------------------------------------------
# Rules: things, measure words, places
# ------------------------------------------------------------------------------------------
def bought(rng: Random) -> Pair:
    who, thing, (n, zh_n) = rng.choice(ANYONE), rng.choice([*CLOTHES, *GOODS, *FRUIT]), rng.choice(NUMBERS)
    when, zh_when, _ = rng.choice(PAST)
    several = n if thing in SMALL else "two"
    zh_n = zh_n if thing in SMALL else "两"
    some, zh_some = rng.choice(
        [(a(thing.en), f"一{thing.measure}"), (f"{several} {thing.plural}", zh_n + thing.measure)]
    )
    return rng.choice(
        [
            (f"{who.en} bought {some} {when}.", f"{who.zh}{zh_when}买了{zh_some}{thing.zh}."),
            (f"{who.en} {who.verb('need', 'needs')} {some}.", f"{who.zh}需要{zh_some}{thing.zh}."),
            (f"{who.en} {who.verb('want', 'wants')} to buy {some}.", f"{who.zh}想买{zh_some}{thing.zh}."),
        ]
    )


def portions(rng: Random) -> Pair:
    (n, zh_n), (when, zh_when, _) = rng.choice(NUMBERS[:2]), rng.choice(PAST)
    one, many, measure, zh, verb = rng.choice(PORTIONS)
    who = rng.choice([*PRONOUNS, *(ADULTS if "beer" in one or "coffee" in one else NAMED)])
    zh_verb, had = ("喝", "drank") if verb == "drink" else ("吃", "ate")
    return rng.choice(
        [
            (f"{who.en} {had} {n} {many} {when}.", f"{who.zh}{zh_when}{zh_verb}了{zh_n}{measure}{zh}."),
            (f"{who.en} {had} {a(one)} {when}.", f"{who.zh}{zh_when}{zh_verb}了一{measure}{zh}."),
            (f"would you like {a(one)}?", f"你想{zh_verb}一{measure}{zh}吗?"),
            (f"please give me {n} {many}.", f"请给我{zh_n}{measure}{zh}."),
            (f"{who.en} {who.verb('want', 'wants')} {a(one)}.", f"{who.zh}想{zh_verb}一{measure}{zh}."),
        ]
    )


def exists(rng: Random) -> Pair:
    thing, (n, zh_n) = rng.choice([*PORTABLE, *FRUIT]), rng.choice(NUMBERS)
    spot, zh_spot = rng.choice([spot for spot in SPOTS if thing in PORTABLE or spot[0] in FOOD_SPOTS])
    animal, (room, zh_room) = rng.choice(ANIMALS[:3] + ANIMALS[7:]), rng.choice(ROOMS)
    building, (near, zh_near) = rng.choice(BUILDINGS), rng.choice(LANDMARKS)
    return rng.choice(
        [
            (f"there is {a(thing.en)} {spot}.", f"{zh_spot}有一{thing.measure}{thing.zh}."),
            (f"there are {n} {thing.plural} {spot}.", f"{zh_spot}有{zh_n}{thing.measure}{thing.zh}."),
            (f"there is {a(animal.en)} {room}.", f"{zh_room}有一{animal.measure}{animal.zh}."),
            (f"how many {thing.plural} are there {spot}?", f"{zh_spot}有几{thing.measure}{thing.zh}?"),
            (f"is there {a(building.en)} {near}?", f"{zh_near}有{building.zh}吗?"),
            (f"there is {a(building.en)} {near}.", f"{zh_near}有一{building.measure}{building.zh}."),
            (f"there isn't {a(building.en)} {near}.", f"{zh_near}没有{building.zh}."),
        ]
    )


def where(rng: Random) -> Pair:
    owner, thing, (spot, zh_spot) = rng.choice([I, YOU, HE, SHE, WE]), rng.choice(PORTABLE), rng.choice(SPOTS)
    animal, (room, zh_room), building = rng.choice(ANIMALS[:2]), rng.choice(ROOMS), rng.choice(BUILDINGS)
    near, zh_near = rng.choice(LANDMARKS)
    return rng.choice(
        [
            (f"{owner.poss} {thing.en} is {spot}.", f"{owner.zh}的{thing.zh}在{zh_spot}."),
            (f"who put {owner.poss} {thing.en} {spot}?", f"谁把{owner.zh}的{thing.zh}放在{zh_spot}了?"),
            (f"the {animal.en} is sleeping {room}.", f"{animal.zh}在{zh_room}睡觉."),
            (f"the {building.en} is {near}.", f"{building.zh}在{zh_near}."),
            (f"excuse me, how do I get to the {building.en}?", f"请问,去{building.zh}怎么走?"),
            (f"the {animal.en} isn't {room}.", f"{animal.zh}不在{zh_room}."),
        ]
    )


def keeps(rng: Random) -> Pair:
    who, (n, zh_n) = rng.choice([*PRONOUNS, *SINGLE]), rng.choice(NUMBERS[:4])
    first, second = two_of(rng, ANIMALS)
    return rng.choice(
        [
            (
                f"{who.en} {who.have} {n} {first.plural}.",
                f"{who.zh}有{zh_n}{first.measure}{first.zh}.",
            ),
            (
                f"{who.en} {who.have} {a(first.en)} and {n} {second.plural}.",
                f"{who.zh}养了一{first.measure}{first.zh}和{zh_n}{second.measure}{second.zh}.",
            ),
            (f"{who.en} {who.do}n't have {a(first.en)}.", f"{who.zh}没有{first.zh}."),
        ]
    )


def price(rng: Random) -> Pair:
    thing, (n, zh_n) = rng.choice([*CLOTHES, *GOODS]), rng.choice(NUMBERS)
    plain, more, _, zh = quality_of(rng, thing)
    too, zh_too = rng.choice([("big", "大"), ("small", "小"), ("expensive", "贵")])
    this = f"这{thing.measure}{thing.zh}"
    return rng.choice(
        [
            (f"how much does this {thing.en} cost?", f"{this}多少钱?"),
            (f"this {thing.en} costs {n} hundred yuan.", f"{this}{zh_n}百块钱."),
            (f"this {thing.en} is too {too} for me.", f"{this}对我来说太{zh_too}了."),
            (f"this {thing.en} isn't very {plain}.", f"{this}不太{zh}."),
            (f"do you have a {more} {thing.en}?", f"你们有{zh}一点的{thing.zh}吗?"),
        ]
    )


def whose(rng: Random) -> Pair:
    thing, owner, other = rng.choice([*CLOTHES, *GOODS]), rng.choice(SINGLE), rng.choice(SINGLE)
    this, that = f"这{thing.measure}{thing.zh}", f"那{thing.measure}{thing.zh}"
    return rng.choice(
        [
            (f"do you know whose {thing.en} this is?", f"你知道{this}是谁的吗?"),
            (f"this is {owner.en}'s {thing.en}.", f"这是{owner.zh}的{thing.zh}."),
            (f"that {thing.en} isn't mine, it's {owner.en}'s.", f"{that}不是我的,是{owner.zh}的."),
            (f"is that {thing.en} {other.en}'s?", f"{that}是{other.zh}的吗?"),
        ]
    )


def wearing(rng: Random) -> Pair:
    thing, (colour, zh_colour), (job, zh_job) = rng.choice(CLOTHES), rng.choice(COLOURS), rng.choice(JOBS)
    who = rng.choice([SHE, *WOMEN] if thing.en == "skirt" else [HE, SHE, *SINGLE])
    on = {"hat": "戴", "scarf": "围"}.get(thing.en, "穿")
    coloured = f"一{thing.measure}{zh_colour}{thing.zh}"
    return rng.choice(
        [
            (f"{who.en} is wearing a {colour} {thing.en}.", f"{who.zh}{on}着{coloured}."),
            (
                f"the woman in the {colour} {thing.en} is {a(job)}.",
                f"{on}{zh_colour}{thing.zh}的女人是{zh_job}.",
            ),
            (f"{who.en} bought a {colour} {thing.en}.", f"{who.zh}买了{coloured}."),
        ]
    )


def gave(rng: Random) -> Pair:
    giver, taker, thing = rng.choice([HE, SHE, *SINGLE]), rng.choice([I, WE]), rng.choice([*CLOTHES, *GOODS])
    friend = rng.choice(SINGLE)
    return rng.choice(
        [
            (
                f"{giver.en} gave {taker.obj} {a(thing.en)}.",
                f"{giver.zh}送给{taker.zh}一{thing.measure}{thing.zh}.",
            ),
            (
                f"please give this {thing.en} to {friend.en}.",
                f"请把这{thing.measure}{thing.zh}给{friend.zh}.",
            ),
            (
                f"{giver.en} lent {taker.obj} {giver.poss} {thing.en}.",
                f"{giver.zh}把{thing.zh}借给了{taker.zh}.",
            ),
            (f"can you lend me your {thing.en}?", f"你能把{thing.zh}借给我吗?"),
            (f"who gave you this {thing.en}?", f"这{thing.measure}{thing.zh}是谁送给你的?"),
        ]
    )


DISPOSALS = [  # past, Chinese verb, object in English and Chinese, Chinese result
    ("ate", "the cake", "蛋糕", "吃了"),
    ("ate", "all the apples", "苹果", "吃光了"),
    ("drank", "the milk", "牛奶", "喝了"),
    ("drank", "all the beer", "啤酒", "喝完了"),
    ("closed", "the window", "窗户", "关上了"),
    ("opened", "the door", "门", "打开了"),
    ("locked", "the door", "门", "锁上了"),
    ("turned off", "the light", "灯", "关了"),
    ("turned off", "the television", "电视", "关了"),
    ("washed", "the clothes", "衣服", "洗了"),
    ("cleaned", "the room", "房间", "打扫干净了"),
    ("broke", "the cup", "杯子", "打破了"),
    ("lost", "the key", "钥匙", "丢了"),
    ("lost", "the passport", "护照", "丢了"),
    ("sold", "the car", "车", "卖了"),
    ("repaired", "the bicycle", "自行车", "修好了"),
    ("finished", "the homework", "作业", "做完了"),
    ("forgot", "the address", "地址", "忘了"),
    ("took away", "the dictionary", "词典", "拿走了"),
    ("threw away", "the old shoes", "旧鞋", "扔掉了"),
]


def disposal(rng: Random) -> Pair:
    (did, what, zh_what, zh_did), (when, zh_when, _) = rng.choice(DISPOSALS), rng.choice(PAST)
    who = rng.choice([*PRONOUNS, *(ADULTS if "beer" in what or "car" in what else NAMED)])
    thing, (spot, zh_spot) = rng.choice(PORTABLE), rng.choice(SPOTS)
    return rng.choice(
        [
            (f"{who.en} {did} {what}.", f"{who.zh}把{zh_what}{zh_did}."),
            (f"{who.en} {did} {what} {when}.", f"{who.zh}{zh_when}把{zh_what}{zh_did}."),
            (f"{who.en} put the {thing.en} {spot}.", f"{who.zh}把{thing.zh}放在{zh_spot}了."),
            (f"please put the {thing.en} {spot}.", f"请把{thing.zh}放在{zh_spot}."),
            (f"don't put the {thing.en} {spot}.", f"别把{thing.zh}放在{zh_spot}."),
        ]
    )


PASSIVES = [  # English, Chinese thing, Chinese result, who may do it ("": a person)
    ("the cake was eaten", "蛋糕", "吃了", ""),
    ("the fish was eaten", "鱼", "吃了", "cat"),
    ("the cup was broken", "杯子", "打破了", ""),
    ("the cup was knocked over", "杯子", "打翻了", "cat"),
    ("the window was broken", "窗户", "打破了", ""),
    ("the bicycle was borrowed", "自行车", "借走了", ""),
    ("the letter was opened", "信", "打开了", ""),
    ("the milk was drunk", "牛奶", "喝了", ""),
    ("the milk was drunk", "牛奶", "喝了", "cat"),
    ("the last ticket was bought", "最后一张票", "买走了", ""),
    ("the umbrella was taken away", "雨伞", "拿走了", ""),
    ("the umbrella was blown away", "雨伞", "吹走了", "wind"),
    ("the tree was blown down", "树", "吹倒了", "wind"),
    ("the clothes were blown away", "衣服", "吹走了", "wind"),
]
AGENTS = {"cat": ("the cat", "猫"), "wind": ("the wind", "风")}


def passive(rng: Random) -> Pair:
    english, zh_thing, result, kind = rng.choice(PASSIVES)
    who, pupil = (
        rng.choice(SINGLE),
        rng.choice([HE, SHE, *YOUNG]),
    )
    agent, zh_agent = AGENTS.get(kind, (who.en, who.zh))
    when, zh_when, _ = rng.choice(PAST)
    return rng.choice(
        [
            (f"{english} by {agent}.", f"{zh_thing}被{zh_agent}{result}."),
            (f"{english} by {agent} {when}.", f"{zh_thing}{zh_when}被{zh_agent}{result}."),
            (f"{pupil.en} {pupil.was} praised by the teacher {when}.", f"{pupil.zh}{zh_when}被老师表扬了."),
        ]
    )


# ------------------------------------------------------------------------------------------
# Rules: comparing, describing
# ------------------------------------------------------------------------------------------
def compare_people(rng: Random) -> Pair:
    one, other = two_of(rng, SINGLE)
    plain, more, most, zh = rng.choice(PERSON_QUALITIES)
    return rng.choice(
        [
            (f"{one.en} is {more} than {other.en}.", f"{one.zh}比{other.zh}{zh}."),
            (f"{one.en} is a little {more} than {other.en}.", f"{one.zh}比{other.zh}{zh}一点儿."),
            (f"{one.en} is much {more} than {other.en}.", f"{one.zh}比{other.zh}{zh}得多."),
            (f"{one.en} is not as {plain} as {other.en}.", f"{one.zh}没有{other.zh}那么{zh}."),
            (f"{one.en} is as {plain} as {other.en}.", f"{one.zh}和{other.zh}一样{zh}."),
            (f"who is {more}, {one.en} or {other.en}?", f"{one.zh}和{other.zh}谁更{zh}?"),
            (f"{one.en} is the {most} person I know.", f"{one.zh}是我认识的最{zh}的人."),
        ]
    )


def compare_things(rng: Random) -> Pair:
    thing = rng.choice([*CLOTHES, *GOODS])
    plain, more, most, zh = quality_of(rng, thing)
    one, other = two_of(rng, COLOURS)
    this, m = f"这{thing.measure}{thing.zh}", thing.measure
    return rng.choice(
        [
            (f"this {thing.en} is {more} than that one.", f"{this}比那{m}{zh}."),
            (f"this {thing.en} is not as {plain} as that one.", f"{this}没有那{m}{zh}."),
            (f"this is the {most} {thing.en} in the shop.", f"这是店里最{zh}的{thing.zh}."),
            (f"which {thing.en} is {more}?", f"哪{m}{thing.zh}更{zh}?"),
            (
                f"the {one[0]} {thing.en} is {more} than the {other[0]} one.",
                f"{one[1]}色的{thing.zh}比{other[1]}色的{zh}.",
            ),
        ]
    )


def preference(rng: Random) -> Pair:
    who, other = two_of(rng, OTHERS)
    asked, (liked, zh_liked) = rng.choice(ASKED), rng.choice(LIKED)
    one, zh_one, two, zh_two = rng.choice(RIVALS)
    return rng.choice(
        [
            (
                f"{who.en} {who.verb('like', 'likes')} {liked}, but {other.en} {other.do}n't.",
                f"{who.zh}喜欢{zh_liked},但是{other.zh}不喜欢.",
            ),
            (f"{asked.do} {asked.en} like {liked}?", f"{asked.zh}喜欢{zh_liked}吗?"),
            (f"{who.en} and {other.en} both like {liked}.", f"{who.zh}和{other.zh}都喜欢{zh_liked}."),
            (f"{who.en} {who.do}n't like {liked} very much.", f"{who.zh}不太喜欢{zh_liked}."),
            (f"{who.en} {who.verb('like', 'likes')} {liked} very much.", f"{who.zh}非常喜欢{zh_liked}."),
            (
                f"which {asked.do} {asked.en} like better, {one} or {two}?",
                f"{zh_one}和{zh_two},{asked.zh}更喜欢哪一个?",
            ),
            (
                f"{who.en} {who.verb('like', 'likes')} {one} more than {two}.",
                f"比起{zh_two},{who.zh}更喜欢{zh_one}.",
            ),
        ]
    )


def job(rng: Random) -> Pair:
    who, asked = rng.choice([HE, SHE, *WORKERS]), rng.choice(ASKED_ADULTS)
    (one, zh_one), (two, zh_two) = two_of(rng, JOBS)
    place, zh_place = rng.choice(WORKPLACES)
    return rng.choice(
        [
            (f"{who.en} is {a(one)}.", f"{who.zh}是{zh_one}."),
            (f"{who.en} isn't {a(one)}.", f"{who.zh}不是{zh_one}."),
            (f"is {asked.en} {a(one)} or {a(two)}?", f"{asked.zh}是{zh_one}还是{zh_two}?"),
            (f"{who.en} wants to be {a(one)}.", f"{who.zh}想当{zh_one}."),
            (f"{who.en} isn't {a(one)} but {a(two)}.", f"{who.zh}不是{zh_one},是{zh_two}."),
            (f"{who.en} works {place}.", f"{who.zh}{zh_place}工作."),
            (f"{who.en} used to be {a(one)}.", f"{who.zh}以前是{zh_one}."),
        ]
    )


def mood(rng: Random) -> Pair:
    who, asked, (feeling, zh) = rng.choice(ANYONE), rng.choice(ASKED), rng.choice(MOODS)
    weary, zh_weary = rng.choice(MOODS[:1] + MOODS[2:3])
    act, _, _ = deed(rng, who, ACTIONS, PAST)
    return rng.choice(
        [
            (f"{who.en} {who.be} very {feeling} today.", f"{who.zh}今天很{zh}."),
            (f"why {asked.be} {asked.en} so {feeling}?", f"{asked.zh}怎么这么{zh}?"),
            (f"{who.en} {who.was} too {weary} to {act.base}.", f"{who.zh}太{zh_weary}了,没{act.zh}."),
            (f"{who.en} {who.was} very {feeling} yesterday.", f"{who.zh}昨天很{zh}."),
            (f"{who.en} {who.verb('look', 'looks')} {feeling}.", f"{who.zh}看起来很{zh}."),
            (f"{who.en} {who.be} not {feeling} at all.", f"{who.zh}一点儿也不{zh}."),
        ]
    )


CHARACTERS = [
    ("very kind", "很善良"),
    ("a doctor", "是医生"),
    ("my teacher", "是我的老师"),
    ("my uncle", "是我叔叔"),
]
OPINIONS = [
    ("too expensive", "太贵了"),
    ("very useful", "很有用"),
    ("very beautiful", "很漂亮"),
    ("broken", "坏了"),
]


def relative(rng: Random) -> Pair:
    who, thing, held = rng.choice(ANYONE), rng.choice([*CLOTHES, *GOODS]), rng.choice(PORTABLE)
    act = rng.choice([act for act in IN_PROGRESS if not act.is_a("a") and act.base != "do homework"])
    (is_, zh_is), (good, zh_good) = rng.choice(CHARACTERS), rng.choice(OPINIONS)
    (when, zh_when, _), (spot, zh_spot), skill = rng.choice(PAST), rng.choice(SPOTS), rng.choice(SKILLS)
    friend = rng.choice(SINGLE)
    return rng.choice(
        [
            (f"the man who is {act.ing} is {is_}.", f"正在{act.zh}的男人{zh_is}."),
            (
                f"the {thing.en} that {who.en} bought {when} is {good}.",
                f"{who.zh}{zh_when}买的{thing.zh}{zh_good}.",
            ),
            (f"the {held.en} {spot} is {friend.en}'s.", f"{zh_spot}的{held.zh}是{friend.zh}的."),
            (f"this is the {thing.en} that {friend.en} gave me.", f"这是{friend.zh}送给我的{thing.zh}."),
            (f"I know a girl who can {skill.base}.", f"我认识一个会{skill.zh}的女孩."),
            (f"who is the boy who is {act.ing}?", f"正在{act.zh}的男孩是谁?"),
            (f"do you know anyone who can {skill.base}?", f"你认识会{skill.zh}的人吗?"),
        ]
    )


# ------------------------------------------------------------------------------------------
# Rules: weather, travel, reasons and conditions
# ------------------------------------------------------------------------------------------
def weather(rng: Random) -> Pair:
    (city, zh_city), (adjective, zh, more) = rng.choice(CITIES), rng.choice(CLIMATE)
    fall, fell, falling, zh_fall = rng.choice(FALLING)
    (when, zh_when, _), (soon, zh_soon, _) = rng.choice(PAST), rng.choice(FUTURE)
    season, zh_season = rng.choice(SEASONS)
    return rng.choice(
        [
            (f"it is {adjective} in {city} today.", f"今天{zh_city}很{zh}."),
            (f"is it {adjective} in {city} in {season}?", f"{zh_city}的{zh_season}{zh}吗?"),
            (f"it {fell} {when}.", f"{zh_when}下{zh_fall}了."),
            (f"it didn't {fall} {when}.", f"{zh_when}没下{zh_fall}."),
            (f"it's going to {fall} {soon}.", f"{zh_soon}要下{zh_fall}."),
            (f"it is {falling} in {city}.", f"{zh_city}正在下{zh_fall}."),
            (f"it was much {more} last week than this week.", f"上个星期比这个星期{zh}得多."),
            (f"does it often {fall} in {city} in {season}?", f"{zh_city}{zh_season}常常下{zh_fall}吗?"),
            (f"what is the weather like in {city} in {season}?", f"{zh_city}{zh_season}的天气怎么样?"),
        ]
    )


def travel(rng: Random) -> Pair:
    who, asked = rng.choice(ANYONE), rng.choice(ASKED)
    (city, zh_city), (near, zh_near), (month, zh_month) = (
        rng.choice(CITIES),
        rng.choice(CITIES[:5]),
        rng.choice(MONTHS),
    )
    (by, zh_by), (local, zh_local) = rng.choice(TRANSPORT[:2]), rng.choice(TRANSPORT[1:])
    place, zh_place = rng.choice(PLACES_IN_TOWN)
    long, zh_long = rng.choice(
        [
            ("ten minutes", "十分钟"),
            ("twenty minutes", "二十分钟"),
            ("half an hour", "半个小时"),
            ("an hour", "一个小时"),
        ]
    )
    return rng.choice(
        [
            (f"{who.en} went to {near} {by}.", f"{who.zh}{zh_by}去了{zh_near}."),
            (f"{who.en} went to {city} last year.", f"{who.zh}去年去了{zh_city}."),
            (f"{who.en} will go to {city} in {month}.", f"{who.zh}{zh_month}月要去{zh_city}."),
            (f"how did {asked.en} get to {place}?", f"{asked.zh}是怎么去{zh_place}的?"),
            (f"it takes {long} to get to {place} {local}.", f"{zh_local}去{zh_place}要{zh_long}."),
            (f"{who.en} {who.be} from {city}.", f"{who.zh}是{zh_city}人."),
            (f"how far is it from here to {place}?", f"从这儿到{zh_place}有多远?"),
            (
                f"{who.en} {who.verb('want', 'wants')} to travel to {city} in {month}.",
                f"{who.zh}想{zh_month}月去{zh_city}旅行.",
            ),
            (f"when did {asked.en} come back from {city}?", f"{asked.zh}是什么时候从{zh_city}回来的?"),
        ]
    )


def because(rng: Random) -> Pair:
    who = rng.choice(ANYONE)
    act, _, _ = deed(rng, who, ACTIONS, PAST)
    out, (_, fell, _, zh_fall) = rng.choice(OUTDOORS), rng.choice(FALLING)
    reason, zh_reason = rng.choice([("ill", "病了"), ("busy", "很忙"), ("tired", "太累了")])
    pronoun = rng.choice([HE, SHE, THEY])
    return rng.choice(
        [
            (
                f"{who.en} can't {act.base} today because {who.pronoun} {who.be} {reason}.",
                f"因为{zh_reason},{who.zh}今天不能{act.zh}.",
            ),
            (f"{who.en} didn't {out.base} because it {fell}.", f"因为下{zh_fall},{who.zh}没{out.zh}."),
            (
                f"{who.en} {who.was} {reason}, so {who.pronoun} didn't {act.base}.",
                f"{who.zh}{zh_reason},所以没{act.zh}.",
            ),
            (
                f"although it {fell}, {pronoun.en} still wanted to {out.base}.",
                f"虽然下{zh_fall},{pronoun.zh}还是想{out.zh}.",
            ),
        ]
    )


def conditions(rng: Random) -> Pair:
    who = rng.choice(ANYONE)
    (fall, _, _, zh_fall), skill = rng.choice(FALLING), rng.choice(SKILLS)
    out, when, zh_when = deed(rng, who, OUTDOORS, FUTURE)
    shared, _, _ = deed(rng, who, TOGETHER, FUTURE)
    return rng.choice(
        [
            (
                f"if it {fall}s {when}, {who.en} won't {out.base}.",
                f"要是{zh_when}下{zh_fall},{who.zh}就不{out.zh}了.",
            ),
            (
                f"if you have time, you can {shared.base} with {who.obj}.",
                f"要是有空,你可以跟{who.zh}一起{shared.zh}.",
            ),
            (
                f"if you want to {skill.base}, {who.en} can teach you.",
                f"你要是想{skill.zh},{who.zh}可以教你.",
            ),
        ]
    )


def sequence(rng: Random) -> Pair:
    who, other = rng.choice([I, *NAMED]), rng.choice(NAMED)
    first, second = two_of(rng, [act for act in EVENING if not act.is_a("a")])
    act, _, _ = deed(rng, other, [act for act in HABITS if "early" not in act.base], EVERY)
    return rng.choice(
        [
            (
                f"{who.en} {first.past} first, and then {second.past}.",
                f"{who.zh}先{first.zh},然后{second.zh}.",
            ),
            (
                f"{who.en} usually {who.verb(first.base, first.third)} before going to bed.",
                f"{who.zh}睡觉前一般{first.zh}.",
            ),
            (
                f"{who.en} always {who.verb(first.base, first.third)} after dinner.",
                f"{who.zh}晚饭后总是{first.zh}.",
            ),
            (f"what time {other.do} {other.en} {act.base}?", f"{other.zh}几点{act.zh}?"),
            (
                f"{other.en} often {other.verb(first.base, first.third)}, and so do I.",
                f"{other.zh}常常{first.zh},我也常常{first.zh}.",
            ),
        ]
    )


RULES: list[Rule] = [
    habit, clock_habit, never_often, past, past_negative, past_question, progressive, past_progressive, future,
    perfect, experience, duration, timetable, ability, taught, obligation, wish, liking, request, told, reported,
    bought, portions, exists, where, keeps, price, whose, wearing, gave, disposal, passive, compare_people,
    compare_things, preference, job, mood, relative, weather, travel, because, conditions, sequence,
]  # fmt: skip


# ------------------------------------------------------------------------------------------
# Writing
# ------------------------------------------------------------------------------------------
def sentences_of(path: Path) -> set[str]:
    """All sentences of a file of rows, English and Chinese."""
    with path.open(encoding="utf-8") as lines:
        return {json.loads(line)[language] for line in lines for language in ("en", "zh")}


def by_hand(path: Path) -> list[Pair]:
    """The pairs written by hand: one ``English | Chinese`` a line."""
    pairs = []
    for line in path.read_text(encoding="utf-8").splitlines():
        english, chinese = line.split(" | ")
        pairs.append((english, chinese))
    return pairs


def generate(rng: Random, rows_per_rule: int, taken: set[str]) -> list[Pair]:
    """Draw the same number of pairs from every rule, each English sentence once and no sentence that is taken."""
    seen: set[str] = set()
    pairs = []
    for rule in RULES:
        wanted = len(pairs) + rows_per_rule
        while len(pairs) < wanted:
            english, chinese = finished(*rule(rng))
            if english not in seen and not {english, chinese} & taken:
                seen.add(english)
                pairs.append((english, chinese))
    return pairs


def main() -> None:
    """Write ``train.jsonl`` beside this file."""
    rng = Random(SEED)
    held_out = sentences_of(HERE / "validation.jsonl") | sentences_of(HERE / "test.jsonl")
    written = [pair for pair in by_hand(HERE / "by_hand.txt") if not set(pair) & held_out]
    taken = held_out | ALSO_IN_THE_REAL_SET | {english for english, _ in written}
    pairs = written + generate(rng, ROWS_PER_RULE, taken)
    rng.shuffle(pairs)
    with (HERE / "train.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        for english, chinese in pairs:
            row = {"en": english, "zh": chinese, "attribution": ATTRIBUTION}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
