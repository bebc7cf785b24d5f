"""The words of the pages, in English and Bangla. `words(lang).generate` is a button's label."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from dagger_core.diagnostics import Lang
from demo.curating.texts import ANNOTATING
from demo.inspecting.texts import INSPECTING
from demo.results.texts import RESULTS

_TABLE: dict[str, tuple[str, str]] = {
    **ANNOTATING,
    **INSPECTING,
    **RESULTS,
    # --- the page as a whole
    "title": ("DAGGER Studio", "ড্যাগার স্টুডিও"),
    "tagline": (
        "Ask a word problem. See the answer as a graph: every number, every step, "
        "and which numbers do not matter.",
        "গণিতের একটি কথার সমস্যা লিখুন। উত্তরটি গ্রাফ হিসেবে দেখুন: প্রতিটি সংখ্যা, প্রতিটি ধাপ, "
        "আর কোন সংখ্যাগুলোর দরকার নেই।",
    ),
    "other_theme": ("Light or dark", "আলো বা আঁধার"),
    "other_language": ("বাংলা", "English"),
    "sign_in": ("Sign in with Hugging Face", "হাগিং ফেস দিয়ে সাইন ইন করুন"),
    "solve": ("Solve", "সমাধান"),
    "train": ("Train", "প্রশিক্ষণ"),
    # --- asking
    "question": ("Question", "প্রশ্ন"),
    "question_hint": (
        "Type or paste a word problem in Bangla or English …",
        "বাংলায় বা ইংরেজিতে গণিতের একটি কথার সমস্যা লিখুন …",
    ),
    "gold": ("Right answer (optional)", "সঠিক উত্তর (ঐচ্ছিক)"),
    "gold_hint": ("to check against", "মিলিয়ে দেখার জন্য"),
    "model": ("Model", "মডেল"),
    "settings": ("Settings", "সেটিংস"),
    "generate": ("Generate", "গ্রাফ তৈরি করুন"),
    "stop": ("Stop", "থামুন"),
    "examples": ("Examples", "উদাহরণ"),
    "by_hand": ("Start by hand", "নিজে শুরু করুন"),
    # --- the picture
    "empty_picture": (
        "The graph will grow here. Ask a question and press Generate, or start by hand.",
        "গ্রাফটি এখানে তৈরি হবে। একটি প্রশ্ন লিখে “গ্রাফ তৈরি করুন” চাপুন, অথবা নিজে শুরু করুন।",
    ),
    "waiting": ("Waiting for the model …", "মডেলের অপেক্ষায় …"),
    "writing": ("The model is writing: {tokens} tokens …", "মডেল লিখছে: {tokens} টোকেন …"),
    "no_graph": (
        "The model wrote no graph that can be read. Its text is below, under “Model's text”.",
        "মডেলের লেখায় কোনো পাঠযোগ্য গ্রাফ নেই। লেখাটি নিচে “মডেলের লেখা” অংশে আছে।",
    ),
    "see_table": ("The table below has all nodes.", "নিচের তালিকায় সব নোড আছে।"),
    # --- the answer
    "answer": ("Answer", "উত্তর"),
    "no_answer": ("No answer yet", "এখনো উত্তর নেই"),
    "exactly": ("exactly {fraction}", "হুবহু {fraction}"),
    "right": ("✓ matches the right answer", "✓ সঠিক উত্তরের সঙ্গে মিলেছে"),
    "wrong": ("✗ the right answer is {gold}", "✗ সঠিক উত্তর {gold}"),
    "unreadable_gold": (
        "The right answer “{gold}” is not a number, so it cannot be checked.",
        "সঠিক উত্তর “{gold}” কোনো সংখ্যা নয়, তাই মেলানো যায়নি।",
    ),
    "reward": ("Reward", "পুরস্কার"),
    "reward_format": ("format", "বিন্যাস"),
    "reward_structure": ("steps", "ধাপ"),
    "reward_confidence": ("confidence", "আস্থা"),
    "reward_executes": ("executes", "হিসাব হয়"),
    "reward_correct": ("correct", "সঠিক"),
    "reward_unchecked": (
        "(correctness needs a right answer)",
        "(সঠিকতা মাপতে সঠিক উত্তর লাগে)",
    ),
    "reward_asserted": (
        "The answer is only asserted: final_result is a bare number.",
        "উত্তরটি হিসাব করা হয়নি: final_result নিজেই একটি সংখ্যা।",
    ),
    "effort": (
        "{model} · {tokens} tokens · {seconds} s",
        "{model} · {tokens} টোকেন · {seconds} সেকেন্ড",
    ),
    "length": (
        "⚠ cut off at the longest answer (see Settings)",
        "⚠ সর্বোচ্চ দৈর্ঘ্যে কেটে গেছে (সেটিংস দেখুন)",
    ),
    "cancelled": ("stopped", "থামানো হয়েছে"),
    "edited": ("edited", "সম্পাদিত"),
    # --- findings
    "findings": ("Findings", "যা চোখে পড়েছে"),
    "no_findings": ("Nothing to mend.", "ঠিক করার মতো কিছু নেই।"),
    "error": ("Error", "ভুল"),
    "warning": ("Warning", "সতর্কতা"),
    "info": ("Note", "তথ্য"),
    "fix": ("Fix", "ঠিক করুন"),
    "show_node": ("Show", "দেখুন"),
    "more_findings": ("… and {count} more.", "… এবং আরও {count}টি।"),
    # --- the inspector
    "inspector": ("Node", "নোড"),
    "nothing_selected": (
        "Click a node to see and change it. Double-click marks it as a distractor.",
        "কোনো নোডে ক্লিক করলে তা দেখা ও বদলানো যায়। ডাবল-ক্লিকে সেটি অপ্রয়োজনীয় হয়।",
    ),
    "id": ("Id", "আইডি"),
    "op": ("Operation", "অপারেশন"),
    "number_op": ("const · number", "const · সংখ্যা"),
    "value": ("Value", "মান"),
    "args": ("Arguments, in order", "আর্গুমেন্ট, ক্রম অনুযায়ী"),
    "label": ("Label", "লেবেল"),
    "distractor": ("Distractor: the answer does not need it", "অপ্রয়োজনীয়: উত্তরে লাগে না"),
    "result": ("Result", "ফল"),
    "failed": ("failed", "ব্যর্থ"),
    "delete": ("Delete node", "নোড মুছুন"),
    "add_number": ("Add number", "সংখ্যা যোগ করুন"),
    "add_operation": ("Add operation", "অপারেশন যোগ করুন"),
    "undo": ("Undo", "ফেরান"),
    "redo": ("Redo", "আবার"),
    "reset": ("Reset to the model's graph", "মডেলের গ্রাফে ফিরুন"),
    # --- the other views
    "explanation": ("Explanation", "ব্যাখ্যা"),
    "no_explanation": (
        "The steps will stand here in words.",
        "ধাপগুলো এখানে কথায় লেখা থাকবে।",
    ),
    "table": ("Table", "তালিকা"),
    "table_hint": (
        "Double-click a cell to change it. Arguments are separated by commas.",
        "বদলাতে ঘরে ডাবল-ক্লিক করুন। আর্গুমেন্ট কমা দিয়ে আলাদা করুন।",
    ),
    "value_or_args": ("Value or arguments", "মান বা আর্গুমেন্ট"),
    "distractor_short": ("Distractor", "অপ্রয়োজনীয়"),
    "json": ("JSON", "JSON"),
    "json_ok": ("The JSON is the graph on the page.", "এই JSON-ই পাতার গ্রাফ।"),
    "json_bad": (
        "Not taken over yet: {problem} The picture shows the last good graph.",
        "এখনো নেওয়া হয়নি: {problem} ছবিতে শেষ সঠিক গ্রাফটি আছে।",
    ),
    "model_text": ("Model's text", "মডেলের লেখা"),
    "no_model_text": ("No model has been asked yet.", "এখনো কোনো মডেলকে জিজ্ঞাসা করা হয়নি।"),
    # --- keeping
    "save": ("Save", "সংরক্ষণ"),
    "saved": ("Saved at {time} by {author}", "{time}-এ সংরক্ষিত, {author}"),
    "saved_faulty": (
        "Saved at {time} by {author} as a draft: with errors or a wrong answer it is not exported",
        "{time}-এ খসড়া হিসেবে সংরক্ষিত, {author}: ভুল থাকলে বা উত্তর না মিললে এক্সপোর্ট হয় না",
    ),
    "saved_apart": (
        "Saved at {time} among the visitors' graphs, which are not used for training",
        "{time}-এ দর্শনার্থীদের গ্রাফের মধ্যে সংরক্ষিত; এগুলো প্রশিক্ষণে ব্যবহৃত হয় না",
    ),
    "not_saved": ("Not saved yet; kept as a draft", "এখনো সংরক্ষিত নয়; খসড়া হিসেবে আছে"),
    "saved_meanwhile": (
        "{author} saved another version of this question at {time}. Yours is kept beside it; "
        "save again to make yours the one that counts.",
        "{author} {time}-এ এই প্রশ্নের আরেকটি রূপ সংরক্ষণ করেছেন। আপনারটিও পাশে রাখা আছে; "
        "আপনারটিকে চূড়ান্ত করতে আবার সংরক্ষণ করুন।",
    ),
    # --- sharing
    "copy_link": ("Copy link", "লিংক কপি করুন"),
    "link": ("Link", "লিংক"),
    "link_info": (
        "Copied. The question and the graph are in the address itself.",
        "কপি হয়েছে। প্রশ্ন ও গ্রাফ এই ঠিকানার ভেতরেই আছে।",
    ),
    "other_work": ("Back to my earlier work", "আমার আগের কাজে ফিরুন"),
    "downloads": ("Download", "ডাউনলোড"),
    "downloads_all": ("All saved graphs, for training:", "প্রশিক্ষণের জন্য সংরক্ষিত সব গ্রাফ:"),
    "export": ("Export", "এক্সপোর্ট"),
    "export_done": ("{count} rows written", "{count}টি সারি লেখা হয়েছে"),
    "export_left_out": ("{count} left out: {reasons}", "{count}টি বাদ: {reasons}"),
}  # fmt: skip


def words(lang: Lang) -> SimpleNamespace:
    """Every text of the pages in one language, by name."""
    column = 1 if lang == "bn" else 0
    return SimpleNamespace(**{name: pair[column] for name, pair in _TABLE.items()})


@dataclass(frozen=True)
class Sample:
    """A question to begin with, under a short title, and its right answer."""

    title: str
    question: str
    gold: str


#: The last in Bangla stands in the published prompt.
EXAMPLES: dict[Lang, list[Sample]] = {
    "bn": [
        Sample(
            "লিচু · বাড়তি সংখ্যাসহ",
            "রিতার কাছে ৩৬টি লিচু আছে। তার ভাই শফিকের বয়স ১২ বছর। রিতা লিচুগুলো ৪ জন বন্ধুর মধ্যে "
            "সমান ভাগে ভাগ করে দিল। প্রত্যেকে কয়টি লিচু পেল?",
            "9",
        ),
        Sample(
            "আম",
            "একটি ঝুড়িতে ২৪টি আম আছে। করিম ৯টি আম খেয়ে ফেলল। ঝুড়িতে আর কয়টি আম রইল?",
            "15",
        ),
        Sample(
            "খাতা · বাড়তি সংখ্যাসহ",
            "সুমনের কাছে ৫০০ টাকা আছে। সে প্রতিটি ৩৫ টাকা দামের ৭টি খাতা কিনল। তার বোনের বয়স ৯ "
            "বছর। তার কাছে আর কত টাকা আছে?",
            "255",
        ),
        Sample(
            "কলম · কঠিন",
            "মিনার কাছে ১২২১৯৫ টা কলম আছে। রাজুর কাছে ২৫০৮৪ টা কলম আছে। মিনা রাজুর কাছে ১১২৬ টি "
            "কলম চাইল। রাজু ১০০০ টি কলম দিতে রাজি হল, কিন্তু পরে আর দিলেনা। প্রতিটি কলমের দাম "
            "৪৫.৬ টাকা। মিনা যদি কলমগুলো বিক্রি করতে চায়, সে কত টাকা পাবে?",
            "5572092",
        ),
    ],
    "en": [
        Sample(
            "Mangoes · with a distractor",
            "Mina has 48 mangoes. Her brother is 15 years old. Mina packs the mangoes equally into "
            "6 bags. How many mangoes are in each bag?",
            "8",
        ),
        Sample(
            "Pens",
            "A shop sold 125 pens on Monday and 98 pens on Tuesday. How many pens did it sell "
            "altogether?",
            "223",
        ),
        Sample(
            "Notebooks · with a distractor",
            "Rina had 500 taka. She bought 7 notebooks for 35 taka each. Her sister is 9 years "
            "old. How much money does she have left?",
            "255",
        ),
    ],
}
