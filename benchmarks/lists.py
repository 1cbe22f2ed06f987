"""Seconds and memory of loading a roster of 200, 10,000 and 100,000 rows, as a workbook and as CSV, and the milliseconds of chains in it.

    python benchmarks/lists.py [--rows 200 10000 100000] [--formats xlsx csv]

Each is read and stored in a process of its own. The embedded store holds its graph in memory, so its peak is compared with
that of a process that only opens the finished store; a long list is read by a process of its own, whose peak stands beside it, and
reading alone, all at once and without a store, is measured too. The chains are those of
things of each kind all over the roster, as `kg chain` makes them to draw
them, very large ones bounded: how many boxes the median one has, and the processor's
milliseconds of the median and of the twentieth.
"""

from __future__ import annotations

import argparse
import compileall
import itertools
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROWS, FORMATS = [200, 10_000, 100_000], ["xlsx", "csv"]
TITLE = "江苏省秸秆禁烧包保责任名册（2024年9月5日）"
HEADER = ("序号", "县（市、区）", "镇（街道）", "行政村", "包镇县级领导", "包村干部", "联系电话", "备注")
PROVINCE = "320000"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻苏潘葛范彭鲁韦马苗方任袁柳"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华文辉力宁斌健东波红梅兰建国志远新民安邦德才"
PLACES = "东西南北上下前后大小"
FAMILIES = "王张李刘陈杨赵黄周吴徐孙马朱胡郭何高林郑"
ENDS = "庄楼寨集屯湾桥店岭河"
SUBJECTS = {
    "village": "(n:Region {level: 'village'})", "cadre": "(n:Person)-[:HOLDS]->(:Post)", "post": "(n:Post)",
    "township": "(n:Region {level: 'township'})", "its office": "(n:Agency {level: 'township'})",
    "county": "(n:Region {level: 'county'})", "city": "(n:Region {level: 'prefecture'})", "province": "(n:Region {level: 'province'})",
}  # fmt: skip
SAMPLE = 40  # things of a kind
VILLAGES = [f"{a}{b}{c}村" for c in ENDS for b in FAMILIES for a in PLACES]


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Data rows: the villages of every township of a province, each with its cadre, and the leader over the township."""
    from kg.places import gazetteer

    g = gazetteer()
    counties = [c for city in g.children(PROVINCE) for c in g.children(city.adcode) if c.level == "county"]
    towns = [(c.name, t.name) for c in counties for t in g.children(c.adcode)]
    each = -(-count // len(towns))
    for n in range(count):
        county, town = towns[n // each]
        yield (
            str(n + 1), county, town, VILLAGES[n % each], f"副{county[-1]}长　{person(n // each, 7)}",
            f"{person(n, 1)}（{'农业农村办公室主任' if n % 3 else '副镇长'}）", f"138{n:08d}", "",
        )  # fmt: skip


def person(n: int, salt: int) -> str:
    """The n-th made-up name."""
    n = n * 7919 + salt * 104729
    return SURNAMES[n % len(SURNAMES)] + GIVEN[n // 50 % len(GIVEN)] + GIVEN[n // 2000 % len(GIVEN)]


def write(path: Path, count: int) -> None:
    """A roster of ``count`` rows, as the ending of ``path`` says."""
    lines = itertools.chain([(TITLE,), HEADER], rows(count))
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig") as file:
            file.writelines(",".join([*line, *[""] * (len(HEADER) - len(line))]) + "\n" for line in lines)
        return
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    types = f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
    link = f'<Relationship Id="rId1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets><sheet name="名册" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}/relationships">{link}</Relationships>'
        )
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{main}"><sheetData>'.encode())
            for r, line in enumerate(lines, 1):
                cells = "".join(
                    f'<c r="{chr(65 + k)}{r}" t="inlineStr"><is><t>{text}</t></is></c>'
                    for k, text in enumerate(line)
                    if text
                )
                sheet.write(f'<row r="{r}">{cells}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")


def peaks() -> tuple[float, float]:
    """Largest resident memory so far, in MB: of this process, and of the largest that it started."""
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    own, started = (
        resource.getrusage(who).ru_maxrss * unit / 1e6 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own, started


def computed() -> float:
    """Seconds of computing so far, those of the processes that this one started too."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def step(what: str, source: str, store: str) -> None:
    """One step in this process; prints seconds of computing, seconds that passed, and the peaks."""
    if what == "chains":
        return chains(store)
    from kg.loading import Defaults, load, read
    from kg.store import open_store

    wall, cpu = time.perf_counter(), computed()
    if what == "read":
        read(Path(source), source, Defaults())
    elif what == "load":
        with open_store(store) as opened:
            tally = load(opened, [(source, Path(source), "")], Defaults())
        if tally.new != 1:
            raise SystemExit(f"{source} was not loaded: {tally.failed}")
    else:
        with open_store(store, read_only=True) as opened:
            opened.counts()
    print(computed() - cpu, time.perf_counter() - wall, *peaks())


