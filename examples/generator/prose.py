"""The words of a synthetic report. Every sentence is our own; figures agree with the tables."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping

from examples.generator.truth import (
    ContactTruth,
    Organ,
    Part,
    Prose,
    TableEdition,
    TableMark,
    TableTruth,
)
from linter.report.norm import section_specs

Tables = Mapping[str, TableTruth]
Body = tuple[Prose | TableMark, ...]

_ASPECTS = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")


def make_title(rng: random.Random, organ: Organ, year: int) -> str:
    """The report's title."""
    form = rng.choice(
        (
            "{o}{y}年政府信息公开工作年度报告",
            "{y}年{o}政府信息公开工作年度报告",
            "{o}{y}年度政府信息公开工作年度报告",
        )
    )
    return form.format(o=organ.name, y=year)


def make_period(rng: random.Random, year: int) -> tuple[tuple[dt.date, dt.date], str]:
    """The period of the figures and the sentence that states it."""
    sentence = rng.choice(
        (
            "文中数据的统计时间从{y}年1月1日到{y}年12月31日。",
            "统计时段（{y}年1月1日至{y}年12月31日）与自然年度一致。",
            "各项数据的统计期限是{y}年1月1日至12月31日。",
            "报告中的数字自{y}年1月1日起统计，到{y}年12月31日为止。",
        )
    )
    return (dt.date(year, 1, 1), dt.date(year, 12, 31)), sentence.format(y=year)


def make_lead(
    rng: random.Random,
    organ: Organ,
    year: int,
    *,
    titles: tuple[str, ...],
    contact: ContactTruth,
    address: str,
    period: str,
) -> tuple[str, ...]:
    """The lead-in: basis, announced parts, period, where to read it, contact."""
    basis = rng.choice(
        (
            "依据《中华人民共和国政府信息公开条例》（第711号国务院令）和{n}规定的格式，由{o}编写{y}年的年度报告。",
            "{o}依据《中华人民共和国政府信息公开条例》以及{n}，整理形成本报告。",
            "现将{o}{y}年推进政府信息公开的情况按条例和{n}的要求报告如下。",
        )
    ).format(n=notice(year), o=organ.name, y=year)
    announced = rng.choice(("、".join(titles), "".join(f"“{title}”" for title in titles)))
    parts = rng.choice(
        (
            f"全文共六个部分，依次为：{announced}。",
            f"报告由{announced}六部分组成。",
            f"本报告包括{announced}等六个部分。",
        )
    )
    where = f"公众可在{organ.place}人民政府网站（{address}）查阅和下载本报告的电子版。"
    reach = contact_sentence(rng, organ, contact)
    if rng.random() < 0.5:
        return (basis + parts, period + where, reach)
    return (basis + parts + period + where + reach,)


def notice(year: int) -> str:
    """The format notice in force for the report year, by its number."""
    if year <= 2020:
        return "国办公开办函〔2019〕60号文件"
    return "国办公开办函〔2021〕30号文件"


def contact_sentence(rng: random.Random, organ: Organ, contact: ContactTruth) -> str:
    """The sentence with the contact items."""
    items = [f"地址：{contact.address}", f"邮编：{contact.postcode}", f"电话：{contact.phone}"]
    items += [f"传真：{contact.fax}"] if contact.fax else []
    items += [f"电子邮箱：{contact.email}"] if contact.email else []
    opening = rng.choice(
        ("对报告内容有不清楚的地方，可以向{o}询问", "需要了解更多情况，请联系{o}", "意见和建议请反馈至{o}")
    )
    return f"{opening.format(o=organ.name)}（{rng.choice(('，', '；')).join(items)}）。"


def make_sections(
    rng: random.Random,
    organ: Organ,
    year: int,
    *,
    edition: TableEdition,
    tables: Tables,
    channels: Mapping[str, int],
) -> tuple[Part, ...]:
    """The six sections, headed by the norm's title or, now and then, a faultless alias."""
    bodies: dict[str, Body] = {
        "overview": _overview(rng, organ, year, edition=edition, tables=tables, channels=channels),
        "disclosure": (TableMark("disclosure"),),
        "applications": (TableMark("applications"),),
        "disputes": (TableMark("disputes"),),
        "problems": _problems(rng, organ, year),
        "others": _others(rng, organ, year, tables),
    }
    return tuple(
        Part(
            spec.key,
            spec.number,
            rng.choice(spec.aliases) if spec.aliases and rng.random() < 0.2 else spec.title,
            bodies[spec.key],
        )
        for spec in section_specs()
    )


def make_channels(rng: random.Random, organ: Organ) -> dict[str, int]:
    """How many pieces of information went out by each channel."""
    top = 4000 if organ.kind == "government" else 600
    return {"网站": rng.randint(20, top), "新媒体": rng.randint(10, top), "公开栏": rng.randint(1, 60)}


