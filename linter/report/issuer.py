"""The organ that issues a report, and its kind, by the words of its name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from linter.report.dates import YEAR
from linter.report.model import IssuerKind
from linter.report.wording import squeeze

_YEAR_OF_TITLE = re.compile(
    rf"(?:(?:{YEAR})年?[\-—－–~～至])?(?:{YEAR})年度?(?:\d{{1,2}}[\-—－–~～至]\d{{1,2}}月份?)?的?|"
    rf"(?<!\d)\d\d年度?的?|[（(【]\s*(?:{YEAR})年?度?\s*[)）】]"
)
_SUBJECT = re.compile(r"政府(?:信息|政务)公开|政务公开|信息公开")
# In this order: the first pattern that fits decides. Compiled when first needed: start-up time counts.
_KINDS: tuple[tuple[str, IssuerKind], ...] = (
    (r"街道(?:办事处|办|党工委)?$", "subdistrict"),
    (r"(?:乡|镇|苏木)(?:人民政府|政府)?$", "township"),
    (r"(?:人民政府|政府|管委会|管理委员会|国务院)办公[厅室]$|(?:政|府)办公?[厅室]?$", "office"),
    (r"(?:人民政府|政府|国务院)$", "government"),
    (r"管委会$|(?:区|园|岛|城|港|景区)管理委员会$", "other"),
    # Zones that are no unit of government.
    (r"(?:开发|高新|经开|园|景|名胜|保税|度假|集聚|集中|工业|保护|示范|合作)区$|产业园$", "other"),
    (
        r"(?:大学|学院|学校|中学|小学|幼儿园|医院|卫生院|法院|检察院|公司|集团|银行|协会|学会|基金会|联合会|合作社)$",
        "other",
    ),
    (
        r"(?:局|委|委员会|厅|部|院|中心|队|办公室|办|处|科|所|站|馆|署|社|台|组|团|会|分局|公署|稽查|税务|海关)$",
        "department",
    ),
    (r"(?:省|市|县|区|旗|州|盟|兵团)$", "government"),
)
_NO_NAME = r"^(?:我|本|该|各|全|区|县|市|省)(?:[省市县区局委办厅镇乡院]|政府|机关|单位|$)|的|要求|规定|为"
ORGAN = re.compile(
    r"(?:政府|办公[厅室]|办事处|[局委厅部院处科所站馆署社台组团会队办]|中心|街道|[省市县区旗州盟乡镇]|"
    r"大学|学校|中学|小学|幼儿园|公司|集团|银行|兵团|海关)$"
)
_OPEN, _CLOSED = "（(【", "）)】"
_BRACKETED = r"[（(【]([^（）()【】]{2,40})[)）】]"

_IN_LEAD = (
    rf"(?:现将|现就|现公布|现发布)\s*(?P<organ>[^，。；：（(《]{{2,30}}?)\s*(?:{YEAR})\s*年",
    (
        r"(?:^|[，。；])\s*(?:本报告)?由?\s*(?P<organ>[^，。；：、（(《]{2,30}?)\s*(?:组织|负责)?(?:编制|编写|按照|根据|依据)"
    ),
)


def issuer_of_lead(paragraphs: Iterable[str]) -> str | None:
    """The organ that the lead-in names as its author, or None."""
    for paragraph in paragraphs:
        for pattern in _IN_LEAD:
            for match in re.finditer(pattern, paragraph):
                organ = squeeze(match["organ"])
                if ORGAN.search(organ) and not re.search(_NO_NAME, organ):
                    return organ
    return None


def issuer_of_title(title: str) -> str | None:
    """The organ that a title names: what is left without the year and the subject, or None."""
    words = _YEAR_OF_TITLE.sub("", squeeze(title).strip("《》"))
    subjects = list(_SUBJECT.finditer(words))
    if not subjects:
        return None
    # 政府信息公开工作办公室政府信息公开工作年度报告: the last one is the subject.
    organ = words[: subjects[-1].start()]
    # A 年 whose figures were lost is no part of the name, nor are figures that lost their 年.
    organ = re.sub(r"(?:20\d\d|\d\d)年?度?$|^20\d\d(?!\d)", "", organ)
    organ = _unbracketed(
        re.sub(r"^关于|^年度?|(?:关于(?:报送|上报|公布|发布|印发)?|[的:：、，,\-—_])+$", "", organ)
    )
    if organ.endswith("人民"):
        organ += "政府"  # 某镇人民政府信息公开工作年度报告
    return organ or _issuer_behind(words[subjects[-1].end() :])


def _issuer_behind(words: str) -> str | None:
    """The organ in brackets behind the subject: 政府信息公开工作年度报告（甲市财政局）."""
    organs = [match[1] for match in re.finditer(_BRACKETED, words) if ORGAN.search(match[1])]
    return organs[-1] if organs else None


def _unbracketed(name: str) -> str:
    """A name without brackets around it, or left open or empty at its ends; its own stay."""
    name = re.sub(r"[（(【]\s*[)）】]", "", name).strip()
    while name:
        closing = _closing(name) if name[0] in _OPEN else None
        if name[0] in _CLOSED or (name[0] in _OPEN and closing is None):
            name = name[1:]
        elif closing == len(name) - 1:
            name = name[1:-1]
        elif name[-1] in _OPEN or (name[-1] in _CLOSED and _depth(name) < 0):
            name = name[:-1]
        else:
            return name
        name = name.strip()
    return name


def _depth(name: str) -> int:
    """How many brackets are left open; negative where more are closed than opened."""
    return sum((letter in _OPEN) - (letter in _CLOSED) for letter in name)


def _closing(name: str) -> int | None:
    """Where the bracket that a name begins with is closed."""
    return next((end for end in range(1, len(name)) if _depth(name[: end + 1]) == 0), None)


def kind_of(issuer: str) -> IssuerKind:
    """The kind of an organ by its name; a bare place name is its government (design.md §5)."""
    name = re.sub(r"[（(][^（）()]*[)）]$", "", squeeze(issuer))
    return next((kind for pattern, kind in _KINDS if re.search(pattern, name)), "other")
