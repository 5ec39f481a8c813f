export function findBrowser(env?: NodeJS.ProcessEnv): string | undefined
export function installBrowser(): Promise<string | undefined>
export function hasScreen(env?: NodeJS.ProcessEnv): boolean
export function isSnap(path: string): boolean
