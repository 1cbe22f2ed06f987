"""A county for the tests of chains and drawings: real places, invented officials and deeds, about 150 things.

Every statement's evidence quotes the text of its notice exactly. ``build()`` gives the readings' merged graph.
"""

from __future__ import annotations

from kg.model import Edge, Evidence, Graph, Node, Notice

PROVINCE, CITY, COUNTY = "370000", "371400", "371424"
TOWNS = {
    "371424001": "临盘街道", "371424002": "邢侗街道", "371424003": "恒源街道", "371424100": "临邑镇",
    "371424102": "临南镇", "371424103": "德平镇", "371424104": "林子镇", "371424105": "兴隆镇",
    "371424106": "孟寺镇", "371424107": "翟家镇", "371424108": "理合务镇", "371424200": "宿安乡",
}  # fmt: skip
VILLAGES = ["东柳洼", "西柳洼", "小辛屯", "前石桥", "后石桥", "大槐店", "三官庄", "双庙李", "窦家集", "南坡"]
BUREAUS = ["生态环境局", "住房和城乡建设局", "交通运输局", "公安局", "农业农村局", "工业和信息化局", "综合行政执法局",
           "自然资源局", "市场监督管理局", "水利局", "气象局", "发展和改革局"]  # fmt: skip
LEADERS = [("书记", "纪云舒"), ("县长", "阮守拙"), ("副县长", "邝学勤"), ("副县长", "慕容岚"), ("副县长", "丛立言"),
           ("副县长", "扈长庚")]  # fmt: skip
HEADS = ["蔺秋实", "佟望山", "郗文圃", "翁乃谦", "逄见微", "鄢若水", "晏清和", "幸有余", "宓子归", "闵思齐", "", ""]
CHIEFS = ["阎半夏", "车远志", "栾知秋", "牟白术", "仝景行", "苗青禾", "储怀瑾", "尚之信", "麻守田", "展平川", "", ""]
CADRES = ["卞小满", "柏谷雨", "官立夏", "尉白露", "展寒露", "亓霜降", "鞠小雪", "郇大寒", "", ""]
PORTFOLIO = {"邝学勤": ["生态环境局", "气象局"], "慕容岚": ["住房和城乡建设局", "综合行政执法局", "自然资源局"],
             "丛立言": ["农业农村局", "水利局"], "扈长庚": ["交通运输局", "公安局"]}  # fmt: skip
DUTIES = [
    ("建成区道路机械化清扫率提高到九成以上", ["综合行政执法局"], ["住房和城乡建设局"], "扬尘", "2024年6月底前"),
    ("施工工地未落实六个百分之百的一律停工", ["住房和城乡建设局"], ["综合行政执法局"], "扬尘", ""),
    ("清零建成区和乡镇驻地的散煤取暖", ["发展和改革局"], ["市场监督管理局"], "散煤", "2024年10月底前"),
    ("取缔流动加油车并查封黑加油站点", ["公安局"], ["市场监督管理局", "交通运输局"], "机动车", "2024年5月20日前"),
    ("对柴油货车路检路查每周不少于两次", ["公安局"], ["生态环境局"], "机动车", ""),
    ("完成四家板材企业挥发性有机物深度治理", ["生态环境局"], ["工业和信息化局"], "臭氧", "2024年8月底前"),
    ("制定夏季臭氧错峰生产清单并逐厂核对", ["工业和信息化局"], ["生态环境局"], "臭氧", "2024年5月底前"),
    ("麦收期间实行秸秆禁烧昼夜值守", ["农业农村局"], [], "秸秆禁烧", "2024年6月20日前"),
    ("整治德惠新河沿岸十一处入河排污口", ["水利局"], ["生态环境局"], "水", "2024年9月底前"),
    ("餐饮单位油烟净化设施安装率达到百分之百", ["综合行政执法局"], ["市场监督管理局"], "饮食油烟", "2024年7月底前"),
    ("重污染天气应急响应指令一小时内传达到企业", ["生态环境局"], ["气象局"], "重污染天气", ""),
    ("取土场和裸露地块全部苫盖或者复绿", ["自然资源局"], [], "扬尘", "2024年6月底前"),
]
UNBORNE = ["对反复出现的问题要提级办理", "信访举报件办结后要逐一回访"]


