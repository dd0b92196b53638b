"""Faults in title, lead-in and sections. Each gives the faulty report and the place in a table."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from examples.generator.faults_of_cells import Faulty
from examples.generator.truth import Part, Prose, TableMark, Truth

_NOWHERE = (None, None, None)


def _renumbered(parts: list[Part]) -> tuple[Part, ...]:
    return tuple(replace(part, number=index) for index, part in enumerate(parts, 1))


def _in_lead(truth: Truth, old: str, new: str) -> Truth:
    return replace(truth, lead=tuple(text.replace(old, new) for text in truth.lead))


def _appended(truth: Truth, key: str, sentence: str) -> Truth:
    part = truth.part(key)
    return truth.with_part(key, replace(part, body=(*part.body, Prose(sentence))))


def missing_table(truth: Truth, rng: random.Random) -> Faulty:
    """A standard table left out; a sentence stands in its place."""
    key = rng.choice(("disclosure", "applications", "disputes"))
    part = truth.part(key)
    body = tuple(Prose("有关数字见附后材料。") if isinstance(item, TableMark) else item for item in part.body)
    tables = {name: table for name, table in truth.tables.items() if name != key}
    return replace(truth.with_part(key, replace(part, body=body)), tables=tables), (key, None, None)


def missing_section(truth: Truth, rng: random.Random) -> Faulty:
    """A section left out, the rest renumbered."""
    gone = rng.choice(("overview", "problems", "others"))
    kept = [part for part in truth.sections if part.key != gone]
    return replace(truth, sections=_renumbered(kept)), _NOWHERE


def extra_section(truth: Truth, rng: random.Random) -> Faulty:
    """A seventh section that the format does not know."""
    extra = Part(None, 7, "党风廉政建设情况", (Prose("全年开展廉政教育活动，组织干部签订承诺书。"),))
    return replace(truth, sections=(*truth.sections, extra)), _NOWHERE


def swapped_sections(truth: Truth, rng: random.Random) -> Faulty:
    """Two neighbouring sections in the wrong order, numbered as they stand."""
    parts = list(truth.sections)
    index = rng.choice((0, 4))
    parts[index], parts[index + 1] = parts[index + 1], parts[index]
    return replace(truth, sections=_renumbered(parts)), _NOWHERE


def split_section(truth: Truth, rng: random.Random) -> Faulty:
    """Section 五 in two: problems and improvements."""
    parts = []
    for part in truth.sections:
        if part.key != "problems":
            parts.append(part)
            continue
        parts.append(
            replace(part, title="存在的主要问题", body=(Prose("主要问题是解读形式单一，检索不便。"),))
        )
        parts.append(Part(None, 6, "下一步改进措施", (Prose("改进措施是增加图解，合并重复栏目。"),)))
    return replace(truth, sections=_renumbered(parts)), _NOWHERE


def renamed_heading(truth: Truth, rng: random.Random) -> Faulty:
    """A heading in words that are not the norm's."""
    key, title = rng.choice(
        (("overview", "基本情况"), ("problems", "存在的问题和改进措施"), ("others", "其他事项"))
    )
    return truth.with_part(key, replace(truth.part(key), title=title)), _NOWHERE


def numbering_gap(truth: Truth, rng: random.Random) -> Faulty:
    """The numerals of the sections skip one."""
    start = rng.randint(2, 5)
    parts = tuple(replace(part, number=i + (i >= start)) for i, part in enumerate(truth.sections, 1))
    return replace(truth, sections=parts), _NOWHERE


def empty_section(truth: Truth, rng: random.Random) -> Faulty:
    """A heading with nothing below it."""
    key = rng.choice(("problems", "others"))
    return truth.with_part(key, replace(truth.part(key), body=())), _NOWHERE


def missing_title(truth: Truth, rng: random.Random) -> Faulty:
    """A report without its title."""
    return replace(truth, title=""), _NOWHERE


def missing_period(truth: Truth, rng: random.Random) -> Faulty:
    """No period of the figures."""
    return replace(_without_sentence(truth, "统计"), period=None), _NOWHERE


def _without_sentence(truth: Truth, word: str) -> Truth:
    lead = []
    for text in truth.lead:
        sentences = [sentence for sentence in text.split("。") if sentence and word not in sentence]
        lead.append("。".join(sentences) + "。" if sentences else "")
    return replace(truth, lead=tuple(text for text in lead if text))


def wrong_period(truth: Truth, rng: random.Random) -> Faulty:
    """A period that is not the calendar year."""
    assert truth.period is not None
    start, end = truth.period
    last = rng.choice((10, 11))
    wrong = _in_lead(truth, "12月31日", f"{last}月30日")
    return replace(wrong, period=(start, end.replace(month=last, day=30))), _NOWHERE


def missing_contact(truth: Truth, rng: random.Random) -> Faulty:
    """No contact items."""
    return replace(_without_sentence(truth, "地址："), contact=None), _NOWHERE


