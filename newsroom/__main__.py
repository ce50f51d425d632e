"""`python -m newsroom`."""

import sys

from newsroom.command import main

sys.argv[0] = "newsroom"  # as which help and messages name it
main()
