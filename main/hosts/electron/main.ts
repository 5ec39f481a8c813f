import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
} from 'electron'
import { createApp } from '../../app.ts'
import { startShell } from './shell.ts'

const electron = { app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme, protocol, safeStorage, screen, session, shell }

// Bundled to dist/electron/main.js, beside the preload and next to the screens.
void startShell(electron, createApp, {
  renderer: join(import.meta.dirname, '../renderer'),
  preload: join(import.meta.dirname, 'preload.cjs'),
  argv: process.argv.slice(1),
  dataDir: process.env.BDC_DATA_DIR,
})
