import { readSchema } from '../schema.ts'
import { modelMachine } from './model-machine.ts'
import { realMachine, stock } from './real-machine.ts'
import type { Make } from './world.ts'

export function modelMachines(): Pick<Make, 'machine' | 'hasDisks'> {
  const schema = readSchema()
  return {
    hasDisks: false,
    machine: ({ name, enrolment, random, now }) =>
      modelMachine({ name, enrolment, schema, now, uuid: () => random.uuid() }),
  }
}

export function realMachines(): Pick<Make, 'machine' | 'hasDisks'> {
  const its = stock()
  return {
    hasDisks: true,
    machine: ({ name, enrolment, disk, isOlder = false, random, now }) => {
      const from = disk === undefined ? { enrolment } : { disk }
      return realMachine({ name, organizationId: enrolment.organizationId, from, stock: its, random, now, isOlder })
    },
  }
}
