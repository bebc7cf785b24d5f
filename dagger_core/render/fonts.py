"""The fonts that the project brings, and how pango is made to use them and no others.

Bangla needs a font with Bengali shapes and shaping tables, and a bare server has none. The
files in `fonts/` are all under the SIL Open Font License (`fonts/OFL.txt`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from dagger_core.diagnostics import FontMissing

#: Where the font files are; a page serves them from here as @font-face.
FOLDER = Path(__file__).parent / "fonts"


@dataclass(frozen=True, slots=True)
class Face:
    """One font file.

    Args:
        family, weight: as CSS writes them.
        draws: the characters for which the families before it do not suffice, as a pattern.
    """

    file: str
    family: str
    weight: int
    draws: str

    def read(self) -> bytes:
        """The file. Raises FontMissing."""
        try:
            return (FOLDER / self.file).read_bytes()
        except OSError as error:
            raise FontMissing(
                f"The font file {self.file} cannot be read ({error.strerror}), so pictures would"
                " show wrong letters. Reinstall the project."
            ) from error


_BENGALI = ("Noto Sans Bengali", r"[\u0020-\u00ff\u0980-\u09ff]")
_LATIN = ("Noto Sans", r"[\u0100-\u052f\u1e00-\u1eff\u2070-\u20bf\u2100-\u218f\ufffd]")
_MATH = ("Noto Sans Math", r"[\u2190-\u230b]")
_SYMBOLS = ("Noto Sans Symbols2", r"[\u2600-\u27bf]")

FACES = tuple(
    Face(file, family, weight, draws)
    for file, (family, draws), weight in (
        ("NotoSansBengali-Regular.ttf", _BENGALI, 400),
        ("NotoSansBengali-Bold.ttf", _BENGALI, 700),
        ("NotoSans-Regular.subset.ttf", _LATIN, 400),
        ("NotoSans-Bold.subset.ttf", _LATIN, 700),
        ("NotoSansMath-Regular.subset.ttf", _MATH, 400),
        ("NotoSansSymbols2-Regular.subset.ttf", _SYMBOLS, 400),
    )
)

#: The families as Graphviz's `fontname` and CSS's `font-family` take them, best first.
REGULAR = ",".join(dict.fromkeys(face.family for face in FACES))
#: The same in bold, for Graphviz; CSS says it with `font-weight` (see `svg_fonts`).
BOLD = REGULAR + " Bold"

_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""

# Conjuncts whose width, in points at 14 points, shows whether the right face shapes them: in the
# other weight they are a fifteenth off, in another font or unshaped far more.
_PROBE = "ক্ষ্মৌ ন্ত্র্য স্থি"
_PROBE_WIDTHS = {REGULAR: 54.75, BOLD: 58.5}
_TOLERANCE = 0.03

#: A drawing of the probe words; its `plain` layout goes to `check_probe`.
PROBE_DOT = f"""digraph {{
    node [shape=box margin=0 width=0 label="{_PROBE}"]
    regular [fontname="{REGULAR}"]
    bold [fontname="{BOLD}"]
}}"""


def install(scratch: Path) -> Path:
    """Copy the fonts to a scratch folder and write a fontconfig file that knows only them.

    Returns the file for FONTCONFIG_FILE. The copy is because fontconfig writes into the folders
    it reads. Raises FontMissing where a font file is not there.
    """
    fonts = scratch / "fonts"
    fonts.mkdir()
    for face in FACES:
        (fonts / face.file).write_bytes(face.read())
    conf = scratch / "fonts.conf"
    text = _CONF.format(fonts=escape(str(fonts)), cache=escape(str(scratch / "cache")))
    conf.write_text(text, encoding="utf-8")
    return conf


def check_probe(plain: bytes) -> None:
    """Raise FontMissing unless the laid-out probe has the widths of shaped Bangla."""
    rows = [line.split() for line in plain.decode("utf-8").splitlines()]
    widths = [float(row[4]) * 72 for row in rows if row[0] == "node"]
    for width, expected in zip(widths, _PROBE_WIDTHS.values(), strict=True):
        if abs(width - expected) > _TOLERANCE * expected:
            raise FontMissing(
                f"Bangla text does not come out in Noto Sans Bengali: “{_PROBE}” is"
                f" {width:.1f} points wide instead of {expected:.1f}. Check the files in {FOLDER}."
            )


def svg_fonts(svg: str) -> str:
    """Graphviz's SVG with bold faces said as browsers understand them."""
    return svg.replace(f'font-family="{BOLD}"', f'font-family="{REGULAR}" font-weight="bold"')
