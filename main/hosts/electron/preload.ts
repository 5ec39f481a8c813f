import { contextBridge, ipcRenderer } from 'electron'
import { bridge, type PageWindow } from './bridge.ts'

declare const window: PageWindow

const versionArgument = '--bdc-version='
const version =
  process.argv.find((argument) => argument.startsWith(versionArgument))?.slice(versionArgument.length) ?? ''

bridge({ contextBridge, ipcRenderer }, window, { platform: process.platform, version })
