"""Who acts in the project, and what each of them may do."""
