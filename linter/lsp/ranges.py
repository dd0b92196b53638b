"""Places and findings in the words of the protocol."""

from __future__ import annotations

from lsprotocol import types
from pygls.workspace import TextDocument

from linter.checks.outcome import Finding
from linter.lsp.linting import Mark
from linter.lsp.spans import Span

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}


def client_range(document: TextDocument, span: Span) -> types.Range:
    """The span in the units of characters that the client counts in."""
    lines = document.source.split("\n")
    plain = types.Range(types.Position(span.line, span.start), types.Position(span.end_line, span.end))
    return document.position_codec.range_to_client_units(lines, plain)


def diagnostic_of(document: TextDocument, mark: Mark) -> types.Diagnostic:
    """A mark as the editor shows it."""
    subject = mark.subject
    level = _SEVERITIES[subject.severity] if isinstance(subject, Finding) else types.DiagnosticSeverity.Hint
    return types.Diagnostic(
        client_range(document, mark.span),
        mark.message,
        severity=level,
        code=f"{subject.code} {subject.name}",
        source="gongkai",
        related_information=[
            types.DiagnosticRelatedInformation(
                types.Location(document.uri, client_range(document, span)), message
            )
            for span, message in mark.related
        ],
    )
