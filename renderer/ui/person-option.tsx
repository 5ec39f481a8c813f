import { Group, type SelectProps, Text } from '@mantine/core'
import type { Id } from '../../shared/contract/base.ts'
import { fold } from '../../shared/fold.ts'
import { formatDay } from '../lib/format.ts'
import { PersonMark } from './PersonMark.tsx'
import { photoOf } from './use-photo.ts'

interface Person {
  id: Id
  name: string
  photo: string | null
  dateOfBirth: string | null
  number: string | null
  trainerName: string | null
  city: string | null
  /** Of the option; the number of the file unless told. */
  value?: string
}

/** How people look in a list to choose from; those of one name with what tells them apart. */
export function personOption(people: readonly Person[]): NonNullable<SelectProps['renderOption']> {
  const namesakes = Map.groupBy(people, ({ name }) => fold(name))
  return ({ option }) => {
    const person = people.find(({ id, value = String(id) }) => value === option.value)
    const isOneOfSeveral = person && (namesakes.get(fold(person.name))?.length ?? 0) > 1
    return (
      <Group gap="xs" wrap="nowrap">
        <PersonMark name={option.label} size={24} photo={person ? photoOf(person) : null} />
        <div>
          <bdi>{option.label}</bdi>
          {isOneOfSeveral && (
            <Text size="xs" c="dimmed" component="div">
              <Apart person={person} />
            </Text>
          )}
        </div>
      </Group>
    )
  }
}

export type WhatTellsApart = Partial<Pick<Person, 'dateOfBirth' | 'number' | 'trainerName' | 'city'>>

/** Whether there is anything beside the name. */
export function canBeToldApart(person: WhatTellsApart): boolean {
  return partsOf(person).length > 0
}

function partsOf({ dateOfBirth, number, trainerName, city }: WhatTellsApart) {
  return [dateOfBirth && formatDay(dateOfBirth), number, trainerName, city].filter((part) => part)
}

/** What tells somebody from others of the same name. */
export function Apart({ person }: { person: WhatTellsApart }) {
  return partsOf(person).map((part, index) => (
    <span key={part}>
      {index > 0 && ' · '}
      <bdi>{part}</bdi>
    </span>
  ))
}
