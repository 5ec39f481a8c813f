import { run } from './world.ts'

console.log((await run(JSON.parse(process.argv[2] ?? ''))).violations)