def _overview(
    rng: random.Random,
    organ: Organ,
    year: int,
    *,
    edition: TableEdition,
    tables: Tables,
    channels: Mapping[str, int],
) -> Body:
    texts = (
        _disclosed(rng, organ, year, channels),
        _applied(rng, organ, year, tables),
        _managed(rng, organ, edition, tables["disclosure"]),
        _platform(rng, organ),
        _supervised(rng, organ, year),
    )
    opening = rng.choice(
        (
            f"{year}年，{organ.we}把公开透明贯穿到日常工作之中，围绕群众和企业关心的事项抓落实，各项任务按期完成。",
            f"一年来，{organ.we}坚持以公开为常态，结合职责细化任务清单，{organ.region}信息公开工作总体平稳有序。",
            f"{year}年，{organ.we}对照年度任务逐项推进，公开的质量和时效都有所改进。",
        )
    )
    titled = zip(_ASPECTS, texts, strict=True)
    manner = rng.choice(("run-in", "own-line", "plain-number"))
    body: list[Prose | TableMark] = [Prose(opening)] if rng.random() < 0.7 else []
    for index, (aspect, text) in enumerate(titled):
        numeral = "一二三四五"[index]
        if manner == "run-in":
            body.append(Prose(f"（{numeral}）{aspect}。{text}"))
        elif manner == "own-line":
            body += [Prose(f"（{numeral}）{aspect}情况", "subheading"), Prose(text)]
        else:
            body.append(Prose(f"{numeral}是{aspect}方面。{text}"))
    return tuple(body)


def _disclosed(rng: random.Random, organ: Organ, year: int, channels: Mapping[str, int]) -> str:
    site, media, board = channels["网站"], channels["新媒体"], channels["公开栏"]
    total = site + media + board
    return rng.choice(
        (
            f"全年共发布信息{total}条，其中门户网站{site}条、政务新媒体{media}条、线下公开栏{board}条。"
            "重大决策出台前向社会征集意见，出台后同步配发解读材料。",
            f"{organ.we}坚持应公开尽公开，门户网站更新信息{site}条，政务新媒体推送{media}条，线下公开栏张贴{board}条，"
            "财政预决算、办事指南、公共服务等栏目均有专人维护。",
            f"围绕重点领域梳理目录，网站端发布{site}条，新媒体端发布{media}条，公开栏发布{board}条，三类渠道合计{total}条。",
        )
    )


def _applied(rng: random.Random, organ: Organ, year: int, tables: Tables) -> str:
    table, disputes = tables["applications"], tables["disputes"]
    new, carried = table.number("new", "total"), table.number("carried_in", "total")
    done, left = table.number("result_total", "total"), table.number("carried_out", "total")
    reviews = disputes.number(None, "review.total")
    suits = disputes.number(None, "litigation_direct.total") + disputes.number(
        None, "litigation_after_review.total"
    )
    if not new + carried:
        text = rng.choice(
            (
                "当年没有收到政府信息公开申请，也没有上年结转的申请。",
                "统计期内未收到政府信息公开申请，无结转事项。",
            )
        )
    else:
        text = f"全年新收政府信息公开申请{new}件，上年结转{carried}件；办结{done}件，结转下年度{left}件。"
        if done and rng.random() < 0.6:
            text += f"办结的申请中，{_results(table)}。"
        if new >= 3 and rng.random() < 0.5:
            online = rng.randint(1, new - 2)
            post = rng.randint(1, new - online - 1)
            text += f"从提交方式看，新收申请中网络{online}件、信函{post}件、当面{new - online - post}件。"
    if reviews + suits:
        return text + f"因政府信息公开引发行政复议{reviews}件、行政诉讼{suits}件。"
    return text + rng.choice(
        ("没有因政府信息公开引发行政复议和行政诉讼。", "未发生涉及政府信息公开的复议、诉讼案件。")
    )


def _results(table: TableTruth) -> str:
    groups = {
        "予以公开": ("granted",),
        "部分公开": ("partial",),
        "不予公开": ("denied.",),
        "无法提供": ("unavailable.",),
        "不予处理": ("rejected.",),
        "其他处理": ("other",),
    }
    rows = [row for row, column in table.cells if column == "total" and row is not None]
    counts = {
        name: sum(table.number(row, "total") for row in rows if row.startswith(starts))
        for name, starts in groups.items()
    }
    return "、".join(f"{name}{count}件" for name, count in counts.items())


def _managed(rng: random.Random, organ: Organ, edition: TableEdition, table: TableTruth) -> str:
    row = "normative_documents"
    if edition == "2021":
        issued, in_force = table.number(row, "issued"), table.number(row, "in_force")
        figures = (
            f"全年制发行政规范性文件{issued}件，年末现行有效{in_force}件"
            if issued
            else "全年没有制发行政规范性文件"
        )
    else:
        made = table.number(row, "made")
        figures = f"全年新制作规范性文件{made}件" if made else "全年没有新制作规范性文件"
    return figures + rng.choice(
        (
            "。公文起草时同步标明公开属性，办公室逐件复核，拟公开内容先审后发。",
            "，并在网站集中展示。对已公开的信息定期回看，内容失效的及时标注。",
            "。信息从产生到归档实行台账管理，责任到人。",
        )
    )


