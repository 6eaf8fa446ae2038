from . import downloads, minutes, suggestions
