"""The words of import, export and backup, in English and Bangla, for `curating.texts`."""

from __future__ import annotations

EXCHANGE: dict[str, tuple[str, str]] = {
    # --- import
    "import_title": ("Import", "আমদানি"),
    "import_file": (
        "A file: JSONL, JSON, CSV, TSV or Parquet",
        "একটি ফাইল: JSONL, JSON, CSV, TSV বা Parquet",
    ),
    "import_name": ("or a dataset on the Hub", "অথবা হাবের একটি ডেটাসেট"),
    "import_split": ("Split", "অংশ"),
    "import_config": ("Config", "কনফিগ"),
    "look_inside": ("Look inside", "ভেতরে দেখুন"),
    "no_column": ("—", "—"),
    "field_question": ("Question", "প্রশ্ন"),
    "field_answer": ("Right answer", "সঠিক উত্তর"),
    "field_graph": ("Graph", "গ্রাফ"),
    "field_id": ("Id", "আইডি"),
    "field_group": ("Group of variants", "একই সমস্যার দল"),
    "field_lang": ("Language", "ভাষা"),
    "field_source": ("Source", "উৎস"),
    "field_model": ("Model", "মডেল"),
    "graph_in_short": ("{count} nodes, = {answer}", "{count}টি নোড, = {answer}"),
    "import_go": ("Import into this project", "এই প্রকল্পে আনুন"),
    "import_known": ("Recognised: {schema}.", "চেনা গেছে: {schema}।"),
    "import_unknown": (
        "No known schema: check what each column is.",
        "পরিচিত বিন্যাস নয়: কোন কলামে কী তা দেখে নিন।",
    ),
    "import_empty": ("There are no rows in it.", "এতে কোনো সারি নেই।"),
    "import_done": (
        "{questions} questions and {suggestions} graphs are in. Left out: {repeated} repeated, "
        "{bad} unreadable.",
        "{questions}টি প্রশ্ন ও {suggestions}টি গ্রাফ আনা হয়েছে। বাদ গেছে: আগে থেকেই আছে {repeated}টি, "
        "পড়া যায়নি {bad}টি।",
    ),
    "line": ("Line", "সারি"),
    "reason": ("Reason", "কারণ"),
    # --- export
    "export_title": ("Export", "রপ্তানি"),
    "export_hint": (
        "Accepted graphs only. Each row is read back and executed before it is written; the "
        "variants of a problem stay in one split.",
        "শুধু গৃহীত গ্রাফ। লেখার আগে প্রতিটি সারি আবার পড়ে হিসাব করা হয়; একই সমস্যার সব রূপ "
        "একই অংশে থাকে।",
    ),
    "export_kind": ("What", "কী"),
    "kind_dataset": (
        "dataset folder (zip): sft, grpo and dpo in splits, card, manifest",
        "ডেটাসেট ফোল্ডার (zip): sft, grpo, dpo, কার্ড, তালিকা",
    ),
    "kind_sft": ("SFT examples", "SFT উদাহরণ"),
    "kind_grpo": ("GRPO prompts", "GRPO প্রশ্ন"),
    "kind_dpo": ("preference pairs (DPO)", "পছন্দের জোড়া (DPO)"),
    "kind_revisions": ("all revisions, with names", "নামসহ সব সংস্করণ"),
    "export_format": ("Format", "বিন্যাস"),
    "validation_share": ("Share held out", "আলাদা রাখা অংশ"),
    "make_file": ("Make the file", "ফাইল তৈরি করুন"),
    "hub_title": ("To the Hub", "হাবে পাঠান"),
    "hub_name": ("Dataset name", "ডেটাসেটের নাম"),
    "hub_private": ("Private", "ব্যক্তিগত"),
    "hub_push": ("Push", "পাঠান"),
    "hub_done": ("Pushed: {url}", "পাঠানো হয়েছে: {url}"),
    # --- backup
    "backup_title": ("Backup", "ব্যাকআপ"),
    "backup_none": (
        "No backup is set up. DAGGER_BACKUP names a dataset on the Hub to copy everything to.",
        "ব্যাকআপ ঠিক করা নেই। DAGGER_BACKUP-এ হাবের একটি ডেটাসেট দিলে সবকিছু সেখানে যাবে।",
    ),
    "backup_ok": ("Last backup to {name}: {time}", "{name}-এ শেষ ব্যাকআপ: {time}"),
    "backup_waiting": ("First backup to {name} is under way.", "{name}-এ প্রথম ব্যাকআপ চলছে।"),
    "backup_failed": (
        "⚠ Backup to {name} failed at {time}: {problem}",
        "⚠ {name}-এ {time}-এ ব্যাকআপ হয়নি: {problem}",
    ),
}  # fmt: skip
