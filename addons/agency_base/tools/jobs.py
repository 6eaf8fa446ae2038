"""Which methods may run in the background, and how they are interrupted."""


def job_method(method):
    """Mark a model's method as one that `agency.job` may call.

    The method is called on the records of the job as ``method(job, **arguments)``. It
    may be called again after a crash, from the last ``job._checkpoint`` on, so what it
    does between two checkpoints must live and die with the transaction. What it
    returns, a dict fit for JSON, is kept as the job's result.
    """
    method._is_agency_job = True
    return method


def is_job_method(model_class, name):
    """Tell whether ``name`` is marked anywhere in the class's ancestry."""
    return any(
        getattr(vars(ancestor).get(name), "_is_agency_job", False)
        for ancestor in model_class.__mro__
    )


# Not under Exception: what a job method catches must not keep it from stopping.
class JobPaused(BaseException):
    """The slice of time is used up; the job goes on later from its checkpoint."""


class JobCancelled(BaseException):
    """Somebody cancelled the job while it was running."""
