from settings import load
from stacks import build, publish

publish(build(load()))
