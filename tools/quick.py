"""Run a command of Jupyter's without what it does in vain: quick.py COMMAND ARGUMENTS.

jsonschema compiles a grammar of web addresses if it finds rfc3987-syntax, which comes with nbgrader's
server. None of these commands checks such an address, so here it is not to be found. That saves three seconds.

pybtex reads the entry points of every installed package anew for each citation; once is enough. That saves a fifth
of a build from nothing.
"""

import functools
import sys
from importlib.metadata import entry_points

import pybtex.plugin

if __name__ == "__main__":
    sys.modules["rfc3987_syntax"] = None
    pybtex.plugin._load_entry_point = functools.cache(pybtex.plugin._load_entry_point)
    sys.argv = sys.argv[1:]
    (command,) = entry_points(group="console_scripts", name=sys.argv[0])
    sys.exit(command.load()())
