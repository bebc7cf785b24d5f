"""A graph in other languages: a program, a formula sheet, a typeset derivation, a flowchart.

Every export computes or shows the same answer as `execute`, for any graph: what failed is said
in the target's own way and raises nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dagger_core.codegen.latex import to_latex
from dagger_core.codegen.mermaid import to_mermaid
from dagger_core.codegen.python import to_python
from dagger_core.codegen.spreadsheet import to_csv, to_xlsx
from dagger_core.diagnostics import Lang
from dagger_core.execute import Execution

__all__ = ["EXPORTS", "Export", "to_csv", "to_latex", "to_mermaid", "to_python", "to_xlsx"]


@dataclass(frozen=True, slots=True)
class Export:
    """One target.

    Args:
        suffix: of a file's name, with its dot.
        mime: its media type.
        en, bn: its name for people.
        write: the execution and a language for remarks -> text, or bytes of a file.
    """

    suffix: str
    mime: str
    en: str
    bn: str
    write: Callable[[Execution, Lang], str | bytes]


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: Every export by its name.
EXPORTS: Mapping[str, Export] = {
    "python": Export(".py", "text/x-python", "Python program", "পাইথন প্রোগ্রাম", to_python),
    "latex": Export(".tex", "application/x-tex", "LaTeX", "লেটেক", to_latex),
    "xlsx": Export(".xlsx", _XLSX, "Spreadsheet", "স্প্রেডশিট", to_xlsx),
    "csv": Export(".csv", "text/csv", "Spreadsheet as CSV", "স্প্রেডশিট (CSV)", to_csv),
    "mermaid": Export(".mmd", "text/vnd.mermaid", "Mermaid flowchart", "মারমেইড চিত্র", to_mermaid),
}
