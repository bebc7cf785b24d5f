"""The words of the interactive views, by language and name.

The names of commands are those of `assets/graph/commands.js`.
"""

from __future__ import annotations

from dagger_core.diagnostics import Lang

GRAPH_VIEW: dict[Lang, dict[str, str]] = {
    "en": {
        "picture": "Graph. Arrow keys move from node to node, question mark lists the keys.",
        "tools": "Picture tools",
        "undo": "Undo",
        "redo": "Redo",
        "add": "Add a node",
        "connect": "Use this node in another one",
        "toggle": "Distractor on or off",
        "delete": "Delete the node",
        "zoom_out": "Zoom out",
        "zoom_in": "Zoom in",
        "fit": "Fit to the window",
        "actual": "Actual size",
        "full_screen": "Full screen",
        "help": "Keys and mouse",
        "up": "To a node this one uses",
        "down": "To a node that uses this one",
        "left": "To the node on the left",
        "right": "To the node on the right",
        "last": "To the answer",
        "choose": "Select; Enter also opens its details",
        "cancel": "Cancel, or select nothing",
        "close": "Close",
        "mouse_toggle": "Double-click a node: distractor on or off.",
        "mouse_connect": "Drag to a node that is to use this one",
        "mouse_handle": "Drag the dot below a node to another node: that one uses it.",
        "mouse_zoom": "Drag the background to move; Ctrl and wheel, or pinch, to zoom.",
        "unreadable": "The picture cannot be shown here. The table below has every node.",
        "connect_choose": "{node}: choose the node that is to use it, then Enter. Esc cancels.",
        "connect_cancel": "Nothing connected.",
    },
    "bn": {
        "picture": "গ্রাফ। তীর চিহ্নের কী দিয়ে এক নোড থেকে অন্য নোডে যান; প্রশ্নচিহ্ন চাপলে কী-তালিকা।",
        "tools": "ছবির সরঞ্জাম",
        "undo": "আগের অবস্থায় ফিরুন",
        "redo": "আবার করুন",
        "add": "নোড যোগ করুন",
        "connect": "নোডটি অন্য নোডে ব্যবহার করুন",
        "toggle": "অপ্রয়োজনীয় কি না বদলান",
        "delete": "নোড মুছুন",
        "zoom_out": "ছোট করুন",
        "zoom_in": "বড় করুন",
        "fit": "জানালায় আঁটান",
        "actual": "আসল মাপ",
        "full_screen": "পুরো পর্দা",
        "help": "কী ও মাউস",
        "up": "এই নোড যা ব্যবহার করে",
        "down": "যে নোড এটি ব্যবহার করে",
        "left": "বাঁ পাশের নোড",
        "right": "ডান পাশের নোড",
        "last": "উত্তরের নোড",
        "choose": "বাছুন; Enter চাপলে বিবরণও খোলে",
        "cancel": "বাতিল, বা বাছাই তুলে নিন",
        "close": "বন্ধ করুন",
        "mouse_toggle": "নোডে ডাবল-ক্লিক: অপ্রয়োজনীয় কি না বদলায়।",
        "mouse_connect": "যে নোড এটি ব্যবহার করবে, টেনে সেখানে নিন",
        "mouse_handle": "নোডের নিচের বিন্দুটি টেনে আরেক নোডে নিন: সেটি এই নোড ব্যবহার করবে।",
        "mouse_zoom": "ফাঁকা জায়গা টেনে সরান; Ctrl ও চাকা ঘুরিয়ে, বা দুই আঙুলে, ছোট-বড় করুন।",
        "unreadable": "ছবিটি এখানে দেখানো গেল না। নিচের সারণিতে সব নোড আছে।",
        "connect_choose": "{node}: যে নোড এটি ব্যবহার করবে তা বেছে Enter চাপুন। Esc চাপলে বাতিল।",
        "connect_cancel": "কিছু যুক্ত হয়নি।",
    },
}

QUESTION_VIEW: dict[Lang, dict[str, str]] = {
    "en": {
        "question": "The question with its numbers",
        "used": "used",
        "distractor": "distractor",
        "unused": "in no node",
        "add": "Click to add a node for it.",
    },
    "bn": {
        "question": "সংখ্যা-চিহ্নিত প্রশ্ন",
        "used": "ব্যবহৃত",
        "distractor": "অপ্রয়োজনীয়",
        "unused": "কোনো নোডে নেই",
        "add": "নোড যোগ করতে ক্লিক করুন।",
    },
}

EXPLANATION_VIEW: dict[Lang, dict[str, str]] = {
    "en": {
        "walk": "Step through",
        "first": "To the beginning",
        "back": "One step back",
        "play": "Play",
        "pause": "Pause",
        "on": "One step on",
        "all": "Show everything",
        "place": "Step {step} of {count}",
        "start": "Given numbers; {count} steps to go",
        "locale": "en",
    },
    "bn": {
        "walk": "ধাপে ধাপে দেখুন",
        "first": "শুরুতে যান",
        "back": "এক ধাপ পেছনে",
        "play": "চালান",
        "pause": "থামান",
        "on": "এক ধাপ সামনে",
        "all": "সব একসঙ্গে দেখুন",
        "place": "{count} ধাপের মধ্যে {step}",
        "start": "দেওয়া সংখ্যাগুলো; বাকি {count} ধাপ",
        "locale": "bn-BD",
    },
}
