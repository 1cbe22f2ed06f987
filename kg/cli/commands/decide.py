"""``kg decide``"""

from __future__ import annotations

import click

from kg.cli.options import format_option
from kg.cli.session import Session, pass_session
from kg.cli.streams import put, put_json


@click.command("decide")
@click.argument("statement")
@click.option("--reject", "rejected", is_flag=True, help="It does not hold; --why must say why.")
@click.option("--confirm", "confirmed", is_flag=True, help="It holds: somebody looked at the words.")
@click.option("--withdraw", "withdrawn", is_flag=True, help="Take back what was decided before.")
@click.option("--by", metavar="NAME", envvar="KG_BY", default="", help="Who decides.  [env KG_BY]")
@click.option("--why", metavar="TEXT", default="", help="The reason, a sentence.")
@format_option("table", "json")
@pass_session
def command(
    session: Session, statement: str, rejected: bool, confirmed: bool, withdrawn: bool, by: str, why: str, format: str
) -> None:
    """Reject or confirm a statement, or take that back; it is recorded with who, when and why.

    STATEMENT is its id (kg show NAME --ids prints them), or NAME|TYPE|NAME as far as that fits one only. What is rejected is in
    no answer, drawing, count or export any more, nor is what follows from it; kg decisions lists it, and whatever is
    loaded again or corrected, it stays so. What is confirmed is sure: --min-confidence lets it through.

    \b
    kg decide "沛县人民政府|GOVERNS|沛县" --confirm --by 李
    kg decide "杜仲明|HOLDS|沛县人民政府副县长" --reject --by 李 --why 原文说的是另一人
    kg decide "杜仲明|HOLDS|沛县人民政府副县长" --withdraw --by 李
    """
    from kg.decisions import decision_json

    verdicts = ["rejected"] * rejected + ["confirmed"] * confirmed + ["withdrawn"] * withdrawn
    if len(verdicts) != 1:
        raise click.UsageError("say what is decided: --reject, --confirm or --withdraw, one of them")
    if not by.strip():
        raise click.UsageError("--by NAME is missing: a decision says who made it")
    with session.bench() as bench:
        made = bench.decide(statement, verdicts[0], by, why)
        (found,) = (d for d in bench.decisions(every=True) if d.decision == made)
    if format == "json":
        put_json(decision_json(made))
        return
    put(f"{made.verdict} by {made.by} at {made.at}: {found.source} {found.edge.type} {found.target}")
    put(f"  {made.statement}")
