import { defineConfig } from 'vite'
import { threadBuild } from './thread-build.ts'

/** The thread that writes questions as a file for other programs. */
export default defineConfig(threadBuild('../../domains/exports/writer-thread.ts', 'export-writer.js'))
