import { fork } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { hour, noticesOf, type Stage, state, texts, titles } from './stage.ts'

/** Whatever is cut off in the middle. */
export function cutOff({ server, connected }: Stage) {
  it('gets nothing twice when the answer to what was sent is lost or the server dies in the middle', async () => {
    const { app, trainer, there, agree } = await connected()
    await using _ = app
    await trainer.appointments.create({ title: 'Once', ...hour })
    server.onRequest((method) => (method === 'PUT' ? 'lost' : 'pass'))
    await agree()
    expect(await state(trainer)).toMatchObject({ problem: 'unreachable', appointments: 0 })
    await server.kill()
    await agree()
    expect(await state(trainer)).toMatchObject({ problem: 'unreachable' })
    await server.start()
    server.onRequest(() => 'pass')
    await agree()
    await agree()
    expect(await state(trainer)).toMatchObject({ problem: null, appointments: 1 })
    expect(await texts(there)).toEqual([expect.stringContaining('SUMMARY:Once')])
    expect(await titles(trainer)).toEqual(['Once'])
    expect(await noticesOf(trainer)).toEqual([])
  })

  it('gets nothing twice when the program is killed between sending and noting', { timeout: 60_000 }, async () => {
    const { app, trainer, there } = await connected()
    await using _ = app
    // The other process goes by the clock of this machine.
    const later = { startTime: '2090-03-10T09:00:00.000Z', endTime: '2090-03-10T10:00:00.000Z' }
    await trainer.appointments.create({ title: 'Once', ...later })
    await app.pause()
    const child = fork(join(import.meta.dirname, '../../../support/agree-until-killed.ts'), [app.dataDir], {
      stdio: 'ignore',
    })
    const killed = new Promise((resolve) => child.once('exit', resolve))
    server.onRequest(
      () => 'pass',
      (method) => void (method === 'PUT' && child.kill('SIGKILL')),
    )
    await killed
    server.onRequest(() => 'pass')
    expect(await texts(there)).toEqual([expect.stringContaining('SUMMARY:Once')])
    await app.resume()
    await expect.poll(async () => (await state(trainer))?.appointments, { timeout: 30_000 }).toBe(1)
    expect(await texts(there)).toEqual([expect.stringContaining('SUMMARY:Once')])
    const { rows } = await trainer.appointments.list({ from: later.startTime, until: later.endTime })
    expect(rows).toMatchObject([{ title: 'Once' }])
    expect(await noticesOf(trainer)).toEqual([])
  })
}
