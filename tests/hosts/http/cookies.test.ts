import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { practiceEmail, practicePassword } from '../../../main/domains/setup/practice.ts'
import { newBrowser, type TestHost, testHost } from '../../support/host.ts'

let host: TestHost
beforeAll(async () => {
  host = await testHost()
  await host.client().setup.openPractice()
})
afterAll(() => host[Symbol.asyncDispose]())

async function signedIn() {
  const browser = newBrowser()
  const client = host.client(browser)
  await client.identity.signIn({ email: practiceEmail, password: practicePassword })
  return { browser, client, cookie: browser.setCookies.at(-1) ?? '' }
}

describe('the session cookie', () => {
  it('is not set for somebody who gives a wrong password, or only looks', async () => {
    const browser = newBrowser()
    const client = host.client(browser)
    await expect(client.identity.signIn({ email: practiceEmail, password: 'wrong' })).rejects.toMatchObject({
      status: 401,
    })
    await client.setup.status()
    await browser.fetch(new Request(host.url))
    expect(browser.setCookies).toEqual([])
  })

  it('cannot be read by scripts, is not sent by other sites, and ends with the browser', async () => {
    const { cookie } = await signedIn()
    const [pair = '', ...attributes] = cookie.split('; ')
    expect(pair).toMatch(/^bdc_session_[\da-f]{12}=[\w-]{43}$/)
    expect(attributes.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict'])
  })

  it('of a kiosk outlives the browser by 400 days', async () => {
    const { browser, client } = await signedIn()
    await client.identity.openKiosk()
    const attributes = browser.setCookies.at(-1)?.split('; ').slice(1).sort()
    expect(attributes).toEqual(['HttpOnly', 'Max-Age=34560000', 'Path=/', 'SameSite=Strict'])
  })

  it('is forgotten when its owner signs out', async () => {
    const { browser, client } = await signedIn()
    await client.identity.signOut()
    const gone = browser.setCookies.at(-1) ?? ''
    expect(gone).toMatch(/^bdc_session_[\da-f]{12}=; /)
    expect(gone).toContain('Expires=Thu, 01 Jan 1970 00:00:00 GMT')
    expect(gone).toContain('Path=/')
    expect(await client.identity.me()).toEqual({ kind: 'nobody' })
  })

  it('is worth nothing once its owner has signed out', async () => {
    const { cookie, client } = await signedIn()
    await client.identity.signOut()
    expect(await meWith(cookie.split('; ')[0] ?? '')).toEqual({ kind: 'nobody' })
  })

  it.each(['NAME=', 'NAME=x', 'NAME=%ff', 'NAME="', 'BDC_SESSION=1', '=', ';;;', 'NAME=__proto__'])(
    'does not let in who made up %j',
    async (cookie) => {
      const name = `bdc_session_${host.app.installation}`
      expect(await meWith(cookie.replace('NAME', name))).toEqual({ kind: 'nobody' })
    },
  )

  it('of one installation leaves that of another on the same machine alone', async () => {
    await using other = await testHost()
    await other.client().setup.openPractice()
    const browser = newBrowser()
    const [one, two] = [host.client(browser), other.client(browser)]
    const account = { email: practiceEmail, password: practicePassword }
    await one.identity.signIn(account)
    await two.identity.signIn(account)
    expect(await one.identity.me()).toMatchObject({ kind: 'user' })
    await two.identity.signOut()
    expect(await one.identity.me()).toMatchObject({ kind: 'user' })
    expect(await two.identity.me()).toEqual({ kind: 'nobody' })
  })

  it('is another one after unlocking, and the one before is worth nothing', async () => {
    const { browser, client, cookie } = await signedIn()
    await client.identity.lock()
    await expect(client.beneficiaries.list({})).rejects.toMatchObject({ status: 401, data: { key: 'door.locked' } })
    await client.identity.unlock({ password: practicePassword })
    expect(browser.setCookies.at(-1)?.split('; ')[0]).not.toBe(cookie.split('; ')[0])
    expect(await meWith(cookie.split('; ')[0] ?? '')).toEqual({ kind: 'nobody' })
    expect(await client.identity.me()).toMatchObject({ kind: 'user' })
  })

  it('belongs to one browser alone', async () => {
    const [one, other] = [await signedIn(), await signedIn()]
    expect(one.cookie).not.toBe(other.cookie)
    await one.client.identity.signOut()
    expect(await other.client.identity.me()).toMatchObject({ kind: 'user' })
  })
})

async function meWith(cookie: string): Promise<unknown> {
  const headers = { origin: host.url, 'content-type': 'application/json', cookie }
  const response = await fetch(`${host.url}/rpc/identity/me`, { method: 'POST', body: '{}', headers })
  expect(response.status).toBe(200)
  const { json } = await response.json()
  return json
}
