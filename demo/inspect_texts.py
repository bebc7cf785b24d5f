"""The words of inspecting and teaching, in English and Bangla, for `demo.texts`."""

from __future__ import annotations

INSPECTING: dict[str, tuple[str, str]] = {
    # --- what if
    "whatif": ("What if?", "যদি অন্য হতো?"),
    "whatif_hint": (
        "Type another number or move a slider: everything that depends on it moves at once. "
        "Your graph stays as it is.",
        "অন্য সংখ্যা লিখুন বা স্লাইডার সরান: তার ওপর যা যা নির্ভর করে, সব সঙ্গে সঙ্গে বদলাবে। "
        "আপনার গ্রাফ যেমন আছে তেমনই থাকবে।",
    ),
    "whatif_empty": (
        "Once there is a graph, its numbers stand here to be changed.",
        "গ্রাফ তৈরি হলে এর সংখ্যাগুলো এখানে বদলে দেখা যাবে।",
    ),
    "whatif_number": ("{name}: number", "{name}: সংখ্যা"),
    "whatif_slider": ("{name}: slider", "{name}: স্লাইডার"),
    "whatif_back": ("Back to the number of the question", "প্রশ্নের সংখ্যায় ফিরুন"),
    "whatif_all_back": ("All numbers as in the question", "সব সংখ্যা প্রশ্নের মতো করুন"),
    "whatif_moved": ("{name}: {before} → {after}", "{name}: {before} → {after}"),
    "whatif_answer_now": ("The answer is {answer}.", "উত্তর {answer}।"),
    "whatif_answer_moved": (
        "The answer moves from {before} to {after}.",
        "উত্তর {before} থেকে বদলে {after} হলো।",
    ),
    "whatif_answer_stays": (
        "The answer is still {answer}: it does not depend on this.",
        "উত্তর এখনো {answer}: এর ওপর উত্তর নির্ভর করে না।",
    ),
    "no_number": ("Write a number, like 12, 4.5 or ৩/৪.", "একটি সংখ্যা লিখুন, যেমন ১২, ৪.৫ বা ৩/৪।"),
}  # fmt: skip
