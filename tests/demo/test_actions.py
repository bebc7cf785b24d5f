"""What a person can do on a page, and what nobody can."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dagger_core.diagnostics import DaggerError, EditError
from dagger_core.graph import Graph
from demo import actions
from demo.actions import Fields, act, fields_of
from demo.picture import Action, read_action
from demo.solution import Solution

GRAPH = Graph.from_obj(
    {
        "nodes": [
            {"id": "n1", "op": "const", "val": 48, "label": "mangoes"},
            {"id": "n2", "op": "const", "val": 15, "distractor": True},
            {"id": "n3", "op": "const", "val": 6},
            {"id": "bags", "op": "div", "args": ["n1", "n3"]},
            {"id": "final_result", "op": "identity", "args": ["bags"]},
        ]
    }
)
QUESTION = "Mina has 48 mangoes, Raju 15. How many bags of 6?"
SOLUTION = Solution(QUESTION, history=(GRAPH,), key="k")


def ids(solution: Solution) -> list[str]:
    assert solution.graph is not None
    return [node.id for node in solution.graph]


def node(solution: Solution, node_id: str) -> Fields:
    assert solution.graph is not None
    found = solution.graph.get(node_id)
    assert found is not None
    return fields_of(found)


def rows(graph: Graph = GRAPH) -> list[Fields]:
    return [fields_of(node) for node in graph]


# --- in the picture -------------------------------------------------------------------------


def test_select_and_nothing() -> None:
    selected = act(SOLUTION, Action("select", node="n1", node_id="n2"))
    assert selected.selected == "n2"
    assert selected.revision == SOLUTION.revision
    assert act(selected, Action("select")).selected is None


def test_toggle_twice_is_back() -> None:
    once = act(SOLUTION, Action("toggle", node="n0", node_id="n1"))
    assert node(once, "n1").distractor
    assert act(once, Action("toggle", node="n0", node_id="n1")).graph == GRAPH


def test_delete_takes_its_uses_away() -> None:
    after = act(SOLUTION, Action("delete", node="n2", node_id="n3"))
    assert ids(after) == ["n1", "n2", "bags", "final_result"]
    assert node(after, "bags").input == "n1"


def test_connect_sorts_where_it_can() -> None:
    late = SOLUTION.do(actions.Insert(actions.Node("z", "const", 2), position=5))
    after = act(late, Action("connect", node="n5", node_id="z", target="n3", target_id="bags"))
    assert node(after, "bags").input == "n1, n3, z"
    assert ids(after).index("z") < ids(after).index("bags")
    assert after.selected == "bags"


def test_connect_may_make_a_cycle_which_is_a_finding() -> None:
    cycle = Action("connect", node="n4", node_id="final_result", target="n3", target_id="bags")
    after = act(SOLUTION, cycle)
    assert "cycle" in {finding.code for finding in after.findings}
    assert after.undo().graph == GRAPH


def test_a_number_takes_no_arguments() -> None:
    with pytest.raises(EditError, match="n2 is a number"):
        act(SOLUTION, Action("connect", node="n0", node_id="n1", target="n1", target_id="n2"))


@pytest.mark.parametrize(("selected", "op", "given"), [(None, "const", "0"), ("n1", "add", "n1")])
def test_add_goes_on_from_the_selection(selected: str | None, op: str, given: str) -> None:
    after = act(SOLUTION.select(selected), Action("add"))
    assert after.selected not in (None, *ids(SOLUTION))
    added = node(after, str(after.selected))
    assert (added.op, added.input) == (op, given)


def test_add_mention_begins_as_a_distractor() -> None:
    start = QUESTION.index("15")
    after = act(SOLUTION, Action("add_mention", start=start, end=start + 2))
    added = node(after, str(after.selected))
    assert (added.op, added.input, added.distractor) == ("const", "15", True)


def test_add_mention_beyond_the_question() -> None:
    with pytest.raises(EditError, match="not in the question"):
        act(SOLUTION, Action("add_mention", start=5000, end=5002))


def test_undo_and_redo() -> None:
    changed = act(SOLUTION, Action("toggle", node="n0", node_id="n1"))
    undone = act(changed, Action("undo"))
    assert undone.graph == GRAPH
    assert act(undone, Action("redo")).graph == changed.graph
    assert act(SOLUTION, Action("undo")) is SOLUTION


@pytest.mark.parametrize("verb", ["toggle", "delete", "connect"])
def test_a_node_that_is_gone(verb: str) -> None:
    action = Action(verb, node="n1", node_id="gone", target="n3", target_id="bags")
    with pytest.raises(EditError, match="not there any more"):
        act(SOLUTION, action)
    with pytest.raises(EditError, match="not there any more"):
        act(Solution(), action)


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "toggle",
        {"action": "__class__"},
        {"action": ["toggle"]},
        {"action": "toggle", "node": "n0; drop"},
        {"action": "toggle", "node": {"$ne": 1}},
        {"action": "add_mention", "start": -1, "end": 2},
        {"action": "add_mention", "start": 1e300, "end": float("nan")},
        {"action": "theme", "theme": "</style>"},
    ],
)
def test_garbage_is_no_action(data: object) -> None:
    assert read_action(data) is None


# --- in forms -------------------------------------------------------------------------------


def test_same_fields_are_no_step() -> None:
    assert actions.set_fields(SOLUTION, "bags", node(SOLUTION, "bags")) is SOLUTION


def test_fields_change_everything_in_one_step() -> None:
    fields = Fields("bag count", "mul", "n1, n3, 2", "all <b>bags</b>", True)
    after = actions.set_fields(SOLUTION.select("bags"), "bags", fields)
    assert node(after, "bag count") == fields
    assert node(after, "final_result").input == "bag count"
    assert after.selected == "bag count"
    assert after.undo().graph == GRAPH


def test_fields_of_another_node_leave_the_selection() -> None:
    fields = replace(node(SOLUTION, "n1"), id="m")
    assert actions.set_fields(SOLUTION.select("n2"), "n1", fields).selected == "n2"


def test_number_becomes_an_operation_and_back() -> None:
    op = actions.set_fields(SOLUTION, "n3", replace(node(SOLUTION, "n3"), op="add", input="n1, 2"))
    assert node(op, "n3").input == "n1, 2"
    back = actions.set_fields(op, "n3", Fields("n3", "const", "6", "", False))
    assert back.graph == GRAPH


@pytest.mark.parametrize("node_id", ["", " ", "n2"])
def test_ids_that_cannot_be(node_id: str) -> None:
    with pytest.raises(EditError):
        actions.set_fields(SOLUTION, "n1", replace(node(SOLUTION, "n1"), id=node_id))


def test_fields_of_no_node() -> None:
    with pytest.raises(EditError, match="no node called x"):
        actions.set_fields(SOLUTION, "x", node(SOLUTION, "n1"))


def test_delete_needs_a_selection() -> None:
    with pytest.raises(EditError, match="Select a node"):
        actions.delete_selected(SOLUTION)


# --- in the table ---------------------------------------------------------------------------


def test_same_table_is_no_step() -> None:
    assert actions.set_table(SOLUTION, rows()) is SOLUTION


def test_table_cell() -> None:
    edited = rows()
    edited[2] = replace(edited[2], input="8")
    after = actions.set_table(SOLUTION, edited)
    assert after.execution is not None
    assert after.execution.answer == 6


def test_table_renames_everywhere() -> None:
    edited = rows()
    edited[0] = replace(edited[0], id="mina")
    after = actions.set_table(SOLUTION, edited)
    assert node(after, "bags").input == "mina, n3"


def test_row_added_and_taken_away() -> None:
    added = actions.set_table(SOLUTION, [*rows(), Fields("n9", "", "7", "", False)])
    assert node(added, "n9") == Fields("n9", "const", "7", "", False)
    assert ids(actions.set_table(added, rows())) == ids(SOLUTION)


def test_empty_row_is_no_node() -> None:
    assert actions.set_table(SOLUTION, [*rows(), Fields(" ", "", "", "", False)]) is SOLUTION


def test_table_with_an_id_twice_is_refused_whole() -> None:
    edited = rows()
    edited[0] = replace(edited[0], input="9")
    edited[2] = replace(edited[2], id="n2")
    with pytest.raises(EditError, match="called n2"):
        actions.set_table(SOLUTION, edited)


# --- as JSON --------------------------------------------------------------------------------


def test_json_with_a_mistake_is_kept_and_named() -> None:
    text = GRAPH.to_json().replace("48,", "48", 1)
    after = actions.set_json(SOLUTION, text)
    assert (after.typed, after.graph, after.at) == (text, GRAPH, 0)
    other = actions.act(after, Action("toggle", node="n0", node_id="n1"))
    assert other.typed is None


def test_json_mended() -> None:
    broken = actions.set_json(SOLUTION, "{")
    mended = actions.set_json(broken, GRAPH.to_json().replace("48", "96"))
    assert mended.typed is None
    assert node(mended, "n1").input == "96"
    assert mended.undo().graph == GRAPH


def test_same_json_is_no_step() -> None:
    assert actions.set_json(SOLUTION, GRAPH.to_json()).history == SOLUTION.history


@pytest.mark.parametrize("text", ["", "null", "[]", '{"nodes": 5}', "[" * 100_000, "\ud800"])
def test_json_that_is_no_graph(text: str) -> None:
    assert actions.set_json(SOLUTION, text).graph == GRAPH


# --- the rest -------------------------------------------------------------------------------


def test_fix_only_what_is_found() -> None:
    wrong = act(SOLUTION, Action("toggle", node="n0", node_id="n1"))
    finding = next(finding for finding in wrong.findings if finding.fix)
    assert actions.fix(wrong, finding.code, finding.node).graph == GRAPH
    with pytest.raises(EditError, match="mended already"):
        actions.fix(SOLUTION, finding.code, finding.node)


def test_by_hand_has_every_number() -> None:
    made = actions.by_hand(Solution("48 mangoes, 15 bags, ৬টি"))
    assert ids(made) == ["n1", "n2", "n3", "final_result"]
    assert [node(made, name).input for name in ids(made)[:3]] == ["48", "15", "6"]
    assert made.selected == "final_result"


def test_ask() -> None:
    asked = actions.ask(replace(SOLUTION, parent=4, saved_at="x"), "  Why?\0\ud800 ", " 7 ")
    assert (asked.question, asked.gold) == ("Why??", "7")
    assert (asked.parent, asked.saved_at) == (None, "")
    assert actions.ask(asked, "Why??", "7") is asked


@pytest.mark.parametrize("question", ["", " \n", "\0", "x" * 4001])
def test_questions_that_are_refused(question: str) -> None:
    with pytest.raises(DaggerError):
        actions.ask(SOLUTION, question, "")


def test_every_refusal_speaks_bangla() -> None:
    with pytest.raises(EditError) as refused:
        actions.delete_selected(SOLUTION)
    assert refused.value.text("bn") != refused.value.text("en")


def test_a_graph_survives_its_fields() -> None:
    """Every node of a graph reads back from its fields as it was."""
    hard = Graph.from_obj(
        json.loads(
            '{"nodes": [{"id": "a, b", "op": "const", "val": "১/৩"}, '
            '{"id": "c", "op": "add", "args": ["a, b", "5", 5, 0.10]}]}'
        )
    )
    assert actions.set_table(Solution(history=(hard,)), rows(hard)).graph == hard
