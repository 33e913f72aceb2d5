"""Jupyter Book's command, without three seconds of start-up.

jsonschema compiles a grammar of web addresses if it finds rfc3987-syntax, which comes with nbgrader's
server. Building a book checks no such address, so here it is not to be found.
"""

import sys

if __name__ == "__main__":
    sys.modules["rfc3987_syntax"] = None
    from jupyter_book.cli.main import main

    main()
