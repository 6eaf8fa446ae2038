from . import controllers, layers, models, tools, wizard
