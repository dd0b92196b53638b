"""What the reading of prose remembers from clause to clause."""

from __future__ import annotations

from dataclasses import dataclass, field

from linter.document.model import NOWHERE, Location
from linter.report.facts.clauses import Clause
from linter.report.facts.model import Fact
from linter.report.facts.scope import OWN, Subject
from linter.report.facts.tokens import Compact, Token


@dataclass
class Sentence:
    """The sentence being read: `text` compact, beginning at `offset` of the passage's compact text,
    `printed` as it stands there. `last_end` is where its last figure ends.

    `subject`, `time` and `verbs` were named last in it; the subject `leads` where it is a clause's own, not
    just named in it. `counts` are its figures so far, `tops` those that are no parts; `mention` is the
    family its words speak of. `whole` is the figure whose parts are being listed, `parts_unit` and
    `parts_family` are those of the first part. `former`: how the next figure differs from the last (由 6名
    增加至 9名), and what it counts. `asks`: applications are spoken of, of whatever sort.
    """

    text: str
    offset: int
    printed: str = ""
    last_end: int = 0
    subject: Subject | None = None
    leads: bool = False
    subject_of_part: bool = False
    time: Token | None = None
    verbs: frozenset[str] = frozenset()
    mention: str | None = None
    matter: bool = False
    counts: list[int] = field(default_factory=list)
    tops: list[int] = field(default_factory=list)
    whole: int | None = None
    parts_unit: str | None = None
    parts_family: str | None = None
    former: tuple[str, str | None] | None = None
    asks: bool = False


@dataclass
class State:
    """The report being read: the facts so far, and what the current section and passage tell.

    `topic`: the family that the headings name; `topic_level` their level. `anchors`: family → its last
    figure that is no part. `subject`: whose the paragraph is; `doubt`: a sub-unit named last in a list of
    parts, whose figures may go on. `planned`: plans follow, no facts.
    """

    issuer: str | None
    year: int | None
    facts: list[Fact] = field(default_factory=list)
    section: str | None = None
    passage: int = 0
    location: Location = NOWHERE
    original: str = ""
    compact: Compact = field(default_factory=lambda: Compact("", ()))
    topic: str | None = None
    topic_level: int = 0
    subject: Subject = OWN
    doubt: Subject | None = None
    last_top: int | None = None
    anchors: dict[str, int] = field(default_factory=dict)
    planned: bool = False
    sentence: Sentence = field(default_factory=lambda: Sentence("", 0))
    clause: Clause = field(default_factory=lambda: Clause(None, (), 0, "", False))

    def quantity(self, place: int | None) -> str:
        """The key of a fact, "" where it has none."""
        return (self.facts[place].quantity or "") if place is not None else ""
