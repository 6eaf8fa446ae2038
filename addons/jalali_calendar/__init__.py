from . import layers, models, tools
