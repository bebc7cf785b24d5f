"""Models that cannot be had: each message says which, why, and what to do, and comes at once."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dagger_core.diagnostics import ModelUnavailable
from dagger_core.generate import LocalGenerator, Settings

SETTINGS = Settings(max_new_tokens=3, format="compact")


def refusal(model: str | Path) -> str:
    with pytest.raises(ModelUnavailable) as caught:
        LocalGenerator(model).generate("1 + 1?", SETTINGS).read()
    text = str(caught.value)
    assert str(model) in text
    assert "\n" not in text
    return text


class Hub(BaseHTTPRequestHandler):
    """A hub that has one gated model and no other."""

    def do_GET(self) -> None:
        gated = "/gated/" in self.path
        if gated and "/api/models/" in self.path:
            entry = [{"type": "file", "path": "config.json", "size": 2, "oid": "0" * 40}]
            about = {"id": "maker/gated", "sha": "0" * 40, "siblings": [], "gated": "manual"}
            self.answer(200, entry if "/tree/" in self.path else about)
        else:
            self.answer(403 if gated else 401, {}, "GatedRepo" if gated else "RepoNotFound")

    do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

    def answer(self, status: int, body: object, code: str = "") -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        if code:
            self.send_header("x-error-code", code)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hub_at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Sets the Hub's address; the local cache is empty."""

    def use(endpoint: str) -> None:
        import huggingface_hub

        real = huggingface_hub.snapshot_download
        monkeypatch.setattr(
            huggingface_hub,
            "snapshot_download",
            lambda name, **more: real(name, endpoint=endpoint, cache_dir=tmp_path, **more),
        )

    return use


@pytest.fixture
def small_hub(hub_at: Callable[[str], None]) -> Iterator[None]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    hub_at(f"http://127.0.0.1:{server.server_port}")
    yield
    server.shutdown()


def test_no_network(hub_at: Callable[[str], None]) -> None:
    import dagger_core.generate.loading  # noqa: F401 - its seconds are not the network's

    hub_at("http://127.0.0.1:9")
    start = time.perf_counter()
    text = refusal("dipta007/dagger-4B_GRPO")
    assert "cannot be reached" in text
    assert "on this machine" in text
    assert time.perf_counter() - start < 15


@pytest.mark.usefixtures("small_hub")
def test_no_such_model() -> None:
    text = refusal("nobody/nothing")
    assert "no such model, or it is private" in text
    assert "HF_TOKEN" in text


@pytest.mark.usefixtures("small_hub")
def test_gated_model() -> None:
    text = refusal("maker/gated")
    assert "consent" in text
    assert "Accept the terms" in text


@pytest.mark.parametrize("name", ["./no/such/folder", "/no/such/folder", "two words", "a/b/c", ""])
def test_neither_folder_nor_hub_name(name: str) -> None:
    assert "neither a folder on this machine nor a Hub name" in refusal(name)


@pytest.fixture
def copy(tiny: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny, tmp_path / "copy"))


def _change_config(folder: Path, **changes: object) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_folder_without_a_config(tmp_path: Path) -> None:
    assert "its config cannot be read" in refusal(tmp_path)


def test_broken_config(copy: Path) -> None:
    (copy / "config.json").write_text("{broken")
    assert "its config cannot be read" in refusal(copy)


def test_unknown_architecture(copy: Path) -> None:
    _change_config(copy, model_type="unheard_of")
    assert "unheard_of" in refusal(copy)


def test_code_of_a_model_is_never_run(copy: Path, tmp_path: Path) -> None:
    trace = tmp_path / "ran"
    (copy / "evil.py").write_text(f"open({str(trace)!r}, 'w')\nclass C: pass\n")
    _change_config(copy, model_type="evil", auto_map={"AutoConfig": "evil.C"})
    refusal(copy)
    assert not trace.exists()


def test_a_model_that_is_no_language_model(copy: Path) -> None:
    (copy / "config.json").write_text('{"model_type": "vit"}')
    assert "its architecture cannot be read" in refusal(copy)


def test_no_tokenizer(copy: Path) -> None:
    for file in copy.glob("tokenizer*"):
        file.unlink()
    assert "its tokenizer cannot be read" in refusal(copy)


def test_no_weights(copy: Path) -> None:
    (copy / "model.safetensors").unlink()
    assert "its weights cannot be read" in refusal(copy)


def test_cut_weights(copy: Path) -> None:
    file = copy / "model.safetensors"
    file.write_bytes(file.read_bytes()[:5000])
    assert "its weights cannot be read" in refusal(copy)


def test_weights_of_another_shape(copy: Path) -> None:
    _change_config(copy, intermediate_size=96)
    assert "its weights cannot be read" in refusal(copy)


def test_a_layer_is_missing(copy: Path) -> None:
    from safetensors.torch import load_file, save_file

    tensors = load_file(copy / "model.safetensors")
    tensors.pop("model.layers.1.mlp.up_proj.weight")
    save_file(tensors, copy / "model.safetensors", metadata={"format": "pt"})
    assert "its weights lack model.layers.1.mlp.up_proj.weight" in refusal(copy)


def test_too_big_for_the_machine(copy: Path) -> None:
    _change_config(copy, vocab_size=10**12)
    text = refusal(copy)
    assert "GB of memory" in text
    assert "Choose a smaller model" in text


def test_adapter_without_its_base(tmp_path: Path) -> None:
    (tmp_path / "adapter_config.json").write_text('{"base_model_name_or_path": "/no/such/base"}')
    with pytest.raises(ModelUnavailable, match="/no/such/base"):
        LocalGenerator(tmp_path).generate("1 + 1?", SETTINGS).read()


@pytest.mark.parametrize("config", ["{", "{}", "[]"])
def test_broken_adapter_config(tmp_path: Path, config: str) -> None:
    (tmp_path / "adapter_config.json").write_text(config)
    assert "its adapter_config.json cannot be read" in refusal(tmp_path)


def test_adapter_without_weights(tiny: Path, tmp_path: Path) -> None:
    config = {"base_model_name_or_path": str(tiny), "peft_type": "LORA", "task_type": "CAUSAL_LM"}
    (tmp_path / "adapter_config.json").write_text(json.dumps(config))
    assert "its adapter cannot be read" in refusal(tmp_path)
