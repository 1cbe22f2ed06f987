"""``kg extract``"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import columns, day, format_option
from kg.cli.streams import put, put_document, put_json, stdin

if TYPE_CHECKING:
    from kg.explain import Explanation
    from kg.model import Node, Reading


@click.command("extract")
@click.argument("file")
@format_option("table", "json", "ttl", "html")
@click.option("--explain", is_flag=True, help="The words marked up: mentions, statements with their rules, and what was "
              "left unread. Also as a page (--format html).")  # fmt: skip
@click.option("--place", metavar="NAME", default="", help="Where '我市' or '县政府' is, if the notice leaves it open.")
@click.option("--publisher", metavar="NAME", default="", help="Who published it, if the notice does not say.")
@click.option("--published", metavar="DATE", default="", help="The day of publication, if the notice does not say.")
@columns
@click.option("--full", is_flag=True, help="Shorten nothing in a table or an explanation.")
def command(
    file: str, format: str, explain: bool, place: str, publisher: str, published: str, columns: dict[str, str],
    full: bool,
) -> None:  # fmt: skip
    """Read one notice or list and print what it says; no store is touched. FILE may be - for standard input.

    \b
    kg extract 通报.txt
    kg extract page.html --format json > page.json
    kg extract plan.docx --format ttl --place 河北省保定市望都县
    kg extract 通报.txt --explain
    kg extract 通报.txt --explain --format html > 通报.html
    """
    from kg.loading import Defaults, read
    from kg.loading import explain as explained
    from kg.model import reading_json

    if explain and format == "ttl" or format == "html" and not explain:
        raise click.UsageError("--format html goes with --explain, ttl without it")
    defaults = Defaults(place, publisher, day(published, "--published") if published else "", columns)
    source = _source(file)
    if explain:
        _explain(explained(source, file, defaults), format, full)
        return
    reading = read(source, file, defaults)
    if format == "json":
        put_json(reading_json(reading))
    elif format == "ttl":
        from kg.export import reading_ttl

        put_document(reading_ttl(reading))
    else:
        _tell(reading, full)


def _source(file: str) -> Path | bytes:
    from kg.errors import SourceError

    if file == "-":
        return stdin()
    if not Path(file).is_file():
        what = "is a folder; give one file" if Path(file).is_dir() else "no such file; check the path"
        raise SourceError(f"{file}: {what}")
    return Path(file)


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
