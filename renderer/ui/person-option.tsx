import { Group, type SelectProps } from '@mantine/core'
import type { Id } from '../../shared/contract/base.ts'
import { PersonMark } from './PersonMark.tsx'
import { photoOf } from './use-photo.ts'

interface Person {
  id: Id
  photo: string | null
  /** Of the option; the number of the file unless told. */
  value?: string
}

/** How people look in a list to choose from. */
export function personOption(people: readonly Person[]): NonNullable<SelectProps['renderOption']> {
  return ({ option }) => {
    const person = people.find(({ id, value = String(id) }) => value === option.value)
    return (
      <Group gap="xs" wrap="nowrap">
        <PersonMark name={option.label} size={24} photo={person ? photoOf(person) : null} />
        <bdi>{option.label}</bdi>
      </Group>
    )
  }
}
