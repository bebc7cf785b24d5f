"""The catalog: what is offered, in which order, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dagger_core.diagnostics import EndpointError, ModelUnavailable
from dagger_core.formats import FORMATS
from dagger_core.generate import Catalog, EndpointGenerator, LocalGenerator, ModelChoice

PUBLISHED = {
    "dipta007/dagger-12B_SFT_GRPO": "dagger_chat",
    "dipta007/dagger-12B_SFT": "dagger_chat",
    "dipta007/dagger-12B_GRPO": "dagger_chat",
    "dipta007/dagger-4B_SFT_GRPO": "dagger_chat",
    "dipta007/dagger-4B_SFT": "dagger_chat",
    "dipta007/dagger-4B_GRPO": "dagger_json",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shipped = tmp_path / "models" / "small"
    shipped.mkdir(parents=True)
    (shipped / "config.json").write_text("{}")
    adapter = tmp_path / "runs" / "job-7" / "adapter"
    adapter.mkdir(parents=True)
    (adapter / "adapter_config.json").write_text("{}")
    (tmp_path / "runs" / "unfinished" / "adapter").mkdir(parents=True)
    return tmp_path


def test_empty_project_offers_the_published_models(tmp_path: Path) -> None:
    choices = Catalog.from_environment(tmp_path, {}).choices()
    assert {choice.key: choice.format for choice in choices} == PUBLISHED
    assert all(choice.note_en and choice.note_bn for choice in choices)


def test_shipped_first_then_endpoint_then_trained_then_published(project: Path) -> None:
    environ = {"DAGGER_ENDPOINT_URL": "http://h/v1", "DAGGER_ENDPOINT_MODEL": "m"}
    choices = Catalog.from_environment(project, environ).choices()
    assert [(choice.key, choice.kind) for choice in choices[:3]] == [
        ("models/small", "shipped"),
        ("endpoint", "endpoint"),
        ("runs/job-7", "trained"),
    ]
    assert len(choices) == 3 + len(PUBLISHED)
    assert choices[0].format == "compact"
    assert {choice.format for choice in choices} <= set(FORMATS)


def test_whole_model_of_a_job_is_on_offer_in_the_format_of_its_recipe(project: Path) -> None:
    for name, folder in (("job-8", "."), ("job-9", "adapter"), ("job-6", ".")):
        made = project / "runs" / name / folder
        made.mkdir(parents=True)
        (made / "config.json").write_text("{}")
        (project / "runs" / name / "recipe.toml").write_text('format = "compact"\n')
    (project / "runs" / "job-6" / "recipe.toml").write_text("format = [")
    catalog = Catalog.from_environment(project, {})
    trained = [choice for choice in catalog.choices() if choice.kind == "trained"]
    assert [(choice.title, choice.format) for choice in trained] == [
        *(("job-9", "compact"), ("job-8", "compact")),
        *(("job-7", "dagger_json"), ("job-6", "dagger_json")),
    ]
    assert all(catalog.open(choice.key).name == choice.key for choice in trained)


def test_about_file_names_and_describes(project: Path) -> None:
    about = {"title": "Small", "format": "dagger_json", "note_en": "Fast.", "note_bn": 3}
    (project / "models" / "small" / "dagger.json").write_text(json.dumps(about))
    assert Catalog.from_environment(project, {}).find("models/small") == ModelChoice(
        "models/small", "Small", "shipped", "dagger_json", "Fast.", "Fast."
    )


@pytest.mark.parametrize("broken", ["{", "[]", "\x00"])
def test_broken_about_file_says_nothing(project: Path, broken: str) -> None:
    (project / "models" / "small" / "dagger.json").write_text(broken)
    assert Catalog.from_environment(project, {}).find("models/small").title == "small"


def test_open_gives_a_generator_of_the_name(project: Path) -> None:
    catalog = Catalog.from_environment(project, {})
    for key in ("models/small", "runs/job-7", "dipta007/dagger-4B_GRPO"):
        generator = catalog.open(key)
        assert isinstance(generator, LocalGenerator)
        assert generator.name == key


def test_open_the_endpoint(project: Path) -> None:
    environ = {"DAGGER_ENDPOINT_URL": "http://h/v1", "DAGGER_ENDPOINT_MODEL": "m"}
    generator = Catalog.from_environment(project, environ).open("endpoint")
    assert isinstance(generator, EndpointGenerator)
    assert generator.name == "m"
    with pytest.raises(EndpointError):
        Catalog.from_environment(project, {"DAGGER_ENDPOINT_URL": "h"})


@pytest.mark.parametrize("name", ["gpt2", "../secret", "/etc", "models/../../x", "endpoint", ""])
def test_any_other_name_is_refused(project: Path, name: str) -> None:
    with pytest.raises(ModelUnavailable, match="not on offer") as caught:
        Catalog.from_environment(project, {}).open(name)
    assert "DAGGER_ANY_MODEL" in str(caught.value)


@pytest.mark.parametrize("more", [{}, {"DAGGER_ANY_MODEL": "1"}])
def test_model_of_a_job_that_is_gone_says_so(project: Path, more: dict[str, str]) -> None:
    with pytest.raises(ModelUnavailable, match="unfinished is no longer here"):
        Catalog.from_environment(project, more).open("runs/unfinished")


def test_the_administrator_may_allow_other_names(project: Path) -> None:
    catalog = Catalog.from_environment(project, {"DAGGER_ANY_MODEL": "1"})
    assert catalog.find("owner/name").kind == "named"
    assert catalog.open("owner/name").name == "owner/name"
