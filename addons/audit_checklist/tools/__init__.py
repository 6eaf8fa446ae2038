"""Plain functions that need no database."""

from .letters import letter_of
from .relevance import find_circle
from .scoring import score
