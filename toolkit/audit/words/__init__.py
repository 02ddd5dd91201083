"""Every sentence of the report, in English and in Portuguese side by side."""

from toolkit.audit.words.said import Said, plain

__all__ = ["Said", "plain"]
