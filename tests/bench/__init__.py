"""What the preview costs, measured: ``make bench``. No test depends on a clock."""
