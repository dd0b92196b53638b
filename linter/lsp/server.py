"""The language server: diagnostics as one types, the clause and its meaning under the pointer."""

from __future__ import annotations

import asyncio
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from linter import __version__
from linter.checks.outcome import Finding
from linter.lint import Selection, ruleset_for
from linter.lsp.hover import hover_markdown
from linter.lsp.linting import Lang, Linted, Mark, lint_text
from linter.lsp.spans import Span

_PAUSE = 0.3
"""Seconds without typing after which the text is linted again."""
_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}


class Server(LanguageServer):
    """The server with what it last said of each open text, by its address."""

    def __init__(self, selection: Selection, lang: Lang) -> None:
        super().__init__("gongkai-lint", f"v{__version__}")
        self.selection = selection
        self.lang = lang
        self.linted: dict[str, Linted] = {}
        self.waiting: dict[str, asyncio.TimerHandle] = {}


def make_server(selection: Selection, lang: Lang) -> Server:
    """A server that lints by `selection` and speaks `lang`."""
    server = Server(selection, lang)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
        _lint(ls, params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        if earlier := ls.waiting.pop(uri, None):
            earlier.cancel()
        ls.waiting[uri] = asyncio.get_running_loop().call_later(_PAUSE, _lint, ls, uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        if earlier := ls.waiting.pop(uri, None):
            earlier.cancel()
        ls.linted.pop(uri, None)
        ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
        return _hover(ls, params)

    return server


def _lint(server: Server, uri: str) -> None:
    """Lint the open text and publish what is found."""
    server.waiting.pop(uri, None)
    document = server.workspace.get_text_document(uri)
    name = PurePath(unquote(urlsplit(uri).path)).name
    linted = lint_text(document.source, name, server.selection, server.lang)
    server.linted[uri] = linted
    diagnostics = [_diagnostic(server, uri, mark) for mark in linted.marks]
    if linted.reason:
        diagnostics.append(
            types.Diagnostic(
                types.Range(types.Position(0, 0), types.Position(0, 0)),
                linted.reason,
                severity=types.DiagnosticSeverity.Information,
                source="gongkai",
            )
        )
    server.text_document_publish_diagnostics(
        types.PublishDiagnosticsParams(uri, diagnostics, version=document.version)
    )


def _diagnostic(server: Server, uri: str, mark: Mark) -> types.Diagnostic:
    subject = mark.subject
    level = _SEVERITIES[subject.severity] if isinstance(subject, Finding) else types.DiagnosticSeverity.Hint
    return types.Diagnostic(
        _range(server, uri, mark.span),
        mark.message,
        severity=level,
        code=f"{subject.code} {subject.name}",
        source="gongkai",
        related_information=[
            types.DiagnosticRelatedInformation(types.Location(uri, _range(server, uri, span)), message)
            for span, message in mark.related
        ],
    )


def _range(server: Server, uri: str, span: Span) -> types.Range:
    """The span in the units of characters that the client counts in."""
    document = server.workspace.get_text_document(uri)
    lines = document.source.split("\n")
    plain = types.Range(types.Position(span.line, span.start), types.Position(span.end_line, span.end))
    return document.position_codec.range_to_client_units(lines, plain)


def _hover(server: Server, params: types.HoverParams) -> types.Hover | None:
    """The rules of the findings under the pointer, each explained."""
    uri = params.text_document.uri
    document = server.workspace.get_text_document(uri)
    place = document.position_codec.position_from_client_units(document.source.split("\n"), params.position)
    under = [
        mark
        for mark in server.linted.get(uri, Linted()).marks
        if mark.span.holds(place.line, place.character)
    ]
    codes = {mark.subject.code for mark in under}
    rules = [rule for rule in ruleset_for(server.selection).rules if rule.code in codes]
    if not rules:
        return None
    text = "\n\n---\n\n".join(hover_markdown(rule, server.lang) for rule in rules)
    return types.Hover(
        types.MarkupContent(types.MarkupKind.Markdown, text), _range(server, uri, under[0].span)
    )
