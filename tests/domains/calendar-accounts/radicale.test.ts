import { describe } from 'vitest'
import { radicaleMissing } from '../../support/radicale.ts'
import { busy } from './radicale/busy.ts'
import { cutOff } from './radicale/cut-off.ts'
import { merging } from './radicale/merging.ts'
import { reaching } from './radicale/reaching.ts'
import { useRadicale } from './radicale/stage.ts'
import { travelling } from './radicale/travelling.ts'

const skipReason = await radicaleMissing()

describe('a calendar on a CalDAV server', { skip: skipReason !== undefined, meta: { skipReason } }, () => {
  const stage = useRadicale()
  reaching(stage)
  travelling(stage)
  merging(stage)
  busy(stage)
  cutOff(stage)
})
