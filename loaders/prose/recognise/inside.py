"""What may hang on a body's name: offices, sections, stations and branches within it, and the next one beside them."""

from __future__ import annotations

import re
from functools import cache

from kg.lazy import lazy
from kg.sieve import compiled
from loaders.prose.recognise.lexicon import table
from loaders.words import BARE_TEAM, HAN_NUMBER, INSPECTION, NTH

ORDINAL = lazy(f"第{NTH}")
REGIONAL = lazy(
    r"(?:长江|黄河|淮河|海河|珠江|松辽|太湖)流域[\u4e00-\u9fff]{0,4}生态环境监督管理局|"
    r"(?!以?及|[和与])[\u4e00-\u9fff]{0,8}?(?:卫星中心|应用中心|评估中心|研究所|研究院|规划院)|"
    r"(?!以?及|[和与])[\u4e00-\u9fff]{2,4}(?:环境保护督查中心|督察局|督察办(?:公室)?|监察专员办(?:公室)?|督查中心|核与辐射安全监督站|分局|大气司|(?:监督)?管理局)"
)
INNER = lazy(
    r"(?:专家咨询委员会|专家委员会|政治部(?!门)|组织部(?!分)|宣传部|统战部|政法委(?:员会)?|督查室|督查局|督查机构|督考办|政研室|编办|网信办|农办|农工办|改革办|财经办|财办|法制办|法制局|金融办|应急办|扶贫办|侨办|口岸办|督考办|国安办|台办|外办|目标办|绩效办|考核办|保密办|督查办|依法治[省市县区]办|党史办|党史研究室|老干部局|机要局|保密局|社会工作部|(?:直属)?机关工委|直工委|党校|办(?=[、，。；：和与及联牵负要印发主副对向将督通协）\s]|$)|党组(?![书副成会理中办扩决研专])|常委会(?!议|会议(?!报告|汇报)|扩大|（扩大)|常务委员会|巡察办|人才发展局|人才办|军民融合办|编委办|办公厅|办公室(?!主任医师)|机关党委|研究室)(?![长])"
    f"|(?:党风政风|案件|执纪|干部|纪检监察干部)(?:监督|监督管理|审理)室|第{HAN_NUMBER}(?:监督检查|纪检监察|审查调查)室"
    rf"|环资庭|(?:民事|刑事|行政|环境资源|立案|综合)+审判庭|[\u4e00-\u9fff]{{2,4}}分公司|\d{{3}}指挥中心|(?:情报)?指挥中心|应急指挥中心|(?:公益诉讼|刑事|民事|行政|民事行政|第{HAN_NUMBER})检察部(?!门)|(?:执法|直属|机动)?第?{NTH}(?:大队|中队|支队|分队)"
    rf"|(?:第{HAN_NUMBER}|[\u4e00-\u9fff]{{2,4}}(?:县|区|市|旗)?|经济技术开发区|高新区)分局"
    rf"|(?:派)?驻[\u4e00-\u9fff]{{1,12}}?(?:(?:纪检)?监察组|纪检组|工作组|(?:生态)?环境监测(?:中心站|中心|站)|监察专员办(?:公室)?|督察专员办(?:公室)?|{BARE_TEAM})|派驻(?:第{HAN_NUMBER})?(?:(?:纪检)?监察|纪检|工作|{INSPECTION})组|{INSPECTION}第?{NTH}组(?!长)"
)
COMMITTEE = lazy(
    r"(?!机关|党组|委员会|主要|有关|相关|领导|主席|副主席)[\u4e00-\u9fff]{2,14}?(?:专门委员会|工作委员会|委员会|专委会|工委|环资委|农工委|(?<=[\u4e00-\u9fff]{3})委(?=副?主任|主要|相关|有关|负责|[、，。]))"
)
"""What hangs on a congress or a consultative conference ('政协人口资源环境委员会')."""
_STOP = "与及对将把向在要应由从各的为请让、，。；：（）“”\\s"
WITHIN = lazy(
    rf"(?:执法|直属|机动)?第?{NTH}(?:大队|中队|分队)(?!长)|办公室(?=[、，。；和及与主副牵要应负]|$)|驻[\u4e00-\u9fff]{{1,3}}监察室"
    rf"|[^和{_STOP}][^{_STOP}]{{1,6}}处(?=副?处长)"
    rf"|[^和{_STOP}][^{_STOP}]{{1,2}}(?<![场厕诊处住会交哨])所(?=[、，。及向要应负联分发派]|副?所长)"
)
"""What may hang on a body that is itself part of another ('…局交警支队' + '二大队')."""
STATION = lazy(
    rf"[^和{_STOP}][^{_STOP}]{{1,2}}(?:派出所|环保所|环保站|环卫站|水利站|林业站|农技站|规划所|市场监管所|监管所|司法所|国土所|税务所|财政所|水管站|供电所|检查站)"
    rf"|[^和{_STOP}][^{_STOP}]{{1,2}}(?<![场厕诊处住会交哨])所(?=[、，。及向要应负联分发派]|副?所长)"
    rf"|[^和副\d{_STOP}][^\d{_STOP}]{{1,5}}(?:支队|大队|中队|总队|监理站|监测站|推广站|管理站|管理中心)(?!长)"
    rf"|[^和{_STOP}][^{_STOP}]{{1,6}}[处科股司](?=，?副?[处科股司]长|[一二三四]级)"
    rf"|[^和{_STOP}][^{_STOP}]{{1,4}}[科股](?=[要应须负牵会]|，电话)"
    rf"|[^和{_STOP}][^{_STOP}]{{1,6}}[与和][^和{_STOP}]{{2,6}}[处科股司](?=副?[处科股司]长|[一二三四]级)"
)
BESIDE = lazy(
    rf"[、和]((?:(?![局厅]|委[^员]|公司|办公室)[^{_STOP}]){{1,6}}(?:处|科|室|股|办|支队|大队|中队|总队|队|站|(?<![场厕诊处住会交哨])所|中心))(?=[、，。；等（及和与要应在对将分\s]|主要|相关|有关|负责|分管|联合|共同|会同|参加|牵头|配合|派|汇报|副?[处科股队]长)"
)
ACTS = lazy(
    "联合(?!执法|社|会)|会商|督促|所属|下属|抽调|邀请|委托|聘请|依托|指导|安排|部署|统筹|要求|责成|指派|派出|派遣|成立|设立|建立|组建|组织"
)
"""What a body does to the one that follows ('…局联合' + '交警大队')."""


@cache
def an_office(before: str) -> re.Pattern[str]:
    """Offices by their last word, behind what a look-behind says."""
    rows = table("organs.toml")["offices"]
    units = "|".join(sorted(rows["units"].split(), key=len, reverse=True))
    own = f"(?:(?!{rows['without']})[\u4e00-\u9fff]){{2,15}}?"
    return compiled(f"{before}(?P<own>{own})(?P<unit>{units})(?={rows['before']})")
