"""Tests of the auditors' report."""
