"""What journeys do beside looking: log in quickly, and call methods as the user."""

PATIENCE = 120_000
CALL = """async ([model, method, args, kwargs]) => {
    const answer = await fetch(`/web/dataset/call_kw/${model}/${method}`, {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify({jsonrpc: "2.0", params: {model, method, args, kwargs}}),
    });
    const {result, error} = await answer.json();
    if (error) { throw new Error(error.data.message); }
    return result;
}"""

LOG_IN = """async (params) => {
    const answer = await fetch("/web/session/authenticate", {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify({jsonrpc: "2.0", params}),
    });
    return (await answer.json()).result?.uid;
}"""


def call(page, model, method, *args, **kwargs):
    """Call a method of a model as the user of the page."""
    return page.evaluate(CALL, [model, method, list(args), kwargs])


def log_in(page, served, login):
    """Log in without drawing the home screen, which the test does not look at."""
    page.set_default_timeout(PATIENCE)
    page.goto(f"{served.url}/web/login")
    params = {"db": served.db, "login": login, "password": login}
    assert page.evaluate(LOG_IN, params)
    return page
