from . import reform_demo_story
