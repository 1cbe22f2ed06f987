"""``kg chain``"""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.complete import complete_subject
from kg.cli.options import as_of, format_option, min_confidence, output, stated_only
from kg.cli.session import Session, pass_session
from kg.cli.streams import clean, put, save

_ENDINGS = {".html": "html", ".htm": "html", ".svg": "svg", ".mmd": "mermaid", ".mermaid": "mermaid", ".dot": "dot",
            ".gv": "dot", ".json": "json", ".txt": "text", ".png": "png"}  # fmt: skip


@click.command("chain")
@click.argument("subject", shell_complete=complete_subject)
@as_of
@stated_only
@min_confidence
@click.option("--direction", type=click.Choice(["up", "down", "both"]), default="both", show_default=True,
              help="Up to who answers at the top, down to who does the work.")  # fmt: skip
@click.option("--depth", metavar="N", type=click.IntRange(1, 50), default=6, show_default=True, help="Steps each way.")
@format_option(
    "text", "html", "svg", "png", "mermaid", "dot", "json", default="", help="[default: by FILE's ending, else text]"
)
@output()
@click.option("--scale", metavar="X", type=click.FloatRange(0.1, 10), default=2.0, show_default=True,
              help="Pixels of a PNG to a unit of the SVG.")  # fmt: skip
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of captions.")
@pass_session
def command(
    session: Session, subject: str, as_of: str, stated_only: bool, min_confidence: float, direction: str, depth: int,
    format: str, output: str, scale: float, lang: str,
) -> None:  # fmt: skip
    """Draw the accountability chain (责任链) of a person, post, agency, region or obligation.

    \b
    kg chain 沛县
    kg chain 沛县生态环境局 --direction up --as-of 2023-06-30
    kg chain 沛县 -o chain.html
    kg chain 沛县 -o chain.png --scale 3
    kg chain 沛县 --format mermaid

    Each arrow carries the number of the sentence it was read from; what is derived (推定) is marked, what the chain
    lacks is drawn as a gap. In HTML a click on an arrow opens the sentence. Of a very large chain what is far from the
    subject is counted; JSON has all of it.
    """
    from kg.cli.table import width
    from kg.draw import FOLDING, draw, picture
    from kg.errors import QueryError

    ending = Path(output).suffix.lower()
    if not format and output not in ("", "-") and ending not in _ENDINGS:
        raise QueryError(f"{output}: the ending says no format; use one of {', '.join(_ENDINGS)}, or --format")
    chosen = format or _ENDINGS.get(ending, "text")
    with session.bench() as bench:
        chain = bench.chain(
            subject, direction=direction, depth=depth, as_of=as_of, stated_only=stated_only,
            min_confidence=min_confidence, folded=chosen in FOLDING, texts=chosen == "html", bounded=chosen != "json",
        )  # fmt: skip
    drawn = picture(chain, lang=lang, scale=scale) if chosen == "png" else draw(chain, chosen, lang=lang, width=width())
    if output in ("", "-"):
        save(Path("-"), clean(drawn) if isinstance(drawn, str) and chosen == "text" else drawn)
        return
    save(Path(output), drawn)
    put(
        f"{output}: the chain of {chain.subject.name}, {len(chain.boxes)} boxes, {len(chain.steps)} steps, {len(chain.gaps)} gaps"
    )
