import { TextInput, type TextInputProps } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { numberIn } from '../../shared/scoring.ts'
import classes from './NumberField.module.css'

export interface NumberFieldProps extends Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'> {
  /** Null: the field is empty. */
  value: number | null
  /** NaN: there is something in the field, but no number. */
  onChange: (value: number | null) => void
  min?: number
  max?: number
  /** What the arrow keys add. */
  step?: number
}

/** A number as people write it: comma or point, Arabic digits. Says nothing about the range; the arrow keys keep to it. */
export function NumberField({ value, onChange, min = -Infinity, max = Infinity, step = 1, ...rest }: NumberFieldProps) {
  const [text, setText] = useState(() => shown(value))
  if (!Object.is(numberIn(text) ?? NaN, value ?? NaN)) setText(shown(value))

  const set = (next: string) => {
    setText(next)
    onChange(next.trim() === '' ? null : (numberIn(next) ?? NaN))
  }
  const stepWithArrows = (event: KeyboardEvent) => {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key]
    if (!direction || event.altKey) return
    event.preventDefault()
    const next = Math.round(((numberIn(text) ?? 0) + direction * step) * 100) / 100
    set(shown(Math.min(max, Math.max(min, next))))
  }
  return (
    <TextInput
      inputMode="decimal"
      classNames={classes}
      autoComplete="off"
      {...rest}
      value={text}
      onChange={(event) => set(event.currentTarget.value)}
      onKeyDown={(event) => {
        stepWithArrows(event)
        rest.onKeyDown?.(event)
      }}
    />
  )
}

function shown(value: number | null): string {
  return value === null || Number.isNaN(value) ? '' : String(value)
}