def malformed_contact(truth: Truth, rng: random.Random) -> Faulty:
    """A postcode with a digit too few or a telephone number that cannot be one."""
    assert truth.contact is not None
    if rng.random() < 0.5:
        wrong = replace(truth.contact, postcode=truth.contact.postcode[:-1])
    else:
        wrong = replace(truth.contact, phone=truth.contact.phone[:-4])
    old, new = (
        (f"邮编：{truth.contact.postcode}", f"邮编：{wrong.postcode}")
        if wrong.postcode != truth.contact.postcode
        else (f"电话：{truth.contact.phone}", f"电话：{wrong.phone}")
    )
    return replace(_in_lead(truth, old, new), contact=wrong), _NOWHERE


def wrong_title_year(truth: Truth, rng: random.Random) -> Faulty:
    """The title names another year than the text."""
    wrong = truth.year - 1 if truth.year not in {2019, 2021} else truth.year + 1
    return replace(truth, title=truth.title.replace(str(truth.year), str(wrong))), _NOWHERE


def announced_sections(truth: Truth, rng: random.Random) -> Faulty:
    """The lead-in announces one part fewer than there are."""
    last = truth.sections[-1].title
    shortened = _in_lead(_in_lead(truth, f"、{last}", ""), f"“{last}”", "")
    return replace(
        shortened,
        lead=tuple(
            text.replace("六个部分", "五个部分").replace("六部分", "五部分") for text in shortened.lead
        ),
    ), _NOWHERE


def superseded_basis(truth: Truth, rng: random.Random) -> Faulty:
    """A basis that no longer holds, or did not hold yet."""
    if truth.edition == "2021":
        return _in_lead(truth, "国办公开办函〔2021〕30号", "国办公开办函〔2019〕60号"), _NOWHERE
    first = "参照国务院令第492号的规定编写。" + truth.lead[0]
    first = first.replace("（第711号国务院令）", "")
    return replace(truth, lead=(first, *truth.lead[1:])), _NOWHERE


def link_mismatch(truth: Truth, rng: random.Random) -> Faulty:
    """A link that leads elsewhere than it shows."""
    shown, target = truth.link
    wrong = target.replace(
        truth.organ.pinyin, truth.organ.pinyin[:-1] + ("m" if truth.organ.pinyin[-1] != "m" else "n")
    )
    return replace(truth, link=(shown, wrong)), _NOWHERE


def stale_year(truth: Truth, rng: random.Random) -> Faulty:
    """A fact of an earlier year told as this year's."""
    who = truth.organ.region if truth.organ.kind == "government" else truth.organ.we
    courses, people = rng.randint(2, 9), rng.randint(10, 60)
    sentence = f"{truth.year - 1}年，{who}共举办培训{courses}次，培训工作人员{people}人。"
    return _appended(truth, "overview", sentence), _NOWHERE


def wrong_figure_in_text(truth: Truth, rng: random.Random) -> Faulty:
    """The text gives another number of applications received than the table."""
    new = truth.tables["applications"].number("new", "total")
    wrong = f"新收政府信息公开申请{new + rng.randint(2, 9)}件"
    part = truth.part("overview")
    written = re.compile(rf"新收政府信息公开申请{new}件|(?:没有|未)收到政府信息公开申请")
    body = tuple(
        replace(item, text=written.sub(wrong, item.text)) if isinstance(item, Prose) else item
        for item in part.body
    )
    return truth.with_part("overview", replace(part, body=body)), ("applications", "new", "total")


def problems_missing(truth: Truth, rng: random.Random) -> Faulty:
    """Section 五 tells only what will be done."""
    body = (Prose("今后将继续采取改进措施：制作图解，编印手册，合并栏目，把公开工作做得更好。"),)
    return truth.with_part("problems", replace(truth.part("problems"), body=body)), _NOWHERE


def improvements_missing(truth: Truth, rng: random.Random) -> Faulty:
    """Section 五 tells only what is wrong."""
    body = (Prose("存在的主要问题：一是解读材料形式比较单一；二是个别栏目内容不够充实。"),)
    return truth.with_part("problems", replace(truth.part("problems"), body=body)), _NOWHERE


def fee_statement_missing(truth: Truth, rng: random.Random) -> Faulty:
    """Section 六 says nothing of the information-processing fee."""
    body = (Prose("没有其他需要报告的事项。"),)
    return truth.with_part("others", replace(truth.part("others"), body=body)), _NOWHERE


def template_leftover(truth: Truth, rng: random.Random) -> Faulty:
    """Words of the blank form left standing."""
    sentence = rng.choice(("全年召开会议XX次，发布信息××条。", "（文字描述）", "此处填写本单位培训情况。"))
    return _appended(truth, "overview", sentence), _NOWHERE


def conversion_residue(truth: Truth, rng: random.Random) -> Faulty:
    """Traces of a conversion in the text."""
    sentence = rng.choice(
        ("网站栏目and新媒体账号同步更新，群众查询更加方便。", f"截至{truth.year}12月31日，有关栏目全部更新。")
    )
    return _appended(truth, "overview", sentence), _NOWHERE
