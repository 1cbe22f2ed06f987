"""A made-up corpus of readings, as like a real one as its numbers go: places nest, bodies and offices recur, each
notice brings its own meeting, duties and targets. The same seed gives the same readings."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from kg.model import Edge, Evidence, Node, Notice, Reading

PROVINCES, CITIES, COUNTIES, TOWNS = 31, 11, 8, 14  # per level: 341 cities, 2,728 counties, 38,192 towns
BUREAUS = ["生态环境局", "公安局", "住房和城乡建设局", "城市管理局", "交通运输局", "市场监督管理局", "农业农村局"]
TOPICS = ["散煤", "扬尘", "秸秆禁烧", "臭氧", "机动车", "饮食油烟", "水", "重污染天气", "工业企业", "大气污染"]
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "安邦成达恩方刚浩吉凯朗明宁平清瑞"
ROLES = ["牵头", "配合", "责任", "督办"]


class _Draft:
    def __init__(self, number: int, published: str, title: str) -> None:
        self.id, self.published, self.title = f"notice:生成/{number}", published, title
        self.text = ""
        self.nodes: dict[str, Node] = {}
        self.edges: dict[str, Edge] = {}
        self.words: tuple[Evidence, ...] = ()

    def say(self, sentence: str) -> None:
        start = len(self.text)
        self.text += sentence
        self.words = (Evidence(self.id, start, len(self.text), sentence),)

    def node(self, uid: str, label: str, name: str, **props: Any) -> str:
        self.nodes.setdefault(uid, Node(uid, label, name, (), props))
        return uid

    def edge(self, source: str, type_: str, target: str, derived: bool = False, **props: Any) -> None:
        rule = "division" if derived else "made-up"
        edge = Edge(source, type_, target, self.words, rule, 1.0 if derived else 0.9, derived, (), dict(props))
        self.edges.setdefault(edge.key, edge)

    def reading(self) -> Reading:
        notice = Notice(self.id, self.title, self.published, url=f"https://example.org/{self.id}", text=self.text)
        return Reading(notice, list(self.nodes.values()), list(self.edges.values()))


class Corpus:
    """Readings number 0 to ``size - 1``."""

    def __init__(self, size: int, seed: int = 7) -> None:
        self.size, self.seed = size, seed

    def __iter__(self) -> Iterator[Reading]:
        for number in range(self.size):
            yield self.reading(number)

    def reading(self, number: int) -> Reading:
        """The reading of that number."""
        rng = random.Random(f"{self.seed}/{number}")
        p, c, d = rng.randrange(PROVINCES), rng.randrange(CITIES), rng.randrange(COUNTIES)
        day = f"{rng.randrange(2016, 2025)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
        draft = _Draft(number, day, f"第{p}省{c}市{d}县污染防治工作通知之{number}")
        draft.say(f"{day}，第{p}省{c}市{d}县召开污染防治工作会议。")
        regions, governments = self._places(draft, p, c, d)
        county, government = regions[2], governments[2]
        meeting = draft.node(f"meeting:{day}/{number}", "Meeting", f"{d}县污染防治工作会议", date=day)
        draft.edge(government, "CONVENED", meeting)
        draft.edge(meeting, "CONCERNS", county)
        bureaus = []
        for name in rng.sample(BUREAUS, 4):
            bureau = draft.node(f"agency:{county[7:]}/{name}", "Agency", f"{p}省{c}市{d}县{name}", kind="部门")
            draft.edge(bureau, "PART_OF", government, True)
            draft.edge(bureau, "ATTENDED", meeting)
            bureaus.append(bureau)
        people = self._people(draft, rng, county, government, day, meeting)
        towns = [self._town(draft, rng.randrange(TOWNS), county) for _ in range(3)]
        for index in range(6):
            self._duty(draft, rng, number, index, day, meeting, bureaus, people, [county, *towns])
        if number % 50 == 5:
            self._list(draft, number, day, county)
        if number % 5 == 0:
            draft.say("包保名册如下。")
            for town in range(TOWNS):
                region = self._town(draft, town, county)
                person = self._person(draft, rng, county)
                draft.edge(person, "IN_CHARGE_OF", region)
                draft.edge(person, "SUPERVISES", region, kind="contract")
        draft.say("各单位要认真落实。" * rng.randrange(20, 80))
        return draft.reading()

    def _list(self, draft: _Draft, number: int, day: str, county: str) -> None:
        title = f"{draft.nodes[county].name}突出环境问题整改清单"
        draft.say(f"附件：{title}。")
        uid = draft.node(f"list:生成/{number}", "AccountabilityList", title, title=title, kind="整改清单", date=day)
        for index in range(6):
            draft.edge(f"obligation:生成/{number}/{index}", "LISTED_IN", uid)

    def _places(self, draft: _Draft, p: int, c: int, d: int) -> tuple[list[str], list[str]]:
        codes = [f"{p}", f"{p}-{c}", f"{p}-{c}-{d}"]
        names = [f"第{p}省", f"第{p}省{c}市", f"第{p}省{c}市{d}县"]
        levels = ["province", "city", "county"]
        regions = [
            draft.node(f"region:{code}", "Region", name, level=level)
            for code, name, level in zip(codes, names, levels, strict=True)
        ]
        governments = [
            draft.node(f"agency:{code}/人民政府", "Agency", f"{name}人民政府", kind="政府")
            for code, name in zip(codes, names, strict=True)
        ]
        for below, above in ((1, 0), (2, 1)):
            draft.edge(regions[below], "WITHIN", regions[above], True)
            draft.edge(governments[above], "SUPERVISES", governments[below], True, kind="rank")
        for government, region in zip(governments, regions, strict=True):
            draft.edge(government, "GOVERNS", region, True)
        return regions, governments

    def _town(self, draft: _Draft, number: int, county: str) -> str:
        town = draft.node(f"{county}-{number}", "Region", f"{draft.nodes[county].name}{number}镇", level="township")
        draft.edge(town, "WITHIN", county, True)
        return town

    def _person(self, draft: _Draft, rng: random.Random, county: str) -> str:
        name = rng.choice(SURNAMES) + rng.choice(GIVEN) + rng.choice(GIVEN)
        return draft.node(f"person:{name}@{county[7:]}", "Person", name)

    def _people(
        self, draft: _Draft, rng: random.Random, county: str, government: str, day: str, meeting: str
    ) -> list[str]:
        people = []
        for title, part in (("县长", "SPOKE_AT"), ("副县长", "CHAIRED"), ("秘书长", "ATTENDED")):
            person = self._person(draft, rng, county)
            draft.say(f"{title}{draft.nodes[person].name}出席。")
            name = draft.nodes[government].name + title
            post = draft.node(f"post:{government[7:]}/{title}", "Post", name, title=title)
            draft.edge(person, "HOLDS", post, since=day)
            draft.edge(post, "POST_IN", government)
            draft.edge(person, part, meeting)
            people.append(person)
        draft.edge(people[1], "SUPERVISES", f"agency:{county[7:]}/人民政府", kind="portfolio")
        return people

    def _duty(
        self, draft: _Draft, rng: random.Random, number: int, index: int, day: str, meeting: str, bureaus: list[str],
        people: list[str], regions: list[str],
    ) -> None:  # fmt: skip
        topic = rng.choice(TOPICS)
        due = f"{int(day[:4]) + 1}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
        bureau = rng.choice(bureaus)
        text = f"{draft.nodes[bureau].name}要于{due}前完成{topic}整治任务第{index}项"
        draft.say(text + "。")
        duty = draft.node(
            f"obligation:生成/{number}/{index}", "Obligation", text[:20], text=text, due=due, deadline=f"{due}前"
        )
        draft.edge(rng.choice([meeting, *people[:2]]), "ASSIGNED", duty)
        if rng.random() < 0.9:
            draft.edge(bureau, "BEARS", duty, role=rng.choice(ROLES))
            draft.edge(rng.choice([*regions[1:], people[1]]), "BEARS", duty, role="配合")
        draft.edge(duty, "APPLIES_IN", rng.choice(regions))
        draft.edge(duty, "ABOUT", draft.node(f"topic:{topic}", "Topic", topic, notation=topic))
        if index == 0:
            target = draft.node(f"target:生成/{number}", "Target", f"{topic}达标率≥95%", indicator=f"{topic}达标率", op=">=",
                                value=95.0, unit="%", period=due[:4])  # fmt: skip
            draft.edge(duty, "HAS_TARGET", target)