class Maker:
    """Collects nodes and edges; quotes are looked up in the notice's text."""

    def __init__(self) -> None:
        self.graph = Graph()

    def notice(self, key: str, title: str, published: str, publisher: str, lines: list[str]) -> str:
        text = f"{title}\n" + "\n".join(lines)
        url = f"https://www.example.gov.cn/{key}.html"
        self.graph.notices[f"notice:{key}"] = Notice(f"notice:{key}", title, published, publisher, url=url, text=text)
        return f"notice:{key}"

    def node(self, node_id: str, label: str, name: str, **props: object) -> str:
        aliases = props.pop("aliases", ())
        node = Node(node_id, label, name, tuple(aliases), dict(props))  # type: ignore[arg-type]
        self.graph.nodes.setdefault(node_id, node)
        return node_id

    def edge(self, source: str, relation: str, target: str, notice: str = "", quote: str = "", **props: object) -> Edge:
        evidence: tuple[Evidence, ...] = ()
        derived = bool(props.pop("derived", False))
        if quote:
            start = self.graph.notices[notice].text.index(quote)
            evidence = (Evidence(notice, start, start + len(quote), quote),)
        edge = Edge(source, relation, target, evidence, "derived/structure" if derived else "prose/test", derived=derived,
                    props=dict(props))  # type: ignore[arg-type]  # fmt: skip
        self.graph.edges.append(edge)
        return edge


def build() -> Graph:
    """The county's graph, the same each time."""
    m = Maker()
    _places(m)
    _leaders(m)
    _plan(m)
    _roster(m)
    _meeting(m)
    m.graph.edges.sort(key=lambda e: e.key)
    m.graph.nodes = dict(sorted(m.graph.nodes.items()))
    return m.graph


def _places(m: Maker) -> None:
    named = {PROVINCE: ("山东省", "省"), CITY: ("德州市", "市"), COUNTY: ("临邑县", "县")}
    named |= {code: (name, "乡镇") for code, name in TOWNS.items()}
    for code, (name, level) in named.items():
        region = m.node(f"region:{code}", "Region", name, adcode=code, level=level)
        office = "街道办事处" if name.endswith("街道") else "人民政府"
        body = m.node(f"agency:{code}/{office}", "Agency", name.removesuffix("街道") + office
                      if office != "人民政府" else name + office, level=level)  # fmt: skip
        m.edge(body, "GOVERNS", region, derived=True)
        upper = {COUNTY: CITY, CITY: PROVINCE}.get(code, COUNTY if code in TOWNS else "")
        if upper:
            m.edge(region, "WITHIN", f"region:{upper}", derived=True)
    m.node(f"agency:{COUNTY}/县委", "Agency", "中共临邑县委", level="县")
    for name in BUREAUS:
        body = m.node(f"agency:{COUNTY}/{name}", "Agency", f"临邑县{name}", level="县", aliases=(f"县{name}",))
        m.edge(body, "PART_OF", f"agency:{COUNTY}/人民政府", derived=True)
    m.node(f"agency:{CITY}/生态环境局", "Agency", "德州市生态环境局", level="市", aliases=("市生态环境局",))
    m.edge(f"agency:{CITY}/生态环境局", "PART_OF", f"agency:{CITY}/人民政府", derived=True)


