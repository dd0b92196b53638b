"""Code actions: the fixes of findings, and all safe ones at once, as an editor offers them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types
from pygls.workspace import TextDocument

from linter.checks.outcome import Finding
from linter.lsp.fixing import Edit, edits_for, edits_for_all, is_safe
from linter.lsp.linting import Lang, Linted, Mark, Read
from linter.lsp.ranges import client_range, diagnostic_of
from linter.render.excerpt import plain, shorten
from linter.render.words import words

FIX_ALL = "source.fixAll.gongkai"
_LONGEST_TITLE = 40


def wanted(kind: str, only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Whether the editor asks for actions of this kind; without `only` it asks for quick fixes alone, lest
    all is mended anew at each move of the pointer."""
    if only is None:
        return kind == types.CodeActionKind.QuickFix
    names = [one.value if isinstance(one, types.CodeActionKind) else one for one in only]
    return any(name in ("", kind) or kind.startswith(f"{name}.") for name in names)


def actions_of(
    document: TextDocument, linted: Linted, params: types.CodeActionParams, lang: Lang, *, by_version: bool
) -> list[types.CodeAction]:
    """The actions at the range asked for. With `by_version` an edit names the version it is for, so that
    the editor refuses it for another."""
    if linted.read is None:
        return []
    only = params.context.only
    found: list[types.CodeAction] = []
    if wanted(types.CodeActionKind.QuickFix.value, only):
        under = [mark for mark in linted.marks if _touch(client_range(document, mark.span), params.range)]
        for mark, title, edits in _mended(linted.read, under, lang):
            found.append(
                types.CodeAction(
                    title,
                    kind=types.CodeActionKind.QuickFix,
                    diagnostics=[diagnostic_of(document, mark)],
                    is_preferred=isinstance(mark.subject, Finding) and is_safe(mark.subject),
                    edit=_workspace_edit(document, edits, by_version),
                )
            )
    if wanted(FIX_ALL, only) and (edits := edits_for_all(linted.read)):
        found.append(
            types.CodeAction(
                words(lang)["lsp_fix_all"],
                kind=FIX_ALL,
                edit=_workspace_edit(document, edits, by_version),
            )
        )
    return found


def _mended(read: Read, marks: Sequence[Mark], lang: Lang) -> Iterator[tuple[Mark, str, Sequence[Edit]]]:
    """The marks that can be mended, with what that is called and its edits."""
    for mark in marks:
        finding = mark.subject
        if isinstance(finding, Finding) and finding.fixes and (edits := edits_for(read, finding)):
            yield mark, _title(finding, edits, lang), edits


def _title(finding: Finding, edits: Sequence[Edit], lang: Lang) -> str:
    word = words(lang)
    if len(finding.fixes) == 1:
        text = shorten(plain(finding.fixes[0].replacement), _LONGEST_TITLE)
        title = word["lsp_fix"].format(text=text, code=finding.code)
    else:
        title = word["lsp_fix_places"].format(count=len(edits), code=finding.code)
    return title if is_safe(finding) else word["lsp_fix_unsure"].format(title=title)


def _workspace_edit(document: TextDocument, edits: Sequence[Edit], by_version: bool) -> types.WorkspaceEdit:
    changes = [types.TextEdit(client_range(document, edit.span), edit.new) for edit in edits]
    if not by_version:
        return types.WorkspaceEdit(changes={document.uri: changes})
    named = types.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(named, list(changes))])


def _touch(one: types.Range, other: types.Range) -> bool:
    return _order(one.start) <= _order(other.end) and _order(other.start) <= _order(one.end)


def _order(position: types.Position) -> tuple[int, int]:
    return position.line, position.character
