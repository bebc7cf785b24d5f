"""The words of people, agreement and counts, in English and Bangla, for `curating.texts`."""

from __future__ import annotations

TEAM: dict[str, tuple[str, str]] = {
    # --- people
    "overlap": ("People for each question", "প্রতি প্রশ্নে কতজন"),
    "overlap_hint": (
        "More than one: they work independently, without seeing each other's graphs; where they "
        "disagree, somebody decides below.",
        "একজনের বেশি হলে তাঁরা একে অন্যের গ্রাফ না দেখে কাজ করেন; মতভেদ হলে নিচে একজন সিদ্ধান্ত নেন।",
    ),
    "guidelines_edit": ("Guidelines (Markdown)", "নির্দেশিকা (Markdown)"),
    "save_settings": ("Save", "সংরক্ষণ"),
    "settings_saved": ("Saved for everybody.", "সবার জন্য সংরক্ষিত হয়েছে।"),
    # --- agreement
    "agreement": ("Agreement", "মতৈক্য"),
    "agreement_refresh": ("Measure now", "এখন মাপুন"),
    "agreement_none": (
        "Agreement needs questions that two or more people annotated.",
        "মতৈক্য মাপতে এমন প্রশ্ন লাগে যাতে অন্তত দুজন কাজ করেছেন।",
    ),
    "agreement_line": (
        "Krippendorff's α: answers **{answer}**, graphs **{graph}**, distractors "
        "**{distractors}** · mean node F1 **{node_f1}** · {count} questions",
        "ক্রিপেনডর্ফের α: উত্তর **{answer}**, গ্রাফ **{graph}**, অপ্রয়োজনীয় **{distractors}** · "
        "গড় নোড F1 **{node_f1}** · {count}টি প্রশ্ন",
    ),
    "same_answer": ("Same answer", "একই উত্তর"),
    "same_graph": ("Same graph", "একই গ্রাফ"),
    "node_f1": ("Node F1", "নোড F1"),
    "questions": ("Questions", "প্রশ্ন"),
    "item": ("Item", "প্রশ্ন নং"),
    "annotators": ("Annotators", "টীকাকার"),
    # --- adjudication
    "adjudicate": ("Decide between two", "দুজনের মধ্যে সিদ্ধান্ত"),
    "adjudicate_item": ("Where people disagree", "যেখানে মতভেদ আছে"),
    "adjudicate_none": ("Nobody disagrees.", "কোনো মতভেদ নেই।"),
    "differences_title": ("{one}, against {other}:", "{other}-এর বিপরীতে {one}:"),
    "differences_none": ("The graphs are the same.", "দুটি গ্রাফ একই।"),
    "proposes": ("right answer {answer}", "সঠিক উত্তর {answer}"),
    "take_this": ("Take this one", "এটি নিন"),
    "adjudicated": ("Decided for item {id}.", "{id} নম্বরের সিদ্ধান্ত হয়েছে।"),
    # --- overview
    "saved_by_day": ("Saved by day", "দিনভিত্তিক সংরক্ষণ"),
    "day": ("Day", "দিন"),
    "count": ("Count", "সংখ্যা"),
    "revisions": ("Revisions", "সংস্করণ"),
    "median_seconds": ("Median seconds", "মধ্যমা সেকেন্ড"),
    "finding": ("Finding", "ত্রুটি"),
    "nothing_saved_yet": ("Nothing has been saved yet.", "এখনো কিছু সংরক্ষিত হয়নি।"),
}  # fmt: skip
