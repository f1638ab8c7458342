"""The series and the rivals of bench_forecast."""