def _platform(rng: random.Random, organ: Organ) -> str:
    return rng.choice(
        (
            "网站专栏按统一目录重新编排，检索入口移到首页；"
            f"{organ.region}设有线下查阅点{rng.randint(1, 12)}处，配备自助查询设备。",
            "完成专栏页面的适老化改造，清理空白栏目，错链断链做到当日发现当日处理。",
            f"政务新媒体账号统一登记管理，全年开展自查{rng.randint(2, 12)}次，页面更新情况记录在案。",
        )
    )


def _supervised(rng: random.Random, organ: Organ, year: int) -> str:
    trained = rng.randint(1, 6)
    text = rng.choice(
        (
            f"组织业务培训{trained}次，重点讲解申请答复的写法和时限。",
            f"由一名负责同志分管，配备专人办理，全年召开专题会议{trained}次研究具体问题。",
        )
    )
    if organ.kind in {"government", "township"}:
        return text + rng.choice(
            (
                "工作考核方面，信息公开计入年度绩效，考核结果已向各单位通报。社会评议方面，邀请居民代表和企业代表打分，总体评价为满意。"
                "责任追究方面，全年没有发生需要追究责任的情形。",
                f"工作考核按季度开展，{organ.region}各单位均达到良好以上；社会评议由第三方问卷完成，意见已转有关科室整改；未出现应当责任追究的问题。",
            )
        )
    return text + rng.choice(
        (
            "接受上级主管部门的检查，发现的问题已经整改。",
            "设立监督电话，群众来电均有登记和回复。",
            "年内没有因公开不当被责任追究的情况。",
        )
    )


_PROBLEMS = (
    ("解读材料形式比较单一，图表和短视频偏少", "与宣传部门合作制作图解和短视频，政策文件做到一文一解读"),
    ("个别栏目更新间隔较长，内容不够充实", "把栏目分到科室，每月核对更新记录并公布结果"),
    ("基层经办人员调整频繁，业务衔接不够顺畅", "编印操作手册，新接手人员先培训后上岗"),
    ("申请答复的说理部分写得过于简略", "整理常见申请类型的答复样本，发出前由法律顾问把关"),
    ("线下查阅点知晓度不高，来访群众不多", "在便民大厅增设指引牌，并安排人员现场帮助查询"),
    ("信息检索不够方便，同类内容分散在多个栏目", "合并重复栏目，按主题和办事场景重新归类"),
)


def _problems(rng: random.Random, organ: Organ, year: int) -> Body:
    chosen = rng.sample(_PROBLEMS, rng.randint(2, 4))
    order = "一二三四"
    problems = "；".join(f"{order[i]}是{problem}" for i, (problem, _) in enumerate(chosen))
    cures = "；".join(f"{order[i]}是{cure}" for i, (_, cure) in enumerate(chosen))
    manner = rng.choice(("headed", "two", "listed"))
    stated = f"对照上级要求和群众期待，{organ.we}在信息公开中存在的主要问题是：{problems}。"
    improved = f"针对上述问题，采取的改进措施是：{cures}。"
    if manner == "headed":
        return (
            Prose("（一）存在的主要问题", "subheading"),
            Prose(stated),
            Prose("（二）改进情况", "subheading"),
            Prose(improved),
        )
    if manner == "two":
        return (Prose(stated), Prose(improved))
    lines: list[Prose | TableMark] = [Prose(f"过去一年，{organ.we}存在以下问题，并逐条进行了改进。")]
    for index, (problem, cure) in enumerate(chosen, 1):
        lines.append(Prose(f"{index}.存在问题：{problem}。改进情况：{cure}。"))
    return tuple(lines)


def _others(rng: random.Random, organ: Organ, year: int, tables: Tables) -> Body:
    fee = rng.choice(
        (
            f"{year}年，{organ.we}没有发出收费通知，也没有收取信息处理费。",
            "信息处理费方面：当年未向申请人收取任何费用。",
            f"{organ.we}全年收取政府信息公开信息处理费0元。",
        )
    )
    if tables["applications"].number("other.unpaid", "total"):
        count = tables["applications"].number("other.unpaid", "total")
        fee = f"当年依法发出信息处理费收费通知{count}件，申请人逾期均未缴纳，实际收取信息处理费0元。"
    closing = rng.choice(("除此之外，没有其他需要报告的事项。", "", "无其他需要说明的情况。"))
    return (Prose(fee + closing),) if rng.random() < 0.6 or not closing else (Prose(fee), Prose(closing))
