"""The Train page in a real browser, served by a process of its own, with real and stand-in jobs."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.demo.solve_app import HOSTILE, MANGOES, MARKUP, fenced
from tests.demo.visiting import Server, expect
from tests.train.jobs.conftest import over, trains
from train.events import EventWriter
from train.jobs import OPEN, Job, Runs, Status
from train.jobs.launchers import TRAINER
from train.recipe import load

HERE = Path(__file__).parent
STAND_IN = shlex.join([sys.executable, str(HERE.parents[1] / "train" / "jobs" / "trainer.py")])
MINUTE = 60_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("train")


@pytest.fixture(scope="module")
def runs(folder: Path) -> Runs:
    return Runs(folder / "runs")


@pytest.fixture(scope="module")
def server(folder: Path, runs: Runs) -> Iterator[Server]:
    """The app; jobs really train until a test puts the stand-in into the environment."""
    running = Server(folder, "train_app.py")
    yield running
    running.kill()
    for job in runs.jobs():
        if job.status.state in OPEN:
            runs.cancel(job.name)
            over(job)


class Page:
    """The open page, and what a person does and sees there."""

    def __init__(self, browser: Any, server: Server, path: str = "/train") -> None:
        self.page = browser.new_page(viewport={"width": 1280, "height": 1000})
        self.page.set_default_timeout(MINUTE)
        expect.set_options(timeout=MINUTE)
        self.goes(server, path)

    def goes(self, server: Server, path: str) -> None:
        self.page.goto(server.address + path)
        expect(self.page.locator("#recipe input")).to_be_visible()

    def is_answered(self) -> None:
        """The server has answered the page that was loaded, on a new job."""
        expect(self.page.locator("#command")).to_contain_text("python -m train")

    def part(self, name: str) -> Any:
        return self.page.locator(f"#{name}")

    def opens(self, tab: str) -> None:
        self.page.get_by_role("tab", name=tab, exact=True).click()

    def picks(self, part: str, option: str) -> None:
        box = self.page.locator(f"#{part} input")
        box.click()
        self.page.get_by_role("option", name=option, exact=True).first.click()

    @property
    def state(self) -> Any:
        return self.page.locator("#job-head [data-state]")

    def chart(self, key: str) -> Any:
        return self.page.locator(f"#curves [data-chart={key}]")


@pytest.fixture(scope="module")
def trained(server: Server, runs: Runs, browser: Any) -> Job:
    """A job that was started on the page and went on while the server was killed."""
    open_page = Page(browser, server)
    open_page.picks("recipe", "tiny")
    expect(open_page.part("set-max_steps").locator("input")).to_have_value("4")
    open_page.part("set-max_steps").locator("input").fill("100")
    expect(open_page.part("toml")).not_to_be_visible()
    open_page.part("look").click()
    expect(open_page.part("data-found")).to_contain_text("64 samples")
    expect(open_page.page.locator("#data-lengths rect").first).to_be_visible()
    expect(open_page.part("faults")).not_to_contain_text("✕")
    open_page.part("start").click()
    expect(open_page.state).to_have_text("running")
    (job,) = runs.jobs()
    assert f"job={job.name}" in open_page.page.url
    expect(open_page.chart("loss")).to_be_visible()
    server.kill()
    assert job.status.state == "running"
    assert over(job) == "done"
    server.start()
    # The page that stayed open finds its job again, without a reload.
    expect(open_page.state).to_have_text("done")
    open_page.page.close()
    return job


def test_job_outlives_the_server_and_every_page_finds_it(
    trained: Job, server: Server, browser: Any
) -> None:
    assert trained.recipe.max_steps == 100
    another = Page(browser, server, f"/train?job={trained.name}")
    expect(another.state).to_have_text("done")
    expect(another.part("job-head")).to_contain_text("100 steps")
    expect(another.part("job-model")).to_contain_text(trained.name)
    expect(another.chart("loss")).to_be_visible()
    another.chart("loss").focus()
    another.page.keyboard.press("Home")
    expect(another.chart("loss").locator(".cv-reading")).to_contain_text("step 1 ")
    another.opens("Log")
    expect(another.part("log").locator("textarea")).to_have_value(re.compile("train_loss"))
    another.page.goto(server.address)
    another.page.locator("#model input").click()
    expect(another.page.get_by_role("option", name=trained.name)).to_be_visible()
    another.page.close()


def test_before_and_after(trained: Job, server: Server, runs: Runs, browser: Any) -> None:
    other = runs.root / "20200101-000000-000-other"
    shutil.copytree(trained.folder, other)
    page = Page(browser, server, f"/train?job={trained.name}")
    expect(page.state).to_have_text("done")
    page.opens("Before and after")
    page.picks("before-model", other.name)
    page.part("before-count").locator("input[type=number]").fill("3")
    page.part("before-after").click()
    expect(page.part("before-state")).to_contain_text("of 3.")
    expect(page.part("before-question")).to_contain_text("right answer")
    page.page.reload()
    page.opens("Before and after")
    expect(page.part("before-state")).to_contain_text("of 3.")
    page.page.close()
    shutil.rmtree(other)


def test_groups_are_sampled_before_grpo(trained: Job, server: Server, browser: Any) -> None:
    page = Page(browser, server)
    page.is_answered()
    page.picks("recipe", "tiny")
    page.picks("init", trained.name)
    page.picks("set-stage", "grpo")
    page.part("probe").click()
    expect(page.part("probed")).to_contain_text("of 6 groups")
    expect(page.part("probed")).to_contain_text("all 4 steps")
    expect(page.part("faults")).to_contain_text("memory")
    expect(page.part("groups").get_by_test_id("cell-5-2")).to_be_visible()
    page.page.close()


def test_model_is_chosen_in_solve_by_its_address(
    trained: Job, server: Server, browser: Any
) -> None:
    page = Page(browser, server, f"/bn-train?job={trained.name}")
    page.page.get_by_role("link", name="সমাধান পাতায় চালিয়ে দেখুন").click()
    expect(page.page.locator("#model input")).to_have_value(trained.name)
    for hostile in ("evil/weights", "../../etc", HOSTILE, "runs/" + "x" * 9000):
        page.page.goto(f"{server.address}/bn?model={quote(hostile)}")
        expect(page.part("status")).not_to_be_empty()
        expect(page.page.locator("#model input")).not_to_have_value(hostile)
        assert page.page.evaluate("window.pwned") is None
    expect(page.part("status")).to_contain_text("মুছে ফেলা হয়েছে")
    page.page.close()


@pytest.fixture(scope="module")
def stand_in(server: Server) -> Iterator[None]:
    """From now on jobs are trained by `trainer.py`, in seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(TRAINER, STAND_IN)
        server.kill()
        server.start()
        yield


