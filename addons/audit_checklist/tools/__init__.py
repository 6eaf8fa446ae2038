"""Plain functions that need no database."""

from .relevance import find_circle
from .scoring import score
