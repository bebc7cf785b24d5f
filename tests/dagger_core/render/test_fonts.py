from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from PIL import ImageFont

from dagger_core.diagnostics import FontMissing
from dagger_core.ops import OPS
from dagger_core.render import fonts
from dagger_core.render.engine import Engine
from dagger_core.render.scene import MARKS


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the fonts, to be damaged."""
    copy = tmp_path / "fonts"
    shutil.copytree(fonts.FOLDER, copy)
    monkeypatch.setattr(fonts, "FOLDER", copy)
    return copy


def draw() -> bytes:
    engine = Engine()
    try:
        return engine.render("digraph { a }", "png", 5)
    finally:
        engine.close()


def test_the_copy_draws(folder: Path):
    assert draw().startswith(b"\x89PNG")


def test_a_missing_font_file_is_named(folder: Path):
    (folder / "NotoSansBengali-Bold.ttf").unlink()
    with pytest.raises(FontMissing, match=r"NotoSansBengali-Bold\.ttf"):
        draw()


def test_a_font_without_bangla_is_noticed(folder: Path):
    for weight in ("Regular", "Bold"):
        shutil.copy(
            folder / f"NotoSans-{weight}.subset.ttf", folder / f"NotoSansBengali-{weight}.ttf"
        )
    with pytest.raises(FontMissing, match="points wide instead of"):
        draw()


def test_a_damaged_font_is_noticed(folder: Path):
    (folder / "NotoSansBengali-Regular.ttf").write_bytes(b"not a font")
    with pytest.raises(FontMissing, match="points wide instead of"):
        draw()


def test_drawing_writes_nothing_into_the_folder(folder: Path):
    before = sorted(path.name for path in folder.iterdir())
    draw()
    assert sorted(path.name for path in folder.iterdir()) == before


def glyph(face: fonts.Face, char: str) -> bytes:
    mask = ImageFont.truetype(str(fonts.FOLDER / face.file), 40).getmask(char)
    return bytes(mask) + bytes(mask.size[0] % 256 for _ in range(1))


def words() -> set[str]:
    ours = [op.symbol for op in OPS.values()] + [
        t for marks in MARKS.values() for t in marks.values()
    ]
    return {char for text in ours for char in text if not char.isspace()} | set(
        "…≈−�0123456789০১২৩৪৫৬৭৮৯"
    )


@pytest.mark.parametrize("char", sorted(words()))
def test_our_own_signs_have_a_shape_in_the_face_that_claims_them(char: str):
    claims = [face for face in fonts.FACES if face.weight == 400 and re.match(face.draws, char)]
    faces = claims or [face for face in fonts.FACES if face.weight == 400]
    assert any(glyph(face, char) != glyph(face, "\uf8ff") for face in faces)


def test_fonts_are_small_and_come_with_their_licence():
    assert sum(path.stat().st_size for path in fonts.FOLDER.iterdir()) < 1_500_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts.FOLDER / "OFL.txt").read_text()
