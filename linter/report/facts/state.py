"""What the reading of prose remembers from clause to clause."""

from __future__ import annotations

from linter.document.model import NOWHERE, Location
from linter.report.facts.clauses import Clause
from linter.report.facts.model import Fact
from linter.report.facts.scope import OWN, Subject
from linter.report.facts.tokens import Compact, Token


class Sentence:
    """The sentence being read: `text` compact, beginning at `offset` of the passage's compact text,
    `printed` as it stands there. `last_end` is where its last figure ends.

    `subject`, `time` and `verbs` were named last in it; the subject `leads` where it is a clause's own, not
    just named in it. `counts` are its figures so far, `tops` those that are no parts; `mention` is the
    family its words speak of. `whole` is the figure whose parts are being listed, `parts_unit` and
    `parts_family` are those of the first part. `former`: how the next figure differs from the last (由 6名
    增加至 9名), and what it counts. `asks`: applications are spoken of, of whatever sort. `named` and
    `dispute`: what a clause before named (申请量连年下降，由 …; 行政诉讼方面，). `excepts`: the clause tells
    of an exception (除 2件 …外), `excepted`: one was told of.
    """

    def __init__(self, text: str, offset: int) -> None:
        self.text = text
        self.offset = offset
        self.printed = ""
        self.last_end = 0
        self.subject: Subject | None = None
        self.leads = False
        self.subject_of_part = False
        self.time: Token | None = None
        self.verbs: frozenset[str] = frozenset()
        self.mention: str | None = None
        self.matter = False
        self.counts: list[int] = []
        self.tops: list[int] = []
        self.whole: int | None = None
        self.parts_unit: str | None = None
        self.parts_family: str | None = None
        self.former: tuple[str, str | None] | None = None
        self.asks = False
        self.named: str | None = None
        self.dispute: str | None = None
        self.excepts = False
        self.excepted = False


class State:
    """The report being read: the facts so far, and what the current section and passage tell.

    `topic`: the family that the headings name; `topic_level` their level. `anchors`: family → its last
    figure that is no part. `subject`: whose the paragraph is; `doubt`: a sub-unit named last in a list of
    parts, whose figures may go on. `planned`: plans follow, no facts.
    """

    def __init__(self, issuer: str | None, year: int | None) -> None:
        self.issuer = issuer
        self.year = year
        self.facts: list[Fact] = []
        self.section: str | None = None
        self.passage = 0
        self.location: Location = NOWHERE
        self.original = ""
        self.compact = Compact("", ())
        self.topic: str | None = None
        self.topic_level = 0
        self.subject: Subject = OWN
        self.doubt: Subject | None = None
        self.last_top: int | None = None
        self.anchors: dict[str, int] = {}
        self.planned = False
        self.sentence = Sentence("", 0)
        self.clause = Clause(None, (), 0, "", False, ())

    def quantity(self, place: int | None) -> str:
        """The key of a fact, "" where it has none."""
        return (self.facts[place].quantity or "") if place is not None else ""
