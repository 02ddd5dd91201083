"""Tests of tunnel/."""
