"""The words of Gradio's own parts in Bangla, which Gradio does not speak, by what it says."""

from __future__ import annotations

#: A name that Gradio puts in, as in "range slider for Steps", stands as {}.
GRADIO_BN: dict[str, str] = {
    # --- tables
    "Dataframe": "তালিকা",
    "Table actions": "তালিকার সরঞ্জাম",
    "Copy table data": "তালিকা কপি করুন",
    "Search...": "খুঁজুন …",
    "Enter text to search the table": "তালিকায় যা খুঁজছেন তা লিখুন",
    "Open cell menu": "কলামের মেনু খুলুন",
    "Static column": "কলামটি বদলানো যায় না",
    "Sort ascending": "ছোট থেকে বড়",
    "Sort descending": "বড় থেকে ছোট",
    "Clear sort": "সাজানো বাতিল",
    "Filter": "ছাঁকুন",
    "Clear filters": "ছাঁকা বাতিল",
    "Add row above": "ওপরে সারি যোগ করুন",
    "Add row below": "নিচে সারি যোগ করুন",
    "Delete row": "সারি মুছুন",
    "Add column to the left": "বাঁয়ে কলাম যোগ করুন",
    "Add column to the right": "ডানে কলাম যোগ করুন",
    "Delete column": "কলাম মুছুন",
    "Drop CSV or TSV files here to import data into dataframe": "CSV বা TSV ফাইল এখানে ছাড়ুন",
    "Fullscreen": "পুরো পর্দা",
    "Exit fullscreen mode": "পুরো পর্দা বন্ধ করুন",
    # --- files and code
    "Drop File Here": "ফাইল এখানে ছাড়ুন",
    "- or -": "– অথবা –",
    "Click to Upload": "ক্লিক করে ফাইল বাছুন",
    "Click to upload or drop files": "ক্লিক করে বা ছেড়ে ফাইল দিন",
    "File upload": "ফাইল দিন",
    "Uploading...": "ফাইল যাচ্ছে …",
    "Download": "ডাউনলোড",
    "Copy": "কপি করুন",
    "Copied": "কপি হয়েছে",
    "Copied!": "কপি হয়েছে",
    "Code input container": "কোড",
    "Fold line": "ভাঁজ করুন",
    "Unfold line": "ভাঁজ খুলুন",
    # --- fields
    "Reset to default value": "শুরুর মানে ফিরুন",
    "number input for {}": "{}: সংখ্যা",
    "range slider for {}": "{}: স্লাইডার",
    "Clear": "মুছুন",
    "Remove {}": "{} বাদ দিন",
    "More tabs": "আরও ট্যাব",
    "Vega visualization": "লেখচিত্র",
    "Empty value": "এখনো কিছু নেই",
    # --- messages
    "Error": "ভুল",
    "Warning": "সতর্কতা",
    "Info": "তথ্য",
    "Success": "হয়েছে",
    "Close": "বন্ধ করুন",
    "Connection Lost": "সংযোগ নেই",
    "Connection to the server was lost. Attempting reconnection...": (
        "সার্ভারের সঙ্গে সংযোগ নেই। আবার সংযোগের চেষ্টা চলছে …"
    ),
}
