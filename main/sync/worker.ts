import { agreeInThisThread } from './thread.ts'
import { openTransport } from './transports/open-transport.ts'

agreeInThisThread(openTransport)
