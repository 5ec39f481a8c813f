import { changingHands } from './pull/changing-hands.ts'
import { comingBack } from './pull/coming-back.ts'
import { theFeed } from './pull/feed.ts'
import { scopes } from './pull/scope.ts'
import { writing } from './pull/writing.ts'
import { useCentre } from './use-centre.ts'

// One PostgreSQL for all of them.
const centre = useCentre()
theFeed(centre)
comingBack(centre)
scopes(centre)
changingHands(centre)
writing(centre)
