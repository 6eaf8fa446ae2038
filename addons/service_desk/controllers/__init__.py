from . import apply, linked_data, portal, public, sheets, track, voice
