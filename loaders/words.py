"""Classes of words that many constructions look for, each said once: fragments of patterns to be put into longer ones, none of
which captures anything. Tables of constructions have those of :data:`TABLED` as ``{heads}``."""

from __future__ import annotations

NUMERALS = "一二三四五六七八九十"
"""The signs of small numbers in their order; what stands between brackets of a class."""

HAN_NUMBER = f"[{NUMERALS}]+"
"""A number in such signs alone, as headings have them ('三、', '（四）', '五是'), whose digits stand with other marks ('3.')."""

NOT_DECIMAL = "(?![0-9](?![0-9]?月|[0-9]{3}年))"
"""Behind a digit and its point: what follows makes them the number of an item and no decimal ('3.5'); a month or a year does
not ('3.6月底前', '3.2024年')."""

NTH = f"[{NUMERALS}0-9]+"
"""Which one of a row ('第三组', '12号'): notices never write 两 there."""

COUNT = f"[{NUMERALS}两0-9]+"
"""How many there are ('两家', '12个')."""

SEVERAL = f"[{NUMERALS[1:]}两0-9][{NUMERALS}两0-9]*"
"""How many there are where they are more than one: '一家企业' is but some enterprise."""

HEADS = "(?:[省市州盟县区旗镇乡师团局厅部]长|书记|主任|主席|专员|秘书长)"
"""Titles of who leads a place, a committee, a council or an authority, without what says that they are deputies. '河长' and
'网格长' are none: they have a stretch to look after and no office."""

WHICH = "(?:党政|主要|分管|有关|相关)*"
"""Which of the people of a body ('主要', '分管')."""

OFFICIALS = "(?:负责人|负责同志|领导|干部|人员|代表)"
"""People of a body by what they are there, where no title says it."""

UNIT_HEADS = "(?:[处科所站院校厂]长|[总支大中]?队长)"
"""Titles of who leads a part of an authority, or what is under it."""

TEAM_HEADS = "(?:[组班队]长|总指挥|指挥长|总?召集人)"
"""Titles of who leads a body that was set up for a task."""

INSPECTION = "(?:督[察查导战]|检查|巡[察查视]|暗访|夜查|核查|视察|执法|监督|帮扶|考核|调研|调查)"
"""What inspectors are sent out for, as their team is called by it."""

BARE_TEAM = f"{INSPECTION}组"
"""Inspectors who are called by nothing else ('督查组', '暗访组')."""

TEAMS = f"{INSPECTION}[^，。；]{{0,4}}[组队团]"
"""Inspectors with a name of their own or none ('督导第三组', '执法监管队')."""

COUNCILS = "(?:人大|人民代表大会|政协|政治协商会议)"
"""Congresses and consultative conferences, their standing committees too: they look into what governments do and give no
orders."""

AUTHORITIES = "(?:[局委办厅部院会府]|办公[室厅]|办事处|中心|[支大]队)"
"""How the name of an authority ends, or of an office that acts as one; of no team, whose members act for others, and no firm."""

WAYS = (
    "(?:集中|集体|公开|联合|当场|当面|书面|再次|逐一|逐个|严肃|现场|及时|立即|连夜|随机|突击|全程|跟踪|重点|直接|亲自|具体|"
    "统一|统筹|全面|共同|定期|不定期|适时|随时|反复|(?:提醒|警示|诫勉)(?=约谈|谈话))+"
)
"""How something is done, told right before the verb that says what ('当场约谈', '具体负责')."""

OTHER_PARTIES = "民革|民盟|民建|民进|农工党|致公党|九三学社|台盟"
"""The democratic parties, by their short names."""

TRADES = (
    "磷化|化工|煤焦|焦化|能源|钢铁|水泥|热电|建材|矿业|铸造|陶瓷|涂料|印刷|制药|板材|玻璃|冶金|煤化|石化|"
    "氯碱|染料|皮革|牧业|电力|硅材|铝材|电子|纺织|印染|环保"
)
MORE_TRADES = (
    "化肥|纸业|热力|建陶|钢构|机械|木业|食品|医药|药业|生物|新材料|新材|耐材|电缆|门业|家居|家具|塑胶|橡胶|轮胎|镀锌|金属|"
    "铁合金|炭素|碳素|商砼|混凝土|物流|供热|燃气|实业|重工|铝业|铜业|酒业|乳业|煤业|煤电|特钢|科技|熔铸|锻造|铸业|炭业|冶炼|石业|石材"
)
"""What a firm deals in, as its name ends without its form in law; the second ones only within a list."""

TABLED = {
    "han_number": HAN_NUMBER, "not_decimal": NOT_DECIMAL, "nth": NTH, "count": COUNT, "several": SEVERAL, "heads": HEADS,
    "unit_heads": UNIT_HEADS, "team_heads": TEAM_HEADS, "inspection": INSPECTION, "bare_team": BARE_TEAM, "teams": TEAMS,
}  # fmt: skip
"""Names that tables of constructions have them by."""
