@rem Package scripts that say "exec" leave no shell between npm and the program, so that Ctrl+C and a kill reach it; cmd has no such word.
@%*
