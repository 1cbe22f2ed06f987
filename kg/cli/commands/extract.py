"""``kg extract``"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import columns, format_option, left_out, min_confidence, second_opinion
from kg.cli.streams import complain, put, put_document, put_json, stdin

if TYPE_CHECKING:
    from kg.explain import Explanation
    from kg.loading import Defaults
    from kg.model import Node, Reading


_FORMATS = {"": ("table", "json", "ttl"), "explain": ("table", "json", "html"), "report": ("table", "json", "csv")}
_ROOM = 24  # characters either side of a word that was left unread
_TOLD = 30  # constructions that a table shows; --full shows all


@click.command("extract")
@click.argument("file", metavar="FILE|DIR")
@format_option("table", "json", "ttl", "html", "csv")
@click.option("--explain", is_flag=True, help="The words marked up: mentions, statements with their rules, and what was "
              "left unread. Also as a page (--format html).")  # fmt: skip
@click.option("--report", is_flag=True, help="Of a whole folder: what was left unread, commonest constructions first.")
@left_out
@columns
@min_confidence
@second_opinion
@click.option("--full", is_flag=True, help="Shorten nothing in a table or an explanation.")
def command(
    file: str, format: str, explain: bool, report: bool, place: str, publisher: str, published: str, columns: dict[str, str],
    min_confidence: float, second_opinion: bool, full: bool,
) -> None:  # fmt: skip
    """Read one notice or list and print what it says; no store is touched. FILE may be - for standard input.

    \b
    kg extract 通报.txt
    kg extract page.html --format json > page.json
    kg extract plan.docx --format ttl --place 河北省保定市望都县
    kg extract 通报.txt --explain
    kg extract 通报.txt --explain --format html > 通报.html
    kg extract notices/ --report
    """
    from kg.loading import Defaults, read
    from kg.loading import explain as explained
    from kg.model import reading_json
    from kg.select import sure

    mode = "report" if report else "explain" if explain else ""
    if explain and report:
        raise click.UsageError("--explain and --report exclude each other; give one of them")
    if format not in _FORMATS[mode]:
        with_ = [f"with --{m}" if m else "without --explain or --report" for m, f in _FORMATS.items() if format in f]
        raise click.UsageError(f"--format {format} goes {' or '.join(with_)}")
    defaults = Defaults(place, publisher, published, columns, second_opinion)
    if report:
        _report(file, defaults, format, full)
        return
    name, source = _source(file)
    if explain:
        told = explained(source, name, defaults)
        told.reading = sure(told.reading, min_confidence)
        _explain(told, format, full)
        return
    reading = sure(read(source, name, defaults), min_confidence)
    if format == "json":
        put_json(reading_json(reading))
    elif format == "ttl":
        from kg.export import reading_ttl

        put_document(reading_ttl(reading))
    else:
        _tell(reading, full)


def _source(file: str) -> tuple[str, Path | bytes]:
    """The one file that is meant, with its name."""
    from kg.errors import SourceError
    from kg.loading import files

    if os.path.isdir(file):
        raise SourceError(f"{file}: is a folder; give one file (or --report)")
    (name, path, why), *others = files([file])
    if why or others:
        raise SourceError(why or f"{file}: fits {1 + len(others)} files; give one file (or a folder, with --report)")
    return name, stdin() if path is None else path


def _explain(told: Explanation, format: str, full: bool) -> None:
    if format == "json":
        from kg.explain import explanation_json

        put_json(explanation_json(told))
    elif format == "html":
        from kg.explain.page import page

        put_document(page(told))
    else:
        from kg.cli.paint import paint, put_painted
        from kg.cli.streams import clean
        from kg.explain.terminal import told_text

        for line in told_text(told, paint, clean, full=full):
            put_painted(line)


def _report(file: str, defaults: Defaults, format: str, full: bool) -> None:
    from kg.cli import table
    from kg.cli.progress import Progress
    from kg.explain.report import columns, report, report_json, report_rows
    from kg.loading import explain, files

    sources = [(name, stdin() if name == "-" else path, why) for name, path, why in files([file])]
    with Progress(sources) as going:
        done = report(going, lambda source, name: explain(source, name, defaults))
    if format == "json":
        put_json(report_json(done))
    elif format == "csv":
        put(table.comma(columns(), list(report_rows(done))))
    else:
        shown = done.constructions if full else done.constructions[:_TOLD]
        rows = [[c.count, c.notices, c.name, c.kind] for c in shown]
        below = ["  ".join(f"{x.file}#{x.at} “{x.around(200 if full else _ROOM)}”" for x in c.examples) for c in shown]
        if rows:
            put(table.table(["count", "notices", "construction", "kind"], rows, full=full, below=below))
        left = len(done.constructions) - len(shown)
        more = f", {left} more constructions; --full shows them" if left else ""
        put(f"\n{sum(c.count for c in done.constructions)} left unread in {done.notices} notices{more}")
    for _, why in done.failed:
        complain(why)
    if done.failed:
        raise click.exceptions.Exit(1 if done.notices else 2)


def _tell(reading: Reading, full: bool) -> None:
    from kg.cli.table import table

    notice = reading.notice
    put(notice.title or notice.id)
    heads = (notice.published, notice.publisher, notice.doc_number, notice.kind, notice.url)
    put("  " + " · ".join(text for text in heads if text))
    nodes = {n.id: n for n in reading.nodes}
    things = sorted((n for n in reading.nodes if n.label != "Notice"), key=lambda n: (n.label, n.id))
    if things:
        put("\n" + table(["thing", "name", "id"], [[n.label, n.name, n.id] for n in things], full=full))
    rows = [
        [_name(nodes, e.source), _how(e.type, e.props), _name(nodes, e.target), "derived" if e.derived else "stated",
         e.evidence[0].quote if e.evidence else ""]
        for e in sorted(reading.edges, key=lambda e: e.key)
        if e.type != "STATED_IN"
    ]  # fmt: skip
    if rows:
        put("\n" + table(["from", "how", "to", "", "words"], rows, full=full))
    put(f"\n{len(things)} things, {len(rows)} relationships")
    for remark in reading.remarks:
        click.echo(f"kg: {remark}", err=True)


def _name(nodes: dict[str, Node], uid: str) -> str:
    return (nodes[uid].name if uid in nodes else "") or uid


def _how(type_: str, props: Mapping[str, object]) -> str:
    return " ".join([type_, *(str(props[k]) for k in ("role", "kind", "form", "status") if props.get(k))])
