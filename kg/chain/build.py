"""From what the walk found to boxes, lanes, steps and gaps.

What acts as one is one box. A region is drawn with the one government that governs it, under the government's name. A
post is drawn with its holder, under the person's name with the titles as second line, when it has exactly one, or when
it has several but does nothing itself (three deputies hold 副县长; each is one box). Else the post has its own box.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import product

from kg.chain.model import Box, Chain, Gap, Lane, Shown, Step
from kg.chain.rules import lanes, rules, title_of
from kg.chain.source import premises, whole_edges, whole_nodes, whole_notices
from kg.chain.walk import Walk
from kg.chain.when import stated, status
from kg.model import Edge, Node

PEOPLE = ("Person", "Post")


def build(walk: Walk, chain: Chain) -> Chain:
    """Fill a chain from a finished walk, without words (see :func:`complete`)."""
    home = _homes(walk)
    members: defaultdict[str, list[Node]] = defaultdict(list)
    for node_id in sorted(walk.nodes):
        for key in home[node_id]:
            members[key].append(walk.nodes[node_id])
    _look_around(walk, members)
    steps, inner = _steps(walk, home)
    placed = {e.source for e in walk.edges.values() if e.type == "POST_IN"}
    boxes = [_box(walk, key, nodes, inner.get(key, []), placed) for key, nodes in members.items()]
    chain.boxes = sorted(boxes, key=lambda b: (b.lane.order, b.id))
    order = {b.id: b.lane.order for b in boxes}
    chain.steps = sorted(steps, key=lambda s: (order[s.upper], s.upper, order[s.lower], s.lower))
    chain.lanes = sorted({b.lane for b in boxes})
    chain.gaps = _gaps(walk, chain, home)
    return chain


def complete(walk: Walk, chain: Chain, shown: Shown | None, texts: bool) -> None:
    """Give the steps and boxes their words, or those of them that are ``shown``, and the chain the notices these stand in, with
    their ``texts`` or without."""
    boxes = [b for b in chain.boxes if shown is None or b.id in shown[0]]
    steps = [s for s in chain.steps if shown is None or (s.upper, s.lower) in shown[1]]
    links = [e for s in steps for e in s.links] + [e for b in boxes for e in b.inner]
    store = walk.around.store
    if store is not None:
        nodes = whole_nodes(store, (n for b in boxes for n in b.members))
        edges = whole_edges(store, links, walk.around.nodes)
        edges = {k: stated(e) for k, e in edges.items()} if walk.stated_only else edges

        def whole(some: Iterable[Edge]) -> tuple[Edge, ...]:
            return tuple(edges.get(e.key, e) for e in some)

        chain.boxes = [
            replace(b, members=tuple(nodes.get(n.id, n) for n in b.members), inner=whole(b.inner)) for b in chain.boxes
        ]
        chain.steps = [replace(s, links=whole(s.links)) for s in chain.steps]
        links = list(whole(links))
    _give_premises(walk, chain, links)
    used = {v.notice for e in [*links, *chain.premises.values()] for v in e.evidence}
    notices = walk.around.notices if store is None else whole_notices(store, used, texts)
    chain.notices = {k: n for k, n in sorted(notices.items()) if k in used}


def _give_premises(walk: Walk, chain: Chain, links: Iterable[Edge]) -> None:
    """What the derived of these relationships rest on, where that is not drawn itself too."""
    around = walk.around
    known = {e.key: e for e in links}
    wanted = {key for e in known.values() for key in e.premises}
    chain.premises = {key: known[key] for key in wanted & known.keys()}
    chain.names = {n.id: n.name for b in chain.boxes for n in b.members}
    if around.store is not None:
        found, names = premises(around.store, wanted - known.keys())
    else:
        found = {e.key: e for key in wanted - known.keys() for e in around.out[key.partition("|")[0]] if e.key == key}
        names = {uid: around.nodes[uid].name for key in wanted for uid in key.split("|")[:3:2] if uid in around.nodes}
    chain.premises |= found
    chain.names = names | chain.names


def _look_around(walk: Walk, members: dict[str, list[Node]]) -> None:
    """Bring in what tells the lanes of people and posts."""
    around = walk.around
    people = [key for key in members if walk.nodes[key].label == "Person"]
    bare = [key for key in people if not any(n.label == "Post" for n in members[key])]
    around.fetch([*bare, *(i for i, n in walk.nodes.items() if n.label == "Post")])
    around.fetch([e.target for key in bare for e in around.out[key]])
    told = set(bare)
    labels = {n.id: n.label for nodes in members.values() for n in nodes if n.label in PEOPLE}
    through = {
        e.target for uid, label in labels.items() for e in around.out[uid]
        if label == "Post" or uid in told or e.type in rules().office
    }  # fmt: skip
    around.tell(through | {e.target for key in bare for one in around.out[key] for e in around.out[one.target]})


def _homes(walk: Walk) -> dict[str, tuple[str, ...]]:
    """Ids of the boxes that every node belongs to: one, or for an idle post those of all its holders."""
    home: dict[str, tuple[str, ...]] = {node_id: (node_id,) for node_id in walk.nodes}
    governing: defaultdict[str, set[str]] = defaultdict(set)
    holding: defaultdict[str, set[str]] = defaultdict(set)
    busy = {walk.subject.id}
    for edge in walk.edges.values():
        if edge.type == "GOVERNS" and lanes().is_government(walk.nodes[edge.source]):
            governing[edge.target].add(edge.source)
        elif edge.type == "HOLDS":
            holding[edge.target].add(edge.source)
        elif edge.type != "POST_IN":
            busy |= {edge.source, edge.target}
    home |= {region: tuple(ones) for region, ones in governing.items() if len(ones) == 1}
    home |= {post: tuple(sorted(ones)) for post, ones in holding.items() if len(ones) == 1 or post not in busy}
    return home


def _steps(walk: Walk, home: dict[str, tuple[str, ...]]) -> tuple[list[Step], dict[str, list[Edge]]]:
    links: defaultdict[tuple[str, str], list[Edge]] = defaultdict(list)
    inner: defaultdict[str, list[Edge]] = defaultdict(list)
    places: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for edge in sorted(walk.edges.values(), key=lambda e: e.key):
        upper, lower = (edge.source, edge.target) if edge.type in rules().downward else (edge.target, edge.source)
        shared = set(home[upper]) & set(home[lower])
        if shared:
            for key in shared:
                inner[key].append(edge)
            continue
        for pair in product(home[upper], home[lower]):
            links[pair].append(edge)
            if edge.type == "POST_IN":
                places[edge.source].append(pair)
    for key, edges in inner.items():
        for edge in [e for e in edges if e.type == "HOLDS"]:
            for pair in places[edge.target]:
                if pair[1] == key:
                    links[pair].append(edge)
                    edges[:] = [e for e in edges if e is not edge]
    for pair in [p for p, edges in links.items() if all(e.type in ("POST_IN", "HOLDS") for e in edges)]:
        # A river's chief is in charge of the river, not set under it, though the post is the river's.
        if any(e.type == "IN_CHARGE_OF" for e in links.get(pair[::-1], ())):
            inner[pair[1]] += links.pop(pair)
    return [_step(upper, lower, edges) for (upper, lower), edges in links.items()], inner


def _step(upper: str, lower: str, edges: list[Edge]) -> Step:
    ranked = sorted(edges, key=lambda e: (e.derived, rules().order.get(e.type, 99), e.key))
    first = ranked[0]
    zh, en = rules().word(first)
    return Step(upper, lower, tuple(ranked), zh, en, rules().why(first))


def _box(walk: Walk, key: str, nodes: list[Node], inner: list[Edge], placed: set[str]) -> Box:
    head = next(n for n in nodes if n.id == key)
    rest = [n for n in nodes if n.id != key]
    title = ""
    notes: tuple[tuple[str, str], ...] = ()
    if head.label in PEOPLE:
        title, notes = _title(walk, head, rest, placed)
    elif head.label == "Obligation":
        title = " · ".join(str(head.props[p]) for p in ("deadline", "status") if head.props.get(p))
    return Box(
        key,
        head.label,
        head.name or str(head.props.get("text", "")) or head.id,
        _lane(walk, head, rest),
        (head, *rest),
        title,
        notes,
        tuple(inner),
        any(n.id == walk.subject.id for n in nodes),
        bool(head.props.get("generic")),
        max((walk.more.get(n.id, 0) for n in nodes), default=0) if key in walk.more else 0,
    )


def _title(walk: Walk, head: Node, posts: list[Node], placed: set[str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Second line of a person or post, and remarks on the time of what they hold; ``placed`` are posts whose body is drawn."""
    if head.label == "Post":
        return "", ()
    held = [e for e in walk.around.out[head.id] if e.type == "HOLDS" and e.target in walk.around.nodes]
    held = [e for e in held if walk.holding_state(e)[0] in ("holds", "unknown")]
    own = [e for e in held if e.target in {p.id for p in posts}] or held
    titles: list[str] = []
    notes: set[tuple[str, str]] = set()
    words = rules().notes
    for edge in sorted(own, key=lambda e: (str(e.props.get("since", "")), e.key)):
        post = walk.around.nodes[edge.target]
        how = status(edge, walk.as_of)
        title = title_of(post) if post.id in placed else post.name
        titles.append(title + (f"（{how}）" if how not in ("", "在任") else ""))
        state, last = walk.holding_state(edge)
        if state == "unknown" or not walk.as_of:
            notes.add(("last_seen", last))
        if walk.as_of == "all":
            notes |= {
                (name, str(edge.props[name])) for name in ("since", "until", "superseded") if edge.props.get(name)
            }
    newest = max((d for k, d in notes if k == "last_seen"), default="")
    notes = {(k, d) for k, d in notes if k != "last_seen" or d == newest}
    said = tuple((words[k][0].format(date=d), words[k][1].format(date=d)) for k, d in sorted(notes) if d)
    return "、".join(dict.fromkeys(titles)), said


