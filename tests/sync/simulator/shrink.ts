import type { Event, Plan } from './recipes.ts'
import { run } from './run.ts'
import type { Make } from './world.ts'

/** The fewest events that still break something; each try leaves out a part, the parts growing smaller. */
export async function shrunk(plan: Plan, make: Make): Promise<Plan> {
  let { events } = plan
  for (let size = Math.ceil(events.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < events.length; ) {
      const fewer: Event[] = [...events.slice(0, from), ...events.slice(from + size)]
      const { violations } = await run({ ...plan, events: fewer }, make)
      if (violations.length > 0) events = fewer
      else from += size
    }
  }
  return { ...plan, events }
}
