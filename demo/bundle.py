"""The browser's part of the components: JavaScript modules and style sheets from `assets`.

Gradio runs a component's script as the body of one function, which cannot import. So the
modules are put one after the other without their `import` and `export` words; their names
share that function's scope and reach nothing outside it. Order does not matter for functions;
a module whose classes or constants are used at once comes before the one that uses them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ASSETS = Path(__file__).with_name("assets")

#: What Gradio offers to a component's script.
_HOST = "{ element, trigger, props, watch }"
_IMPORT = re.compile(r"^import\s[^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export\s+", re.MULTILINE)
_NAME = re.compile(r"^(?:async )?(?:function|class|const|let)\s+(\w+)", re.MULTILINE)


def script(modules: Iterable[str], call: str, options: Mapping[str, Any]) -> str:
    """The modules as one function body that ends by calling `call`.

    Args:
        modules: paths under `assets`, without `.js`.
        call: name of the exported function that gets what Gradio offers, and the options.
        options: JSON values. (Not the component's props: Gradio loses those when a component is
            hidden and comes back.)
    """
    return f'"use strict";\n{_body(modules)}\n{call}({_HOST}, {json.dumps(options)});\n'


def shared(modules: Iterable[str], call: str, options: Mapping[str, Any]) -> str:
    """The same as a script for the head of a page, for a component that stands there many times.

    Each then has only what `mount` gives, instead of all modules.
    """
    body = f'"use strict";\n{_body(modules)}\n{call}(host, {{ ...{json.dumps(options)}, ...own }});'
    script = f"(window.daggerViews ??= {{}}).{call} = (host, own) => {{\n{body}\n}};"
    # Nothing within may look like the end of the script.
    return f"<script>{script.replace('</', '<' + chr(92) + '/')}</script>"


def mount(call: str, options: Mapping[str, Any], event: str) -> str:
    """The script of one component whose modules are `shared`, with its own options.

    Gradio knows an event of a component by its name in quotes in the script.
    """
    return f"// {json.dumps(event)}\nwindow.daggerViews.{call}({_HOST}, {json.dumps(options)});\n"


def function(modules: Iterable[str], call: str) -> str:
    """The modules as one function, as the `js` of a listener: it gives what `call` gives."""
    return f"(...given) => {{\n{_body(modules)}\nreturn {call}(...given);\n}}"


def _body(modules: Iterable[str]) -> str:
    parts = [
        _EXPORT.sub("", _IMPORT.sub("", (ASSETS / f"{name}.js").read_text(encoding="utf-8")))
        for name in modules
    ]
    body = "\n".join(parts)
    names = _NAME.findall(body)
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"Modules of one bundle both define {', '.join(sorted(twice))}.")
    return body


def style(name: str) -> str:
    """A style sheet of `assets`.

    A view gets it among its options and puts it beside its elements. (Not as a css_template: that
    Gradio compiles again, and the browser applies to the whole page again, with every value.)
    """
    return (ASSETS / f"{name}.css").read_text(encoding="utf-8")
