"""An area that is no division, by the body that meets: read from a whole text, for only that knows areas."""

from __future__ import annotations

from kg.loading import Defaults
from loaders.prose import Prose

TEXT = """汾渭平原大气污染防治协作小组第五次工作会议召开
5月8日，汾渭平原大气污染防治协作小组第五次工作会议在西安市召开，副省长罗文柏主持会议。会议要求，汾渭平原各市要压减燃煤。
"""


def test_a_meeting_of_an_areas_body_concerns_the_area() -> None:
    reading = Prose().read(TEXT.encode(), "meeting.txt", Defaults(place="陕西省", published="2024-06-01"))
    assert reading is not None
    names = {n.id: n.name for n in reading.nodes}
    assert {names[e.target] for e in reading.edges if e.type == "CONCERNS"} == {"汾渭平原"}
