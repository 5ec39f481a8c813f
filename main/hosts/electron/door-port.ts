import { RPCHandler } from '@orpc/server/message-port'
import type { IpcMainEvent, MessagePortMain, WebFrameMain } from 'electron'
import type { AnyDoor, Visitor } from '../../context.ts'
import { openDoorMessage } from './bridge.ts'
import { type InputLimit, judge } from './door-message.ts'
import type { Electron } from './electron.ts'
import { ourOrigin } from './origin.ts'

/**
 * What the page can say to this process: here is my end of a channel to the door. A new one replaces the last. Returns what
 * shuts this door again.
 */
export function openDoorPort(
  { ipcMain }: Pick<Electron, 'ipcMain'>,
  router: AnyDoor,
  visitor: Visitor,
  limitOf?: InputLimit,
): () => void {
  const handler = new RPCHandler(router)
  let current: MessagePortMain | undefined

  const answer = ({ senderFrame, ports }: Pick<IpcMainEvent, 'senderFrame' | 'ports'>) => {
    const [port] = ports
    if (!port || ports.length !== 1 || !isOurPage(senderFrame)) {
      for (const unwanted of ports) unwanted.close()
      return
    }
    current?.close()
    current = port
    handler.upgrade(judgedPort(port, limitOf), { context: visitor })
    port.start()
  }
  ipcMain.on(openDoorMessage, answer)
  return () => {
    ipcMain.off(openDoorMessage, answer)
    current?.close()
  }
}

/** Answers a question of our own page that is not for the door, and nobody else's. */
export function answerPage(
  { ipcMain }: Pick<Electron, 'ipcMain'>,
  message: string,
  answer: (input: unknown) => Promise<unknown>,
) {
  ipcMain.handle(message, async ({ senderFrame }, input: unknown) => {
    if (!isOurPage(senderFrame)) throw new Error('This page may not ask.')
    return answer(input)
  })
}

/** The sender is null when its frame navigated away before the message arrived. */
function isOurPage(frame: WebFrameMain | null): boolean {
  return frame !== null && !frame.detached && frame.parent === null && frame.origin === ourOrigin
}

/** The port as the call handler sees it: only judged messages come in. A page that sends anything else loses its port. */
function judgedPort(port: MessagePortMain, limitOf?: InputLimit) {
  return {
    postMessage: (message: unknown) => port.postMessage(message),
    on(event: string, listener: (event?: { data: unknown }) => void) {
      if (event === 'close') port.on('close', () => listener())
      if (event !== 'message') return
      port.on('message', ({ data }) => {
        const judged = judge(data, limitOf)
        if (judged === 'foreign') port.close()
        else if ('refusal' in judged) port.postMessage(judged.refusal)
        else listener({ data: judged.call })
      })
    },
  }
}