def _office(m: Maker, person: str, title: str, body: str, notice: str, quote: str, **props: object) -> str:
    scope = body.split(":", 1)[1]
    post = m.node(f"post:{scope}/{title}", "Post", m.graph.nodes[body].name + title, title=title)
    who = m.node(f"person:{person}@{scope.split('/')[0][:6]}", "Person", person)
    m.edge(who, "HOLDS", post, notice, quote, **props)
    if not any(e.source == post and e.type == "POST_IN" for e in m.graph.edges):
        m.edge(post, "POST_IN", body, derived=True)
    return who


def _leaders(m: Maker) -> None:
    lines = [f"{'县委书记' if t == '书记' else t}{who}，" + (f"分管{'、'.join(PORTFOLIO[who])}" if who in PORTFOLIO
             else "主持全面工作") + "。" for t, who in LEADERS]  # fmt: skip
    lines += [f"县{b}由{who}任局长。" for b, who in zip(BUREAUS, HEADS, strict=True) if who]
    key = m.notice("leaders", "临邑县人民政府领导分工", "2024-02-26", "临邑县人民政府办公室", lines)
    for (title, who), line in zip(LEADERS, lines, strict=False):
        body = f"agency:{COUNTY}/{'县委' if title == '书记' else '人民政府'}"
        person = _office(m, who, title, body, key, line)
        for bureau in PORTFOLIO.get(who, []):
            m.edge(person, "SUPERVISES", f"agency:{COUNTY}/{bureau}", key, line, kind="portfolio")
    for bureau, who in zip(BUREAUS, HEADS, strict=True):
        if who:
            _office(m, who, "局长", f"agency:{COUNTY}/{bureau}", key, f"县{bureau}由{who}任局长。")


def _plan(m: Maker) -> None:
    lines = []
    for n, (text, lead, assist, _, deadline) in enumerate(DUTIES, 1):
        whom = f"牵头单位：{'、'.join('县' + b for b in lead)}" + (
            f"；配合单位：{'、'.join('县' + b for b in assist)}" if assist else "")  # fmt: skip
        lines.append(f"{n}.{deadline + '，' if deadline else ''}{text}。（{whom}）")
    lines += [f"{text}。" for text in UNBORNE]
    lines += ["全县PM2.5年均浓度控制在每立方米44微克以内。", "市生态环境局对各县落实情况开展督察。"]
    key = m.notice("plan", "临邑县2024年空气质量提升攻坚行动方案", "2024-04-18", "临邑县人民政府办公室", lines)
    county, body = f"region:{COUNTY}", f"agency:{COUNTY}/人民政府"
    for n, (text, lead, assist, topic, deadline) in enumerate(DUTIES):
        props = {"text": text, "deadline": deadline} if deadline else {"text": text}
        duty = m.node(f"obligation:plan/{n:02d}", "Obligation", text, **props)
        m.edge(body, "ASSIGNED", duty, key, lines[n])
        m.edge(duty, "APPLIES_IN", county, key, lines[n])
        about = m.node(f"topic:{topic}", "Topic", topic, notation=topic)
        m.edge(duty, "ABOUT", about, key, text)
        for bureau in lead:
            m.edge(f"agency:{COUNTY}/{bureau}", "BEARS", duty, key, lines[n], role="牵头")
        for bureau in assist:
            m.edge(f"agency:{COUNTY}/{bureau}", "BEARS", duty, key, lines[n], role="配合")
    for n, text in enumerate(UNBORNE):
        duty = m.node(f"obligation:plan/u{n}", "Obligation", text, text=text)
        m.edge(body, "ASSIGNED", duty, key, text)
    target = m.node("target:pm25", "Target", "PM2.5年均浓度≤44微克/立方米", indicator="PM2.5", op="<=", value=44)
    m.edge("obligation:plan/05", "HAS_TARGET", target, key, "全县PM2.5年均浓度控制在每立方米44微克以内")
    m.edge(f"agency:{CITY}/生态环境局", "SUPERVISES", body, key, lines[-1], kind="inspection")
    m.edge(f"agency:{CITY}/生态环境局", "SUPERVISES", f"agency:{COUNTY}/生态环境局", kind="guidance", derived=True)


