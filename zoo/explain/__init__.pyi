from ._explain import explain as explain
from ._methods import METHODS as METHODS
