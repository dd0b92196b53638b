"""Character recognition: the models of the rapidocr wheel, run by onnxruntime.

Nothing of rapidocr's own code is imported: its folder is only where the models lie. So nothing can be
downloaded and nothing is logged. Models are loaded once a process.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from linter.document.geometry import median
from linter.document.model import Unreadable

HOW_TO_INSTALL = '识别扫描件需要安装：pip install "gongkai-lint[ocr]"'

Image: TypeAlias = Any
"""A grey picture: a numpy array of bytes, rows × columns, black 0."""

_NEEDED = ("rapidocr", "onnxruntime", "cv2", "numpy", "PIL")
_HEIGHT = 48
_WIDEST = 2400
_NARROWEST = 64
_STEP = 8
"""Width in pixels of one step of the recognition, at its own height."""
_BATCH_AREA = 6400
"""Pixels of width that one batch of pictures holds, so that memory stays bounded."""


class Glyph(NamedTuple):
    """A recognised character: its middle as a share of the picture's width, and how sure it is."""

    text: str
    middle: float
    sure: float


class Span(NamedTuple):
    """A line of text found in a picture, in its pixels."""

    left: int
    top: int
    right: int
    bottom: int


def is_installed() -> bool:
    """Whether the extra `ocr` is there, with its models."""
    if any(find_spec(name) is None for name in _NEEDED):
        return False
    return all(any(_models().glob(f"*_{part}_*.onnx")) for part in ("det", "rec"))


def require() -> None:
    """Raises Unreadable, with the line that names the extra, where recognition is not installed."""
    if not is_installed():
        raise Unreadable(f"图片没有文字层，无法读取；{HOW_TO_INSTALL}")


def _models() -> Path:
    spec = find_spec("rapidocr")
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0], "models") if places else Path("models")


@cache
def _session(part: str) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(2, os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = False
    # Threads that wait must not burn time which another process of the same run could use.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    model = min(_models().glob(f"*_{part}_*.onnx"))
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


@cache
def _characters() -> tuple[str, ...]:
    """What each class of the recognition stands for; the first is none, the last a blank."""
    written = _session("rec").get_modelmeta().custom_metadata_map["character"]
    return ("", *written.split("\n"), " ")


def _run(part: str, batch: Any) -> Any:
    session = _session(part)
    return session.run(None, {session.get_inputs()[0].name: batch})[0]


# --- lines of characters -----------------------------------------------------------------------


def recognise(pictures: Sequence[Image]) -> list[tuple[Glyph, ...]]:
    """The characters of each picture of one line."""
    scaled = [_scaled(picture) for picture in pictures]
    read: list[tuple[Glyph, ...]] = [()] * len(scaled)
    for batch in _batches([image.shape[1] for image in scaled]):
        for index, glyphs in zip(batch, _recognised([scaled[index] for index in batch]), strict=True):
            read[index] = glyphs
    return read


def _scaled(picture: Image) -> Image:
    import cv2

    height, width = picture.shape
    wide = min(max(round(width * _HEIGHT / height), _STEP), _WIDEST)
    method = cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_CUBIC
    return cv2.resize(picture, (wide, _HEIGHT), interpolation=method)


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Pictures of about the same width together."""
    batch: list[int] = []
    for index in sorted(range(len(widths)), key=lambda index: widths[index]):
        narrowest = widths[batch[0]] if batch else 0
        full = (len(batch) + 1) * widths[index] > _BATCH_AREA
        if batch and (full or widths[index] > max(1.25 * narrowest, narrowest + 24)):
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _recognised(images: Sequence[Image]) -> Iterator[tuple[Glyph, ...]]:
    import numpy

    width = -(-max(image.shape[1] for image in images) // _STEP) * _STEP
    width = max(width, _NARROWEST)
    # What the model was trained with to the right of a line is the middle grey, 0.
    batch = numpy.zeros((len(images), 3, _HEIGHT, width), numpy.float32)
    for index, image in enumerate(images):
        batch[index, :, :, : image.shape[1]] = image.astype(numpy.float32) / 127.5 - 1.0
    scores = _run("rec", batch)
    best, sure = scores.argmax(axis=2), scores.max(axis=2)
    for index, image in enumerate(images):
        yield tuple(_glyphs(best[index].tolist(), sure[index].tolist(), image.shape[1]))


def _glyphs(classes: Sequence[int], sure: Sequence[float], width: int) -> Iterator[Glyph]:
    """The characters of one line: repeated classes are one character, class 0 is none."""
    characters = _characters()
    start = 0
    for end in range(1, len(classes) + 1):
        if end < len(classes) and classes[end] == classes[start]:
            continue
        if classes[start]:
            text = characters[classes[start]]
            middle = (start + end) / 2 * _STEP / width
            yield Glyph(text, min(middle, 1.0), max(sure[start:end]))
        start = end


# --- where the lines are -----------------------------------------------------------------------


def find_lines(picture: Image) -> list[Span]:
    """The lines of text in a picture whose text runs level."""
    import cv2
    import numpy

    height, width = picture.shape
    high, wide = (max(32, -(-side // 32) * 32) for side in (height, width))
    batch = numpy.full((high, wide), 255, numpy.float32)
    batch[:height, :width] = picture
    batch = numpy.repeat((batch / 127.5 - 1.0)[None, None], 3, axis=1)
    shown = _run("det", batch)[0, 0, :height, :width]
    mask = cv2.dilate((shown > 0.3).astype(numpy.uint8), numpy.ones((2, 2), numpy.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    spans: list[Span] = []
    for label in range(1, count):
        left, top, w, h, area = (int(value) for value in stats[label])
        if min(w, h) < 3 or area < 12:
            continue
        inside = labels[top : top + h, left : left + w] == label
        if float(shown[top : top + h, left : left + w][inside].mean()) < 0.5:
            continue
        # The network draws lines slimmer than they are, by this much on every side.
        more = 1.6 * area / (2 * (w + h))
        spans.append(
            Span(
                max(0, round(left - more)),
                max(0, round(top - more)),
                min(width, round(left + w + more)),
                min(height, round(top + h + more)),
            )
        )
    return spans


def usual_height(spans: Sequence[Span]) -> float:
    """The usual height of lines of text; 0 where there is none."""
    return median(span.bottom - span.top for span in spans) if spans else 0.0
