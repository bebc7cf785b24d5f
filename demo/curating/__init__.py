"""The parts of the Annotate page: a queue of questions, decisions about them, and their files."""
