"""What befalls the resolutions of the demo story, by how they end.

Each step is an act, when it happens as a share of the days between the approval of the
minutes and the deadline (or yesterday), and what it says.
"""

COMMUNICATED = (("communicate", 0.02, {}),)
RECEIVED = (*COMMUNICATED, ("receive", 0.06, {}))
HALF = (*RECEIVED, ("report", 0.3, {"percent": 35}))
PROVEN = (*HALF, ("report", 0.7, {"percent": 80, "proves": True}))
CLAIMED = (
    *PROVEN,
    ("report", 0.88, {"percent": 100, "proves": True}),
    ("claim", 0.9, {}),
)
EXTENDED = (
    *HALF,
    ("ask", 0.6, {"days": 20}),
    ("grant", 0.66, {}),
    ("report", 0.95, {"percent": 60, "proves": True}),
)
COURSES = {
    "adopted": (),
    "awaiting_approval": (),
    "returned": (("give_back", 0.3, {}),),
    "communicated": COMMUNICATED,
    "in_progress": (*HALF, ("report", 0.8, {"percent": 55})),
    "extended": EXTENDED,
    "claimed_done": CLAIMED,
    "claimed_extended": (*EXTENDED, ("claim", 0.99, {})),
    "verified": (*CLAIMED, ("verify", 0.98, {})),
    "reopened": (*CLAIMED, ("reopen", 0.94, {})),
    "revoked": (*COMMUNICATED, ("revoke", 0.4, {})),
    "superseded": (*COMMUNICATED, ("supersede", 0.98, {})),
}
