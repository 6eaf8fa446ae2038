from . import downloads, invitations, minutes, suggestions
