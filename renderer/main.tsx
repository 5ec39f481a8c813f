import './lib/no-eval.ts'
import './ui/global.css'
import { openDesks } from './desk/desks.ts'
import { keepAwayPage } from './lib/away-worker.ts'
import { startFieldMessages } from './lib/field-messages.ts'
import { startI18n } from './lib/i18n.ts'
import { startPagePolicy } from './lib/page-policy.ts'
import { startSecondPresses } from './lib/second-press.ts'

startPagePolicy()
startFieldMessages()
startSecondPresses()
await startI18n()
await openDesks(document.getElementById('root') as HTMLElement)
keepAwayPage()
