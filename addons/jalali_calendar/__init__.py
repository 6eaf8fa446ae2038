from . import layers, models, tools, wizard
