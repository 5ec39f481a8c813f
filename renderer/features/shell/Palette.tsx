import { Combobox, Kbd, TextInput, UnstyledButton, useCombobox } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/Dialog.tsx'
import { keysText } from './keys-text.ts'
import classes from './Palette.module.css'
import { type Suggestion, type Suggestions, useSuggestions } from './use-suggestions.ts'

interface PaletteProps {
  isOpen: boolean
  onOpen: () => void
  onClose: () => void
}

/** Finds people, groups, assessments, appointments and places by a few letters of their names; Ctrl+K from anywhere. */
export function Palette({ isOpen, onOpen, onClose }: PaletteProps) {
  const { t } = useTranslation('palette')
  useHotkeys([['mod+K', onOpen]], [], true)
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('title')} size="lg" centered={false} yOffset="10dvh">
      <PaletteSearch onDone={onClose} />
    </Dialog>
  )
}

/** Where a hand finds the search. */
export function PaletteButton({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation('palette')
  return (
    <UnstyledButton className={classes.opener} onClick={onClick} aria-keyshortcuts="Control+K">
      <IconSearch size={18} aria-hidden />
      <span className={classes.openerText}>{t('open')}</span>
      <Kbd size="xs" className={classes.keys} aria-hidden>
        {keysText('mod+K')}
      </Kbd>
    </UnstyledButton>
  )
}

function PaletteSearch({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('palette')
  const navigate = useNavigate()
  const combobox = useCombobox({ opened: true })
  const [text, setText] = useState('')
  const found = useSuggestions(text)
  const { selectFirstOption } = combobox
  // What is found first is what Enter takes.
  useEffect(() => {
    if (found.first !== undefined) selectFirstOption()
  }, [found.first, selectFirstOption])

  const go = (value: string) => {
    const chosen = found.groups.flatMap(({ entries }) => entries).find((one) => one.value === value)
    if (!chosen) return
    onDone()
    void navigate(chosen.link)
  }
  return (
    <Combobox store={combobox} onOptionSubmit={go}>
      <Combobox.EventsTarget withExpandedAttribute>
        <TextInput
          role="combobox"
          aria-expanded
          aria-controls={combobox.listId ?? undefined}
          className={classes.field}
          data-autofocus
          type="search"
          dir="auto"
          size="md"
          maxLength={100}
          leftSection={<IconSearch size={18} aria-hidden />}
          aria-label={t('label')}
          placeholder={t('placeholder')}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
          }}
          // The list in it keeps Escape to itself, and is never closed.
          onKeyDown={(event) => event.key === 'Escape' && !event.nativeEvent.isComposing && onDone()}
        />
      </Combobox.EventsTarget>
      <Results found={found} text={text} />
    </Combobox>
  )
}

function Results({ found, text }: { found: Suggestions; text: string }) {
  const { t } = useTranslation('palette')
  return (
    <Combobox.Options className={classes.results} aria-label={t('found')}>
      {found.groups.map(({ name, entries }) => (
        <Combobox.Group key={name} label={t(`group.${name}`)}>
          {entries.map((entry) => (
            <Entry key={entry.value} entry={entry} />
          ))}
        </Combobox.Group>
      ))}
      {found.isNothing && <Combobox.Empty>{t('nothing', { text: text.trim() })}</Combobox.Empty>}
      {found.isFailed && <Combobox.Empty>{t('failed')}</Combobox.Empty>}
    </Combobox.Options>
  )
}

function Entry({ entry: { value, icon: Icon, label, hint, keys } }: { entry: Suggestion }) {
  return (
    <Combobox.Option value={value} className={classes.entry}>
      <Icon size={18} stroke={1.75} aria-hidden />
      <span className={classes.label}>
        <bdi>{label}</bdi>
      </span>
      {hint && (
        <span className={classes.hint}>
          <bdi>{hint}</bdi>
        </span>
      )}
      {keys && <Kbd size="xs">{keys}</Kbd>}
    </Combobox.Option>
  )
}