@pytest.mark.usefixtures("stand_in")
def test_stop_resume_cancel_in_bangla(server: Server, runs: Runs, browser: Any) -> None:
    job = runs.start(load("tiny").changed(about="wait"), name="mine", author="rina")
    queued = runs.start(load("tiny").changed(about="wait"), name="next", author="rina")
    trains(job)
    page = Page(browser, server, f"/bn-train?job={job.name}")
    expect(page.state).to_have_text("চলছে")
    page.page.get_by_label("next · SFT · অপেক্ষায়").click()
    expect(page.part("job-head")).to_contain_text("সারিতে ১ নম্বর")
    page.part("job-cancel").click()
    expect(page.state).to_have_text("বাতিল")
    assert over(queued) == "cancelled"
    page.page.get_by_label("mine · SFT · চলছে").click()
    page.part("job-stop").click()
    expect(page.state).to_have_text("থামানো")
    expect(page.part("job-head")).to_contain_text("সংরক্ষিত")
    page.part("job-resume").click()
    expect(page.state).to_have_text("চলছে")
    page.part("job-cancel").click()
    expect(page.state).to_have_text("বাতিল")
    expect(page.part("job-head")).to_contain_text("২ নম্বর চেষ্টা")
    page.page.close()


@pytest.mark.usefixtures("stand_in")
def test_samples_are_graphs_and_hostile_ones_are_text(
    server: Server, runs: Runs, browser: Any
) -> None:
    job = Job(runs.root / "20200202-000000-000-samples")
    job.folder.mkdir(parents=True)
    job.write(Status("failed", "grpo", HOSTILE, HOSTILE, reason="job-failed",
                     params={"problem": HOSTILE}))  # fmt: skip
    (job.folder / "recipe.toml").write_text(
        load("tiny").changed(format="dagger_json", about=HOSTILE).to_toml(), "utf-8"
    )
    (job.folder / "log.txt").write_text(f"{HOSTILE}\n{MARKUP}\n", "utf-8")
    events = EventWriter(job.folder)
    events.write("step", 1, **{"reward": 1.0, "parts/" + HOSTILE: 0.5, "parts/format": 1.0})
    parts = {"format": 1.0, HOSTILE: 0.0}
    for number, (question, text) in enumerate(
        (("Mina has 48 mangoes.", fenced(*MANGOES)), (HOSTILE, HOSTILE))
    ):
        events.write(
            "sample", number, question=question, text=text, reward=1.5, parts=parts, gold=HOSTILE
        )
    page = Page(browser, server, f"/train?job={job.name}")
    expect(page.state).to_have_text("failed")
    expect(page.part("job-head")).to_contain_text("<img")
    expect(page.chart("parts")).to_contain_text("<img")
    page.opens("Samples")
    expect(page.part("sample-picture")).to_contain_text("No graph can be read")
    expect(page.part("sample-question")).to_contain_text("<img")
    slider = page.part("sample").locator("input[type=range]")
    slider.focus()
    page.page.keyboard.press("ArrowLeft")
    expect(page.part("sample-question")).to_contain_text("Mina has 48 mangoes.")
    expect(page.part("sample-picture").locator("[data-node]")).to_have_count(5)
    page.opens("Log")
    expect(page.part("log")).to_be_visible()
    assert page.page.evaluate("window.pwned") is None
    page.page.close()
    shutil.rmtree(job.folder)


