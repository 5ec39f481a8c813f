import { Buffer } from 'node:buffer'
import type { BrowserContext } from 'playwright-core'
import { clientAt, type HttpClient } from '../support/host.ts'
import { type Look, newProfile, openScreen, type Screen } from './screen.ts'
import type { Stage } from './stage.ts'

export const trainer = { email: 'trainer@practice.example', password: 'practice' }

/** Calls as the pages of this profile do: whoever signs in with it is signed in there. */
export function clientOf(profile: BrowserContext, url: string): HttpClient {
  return clientAt(url, {
    setCookies: [],
    async fetch(request) {
      const { origin } = new URL(request.url)
      const headers = { ...Object.fromEntries(request.headers), origin }
      const data = Buffer.from(await request.arrayBuffer())
      const answer = await profile.request.fetch(request.url, { method: request.method, headers, data })
      const body = await answer.body()
      return new Response(new Uint8Array(body), { status: answer.status(), headers: answer.headers() })
    },
  })
}

/** A screen that shows nothing yet, of somebody who is signed in: a trainer of the practice centre unless told. */
export async function signedIn(stage: Stage, look: Look = {}, who = trainer): Promise<Screen & { client: HttpClient }> {
  const profile = await newProfile(stage.browser, look)
  const client = clientOf(profile, stage.program.url)
  if (who === trainer && (await client.setup.status()).state === 'empty') await client.setup.openPractice()
  else await client.identity.signIn(who)
  return { ...(await openScreen(profile)), client }
}
