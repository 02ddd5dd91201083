"""The hospital's own database: patients' data, and what may be told of them without their names."""
