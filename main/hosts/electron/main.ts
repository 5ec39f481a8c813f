import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
} from 'electron'
import { createApp } from '../../app.ts'
import { forbidCoreDumps } from '../core-dumps.ts'
import { httpRoomListener } from '../http/room-host.ts'
import { startShell } from './shell.ts'

const electron = {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
}

const dist = join(import.meta.dirname, '../../../dist')

// Before there is a key in memory, and before Chromium begins processes that take the limit over.
forbidCoreDumps()
void startShell(electron, createApp, {
  renderer: join(dist, 'renderer'),
  unlock: join(dist, 'unlock'),
  preload: join(dist, 'electron/preload.cjs'),
  argv: process.argv.slice(1),
  dataDir: process.env.BDC_DATA_DIR,
  roomListener: httpRoomListener({ screens: join(dist, 'room') }),
})
