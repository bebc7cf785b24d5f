"""Solution: steps, undo, redo, reset, and what belongs to the graph on the page."""

from __future__ import annotations

from dagger_core.diagnostics import Diagnostic
from dagger_core.graph import Graph, Node
from demo.solution import MOST_STEPS, Attempt, Solution


def graph(value: int) -> Graph:
    return Graph([Node("a", "const", value), Node("final_result", "identity", args=("a",))])


def test_empty() -> None:
    empty = Solution()
    assert (empty.graph, empty.execution, empty.score, empty.findings) == (None, None, None, [])
    assert empty.undo() is empty.redo() is empty.reset() is empty
    assert empty.step(graph(1)).graph == graph(1)


def test_undo_redo_and_a_new_branch() -> None:
    solution = Solution().step(graph(1)).step(graph(2)).step(graph(3))
    back = solution.undo().undo()
    assert (back.graph, back.can_undo, back.can_redo) == (graph(1), False, True)
    assert back.redo().redo().graph == graph(3)
    branch = back.step(graph(9))
    assert not branch.can_redo
    assert branch.undo().graph == graph(1)


def test_every_change_has_a_new_revision() -> None:
    first = Solution().step(graph(1)).step(graph(2))
    assert first.revision < first.undo().revision < first.undo().redo().revision


def test_the_same_graph_is_no_step() -> None:
    solution = Solution().step(graph(1))
    assert solution.step(graph(1)) is solution


def test_steps_are_limited() -> None:
    solution = Solution()
    for value in range(MOST_STEPS + 10):
        solution = solution.step(graph(value))
    assert len(solution.history) == MOST_STEPS
    assert solution.graph == graph(MOST_STEPS + 9)
    for _ in range(MOST_STEPS + 10):
        solution = solution.undo()
    assert solution.graph == graph(10)


def test_reset_is_a_step() -> None:
    answered = Solution("q").answered(Attempt("m", "text", graph(1)))
    edited = answered.step(graph(2))
    assert edited.reset().graph == graph(1)
    assert edited.reset().undo().graph == graph(2)


def test_an_answer_keeps_the_graph_before_it() -> None:
    by_hand = Solution("q").step(graph(1))
    answered = by_hand.answered(Attempt("m", "text", graph(2)))
    assert answered.graph == graph(2)
    assert answered.key != by_hand.key
    assert answered.undo().graph == graph(1)


def test_an_answer_without_a_graph_leaves_the_old_one() -> None:
    answered = Solution("q").step(graph(1)).answered(Attempt("m", "no graph"))
    assert answered.graph == graph(1)
    assert answered.attempt is not None


def test_notes_on_the_text_last_until_the_graph_changes() -> None:
    note = Diagnostic("repaired", params={"line": 1, "column": 2})
    answered = Solution("q").answered(Attempt("m", "text", graph(1), (note,)))
    assert note in answered.findings
    assert note not in answered.step(graph(2)).findings
    assert note in answered.step(graph(2)).undo().findings


def test_selection_goes_with_its_node() -> None:
    solution = Solution().step(graph(1)).select("a")
    assert solution.step(graph(2)).selected == "a"
    assert solution.step(Graph([Node("b", "const", 1)])).selected is None


def test_score_and_execution_are_of_this_graph() -> None:
    solution = Solution(gold="2").step(graph(1)).step(graph(2))
    assert solution.score is not None
    assert solution.score.correct
    before = solution.undo().score
    assert before is not None
    assert not before.correct
