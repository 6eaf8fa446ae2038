from . import public, track
