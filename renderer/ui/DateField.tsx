import { TextInput, type TextInputProps } from '@mantine/core'
import { useMergedRef } from '@mantine/hooks'
import { type Ref, type SyntheticEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { unfinishedDate } from '../lib/unfinished-date.ts'

interface DateFieldProps extends Omit<TextInputProps, 'type' | 'value' | 'onChange' | 'defaultValue'> {
  /** Without it, a day. */
  type?: 'date' | 'datetime-local' | 'time'
  ref?: Ref<HTMLInputElement>
  value: string
  /** `unfinishedDate`: there is something in the field, but no date. Whoever passes that over keeps what they have. */
  onChange: (value: string) => void
}

const sentences = { date: 'field.date', 'datetime-local': 'field.dateTime', time: 'field.time' } as const

/** A day or a time. A browser calls a half-typed one, and a day that does not exist, empty: here it is an error. */
export function DateField({ type = 'date', value, onChange, error, ref, onBlur, onKeyDown, ...rest }: DateFieldProps) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(value)
  const [given, setGiven] = useState(value)
  const [isLeft, setLeft] = useState(false)
  if (given !== value) {
    setGiven(value)
    setText(value)
  }
  // Emptied from outside, as by giving up the form: what is half typed is not there for React.
  useEffect(() => {
    if (text === '' && input.current?.validity.badInput) input.current.value = ''
  }, [text])

  /** The first keys of an empty field are no change to the browser, so each is looked at. */
  const note = ({ currentTarget }: SyntheticEvent<HTMLInputElement>) => {
    const now = currentTarget.validity.badInput ? unfinishedDate : currentTarget.value
    if (now === text) return
    setText(now)
    if (now !== unfinishedDate) setLeft(false)
    onChange(now)
  }
  const isUnfinished = text === unfinishedDate || (rest.required && text === '')
  return (
    <TextInput
      {...rest}
      ref={useMergedRef(ref, input)}
      type={type}
      value={text === unfinishedDate ? '' : text}
      error={isLeft && isUnfinished ? t(sentences[type]) : error}
      onChange={note}
      onKeyUp={note}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          note(event)
          setLeft(true)
        }
        onKeyDown?.(event)
      }}
      onBlur={(event) => {
        note(event)
        setLeft(true)
        onBlur?.(event)
      }}
    />
  )
}
