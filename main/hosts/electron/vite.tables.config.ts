import { defineConfig } from 'vite'
import { threadBuild } from './thread-build.ts'

/** The thread that writes long lists as a file for spreadsheet programs. */
export default defineConfig(threadBuild('../../sheets/table-thread.ts', 'table-writer.js'))