def chains(store: str) -> None:
    """Print a line a kind of subject: how many, boxes of the median chain, and milliseconds of the median and the twentieth."""
    from statistics import median, quantiles

    from kg.chain import accountability
    from kg.draw import folded
    from kg.store import open_store
    from kg.workbench import CHAIN_LABELS, find

    with open_store(store, read_only=True) as opened:
        for kind, pattern in SUBJECTS.items():
            every = [row["uid"] for row in opened.query(f"MATCH {pattern} RETURN DISTINCT n.uid AS uid ORDER BY uid")]
            boxes, times = list[int](), list[float]()
            for uid in every[:: max(1, len(every) // SAMPLE)][:SAMPLE]:
                start = time.process_time()
                found = accountability(opened, find(opened, uid, CHAIN_LABELS), shown=folded, texts=False, bounded=True)
                times.append((time.process_time() - start) * 1000)
                boxes.append(len(found.boxes))
            slow = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
            print(f"{kind:<12}{len(every):>8}{median(boxes):>8.0f}{median(times):>8.0f}{slow:>8.0f}", flush=True)


def apart(*arguments: str) -> list[float]:
    """What a step prints, in a process of its own."""
    return [float(x) for x in told(*arguments).split()[-4:]]


def told(*arguments: str) -> str:
    """The output of a step."""
    done = subprocess.run(
        [sys.executable, __file__, "--step", *arguments], stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=ROWS)
    parser.add_argument("--formats", nargs="+", default=FORMATS)
    parser.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        return step(*given.step)
    for package in ("kg", "loaders"):  # as an installed program is
        compileall.compile_dir(Path(__file__).parents[1] / package, quiet=1)
    print(
        f"{'rows':>8} {'file':<5}{'read s':>8}{'MB':>7}{'load s':>9}{'of CPU':>8}{'MB':>7}{'reader MB':>11}{'opened MB':>11}"
        f"{'beyond MB':>11}"
    )
    for count, ending in itertools.product(given.rows, given.formats):
        with tempfile.TemporaryDirectory() as folder:
            source, store = str(Path(folder) / f"roster.{ending}"), str(Path(folder) / "s.kgl")
            write(Path(source), count)
            reading, loading, opened = (apart(what, source, store) for what in ("read", "load", "open"))
            print(
                f"{count:>8} {ending:<5}{reading[1]:>8.1f}{reading[2]:>7.0f}{loading[1]:>9.1f}{loading[0]:>8.1f}"
                f"{loading[2]:>7.0f}{loading[3]:>11.0f}{opened[2]:>11.0f}{loading[2] - opened[2]:>11.0f}",
                flush=True,
            )
            if (count, ending) == (given.rows[-1], given.formats[-1]):
                print(f"\n{'chain of a':<12}{'of':>8}{'boxes':>8}{'ms':>8}{'p95':>8}")
                print(told("chains", source, store), end="")


if __name__ == "__main__":
    main()
