import { readSchema } from '../schema.ts'
import { modelMachine } from './model-machine.ts'
import { emptyDatabase, realMachine } from './real-machine.ts'
import type { MakeMachine } from './world.ts'

export function modelMachines(): MakeMachine {
  const schema = readSchema()
  return ({ name, enrolment, random, now }) => modelMachine({ name, enrolment, schema, now, uuid: () => random.uuid() })
}

export function realMachines(): MakeMachine {
  const template = emptyDatabase()
  return ({ name, enrolment, random, now }) => realMachine({ name, from: { enrolment }, template, random, now })
}
