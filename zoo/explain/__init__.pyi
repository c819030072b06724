from ._explain import METHODS as METHODS, explain as explain
