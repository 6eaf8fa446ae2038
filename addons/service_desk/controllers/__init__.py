from . import apply, portal, public, track, voice
