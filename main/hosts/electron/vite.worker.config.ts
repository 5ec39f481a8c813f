import { defineConfig } from 'vite'
import { threadBuild } from './thread-build.ts'

/** The thread that makes and checks backups. */
export default defineConfig(threadBuild('../../backup/worker.ts', 'backup-worker.js'))
