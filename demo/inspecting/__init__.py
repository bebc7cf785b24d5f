"""What Solve offers beyond the editor: steps, trials, distractors, other answers, links."""
