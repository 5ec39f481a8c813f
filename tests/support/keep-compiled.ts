import { flushCompileCache } from 'node:module'

// Whoever is killed keeps nothing at its end of what it compiled, so a program that will be imports this.
flushCompileCache()
