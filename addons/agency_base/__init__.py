from . import controllers, models, wizard
from .tools.log import mask_logs as post_load
