from . import controllers, layers, models, tools, wizard
from .hooks import uninstall_hook