def _lane(walk: Walk, head: Node, rest: list[Node]) -> Lane:
    table = lanes()
    if head.label in ("Meeting", "Obligation"):
        return table.lane("", "meeting" if head.label == "Meeting" else "duty")
    if head.label not in PEOPLE:
        level = table.level(head)
        if level == "unknown" and rest:
            level = table.level(rest[0])
        return table.lane(level, "organ" if table.is_organ(head) else "bureau")
    found = []
    posts = [n for n in rest if n.label == "Post"]
    if head.label == "Post":
        posts = [head]
    elif not posts:
        posts = [walk.around.nodes[e.target] for e in walk.around.out[head.id] if e.target in walk.around.nodes]
    for post in posts:
        bodies = [walk.around.nodes[e.target] for e in walk.around.out[post.id] if e.target in walk.around.nodes]
        for body in (b for b in bodies if b.label in ("Agency", "Region")):
            found.append(table.lane(table.level(body), "leader" if table.is_organ(body) else "staff"))
        if not bodies:
            part = "leader" if table.is_leader(title_of(post)) else "staff"
            found.append(table.lane(table.level(post), part))
    return min(found, default=table.lane(table.level(replace(head, name="")), "staff"))


def _gaps(walk: Walk, chain: Chain, home: dict[str, tuple[str, ...]]) -> list[Gap]:
    found: dict[tuple[str, str], str] = {}
    duties = sorted(i for i, n in walk.nodes.items() if n.label == "Obligation" and i not in walk.more)
    walk.around.fetch(duties)
    for duty in duties:
        if not walk.bearers(duty):
            found["no_bearer", duty] = ""
    bearing = {key for e in walk.edges.values() if e.type == "BEARS" for key in home[e.source]}
    for box in chain.boxes:
        if box.generic and box.id in bearing:
            found["generic_bearer", box.id] = ""
    for post, since in walk.empty.items():
        ended = since and walk.ended(post)
        kind = "vacant" if ended else "holder_unknown" if since else "no_holder"
        found[kind, post] = since
    named = {s.upper for s in chain.steps if any(e.type == "HOLDS" for e in s.links)}
    named |= {s.upper for s in chain.steps if s.lower in {box for kind, box in found if kind != "no_bearer"}}
    for body in walk.bare:
        box_id = home[body][0]
        if walk.counted and any(walk.staffed(n.id) for n in chain.box(box_id).members):
            continue  # who works there is known, only not drawn
        if box_id not in named and ("generic_bearer", box_id) not in found and not chain.box(box_id).generic:
            found["no_person", box_id] = ""
    words = rules().gaps
    order = {b.id: i for i, b in enumerate(chain.boxes)}
    rows = sorted(found.items(), key=lambda row: (order[row[0][1]], row[0][0]))
    return [
        Gap(k, box, words[k][0].format(date=since), words[k][1].format(date=since), since) for (k, box), since in rows
    ]
