import { referenceServer } from './reference-server.ts'
import { run } from './world.ts'

const { realMachines } = await import('./machines.ts')
console.log((await run(JSON.parse(process.argv[2] ?? ''), { ...realMachines(), server: referenceServer })).violations)
