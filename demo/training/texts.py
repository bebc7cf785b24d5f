"""The words of the Train page, in English and Bangla, by name: `train_words(lang).start`."""

from __future__ import annotations

from types import SimpleNamespace

from dagger_core.diagnostics import Lang
from demo.training.curves_texts import CHARTS

_TABLE: dict[str, tuple[str, str]] = {
    **CHARTS,
    # --- the page
    "tab_new": ("New job", "নতুন কাজ"),
    "tab_jobs": ("Jobs", "কাজগুলো"),
    "tab_compare": ("Compare", "তুলনা"),
    # --- recipe
    "step_recipe": ("1 · Recipe", "১ · রেসিপি"),
    "recipe": ("Recipe", "রেসিপি"),
    "recipe_info": (
        "What is trained and how. Recipes of earlier jobs can be used again.",
        "কী শেখানো হবে ও কীভাবে। আগের কাজের রেসিপিও আবার ব্যবহার করা যায়।",
    ),
    "from_job": ("job: {name}", "কাজ: {name}"),
    "init": ("Start from", "যেখান থেকে শুরু"),
    "init_info": (
        "A model to go on from; without one, training begins with random weights.",
        "যে মডেল থেকে প্রশিক্ষণ চলবে; না দিলে একেবারে শূন্য থেকে শুরু হয়।",
    ),
    "from_scratch": ("Random weights", "শূন্য থেকে"),
    "more_settings": ("All other settings", "বাকি সব সেটিংস"),
    "group_general": ("General", "সাধারণ"),
    "group_scratch": ("Model from scratch", "নতুন মডেল"),
    "group_adapter": ("Adapter (LoRA)", "অ্যাডাপ্টার (LoRA)"),
    "group_data": ("Data", "ডেটা"),
    "group_learning": ("Learning", "শেখা"),
    "group_grpo": ("GRPO", "GRPO"),
    "group_reward": ("Reward", "পুরস্কার"),
    "group_machine": ("Machine", "যন্ত্র"),
    "group_run": ("Checkpoints and reports", "চেকপয়েন্ট ও প্রতিবেদন"),
    # --- data
    "step_data": ("2 · Data", "২ · ডেটা"),
    "data": ("Train on", "যা থেকে শিখবে"),
    "data_recipe": ("What the recipe names", "রেসিপিতে যা বলা আছে"),
    "data_kept": ("The accepted graphs ({count})", "গৃহীত গ্রাফগুলো ({count}টি)"),
    "data_file": ("A file of examples (.jsonl)", "উদাহরণের ফাইল (.jsonl)"),
    "data_upload": ("File of examples", "উদাহরণের ফাইল"),
    "held_out": ("Share held out", "যতটা আলাদা থাকবে"),
    "held_out_info": (
        "Of the problems; never trained on, kept for before and after.",
        "সমস্যাগুলোর মধ্যে; এগুলো থেকে শেখানো হয় না, আগে-পরে মেলাতে লাগে।",
    ),
    "look": ("Look at the data and check", "ডেটা দেখুন ও যাচাই করুন"),
    "data_count": (
        "**{samples}** samples to train on.",
        "শেখার জন্য **{samples}**টি নমুনা।",
    ),
    "data_held_out": (
        "**{count}** are held out.",
        "**{count}**টি আলাদা রাখা।",
    ),
    "unmeasured": (
        "Their tokens could not be counted: {why}",
        "টোকেন গোনা যায়নি: {why}",
    ),
    "data_sampled": (
        "Looked at: the first {looked} of {bank} problems of the bank.",
        "দেখা হয়েছে: সমস্যা-ভান্ডারের {bank}টির প্রথম {looked}টি।",
    ),
    "data_too_long": (
        "{count} of these are longer than `{field}` and are left out.",
        "এর {count}টি `{field}`-এর চেয়ে লম্বা, তাই বাদ।",
    ),
    "left_out": ("Left out", "বাদ পড়েছে"),
    "left_out_none": ("Nothing is left out.", "কিছুই বাদ পড়েনি।"),
    "column_where": ("File", "ফাইল"),
    "column_why": ("Why", "কারণ"),
    "column_rows": ("Rows", "সারি"),
    "nothing_accepted": (
        "No accepted graph yet. Make and save some in Solve or Annotate first.",
        "এখনো কোনো গৃহীত গ্রাফ নেই। আগে “সমাধান” বা “টীকা” পাতায় কিছু বানিয়ে সংরক্ষণ করুন।",
    ),
    "no_file": ("Choose a file of examples first.", "আগে উদাহরণের একটি ফাইল দিন।"),
    "chart_tokens": ("Tokens of a sample", "নমুনার টোকেন"),
    "help_tokens": ("How many samples have how many tokens.", "কত টোকেনের নমুনা কতটি।"),
    # --- checks
    "step_checks": ("3 · Checks", "৩ · যাচাই"),
    "checks_fine": ("Nothing stands in the way.", "কোনো বাধা নেই।"),
    "checks_not_yet": (
        "Not checked yet. The checks also run when you press Start.",
        "এখনো যাচাই হয়নি। শুরু চাপলেও যাচাই হবে।",
    ),
    "probe": ("Sample a few groups first", "আগে কয়েকটি দল নমুনা করুন"),
    "probe_info": (
        "The starting model answers a few problems several times. Where all answers earn the "
        "same, GRPO learns nothing.",
        "শুরুর মডেল কয়েকটি সমস্যার উত্তর কয়েকবার করে লেখে। সব উত্তরের পুরস্কার সমান হলে GRPO কিছু শেখে না।",
    ),
    "probe_found": (
        "{silent} of {groups} groups have no signal; the mean reward is {mean}.",
        "{groups}টি দলের {silent}টিতে কোনো সংকেত নেই; গড় পুরস্কার {mean}।",
    ),
    "probe_minutes": (
        "Writing the answers of all {steps} steps would take about {time} at this pace, and "
        "learning from them as long again or longer.",
        "এই গতিতে মোট {steps} ধাপের উত্তর লিখতে লাগবে প্রায় {time}; সেগুলো থেকে শিখতে আরও ততটা বা বেশি।",
    ),
    "probe_most": (
        "The job ends after {time} in any case (`max_minutes`).",
        "তবে {time} পরে কাজটি শেষ হবেই (`max_minutes`)।",
    ),
    "not_probed": (
        "Nothing sampled: {count} faults stand in the way. They are listed above.",
        "নমুনা করা হয়নি: {count}টি ত্রুটি আছে, ওপরে তালিকা দেখুন।",
    ),
    "column_problem": ("Problem", "সমস্যা"),
    "column_rewards": ("Rewards", "পুরস্কার"),
    "column_signal": ("Signal", "সংকেত"),
    "signal": ("yes", "আছে"),
    "no_signal": ("none", "নেই"),
    # --- command
    "step_command": ("4 · Command", "৪ · কমান্ড"),
    "command": ("The same from a terminal", "টার্মিনাল থেকে একই কাজ"),
    "command_kept": (
        "the file that “Export sft” on the Solve page gives",
        "“সমাধান” পাতার “এক্সপোর্ট sft” যে ফাইল দেয়",
    ),
    "command_file": ("the file chosen above", "ওপরে বাছা ফাইল"),
    "toml": ("The recipe as a file (recipe.toml)", "ফাইল হিসেবে রেসিপি (recipe.toml)"),
    # --- start
    "step_start": ("5 · Start", "৫ · শুরু"),
    "launcher": ("Where", "কোথায়"),
    "launcher_local": ("On this machine", "এই যন্ত্রে"),
    "launcher_hf": ("At Hugging Face (HF Jobs)", "হাগিং ফেসে (HF Jobs)"),
    "start": ("Start training", "প্রশিক্ষণ শুরু"),
    "started": ("Started as {name}.", "{name} নামে শুরু হয়েছে।"),
    "not_started": (
        "Not started: {count} faults stand in the way. They are listed under Checks.",
        "শুরু হয়নি: {count}টি ত্রুটি আছে। “যাচাই” অংশে তালিকা দেখুন।",
    ),
    "watch_only": (
        "You can look at everything here. Only people on the list of trainers may start jobs; "
        "sign in if you are one.",
        "এখানে সবই দেখা যায়। কাজ শুরু করতে পারেন শুধু প্রশিক্ষকদের তালিকায় থাকা ব্যক্তিরা; আপনি "
        "তাঁদের একজন হলে সাইন ইন করুন।",
    ),
    "limits": (
        "A job here may have at most {steps} steps and {minutes} minutes.",
        "এখানে একটি কাজ সর্বোচ্চ {steps} ধাপ ও {minutes} মিনিট চলতে পারে।",
    ),
    # --- jobs
    "jobs": ("Jobs, the newest first", "কাজ, নতুনটি আগে"),
    "no_jobs": (
        "No job yet. Choose a recipe under “New job” and press Start.",
        "এখনো কোনো কাজ নেই। “নতুন কাজ” থেকে রেসিপি বেছে শুরু চাপুন।",
    ),
    "no_job_open": ("Choose a job from the list.", "তালিকা থেকে একটি কাজ বাছুন।"),
    "no_curves": (
        "Curves appear with the first step. Loading takes a while.",
        "প্রথম ধাপের সঙ্গে রেখাচিত্র দেখা যাবে। লোড হতে একটু সময় লাগে।",
    ),
    "no_curves_ever": ("No step was done.", "কোনো ধাপ হয়নি।"),
    "state_queued": ("waiting", "অপেক্ষায়"),
    "state_running": ("running", "চলছে"),
    "state_stopping": ("saving and stopping", "সংরক্ষণ করে থামছে"),
    "state_done": ("done", "শেষ"),
    "state_stopped": ("stopped", "থামানো"),
    "state_cancelled": ("cancelled", "বাতিল"),
    "state_failed": ("failed", "ব্যর্থ"),
    "state_interrupted": ("interrupted", "বিচ্ছিন্ন"),
    "progress": ("Step {step} of {steps}", "{steps} ধাপের {step}"),
    "steps_done": ("{step} steps", "{step} ধাপ"),
    "progress_left": (
        "Step {step} of {steps} · {left} left",
        "{steps} ধাপের {step} · বাকি {left}",
    ),
    "place_in_queue": ("Number {place} in the queue.", "অপেক্ষার সারিতে {place} নম্বর।"),
    "who_when": ("Started by {author} at {time}", "{author} শুরু করেছেন, {time}"),
    "took": ("took {time}", "সময় লেগেছে {time}"),
    "attempt": ("attempt {number}", "{number} নম্বর চেষ্টা"),
    "seconds": ("{count} s", "{count} সেকেন্ড"),
    "minutes": ("{count} min", "{count} মিনিট"),
    "hours": ("{count} h", "{count} ঘণ্টা"),
    "stop": ("Save and stop", "সংরক্ষণ করে থামান"),
    "cancel": ("Cancel", "বাতিল"),
    "resume": ("Resume", "আবার চালান"),
    "delete": ("Delete …", "মুছুন …"),
    "delete_ask": (
        "Delete the job {name} with its curves, log and checkpoints? This cannot be undone.",
        "{name} কাজটি তার রেখাচিত্র, লগ ও চেকপয়েন্টসহ মুছবেন? এটি আর ফেরানো যাবে না।",
    ),
    "delete_model": (
        "Its model goes with it and is no longer on the Solve page.",
        "এর মডেলটিও মুছে যাবে; “সমাধান” পাতায় আর থাকবে না।",
    ),
    "delete_others": (
        "These jobs started from its model; adapters among them cannot be loaded without it: "
        "{jobs}",
        "এই কাজগুলো এর মডেল থেকে শুরু হয়েছিল। এদের কোনোটি অ্যাডাপ্টার হলে আর চালানো যাবে না: {jobs}",
    ),
    "delete_far": (
        "Its repository at Hugging Face stays.",
        "হাগিং ফেসে এর রিপোজিটরি থেকে যাবে।",
    ),
    "delete_yes": ("Delete for good", "চিরতরে মুছুন"),
    "delete_no": ("Keep it", "রেখে দিন"),
    "deleted": ("{name} has been deleted.", "{name} মুছে ফেলা হয়েছে।"),
    "in_solve": (
        "The model is in the list on the Solve page, as “{name}”.",
        "মডেলটি “সমাধান” পাতার তালিকায় “{name}” নামে আছে।",
    ),
    "open_solve": ("Try it in Solve", "সমাধান পাতায় চালিয়ে দেখুন"),
    # --- samples
    "tab_curves": ("Curves", "রেখাচিত্র"),
    "tab_samples": ("Samples", "নমুনা উত্তর"),
    "tab_before_after": ("Before and after", "আগে ও পরে"),
    "tab_log": ("Log", "লগ"),
    "tab_recipe": ("Recipe", "রেসিপি"),
    "no_samples": (
        "No sampled answer yet. GRPO writes some with every step; SFT has none.",
        "এখনো কোনো নমুনা উত্তর নেই। GRPO প্রতি ধাপে কিছু লেখে; SFT-তে থাকে না।",
    ),
    "sample": ("Sample, the newest last", "নমুনা, নতুনটি শেষে"),
    "sample_at": ("Step {step} · reward {reward}", "ধাপ {step} · পুরস্কার {reward}"),
    "sample_gold": ("right answer {gold}", "সঠিক উত্তর {gold}"),
    "sample_text": ("The model's text", "মডেলের লেখা"),
    "sample_no_graph": (
        "No graph can be read from this text.",
        "এই লেখা থেকে কোনো গ্রাফ পাওয়া যায় না।",
    ),
    "log": ("Log, its end", "লগের শেষাংশ"),
    "log_empty": ("Nothing yet.", "এখনো কিছু নেই।"),
    "log_private": ("Only trainers see the log.", "লগ শুধু প্রশিক্ষকরা দেখতে পান।"),
    # --- before and after
    "before_after": ("Compare on held-out problems", "আলাদা রাখা সমস্যায় মিলিয়ে দেখুন"),
    "before_after_info": (
        "The model before and after training answers problems it was never trained on.",
        "প্রশিক্ষণের আগের ও পরের মডেল এমন সমস্যার উত্তর দেয়, যা শেখানো হয়নি।",
    ),
    "before_model": ("Before", "আগে"),
    "problems": ("Problems", "সমস্যা"),
    "working": ("{done} of {all} answered …", "{all}টির {done}টি হয়েছে …"),
    "before_after_result": (
        "Right: before {before}, after {after}, of {all}. "
        "{worse} got worse, {better} got better.",
        "সঠিক: আগে {before}, পরে {after}, মোট {all}। {worse}টি খারাপ হয়েছে, {better}টি ভালো।",
    ),
    "no_model_yet": (
        "This job has no model yet.",
        "এই কাজের এখনো কোনো মডেল নেই।",
    ),
    "problem": ("Problem, those that got worse first", "সমস্যা, খারাপ হওয়াগুলো আগে"),
    "stop_asking": ("Stop", "থামান"),
    "mark_regression": ("✗ worse", "✗ খারাপ"),
    "mark_gain": ("✓ better", "✓ ভালো"),
    "mark_both_right": ("= both right", "= দুটোই সঠিক"),
    "mark_both_wrong": ("= both wrong", "= দুটোই ভুল"),
    # --- compare
    "compare": ("Jobs to compare", "যে কাজগুলোর তুলনা হবে"),
    "compare_info": ("Choose two or more.", "দুই বা তার বেশি বাছুন।"),
    "compare_same": ("Their recipes are the same.", "এদের রেসিপি একই।"),
    "differences": ("Where the recipes differ", "রেসিপির যেখানে তফাত"),
    "column_setting": ("Setting", "সেটিং"),
}  # fmt: skip


def train_words(lang: Lang) -> SimpleNamespace:
    """Every text of the Train page in one language, by name."""
    column = 1 if lang == "bn" else 0
    return SimpleNamespace(**{name: pair[column] for name, pair in _TABLE.items()})
