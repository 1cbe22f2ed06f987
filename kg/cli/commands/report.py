"""``kg report``"""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.complete import complete_subject
from kg.cli.options import as_of, format_option, min_confidence, output, stated_only
from kg.cli.session import Session, pass_session
from kg.cli.streams import clean, put, put_document, save

_ENDINGS = {".html": "html", ".htm": "html", ".md": "markdown", ".csv": "csv", ".json": "json", ".txt": "text"}


@click.group("report")
def command() -> None:
    """Write a report (报告) with the words that each finding rests on.

    \b
    kg report gaps
    kg report gaps --region 沛县 --as-of 2023-12-31 -o gaps.html
    """


@command.command("gaps")
@as_of
@stated_only
@min_confidence
@click.option(
    "--region", metavar="NAME", default="", shell_complete=complete_subject, help="Only a region and what is in it."
)
@click.option(
    "--around", metavar="NAME", default="", shell_complete=complete_subject, help="Only what concerns one thing."
)
@format_option("text", "html", "markdown", "csv", "json", default="", help="[default: by FILE's ending, else text]")
@output()
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the words.")
@pass_session
def gaps(
    session: Session,
    as_of: str,
    stated_only: bool,
    min_confidence: float,
    region: str,
    around: str,
    format: str,
    output: str,
    lang: str,
) -> None:
    """What the chains of accountability lack (缺口).

    Duties without a bearer, bearers for whom nobody is named, posts that changed hands before the deadline, towns, villages and
    areas nobody is in charge of, overdue duties, and two holders of one post on one day.
    """
    from kg import report
    from kg.cli.table import width
    from kg.errors import QueryError

    if region and around:
        raise click.UsageError("--region and --around exclude each other; give one of them")
    ending = Path(output).suffix.lower()
    if not format and output not in ("", "-") and ending not in _ENDINGS:
        raise QueryError(f"{output}: the ending says no format; use one of {', '.join(_ENDINGS)}, or --format")
    chosen = format or _ENDINGS.get(ending, "text")
    with session.bench() as bench:
        found = bench.gaps(region, around=around, as_of=as_of, stated_only=stated_only, min_confidence=min_confidence)
    written = report.write(found, chosen, lang=lang, width=width())
    if output in ("", "-"):
        put_document(clean(written) if chosen == "text" else written)
        return
    save(Path(output), written)
    put(f"{output}: {found.count} findings")
