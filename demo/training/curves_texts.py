"""The words of curves, in English and Bangla; `training.texts` has the charts among its own."""

from __future__ import annotations

from dagger_core.diagnostics import Lang

CHARTS: dict[str, tuple[str, str]] = {
    "chart_held_out": ("Reward on held-out problems", "আলাদা রাখা সমস্যায় পুরস্কার"),
    "help_held_out": (
        "Mean of one answer to each problem that is not trained on. The bars are one standard "
        "error to either side: a difference smaller than them may be chance.",
        "যে সমস্যাগুলো শেখানো হয় না, তাদের একটি করে উত্তরের গড়। দাগগুলো দুদিকে এক আদর্শ ত্রুটি: "
        "তার চেয়ে ছোট পার্থক্য দৈবাৎ হতে পারে।",
    ),
    "chart_reward": ("Reward", "পুরস্কার"),
    "help_reward": (
        "Mean of all completions of a step.",
        "এক ধাপের সব উত্তরের গড়।",
    ),
    "chart_parts": ("Parts of the reward", "পুরস্কারের অংশ"),
    "help_parts": (
        "What the reward is made of, each without its weight.",
        "পুরস্কার যা যা দিয়ে তৈরি, প্রতিটি ওজন ছাড়া।",
    ),
    "line_format": ("format", "বিন্যাস"),
    "line_executes": ("executes", "হিসাব হয়"),
    "line_correct": ("correct", "সঠিক"),
    "line_distractors": ("distractors", "অপ্রয়োজনীয় চিহ্ন"),
    "line_grounding": ("grounding", "প্রশ্নের সংখ্যা"),
    "line_shaping": ("shaping", "প্রায়-সঠিক বিন্যাস"),
    "chart_reward_std": ("Spread of the reward", "পুরস্কারের বিস্তার"),
    "help_reward_std": (
        "Standard deviation of the reward.",
        "পুরস্কারের আদর্শ বিচ্যুতি।",
    ),
    "chart_no_signal": ("Groups without signal", "সংকেতহীন দল"),
    "help_no_signal": (
        "Share of the groups in which all answers earned the same: nothing is learned from them.",
        "যে দলগুলোর সব উত্তরের পুরস্কার সমান তাদের অংশ: এগুলো থেকে কিছু শেখা হয় না।",
    ),
    "chart_length": ("Length of answers", "উত্তরের দৈর্ঘ্য"),
    "help_length": ("Mean tokens of a completion.", "একটি উত্তরের গড় টোকেন।"),
    "chart_cut_off": ("Cut off", "কেটে যাওয়া"),
    "help_cut_off": (
        "Share of the completions that reached the longest length.",
        "যে উত্তরগুলো সর্বোচ্চ দৈর্ঘ্যে কেটে গেছে তাদের অংশ।",
    ),
    "chart_kl": ("KL", "KL"),
    "help_kl": (
        "How far the model has moved from where it started.",
        "শুরুর মডেল থেকে কতটা সরেছে।",
    ),
    "chart_loss": ("Loss", "লস"),
    "help_loss": ("What training makes smaller.", "প্রশিক্ষণ যা কমায়।"),
    "line_loss": ("training", "প্রশিক্ষণে"),
    "line_eval_loss": ("held out", "আলাদা রাখা"),
    "chart_accuracy": ("Right tokens", "সঠিক টোকেন"),
    "help_accuracy": (
        "Share of the tokens that the model would have written itself.",
        "যে টোকেনগুলো মডেল নিজেই লিখত তাদের অংশ।",
    ),
    "line_mean_token_accuracy": ("training", "প্রশিক্ষণে"),
    "line_eval_mean_token_accuracy": ("held out", "আলাদা রাখা"),
    "chart_entropy": ("Entropy", "এনট্রপি"),
    "help_entropy": (
        "How undecided the model is; near 0 it no longer tries anything new.",
        "মডেল কতটা দ্বিধায়; ০-র কাছে এলে নতুন কিছু চেষ্টা করে না।",
    ),
    "chart_rate": ("Learning rate", "শেখার হার"),
    "help_rate": ("The size of the steps.", "ধাপের মাপ।"),
    "chart_gradient": ("Gradient norm", "গ্রেডিয়েন্টের মান"),
    "help_gradient": (
        "Sudden peaks mean that the learning rate is too high.",
        "হঠাৎ চূড়া মানে শেখার হার বেশি।",
    ),
}  # fmt: skip

#: What the browser says by itself.
CURVES: dict[Lang, dict[str, str]] = {
    "en": {
        "at_step": "step {step}",
        "at_length": "from {step} tokens",
        "keys": "The strong line is the mean around each step. Arrow keys read out the values.",
    },
    "bn": {
        "at_step": "ধাপ {step}",
        "at_length": "{step} টোকেন থেকে",
        "keys": "মোটা রেখাটি প্রতিটি ধাপের আশপাশের গড়। তীর চিহ্নের কী দিয়ে মানগুলো পড়ুন।",
    },
}
