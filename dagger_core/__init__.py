"""Computational graphs of math word problems: read, check, execute, edit, draw, generate.

Importing this package loads neither torch nor transformers nor gradio.
"""
