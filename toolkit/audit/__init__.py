"""The auditors' report: what a stack is, which controls it fulfils, and what proves it."""
