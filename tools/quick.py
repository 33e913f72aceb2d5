"""Run a command of Jupyter's without three seconds of start-up: quick.py COMMAND ARGUMENTS.

jsonschema compiles a grammar of web addresses if it finds rfc3987-syntax, which comes with nbgrader's
server. None of these commands checks such an address, so here it is not to be found.
"""

import sys
from importlib.metadata import entry_points

if __name__ == "__main__":
    sys.modules["rfc3987_syntax"] = None
    sys.argv = sys.argv[1:]
    (command,) = entry_points(group="console_scripts", name=sys.argv[0])
    sys.exit(command.load()())