def _roster(m: Maker) -> None:
    lines = []
    towns = list(TOWNS.items())
    for n, (_, town) in enumerate(towns):
        leader = LEADERS[n % len(LEADERS)][1]
        chief = (
            f"，{CHIEFS[n]}任{'主任' if town.endswith('街道') else '乡长' if town.endswith('乡') else '镇长'}"
            if CHIEFS[n]
            else ""
        )
        lines.append(f"{leader}包保{town}{chief}。")
    lines += [f"{who}包{VILLAGES[n]}村秸秆禁烧。" for n, who in enumerate(CADRES) if who]
    lines += [f"{town}负责辖区散煤复燃巡查。" for _, town in towns[:6]]
    key = m.notice("roster", "临邑县大气污染防治三包责任名册", "2024-05-09", "临邑县大气污染防治指挥部", lines)
    for n, (code, town) in enumerate(towns):
        body = f"agency:{code}/{'街道办事处' if town.endswith('街道') else '人民政府'}"
        leader = f"person:{LEADERS[n % len(LEADERS)][1]}@{COUNTY}"
        m.edge(leader, "IN_CHARGE_OF", f"region:{code}", key, lines[n])
        if CHIEFS[n]:
            title = "主任" if town.endswith("街道") else "乡长" if town.endswith("乡") else "镇长"
            _office(m, CHIEFS[n], title, body, key, lines[n])
        if n < 6:
            duty = m.node(f"obligation:roster/{n}", "Obligation", "负责辖区散煤复燃巡查", text="负责辖区散煤复燃巡查")
            m.edge(body, "BEARS", duty, key, f"{town}负责辖区散煤复燃巡查。", role="责任")
            m.edge(duty, "ABOUT", "topic:散煤", key, "散煤复燃巡查")
    for n, village in enumerate(VILLAGES):
        place = m.node(f"region:371424103/{village}村", "Region", f"{village}村", level="村")
        m.edge(place, "WITHIN", "region:371424103", derived=True)
        if CADRES[n]:
            who = m.node(f"person:{CADRES[n]}@371424", "Person", CADRES[n])
            m.edge(who, "IN_CHARGE_OF", place, key, f"{CADRES[n]}包{village}村秸秆禁烧。")


def _meeting(m: Maker) -> None:
    lines = ["5月28日，全县大气污染防治调度会召开。", "副县长邝学勤主持会议，县长阮守拙讲话。",
             "阮守拙要求，各镇街要把夜间巡查记录每周一报送指挥部。", "会议通报，德平镇两处火点处置不及时。"]  # fmt: skip
    key = m.notice("meeting", "我县召开大气污染防治调度会", "2024-05-29", "临邑县融媒体中心", lines)
    meeting = m.node("meeting:2024-05-28/a1", "Meeting", "全县大气污染防治调度会", date="2024-05-28", mode="in-person")
    m.edge(f"agency:{COUNTY}/人民政府", "CONVENED", meeting, key, lines[0])
    m.edge(f"person:邝学勤@{COUNTY}", "CHAIRED", meeting, key, lines[1])
    m.edge(f"person:阮守拙@{COUNTY}", "SPOKE_AT", meeting, key, lines[1])
    m.edge(meeting, "CONCERNS", f"region:{COUNTY}", key, lines[0])
    every = m.node(f"agency:{COUNTY}/各镇街", "Agency", "各镇街", generic=True, level="乡镇")
    duty = m.node("obligation:meeting/0", "Obligation", "各镇街要把夜间巡查记录每周一报送指挥部", text=lines[2])
    m.edge(every, "BEARS", duty, key, lines[2])
    m.edge(f"person:阮守拙@{COUNTY}", "ASSIGNED", duty, key, lines[2])
    m.edge(meeting, "ASSIGNED", duty, key, lines[2])
