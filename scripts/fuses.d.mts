import type { FuseV1Config } from '@electron/fuses'
import type { AfterPackContext } from 'electron-builder'

export const fuses: FuseV1Config

export default function blowFuses(context: AfterPackContext): Promise<void>
