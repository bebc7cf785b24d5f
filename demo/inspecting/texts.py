"""The words of inspecting and teaching, in English and Bangla, for `demo.texts`."""

from __future__ import annotations

INSPECTING: dict[str, tuple[str, str]] = {
    "embed": ("For another web page", "অন্য ওয়েবপাতায় বসাতে"),
    "embed_info": (
        "HTML that shows the picture and the explanation there.",
        "এই HTML সেখানে ছবি ও ব্যাখ্যা দেখায়।",
    ),
    "digits": ("Digits", "অঙ্ক"),
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
    # --- the class
    "class": ("Class", "ক্লাস"),
    "class_set": ("Problems", "সমস্যাগুলো"),
    "class_bank": ("From the problem bank", "সমস্যার ভান্ডার থেকে"),
    "class_language": ("Language of the problems", "সমস্যার ভাষা"),
    "class_kinds": ("Sentences that do not matter", "অপ্রয়োজনীয় বাক্য"),
    "class_steps": ("Steps", "ধাপ"),
    "class_steps_info": ("0: any number of steps.", "০ হলে যেকোনো সংখ্যক ধাপ।"),
    "class_count": ("How many problems", "কয়টি সমস্যা"),
    "class_seed": ("Number of the set", "সেটের নম্বর"),
    "class_seed_info": (
        "The same number brings the same set back.",
        "একই নম্বর দিলে একই সেট আবার আসে।",
    ),
    "class_start": ("Start", "শুরু করুন"),
    "class_pasted": ("My own questions", "আমার নিজের প্রশ্ন"),
    "class_pasted_label": ("Questions", "প্রশ্নগুলো"),
    "class_pasted_info": (
        "One below the other with an empty line between them, or links, one a line.",
        "একটির নিচে একটি, মাঝে একটি ফাঁকা লাইন; অথবা লিংক, প্রতি লাইনে একটি।",
    ),
    "class_prepare": ("Make the graphs and start", "গ্রাফ বানিয়ে শুরু করুন"),
    "class_saved": ("Saved ones", "সংরক্ষিত"),
    "class_saved_count": ("The last so many", "শেষ কয়টি"),
    "class_left_out": (
        "{count} left out: the model wrote no graph for it.",
        "{count}টি বাদ: মডেল এর জন্য কোনো গ্রাফ লেখেনি।",
    ),
    "class_hide": ("What the class predicts", "ক্লাস কী অনুমান করবে"),
    "class_mode_marks": ("Which numbers do not matter", "কোন সংখ্যার দরকার নেই"),
    "class_mode_operations": ("The operations", "কোন ধাপে কী হিসাব"),
    "class_mode_answer": ("The answer", "উত্তর"),
    "class_asked_marks": (
        "Click the numbers that do not matter.",
        "যে সংখ্যাগুলোর দরকার নেই, সেগুলোতে ক্লিক করুন।",
    ),
    "class_asked_operations": (
        "Which operation belongs into each gap?",
        "প্রতিটি ফাঁকা ঘরে কোন হিসাব বসবে?",
    ),
    "class_asked_answer": ("What is the answer?", "উত্তর কত?"),
    "class_your_answer": ("Your answer", "তোমাদের উত্তর"),
    "class_place": ("Problem {place} of {count}", "{count}টির মধ্যে {place} নম্বর সমস্যা"),
    "class_score": ("Score: {right} of {count}", "নম্বর: {count}-এর মধ্যে {right}"),
    "class_hidden": (
        "The graph appears when you reveal it.",
        "“দেখুন” চাপলে গ্রাফটি এখানে আসবে।",
    ),
    "class_reveal": ("Reveal", "দেখুন"),
    "class_next": ("Next", "পরেরটি"),
    "class_back": ("Back", "আগেরটি"),
    "class_full": ("Full screen", "পুরো পর্দা"),
    "class_full_off": ("Leave full screen", "পুরো পর্দা ছাড়ুন"),
    "class_idle": ("does not matter", "দরকার নেই"),
    "class_needed": ("needed", "দরকার"),
    "class_right": ("right", "ঠিক"),
    "class_wrong": ("wrong", "ভুল"),
    "class_operation": ("operation", "হিসাব"),
    "class_choose": ("choose …", "বেছে নিন …"),
    "class_answer_right": ("✓ Right: the answer is {answer}.", "✓ ঠিক হয়েছে: উত্তর {answer}।"),
    "class_answer_wrong": ("✗ The answer is {answer}.", "✗ উত্তর {answer}।"),
    "class_verdict": (
        "{right} of {count} right. The answer is {answer}.",
        "{count}টির মধ্যে {right}টি ঠিক। উত্তর {answer}।",
    ),
    # --- the worksheet
    "worksheet": ("Worksheet", "অনুশীলনী"),
    "worksheet_solutions": ("With solutions", "সমাধানসহ"),
    "worksheet_print": ("Print or save as PDF", "প্রিন্ট করুন বা PDF রাখুন"),
    "worksheet_name": ("Name", "নাম"),
    "worksheet_date": ("Date", "তারিখ"),
    "worksheet_asked": (
        "Cross out the numbers that do not matter. Write every step, then the answer.",
        "যে সংখ্যাগুলোর দরকার নেই সেগুলো কেটে দাও। প্রতিটি ধাপ লেখো, তারপর উত্তর।",
    ),
    "worksheet_steps": ("Steps", "ধাপ"),
    "worksheet_answers": ("Solutions", "সমাধান"),
    # --- two graphs beside each other
    "difference": ("What differs", "যেখানে তফাত"),
    "no_difference": (
        "Both graphs mean the same; names may differ.",
        "দুটি গ্রাফের অর্থ একই; নাম আলাদা হতে পারে।",
    ),
    "all_alike": ("Every answer is this graph.", "সব উত্তরের গ্রাফ এই একটিই।"),
    "only_left": ("Only on the left: {node}", "শুধু বাঁয়ে: {node}"),
    "only_right": ("Only on the right: {node}", "শুধু ডানে: {node}"),
    "differs": ("Left: {left}. Right: {right}.", "বাঁয়ে: {left}। ডানে: {right}।"),
    # --- several answers
    "compare": ("Compare", "তুলনা"),
    "compare_hint": (
        "Ask the question above several times, of one model or of two. Equal graphs are put "
        "together, and the answers vote.",
        "ওপরের প্রশ্নটি একটি বা দুটি মডেলকে কয়েকবার করুন। একই রকম গ্রাফ এক দলে যায়, আর উত্তরগুলোর "
        "ভোট হয়।",
    ),
    "first_model": ("First model", "প্রথম মডেল"),
    "second_model": ("Second model", "দ্বিতীয় মডেল"),
    "no_second": ("none", "নেই"),
    "samples": ("Answers of each", "প্রতিটির উত্তর কয়টি"),
    "samples_info": ("How often each model is asked.", "প্রতিটি মডেলকে কতবার জিজ্ঞাসা করা হবে।"),
    "variety": ("Variety (temperature)", "বৈচিত্র্য (তাপমাত্রা)"),
    "variety_info": (
        "0 gives the same answer each time.",
        "০ হলে প্রতিবার একই উত্তর আসে।",
    ),
    "compare_ask": ("Ask and compare", "জিজ্ঞাসা করে তুলনা করুন"),
    "asked_so_far": ("{done} of {count} answers …", "{count}টির মধ্যে {done}টি উত্তর …"),
    "left_side": ("On the left", "বাঁয়ে"),
    "right_side": ("On the right", "ডানে"),
    "vote_wins": ("Most answers: {answer}", "সবচেয়ে বেশি ভোট: {answer}"),
    "votes_for": ("{answer}: {votes} votes", "{answer}: {votes} ভোট"),
    "vote_tie": ("A tie between {answer}", "ভোট সমান: {answer}"),
    "vote_spread": (
        "{count} answers, {groups} different graphs",
        "{count}টি উত্তর, {groups} রকম গ্রাফ",
    ),
    "group_answer": ("answer {answer}", "উত্তর {answer}"),
    # --- distractors
    "distract": ("Distract it", "বিভ্রান্ত করুন"),
    "distract_hint": (
        "Put sentences that do not matter into the question and ask the model again. "
        "Is it fooled?",
        "প্রশ্নে অপ্রয়োজনীয় বাক্য ঢুকিয়ে মডেলকে আবার জিজ্ঞাসা করুন। সে কি ভুল করে?",
    ),
    "distractor_kind": ("What kind of sentence", "কেমন বাক্য"),
    "kind_red": (
        "RED: somebody else's count of the same things",
        "RED: একই জিনিস, অন্য কারও কাছে",
    ),
    "kind_oad": (
        "OAD: a price, a weight or an age nobody asks about",
        "OAD: দাম, ওজন বা বয়স, যা কেউ জানতে চায়নি",
    ),
    "kind_need": (
        "NEED: something planned, promised or cancelled",
        "NEED: এমন কিছু, যা শুধু ভাবা হয়েছে বা বাতিল হয়েছে",
    ),
    "distractor_count": ("How many sentences", "কয়টি বাক্য"),
    "distract_ask": ("Insert and ask", "ঢুকিয়ে জিজ্ঞাসা করুন"),
    "distract_added": ("Put in:", "যা ঢোকানো হলো:"),
    "with_distractors": ("With the new sentences", "নতুন বাক্যসহ"),
    "without_distractors": ("As it was", "আগে যেমন ছিল"),
    "trap_no_answer": (
        "The model gave no answer that can be computed.",
        "মডেলের উত্তর থেকে হিসাব করা যায়নি।",
    ),
    "trap_unknown": (
        "The answer is now {after}; before, there was none to compare it with.",
        "এখন উত্তর {after}; তুলনা করার মতো আগের কোনো উত্তর নেই।",
    ),
    "trap_fooled": (
        "Fooled: the answer was {before}, and now it is {after}.",
        "বিভ্রান্ত হয়েছে: উত্তর ছিল {before}, এখন {after}।",
    ),
    "trap_fooled_by": (
        "Fooled: it used {used}, and the answer {before} became {after}.",
        "বিভ্রান্ত হয়েছে: {used} ব্যবহার করেছে, আর উত্তর {before} থেকে {after} হয়ে গেছে।",
    ),
    "trap_used": (
        "Half fooled: the answer is still {before}, but the graph uses {used}.",
        "অর্ধেক বিভ্রান্ত: উত্তর এখনো {before}, তবে গ্রাফে {used} ব্যবহার হয়েছে।",
    ),
    "trap_not_fooled": (
        "Not fooled: the answer is still {before}, and no new number is used.",
        "বিভ্রান্ত হয়নি: উত্তর এখনো {before}, আর নতুন কোনো সংখ্যা ব্যবহার হয়নি।",
    ),
}  # fmt: skip
