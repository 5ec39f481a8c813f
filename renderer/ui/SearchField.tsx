import { CloseButton, TextInput, type TextInputProps } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface SearchFieldProps extends Omit<TextInputProps, 'value' | 'onChange' | 'label'> {
  label: string
  value: string
  /** Called when the typing pauses, and at once when the field is emptied. */
  onSearch: (text: string) => void
}

const pauseMs = 120

/** Searches while somebody types, without asking for every single letter. */
export function SearchField({ label, value, onSearch, ...input }: SearchFieldProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(value)
  const searchSoon = useDebouncedCallback(onSearch, pauseMs)
  useEffect(() => setText(value), [value])

  function clear() {
    setText('')
    searchSoon.cancel()
    onSearch('')
  }
  return (
    <TextInput
      {...input}
      type="search"
      role="searchbox"
      aria-label={label}
      placeholder={input.placeholder ?? label}
      leftSection={<IconSearch size={18} aria-hidden />}
      rightSection={text !== '' && <CloseButton aria-label={t('action.clearSearch')} onClick={clear} />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        searchSoon(event.currentTarget.value)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || text === '') return
        event.stopPropagation()
        clear()
      }}
    />
  )
}
