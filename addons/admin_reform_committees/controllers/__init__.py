from . import downloads, invitations, minutes, resolutions, suggestions, uploads
