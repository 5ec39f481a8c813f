import { readSchema } from '../schema.ts'
import { modelMachine } from './model-machine.ts'
import { realMachine, stock } from './real-machine.ts'
import type { MakeMachine } from './world.ts'

export function modelMachines(): MakeMachine {
  const schema = readSchema()
  return ({ name, enrolment, random, now }) => modelMachine({ name, enrolment, schema, now, uuid: () => random.uuid() })
}

export function realMachines(): MakeMachine {
  const its = stock()
  return ({ name, enrolment, random, now }) =>
    realMachine({ name, organizationId: enrolment.organizationId, from: { enrolment }, stock: its, random, now })
}
