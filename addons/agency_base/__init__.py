from . import controllers, models, wizard
from .hooks import uninstall_hook
from .tools.log import mask_logs as post_load
