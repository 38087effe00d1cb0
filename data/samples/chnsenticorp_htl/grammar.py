"""Write the training and validation rows of the offline hotel-review sample (Mandarin, 1 = positive).

A review is one or two *constructions* (plain statement, negation, contrast, ...), sometimes with a scene before
and a verdict after. A construction is a template whose slots are filled from a lexicon of aspects. Most templates
serve both labels: only what fills the slots, and where, tells a good review from a bad one. Counting characters
is therefore not enough.

Run ``python grammar.py``: it rewrites ``train.jsonl`` and ``validation.jsonl`` beside itself, byte for byte the
same each time. ``test.jsonl`` was written by hand and is not touched.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from random import Random

SEED = 20
TRAIN_ROWS = 3_000
VALIDATION_ROWS = 320

NEGATIVE, POSITIVE = 0, 1


@dataclass(frozen=True)
class Aspect:
    """Something a guest judges. Pairs are indexed by polarity: ``facts[NEGATIVE]``, ``facts[POSITIVE]``."""

    nouns: tuple[str, ...]
    adjectives: tuple[tuple[str, ...], tuple[str, ...]]
    facts: tuple[tuple[str, ...], tuple[str, ...]]


def words(text: str) -> tuple[str, ...]:
    """Split at white space: Chinese text holds none, so long lists stay readable."""
    return tuple(text.split())


def aspect(nouns: str, bad: str, good: str, bad_facts: str, good_facts: str) -> Aspect:
    """Build an aspect from words and clauses separated by white space."""
    return Aspect(words(nouns), (words(bad), words(good)), (words(bad_facts), words(good_facts)))


ASPECTS = (
    aspect(
        nouns="房间 客房 屋子",
        bad="小 挤 局促 狭小 昏暗 阴冷",
        good="宽敞 大 敞亮 明亮 温馨 舒适",
        bad_facts="""
        屋里暗得像地下室 柜门一开就撞到床 两张床挤得没有过道 行李箱摊开就没路走 房间小得像个柜子
        床边只剩一条缝 两个人得轮流下床 天花板低得压抑 窗户只有巴掌大 白天不开灯什么都看不清
        标间窄得转不开身 连放包的地方都没有 阳台小得站不下一个人""",
        good_facts="""
        家人坐在一起聊天很宽松 书桌沙发一样不缺 屋子里暖洋洋的 房间大得能打羽毛球 三个人住一点都不挤
        两只大箱子随便摊 落地窗采光特别好 还带一个小客厅 衣柜能挂下全家的外套 层高足够让人不压抑
        阳台上摆得下茶几和躺椅 孩子能在屋里跑来跑去 标间比我家主卧还大""",
    ),
    aspect(
        nouns="卫生 床品 洗手间",
        bad="脏 差 糟糕 恶心",
        good="干净 好 讲究 整洁",
        bad_facts="""
        洗手池里一圈黑垢 上个客人的垃圾还在 床单皱巴巴的一股汗味 被罩上有一块黄渍 窗台的灰能写字
        地毯上踩出一脚泥 杯子里有水垢 马桶圈上有尿渍 床底下扫出一堆瓜子壳 浴帘长了黑点 毛巾摸着发黏
        垃圾桶里是上一位客人的外卖盒 枕套上沾着别人的头发 桌上油乎乎的 看见一只小强爬过""",
        good_facts="""
        里里外外收拾得很用心 被褥洗得香香的 地漏边上都没有污渍 床单白得发亮 摸遍窗台没有灰 马桶刷得锃亮
        毛巾有阳光的香气 地板能光脚走 杯子擦得透亮 阿姨每天把垃圾收得干干净净 被子一看就是新换的
        连遥控器都套了消毒袋 镜子上没有一个水印 找不到一根头发 浴缸亮得像新的""",
    ),
    aspect(
        nouns="晚上 夜里 楼道",
        bad="吵 闹腾 嘈杂 吵闹",
        good="安静 清静 静 宁静",
        bad_facts="""
        歌厅的音响吵得人心慌 邻居吵架听了半宿 戴着耳塞都没用 隔壁打呼噜听得一清二楚 楼上拖椅子拖到一点
        楼下大排档划拳划到天亮 走廊里一直有人大声打电话 货车喇叭响了一夜 电梯叮咚声整晚不停
        隔壁看电视像在自己屋里 清早五点就有人砸墙 窗外高架的车流声轰轰不断 凌晨被醉汉敲门惊醒
        关了窗跟没关一样""",
        good_facts="""
        早上是自然醒的 连钟表声都听得见 闹市里难得这么静 关上窗什么车声都没了 夜里只听得见虫鸣
        孩子一觉睡到八点 隔壁住没住人都不知道 门一关世界就清净了 双层玻璃把马路隔得远远的
        走廊铺了厚地毯没有脚步声 连我这种神经衰弱的都睡着了 楼上掉东西也听不到 十点以后前台会提醒大家小声""",
    ),
    aspect(
        nouns="床 床垫 枕头",
        bad="硬 难受 硌人 差",
        good="舒服 舒适 软和 好",
        bad_facts="""
        翻来覆去睡不着 被套太短盖不住脚 弹簧顶着后背 翻个身就吱呀响 枕头高得落枕 床垫塌了一边
        被子薄得跟纸一样 躺一夜腰都断了 床板硬得像门板 垫子中间陷下去一块 早上起来脖子动不了
        棉被重得喘不过气""",
        good_facts="""
        枕着特别放松 几天的疲劳都睡没了 躺下去就不想起来 床垫托得住腰 枕头高矮正好 被子又轻又暖
        一沾枕头就睡着了 蚕丝被盖着特别服帖 比家里的床还好睡 两米的大床随便滚 睡完腰一点不酸 赖床赖到中午""",
    ),
    aspect(
        nouns="前台 服务员 服务",
        bad="冷淡 傲慢 差劲 恶劣 敷衍 差",
        good="热情 周到 耐心 亲切 贴心 专业 好",
        bad_facts="""
        催了半天才懒洋洋地站起来 说话阴阳怪气的 让客人干等着自己去吃饭 问路只用下巴指 喊了半天没人应
        服务员说话带着火药味 前台嗑着瓜子办手续 行李没有一个人帮忙 叫醒服务忘得一干二净 要条毛巾催了四遍
        前台聊天把客人晾在一边 打电话永远占线 多问一句就翻白眼 保安把我当贼一样盘问 态度像是我欠了他们钱""",
        good_facts="""
        笑容特别真诚 有什么要求都马上办 细心得让人不好意思 一进门就有人递热毛巾 小伙子帮忙把行李送到房间
        前台记得住客人的名字 姐姐耐心教老人用洗衣机 下雨天门口备好了伞 半夜要充电线也马上送来
        服务员见人就问好 走的时候还送了两瓶水 前台帮我查好了公交线路 阿姨主动给孩子拿小凳子
        值班经理亲自带我们看房 打电话三声之内准有人接""",
    ),
    aspect(
        nouns="位置 地段 地方",
        bad="偏 偏僻 差 难找 荒凉",
        good="方便 好 好找 理想",
        bad_facts="""
        走到最近的车站要半个钟头 周边荒得只有野狗 导航绕了三圈才找到 离市区打车要五十块
        周围连个小卖部都没有 公交一个钟头一班 藏在一片工地后面 天一黑路上没有灯 去哪儿都得转两趟车
        下了高速还要开半小时土路 拖着箱子走了两站地 点外卖都超出配送范围""",
        good_facts="""
        买菜逛街看病都近 热闹的地方抬脚就到 下楼就是地铁口 过条马路就是步行街 走到景区大门只要五分钟
        离火车站一站路 楼下全是小吃店 隔壁就有大超市 机场大巴停在门口 打车去哪儿都是起步价
        去医院看病走两步就到 逛完夜市溜达着就回来了""",
    ),
    aspect(
        nouns="早餐 早饭 自助早餐",
        bad="单调 糊弄 寒酸 难吃 差",
        good="丰富 用心 可口 好吃 精致 新鲜",
        bad_facts="""
        豆浆淡得像水 想吃的都没了 早餐只有白粥咸菜 八点半去就只剩空盘子 馒头又冷又硬 鸡蛋要限量
        牛奶是冲的粉 面包硬得咬不动 炒饭一股隔夜味 餐厅挤得找不到座位 水果切得发黑 连续三天一个菜单
        咖啡机永远在维修""",
        good_facts="""
        每样都热乎新鲜 饺子是手工包的 早餐有现做的小馄饨 包子皮薄馅大 粥就有五六种 师傅现场煎蛋
        水果又甜又新鲜 吃完还能打包一份带走 牛肉粉特别地道 中西式都有得选 孩子吃了三个烧麦
        赶早班车还给准备了餐盒 连豆花都有甜有咸""",
    ),
    aspect(
        nouns="价格 房价 收费",
        bad="贵 离谱 黑 坑人",
        good="实惠 划算 公道 便宜 合理",
        bad_facts="""
        结账时多出好几项费用 临时加价还不讲理 节假日翻了三倍还不退 一瓶矿泉水卖十五 退房多收一笔清洁费
        同样的房型别处便宜一半 押金收得比房费还高 网上一个价到店又一个价 加一床被子要五十
        花了五星的钱住了个招待所 临时取消一分钱不退 充个电都要扫码付费""",
        good_facts="""
        花小钱享受了大酒店的待遇 账单清清楚楚没有乱收费 三百块住到了江景房 会员价还送下午茶 节假日也没涨价
        算下来一个人才几十块 水和零食都是免费的 这个价在市中心很难得 提前退房把钱也退了 学生证还能再打折
        加床没有另外收钱 早餐折算下来等于白送""",
    ),
    aspect(
        nouns="网络 WiFi 网速",
        bad="慢 卡 差",
        good="快 稳 流畅 好",
        bad_facts="""
        连个邮件都收不了 信号时有时无 刷个网页转半天圈 视频会议掉线三次 微信图片都发不出去
        走廊有信号进屋就断 只能用自己的流量 密码试了十几遍才连上 晚上一到高峰就没网 打游戏延迟高得没法玩""",
        good_facts="""
        下载电影飞快 视频通话很清楚 传大文件一眨眼就好 追剧全程没缓冲 连着开会没掉过线 每个角落都是满格
        扫码就能连不用输密码 几个人一起打游戏也不卡 还配了网线接口 上网课一点没耽误""",
    ),
    aspect(
        nouns="淋浴 洗澡 卫浴",
        bad="糟心 受罪 难受",
        good="舒服 痛快 方便 享受",
        bad_facts="""
        水小得冲不净泡沫 厕所臭得待不住 洗到一半没热水了 花洒滴滴答答像漏雨 水一会儿烫一会儿冰
        地漏堵得脚泡在水里 浴室没有挂衣服的地方 玻璃门关不严水流一地 晚上十点就停热水 下水道返味
        水龙头锈得拧不动 吹风机一开就跳闸""",
        good_facts="""
        水温稳定水压也大 泡个澡浑身轻松 热水一开就有 花洒水量像下大雨 浴缸能泡澡看夜景 卫生间干湿分开
        马桶盖还是加热的 吹风机风力很大 浴霸暖得出汗 半夜洗澡照样是热的 浴室里装了老人扶手
        沐浴露味道很高级""",
    ),
    aspect(
        nouns="空调 暖气 中央空调",
        bad="闹心 差 老旧",
        good="给力 好用 管用 好",
        bad_facts="""
        冻得穿着羽绒服睡觉 热得一身汗睡不着 空调嗡嗡叫像拖拉机 吹出来的风是热的 冷气开到最低还出汗
        暖气片摸着冰手 半夜自己停机 出风口往床上滴水 温度怎么调都不动 空调一开全是灰味 盖两床被子还打哆嗦
        前台说过了季就不供暖""",
        good_facts="""
        屋里冬暖夏凉 暖气热得刚刚好 空调一开马上凉快 大冬天屋里能穿短袖 风口不对着人吹 制冷几乎没有声音
        进门之前就预热好了 地暖烘得脚底暖暖的 房间温度刚刚好 外面下雪屋里像春天 每个房间都能自己调温
        三伏天睡觉还要盖被子""",
    ),
    aspect(
        nouns="停车 车位 停车场",
        bad="麻烦 难 紧张 费劲",
        good="方便 省事 充裕",
        bad_facts="""
        找车位找到崩溃 车被刮了没人认 车位被外来车占满 停一晚要六十 地库窄得蹭掉漆 保安让我停到两条街以外
        露天停车晒得方向盘烫手 早上被堵在里面出不去 说有充电桩结果是坏的 门口停车吃了罚单""",
        good_facts="""
        车放一周都放心 开车来非常省心 地下车库随便停 住客停车全免 保安帮着倒车入库 充电桩有好几个
        车位宽敞新手也不怕 监控和照明都很到位 专门给我们留了车位 大巴都能开进来""",
    ),
    aspect(
        nouns="设施 装修 家具",
        bad="旧 老旧 简陋 陈旧 破 过时",
        good="新 讲究 高档 现代 精致 漂亮",
        bad_facts="""
        地板翘起来绊脚 窗户漏风关不上 墙皮一碰就掉 电视还是大脑袋的 插座松得插不住 抽屉拉不开 电水壶生了锈
        灯泡坏了两个 门锁要踹一脚才开 沙发破了个洞 遥控器按了没反应 窗帘杆掉下来砸到人 电梯晃得像要散架
        衣架就剩一个""",
        good_facts="""
        处处崭新漂亮 家电全是新款 家具都是实木的 床头就有充电口 窗帘一按自动关 投影看电影特别爽
        新开业连味道都散干净了 烫衣板熨斗样样齐 健身房二十四小时开着 洗衣房免费用 灯光调得很有情调
        智能马桶老人也会用 顶楼泳池可以看日落 电梯又新又快""",
    ),
    aspect(
        nouns="入住 退房 办手续",
        bad="慢 麻烦 折腾 拖拉 混乱",
        good="快 顺利 省心 高效 方便",
        bad_facts="""
        前面三个人就等了半天 预订信息全弄错了 排了一个小时才拿到房卡 系统里查不到我的订单
        三点到了说房间没打扫 换了三次房卡都打不开门 押金条丢了就不给退 退房查房查了半小时
        发票要等一个月才寄 明明付过钱又要补差价 身份证来回要了四次 订好的房给了别人""",
        good_facts="""
        坐下喝杯茶的工夫就办好了 全程不用排队 刷个脸就进房间了 提前到店也让先入住 退房把卡一放就走
        延迟到两点没加钱 发票早就开好放在前台 免费给升了套房 航班晚点房间一直留着 押金马上原路退回
        行李寄存了一天没收费 改日期一个电话就搞定""",
    ),
    aspect(
        nouns="环境 风景 景色",
        bad="差 扫兴 难看 糟糕",
        good="美 好 漂亮 优美 迷人",
        bad_facts="""
        到处乱糟糟的像工地 臭水沟就在楼下 推开窗对着垃圾站 湖景被广告牌挡得严严实实 院子里杂草比人高
        景观房看到的是停车场 门口污水横流 池塘臭得不敢开窗 沙滩上全是塑料瓶 楼下就是菜市场后门
        花园锁着不让进 大白天拉着窗帘防对面的眼睛""",
        good_facts="""
        花草修剪得很漂亮 推门就能闻到花香 躺在床上就能看日出 院子里种满了绣球 推窗就是整面青山
        湖边有条散步的小路 晚上抬头能看见星星 秋天满院子银杏叶 走两步就能踩到海水 大堂里一直飘着淡淡花香
        坐在露台上喝茶发呆 清早有松鼠跑到窗边""",
    ),
    aspect(
        nouns="亲子房 亲子设施 儿童设施",
        bad="敷衍 简陋 糊弄 危险",
        good="贴心 用心 好玩 安全",
        bad_facts="""
        玩具又脏又破 孩子吓得直哭 儿童乐园锁着门 加个小枕头都要另付钱 滑梯上全是灰 孩子被桌角磕破了头
        儿童餐就是一盘薯条 婴儿车只能自己扛上楼 浴室地面滑得孩子摔了两跤 娃娃池的水凉得发抖""",
        good_facts="""
        孩子兴奋得又蹦又跳 小朋友的餐具都很可爱 给孩子备了小拖鞋小浴袍 儿童乐园有老师带着玩
        桌角都包了防撞条 洗手台前放了小踩凳 奶瓶消毒锅借了就送来 孩子画画得了小奖品 绘本和积木摆满一墙
        娃玩得不肯回家""",
    ),
    aspect(
        nouns="饭菜 晚饭 餐厅的菜",
        bad="难吃 油腻 坑人 差",
        good="好吃 地道 入味 新鲜 美味 香",
        bad_facts="""
        牛肉老得嚼不动 端上来已经凉透 点的菜一个小时没上 鱼不新鲜还不让退 汤咸得发苦 四个菜吃出两根头发
        菜单上一半卖完了 肉片薄得透光 米饭夹生 价钱按海鲜算端上来是冻货 吃完当晚闹肚子 服务费收得比菜还贵""",
        good_facts="""
        小炒肉香得下饭 海鲜鲜活价格也公道 红烧肉肥而不腻 河鱼是当天捞的 送餐到房间还是热的 老火汤炖得够味
        大厨出来问口味 分量足得吃不完 一桌菜连汤都没剩 素菜也做得有滋味 夜宵的馄饨暖到胃里
        外面的人专门来这儿吃饭""",
    ),
    aspect(
        nouns="空气 屋里 房间里",
        bad="刺鼻 闷 呛人 臭 潮湿 难闻",
        good="清新 好闻 通透 干爽 舒服",
        bad_facts="""
        霉斑爬满了墙 怪味熏得睡不着 一开门就是霉味 被子潮得能拧出水 油漆味熏得头晕 满屋子二手烟
        下水道的臭气散不掉 墙角长了一片绿毛 窗户封死透不了气 厨房油烟往房间里钻 地毯一股脚臭
        香精味重得想吐""",
        good_facts="""
        阳光通风都好 进门一股清香 屋里有淡淡的木头香 开窗就是海风 无烟楼层闻不到烟味 被子晒得蓬蓬的
        新风系统一直开着 山里的空气吸一口都甜 梅雨天房间也是干爽的 除湿机早就开好了 窗户两面对流
        新装修也没有异味""",
    ),
    aspect(
        nouns="客服 售后 处理问题",
        bad="拖拉 敷衍 差 气人",
        good="及时 负责 靠谱 暖心",
        bad_facts="""
        只会说对不起什么也不解决 推来推去不了了之 丢了东西没人管 投诉以后石沉大海 经理躲着不露面
        报修等到第二天 三个部门互相踢皮球 给了差评才来电话 说好的赔偿没了下文 转了五次电话回到原点
        道歉一句都没有 把责任全推给平台""",
        good_facts="""
        有问题当场就解决 道歉诚恳还主动补偿 落下的外套第二天就寄到家 灯坏了两分钟就来修 反映一次马上就换房
        经理专门打电话道歉 弄错订单主动赔了一晚 差评他们真的会改 下水慢一说就来通 半夜头疼有人送药
        钱包丢了帮着调监控 生日那天送来一碗长寿面""",
    ),
    aspect(
        nouns="安保 保安",
        bad="松散 马虎 差",
        good="到位 负责 严格 好",
        bad_facts="""
        丢了手机没人理 锁是坏的一推就开 房门反锁不上 陌生人随便上楼 走廊监控全是坏的 门卡能刷开别人的房间
        半夜有人乱拧门把手 保安在岗亭里打呼噜 窗户没有插销很危险 消防通道堆满了杂物 包被人翻过吓得一夜没睡
        报警器乱响没人管""",
        good_facts="""
        贵重东西放着也安心 保安大哥很负责 夜里一直有人巡逻 没有房卡上不了楼 一个女生住也很安心
        门上装了双重锁 停车场都有人看着 陌生人根本进不来 保安送我走到房间门口 孩子乱跑有人帮忙看着
        晚归也觉得很安全""",
    ),
    aspect(
        nouns="酒店 这家店 整体感觉",
        bad="差 糟糕 差劲 坑人",
        good="好 不错 棒 舒服 靠谱",
        bad_facts="""
        服务卫生样样不行 和宣传完全两回事 又贵又破还不讲理 再也不信广告了 全家都窝了一肚子火
        气得直接换了地方 住一晚老了十岁 越住心越凉 好好的假期全毁了 老婆一路都在埋怨我 钱花了还受罪
        处处都是毛病 哪儿都透着敷衍 一分钟都不想多待 客户脸色很难看 爸妈直说上当了 恨不得马上退房
        网上的图都是骗人的 管理乱得一塌糊涂""",
        good_facts="""
        服务卫生样样都好 和介绍的一模一样 又便宜又舒服还贴心 老人孩子都满意 全家都喜欢得不得了
        住得比家里还自在 每个细节都让人感动 玩得开心睡得也香 爸妈夸了一路 老婆高兴得直拍照 钱花得明明白白
        处处都有惊喜 哪儿都看得出用心 舍不得退房 客户也说安排得好 假期过得特别愉快 果断又续了一晚
        实物比图片还漂亮 管理得井井有条""",
    ),
    aspect(
        nouns="会议室 办公区 商务中心",
        bad="简陋 糟糕 差劲",
        good="专业 好用 像样 大气",
        bad_facts="""
        开会开到一半停电 话筒断断续续 投影仪开不了机 麦克风一直啸叫 打印一张纸要五块 会场热得像蒸笼
        桌子小得放不下电脑 茶歇就是一壶白开水 签到台没人管 临开会才说换场地 传真半天发不出去""",
        good_facts="""
        设备先进会务也专业 安静明亮适合谈事 投影清晰音响也好 打印复印全免费 会务小姐从头跟到尾
        桌子够大插座也多 茶歇点心精致 临时加人也安排得妥妥的 台签都提前摆好了 开完会还有专车送站
        灯光适合长时间看电脑""",
    ),
)

# Validation states facts that training never shows: else it would only measure memory.
HELD_OUT = 2
TRAIN_ASPECTS = [replace(a, facts=tuple(facts[:-HELD_OUT] for facts in a.facts)) for a in ASPECTS]
VALIDATION_ASPECTS = [replace(a, facts=tuple(facts[-HELD_OUT:] for facts in a.facts)) for a in ASPECTS]

# What a review may say there was none of: missing goods make it negative, missing ills make it positive.
MISSING = (
    words("热水 笑脸 窗户 牙刷 电梯 歉意 网 暖气 车位 早餐 拖鞋 干净毛巾 人打扫 人帮忙 安全感 诚意"),
    words("异味 噪音 蚊子 霉味 推销 冷脸 头发 水垢 隐形消费 烟味 灰尘 蟑螂 插队 套路 多余的费用 半句怨言"),
)

LOW_PLACES = words("小旅馆 招待所 学生宿舍 网吧包间 路边客栈 候车室")
HIGH_PLACES = words("五星级 国际大牌 度假村 隔壁那家大酒店 贵一倍的那家 上海的总店")

SCENES = words("""
    出差住了两晚 带爸妈出来玩 周末一家三口过来 公司开会统一订的 国庆来旅游 蜜月旅行选的这家 陪孩子考试住的
    路过停一晚 朋友介绍来的 第二次住 三年里住过好几回 半夜才到店 看网上评分订的 赶早班飞机住一晚
    和闺蜜来度假 来医院看病住了几天 自驾经过 冲着这个牌子来的 毕业旅行住的 陪客户过来""")
FILLERS = words("说实话 讲真 怎么说呢 老实讲 个人感觉 实话实说 不夸张地说 客观地说")
DEGREES = words("很 挺 真 确实 实在 特别")

VERDICTS = (
    words("""
        下次不来了 不推荐 不值这个钱 后悔订了这里 以后换别家 很失望 没有下次了 朋友问起来肯定劝他别来
        这钱花得冤 怎么也满意不起来 别指望我给好评 好评都是刷的吧 不会再给第二次机会 总体很糟糕
        回头客就算了 推荐给仇人还差不多 想给好评都难 勉强给一星 再便宜也不考虑 心情全毁了 千万别来
        四星的招牌该摘了 住得很憋屈 一肚子火 真让人生气 体验极差 谁来谁上当 失望透了 太坑了
        一星都嫌多 强烈不推荐 白白浪费钱 再也不住 让人心寒 恶心"""),
    words("""
        下次还来 值得推荐 这个钱花得值 没有订错 不会换别家了 很满意 就认准这家了 朋友问起来肯定让他来
        不后悔 怎么也失望不起来 好评不是刷的 没什么可抱怨的 差评一个也给不出 总体很不错 已经成了回头客
        不推荐都对不起人家 想挑毛病都难 少给一星都不行 再贵点也能接受 心情特别好 放心来吧 四星的招牌没白挂
        住得很舒心 一点气都生不起来 体验极好 谁来谁喜欢 满意得很 开心 非常感谢 很惊喜 特别感动
        太享受了 五分好评 强烈推荐 住得安心 首选这里"""),
)

# Slots. Of the construction's own aspect: {noun}; {adj} and {fact} agree with the label, {anti} and {antifact}
# speak against it. Of further aspects: {more}, {more2}, {brief} and {brief2} agree, {but} and {but2} speak
# against. {none} and {none2} are MISSING; {low} and {high} are places to compare with.
BOTH, ONLY_NEGATIVE, ONLY_POSITIVE = (NEGATIVE, POSITIVE), (NEGATIVE,), (POSITIVE,)
TEMPLATES: dict[str, dict[tuple[int, ...], tuple[str, ...]]] = {
    "plain": {
        BOTH: (
            "{fact}，{more}",
            "{noun}很{adj}，{fact}",
            "{fact}，{more}，{more2}",
            "{noun}{adj}，{more}",
            "最想说的是{noun}，{fact}",
            "{more}，而且{fact}",
            "{noun}太{adj}了，{fact}",
            "{brief}，{brief2}，{noun}也{adj}",
            "{noun}{adj}，{brief}，{brief2}，{fact}",
            "{fact}，{noun}非常{adj}，{brief}，{more2}",
        ),
    },
    "negation": {
        BOTH: (
            "{noun}一点也不{anti}，{more}",
            "{noun}没有评论里说的那么{anti}，{fact}",
            "我不觉得{noun}{anti}，{fact}",
            "{noun}算不上{anti}，{more}",
            "没有{none}，没有{none2}，{more}",
            "既没有{none}，也没有{none2}",
            "没人能说这里的{noun}{anti}，{fact}",
            "别信那些说{noun}{anti}的，{fact}",
            "{noun}并不{anti}，{more}",
            "住了几天，没觉得{noun}{anti}，也没有{none}",
        ),
    },
    "contrast": {
        BOTH: (
            "{but}，不过{more}，{verdict}",
            "{but}，可是{fact}",
            "{but}不假，关键是{fact}",
            "{but}，{but2}，但光是{fact}这一条就够了，{verdict}",
            "有人说{but}，我只记得{fact}",
            "{but}是事实，{fact}也是事实，后者更要紧，{verdict}",
            "{but}，然而{fact}",
        ),
        ONLY_NEGATIVE: (
            "{but}，可惜{fact}",
            "{but}，就是{fact}，{verdict}",
            "优点：{but}，{but2}。缺点：{fact}。{verdict}",
        ),
        ONLY_POSITIVE: (
            "{but}，好在{fact}",
            "{but}，还好{fact}，{verdict}",
            "缺点：{but}，{but2}。优点：{fact}。{verdict}",
        ),
    },
    "concession": {
        BOTH: (
            "虽然{but}，但{fact}",
            "尽管{but}，{fact}",
            "虽说{but}，{but2}，{noun}还是很{adj}",
            "即使{but}，我还是要说{fact}",
            "就算{but}，{fact}，{verdict}",
            "{verdict}，虽然{but}",
            "{fact}，{verdict}，哪怕{but}",
            "{but}又怎么样，{fact}",
        ),
        ONLY_NEGATIVE: ("就算{but}，也改变不了{fact}",),
        ONLY_POSITIVE: ("哪怕{but}，冲着{fact}也值了",),
    },
    "irony": {
        BOTH: (
            "不愧是大酒店，{fact}",
            "多谢酒店的照顾，{fact}，{more}",
            "这回真是开了眼，{fact}",
            "酒店想得可真周到，{fact}",
            "真会做生意，{fact}",
        ),
        ONLY_NEGATIVE: (
            "真是“{anti}”啊，{fact}",
            "这{noun}可太“{anti}”了，{fact}",
            "{anti}，太{anti}了，{fact}",
            "宣传的{anti}我算领教了，{fact}",
            "感谢贵店让我明白什么叫{anti}，{fact}",
        ),
        ONLY_POSITIVE: (
            "唯一的缺点是{noun}太{adj}，害我不想走",
            "硬要投诉就投诉{noun}太{adj}，回家反而不习惯了",
            "差评！{fact}，以后住别家可怎么办",
            "提个意见：{fact}，{more}，把客人都惯坏了",
        ),
    },
    "comparison": {
        BOTH: (
            "上次住的那家{antifact}，这家{fact}",
            "同事那边{noun}很{anti}，我们这边{fact}",
            "隔壁那家{noun}{anti}，这里呢，{fact}",
            "{noun}比上一家{adj}多了，{more}",
            "没见过{noun}比这更{adj}的，{more}",
            "以前{noun}挺{anti}的，现在{fact}",
        ),
        ONLY_NEGATIVE: (
            "这里的{noun}还没有{low}{anti}",
            "{noun}还不如{low}{anti}，{fact}",
            "{low}都比这儿{anti}，{fact}",
        ),
        ONLY_POSITIVE: (
            "{high}的{noun}也没有这里{adj}",
            "{noun}不比{high}差，{fact}",
            "{noun}不输{high}，{more}",
        ),
    },
    "expectation": {
        BOTH: (
            "本来以为{noun}会很{anti}，没想到{fact}",
            "都说这里{noun}{anti}，结果{fact}",
            "看评论说{noun}{anti}，住了才知道{fact}",
            "原以为{noun}{anti}得很，谁知道{fact}",
            "订的时候听说{noun}{anti}，到了一看{fact}",
            "来之前想着{noun}应该{anti}，想多了，{fact}",
        ),
        ONLY_NEGATIVE: ("满心盼着{noun}{anti}一点，偏偏{fact}", "期望不算高，可{fact}"),
        ONLY_POSITIVE: ("一直担心{noun}{anti}，结果{fact}", "期望本来不高，可{fact}"),
    },
    "rhetorical": {
        BOTH: (
            "{fact}，哪里{anti}了？",
            "谁说{noun}{anti}？{fact}",
            "{noun}{anti}？{fact}，自己体会",
            "{fact}，{more}，还有什么好说的？",
            "说{noun}{anti}的，你们真的住过吗？{fact}",
        ),
        ONLY_NEGATIVE: (
            "{fact}，这也叫{anti}？",
            "{noun}{anti}在哪儿？{fact}",
            "{noun}就不能{anti}一点吗？",
            "{fact}，谁还敢来？",
        ),
        ONLY_POSITIVE: (
            "{fact}，这还嫌{anti}？",
            "{noun}这么{adj}，还挑什么？",
            "{fact}，谁不想再来？",
        ),
    },
}
# Of ten first constructions, three are plain: they teach the words that the others turn round.
WEIGHTS = {name: 30 if name == "plain" else 10 for name in TEMPLATES}


def brief(rng: Random, of: Aspect, polarity: int) -> str:
    """Say it in two words: noun and adjective."""
    return rng.choice(of.nouns) + rng.choice(of.adjectives[polarity])


def claim(rng: Random, of: Aspect, polarity: int) -> str:
    """Say something good or bad about an aspect: usually a fact, else noun + degree + adjective."""
    if rng.random() < 0.6:
        return rng.choice(of.facts[polarity])
    return rng.choice(of.nouns) + rng.choice(DEGREES) + rng.choice(of.adjectives[polarity])


def construct(rng: Random, aspects: list[Aspect], construction: str, label: int) -> str:
    """Fill one template of ``construction`` from five aspects so that its overall judgement is ``label``."""
    fitting = [t for labels, group in TEMPLATES[construction].items() if label in labels for t in group]
    own, *others = aspects
    against = 1 - label
    none, none2 = rng.sample(MISSING[label], 2)
    return rng.choice(fitting).format(
        noun=rng.choice(own.nouns),
        adj=rng.choice(own.adjectives[label]),
        anti=rng.choice(own.adjectives[against]),
        fact=rng.choice(own.facts[label]),
        antifact=rng.choice(own.facts[against]),
        more=claim(rng, others[0], label),
        more2=claim(rng, others[1], label),
        but=claim(rng, others[2], against),
        but2=claim(rng, others[3], against),
        brief=brief(rng, others[0], label),
        brief2=brief(rng, others[1], label),
        none=none,
        none2=none2,
        low=rng.choice(LOW_PLACES),
        high=rng.choice(HIGH_PLACES),
        verdict=rng.choice(VERDICTS[label]),
    )


def review(rng: Random, aspects: list[Aspect], label: int) -> str:
    """Write one review: [scene or filler,] one or two constructions [, verdict], with varied punctuation."""
    first = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    second = rng.choice([name for name in TEMPLATES if name != first])
    chosen = rng.sample(aspects, 10)
    parts = [construct(rng, chosen[:5], first, label)]
    if rng.random() < 0.6:
        parts.append(construct(rng, chosen[5:], second, label))
    if not parts[-1].endswith(VERDICTS[label]) and rng.random() < 0.3:
        parts.append(rng.choice(VERDICTS[label]))
    opening = rng.choice(SCENES + FILLERS) + "，" if rng.random() < 0.4 else ""
    text = opening + "".join(part if part.endswith("？") else part + "。" for part in parts)

    manner = rng.random()
    if manner < 0.1:  # typed in a hurry, as on the real site: half-width marks
        return text.translate(str.maketrans("，。？！：", ",.?!:"))
    if manner < 0.2:
        return text[:-1] + "！" if text.endswith("。") else text
    if manner < 0.35:
        return text.removesuffix("。")
    return text


def reviews(rng: Random, aspects: list[Aspect]) -> Iterator[dict[str, str | int]]:
    """Yield distinct rows for ever, the labels in turn."""
    seen: set[str] = set()
    label = POSITIVE
    while True:
        text = review(rng, aspects, label)
        if text not in seen:
            seen.add(text)
            yield {"text": text, "label": label}
            label = 1 - label


def write(name: str, size: int, aspects: list[Aspect]) -> None:
    """Write ``size`` rows, shuffled, beside this file."""
    rng = Random(f"{name} {SEED}")
    rows = list(islice(reviews(rng, aspects), size))
    rng.shuffle(rows)
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path = Path(__file__).with_name(f"{name}.jsonl")
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write("train", TRAIN_ROWS, TRAIN_ASPECTS)
    write("validation", VALIDATION_ROWS, VALIDATION_ASPECTS)
