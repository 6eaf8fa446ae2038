"""What is counted, in words."""

from .digits import localize_digits


def counted(env, count, one, many):
    """Return ``one``, or ``many`` with their number: English tells them apart.

    Persian does not; the number comes in the digits of the language of ``env``.
    """
    return one if count == 1 else many % localize_digits(count, env.lang)
