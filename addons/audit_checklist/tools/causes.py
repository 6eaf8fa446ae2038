"""Why items fail: the usual kinds of cause, by which findings are counted."""

CAUSES = [
    ("space", "Space and equipment"),
    ("staff", "Number of staff"),
    ("training", "Knowledge of staff"),
    ("process", "Course of work"),
    ("information", "Informing the public"),
    ("system", "Electronic systems"),
    ("oversight", "Management and oversight"),
    ("rules", "Laws, rules and structure"),
    ("other", "Other"),
]
