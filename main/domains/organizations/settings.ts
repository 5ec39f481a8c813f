import * as z from 'zod'

const OrganizationSettings = z.object({ practice: z.boolean().optional() })
export type OrganizationSettings = z.infer<typeof OrganizationSettings>

/** A practice centre is an organization of its own that can be removed with all that is in it. */
export function isPracticeCentre(settings: unknown): boolean {
  return OrganizationSettings.safeParse(settings).data?.practice ?? false
}
