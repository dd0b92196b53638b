"""Synthetic annual reports with ground truth: seeded, consistent, in many layouts.

`make_report(seed, edition)` gives what a report says (`make_older_report(seed)` one of the years
before 2019), `make_layout(seed)` how it looks, the writers its bytes, `with_defects` a faulty copy
with the list of what is wrong.
"""

from examples.generator.defects import Defect, with_defects
from examples.generator.docx import to_docx
from examples.generator.html import to_html
from examples.generator.layout import Layout, make_layout
from examples.generator.markdown import to_markdown
from examples.generator.older import make_older_report
from examples.generator.report import make_report
from examples.generator.text import to_text
from examples.generator.truth import Truth

__all__ = [
    "Defect",
    "Layout",
    "Truth",
    "make_layout",
    "make_older_report",
    "make_report",
    "to_docx",
    "to_html",
    "to_markdown",
    "to_text",
    "with_defects",
]