@pytest.mark.usefixtures("stand_in")
def test_job_is_deleted_when_asked_twice(server: Server, runs: Runs, browser: Any) -> None:
    job = runs.start(load("tiny").changed(about="wait"), name="gone", author="rina")
    trains(job)
    page = Page(browser, server, f"/train?job={job.name}")
    expect(page.state).to_have_text("running")
    expect(page.part("job-delete")).not_to_be_visible()
    (job.folder / "go").touch()
    expect(page.state).to_have_text("done")
    page.part("job-delete").click()
    expect(page.part("delete-said")).to_contain_text(job.name)
    page.part("delete-no").click()
    expect(page.part("delete-said")).not_to_be_visible()
    assert runs.find(job.name) == job
    page.part("job-delete").click()
    page.part("delete-yes").click()
    expect(page.part("job-state")).to_contain_text(f"{job.name} has been deleted")
    assert not job.folder.exists()
    expect(page.page).not_to_have_url(re.compile(job.name))
    page.goes(server, f"/train?job={job.name}")
    page.opens("Jobs")
    expect(page.part("job-state")).to_contain_text(f"There is no job called {job.name}")
    page.page.close()


@pytest.mark.usefixtures("stand_in")
def test_jobs_compared(server: Server, runs: Runs, browser: Any) -> None:
    for name, seed in (("seven", 7), ("eight", 8)):
        job = runs.start(load("tiny").changed(about="quick", seed=seed), name=name)
        EventWriter(job.folder).write("step", 1, loss=3.0)
        over(job)
    page = Page(browser, server)
    page.is_answered()
    page.opens("Compare")
    page.page.locator("#compare-jobs input").click()
    for name in ("seven", "eight"):
        page.page.get_by_role("option").filter(has_text=name).first.click()
    page.page.keyboard.press("Escape")
    loss = page.page.locator("#compare-curves [data-chart=loss]")
    expect(loss.locator(".cv-legend li")).to_have_count(2)
    expect(page.part("differences")).to_contain_text("seed")
    page.page.close()


@pytest.mark.usefixtures("stand_in")
def test_wrong_value_names_its_field_and_nothing_starts(
    server: Server, runs: Runs, browser: Any
) -> None:
    before = runs.jobs()
    page = Page(browser, server)
    page.is_answered()
    page.picks("recipe", "tiny")
    rate = page.part("set-learning_rate").locator("input, textarea").first
    expect(rate).to_have_value("0.001")
    rate.fill("fast")
    rate.press("Tab")
    expect(page.part("faults")).to_contain_text("learning_rate")
    page.part("start").click()
    expect(page.part("start-state")).to_contain_text("learning_rate")
    page.part("data").get_by_label("The accepted graphs (0)").click()
    rate.fill("0.01")
    page.part("start").click()
    expect(page.part("start-state")).to_contain_text("No graph has been accepted")
    assert runs.jobs() == before
    page.page.close()
