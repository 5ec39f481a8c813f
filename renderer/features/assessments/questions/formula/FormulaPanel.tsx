import { Button, Checkbox, Group, Stack, Text, Textarea } from '@mantine/core'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { focusOnMount } from '../../../../ui/focus-on-mount.ts'
import { Formula } from '../../../../ui/question/Formula.tsx'
import classes from './FormulaPanel.module.css'
import { palette, withStructure } from './palette.ts'

interface Props {
  /** With the signs around it that make it a formula. */
  onInsert: (formula: string) => void
  onClose: () => void
}

/** Writes a formula in LaTeX, with buttons for those who do not know it by heart. */
export function FormulaPanel({ onInsert, onClose }: Props) {
  const { t } = useTranslation('editor')
  const [tex, setTex] = useState('')
  const [isDisplay, setDisplay] = useState(false)
  const field = useRef<HTMLTextAreaElement | null>(null)
  const previewId = useId()
  const isReady = tex.trim() !== '' && !tex.includes('□')

  const insert = () => isReady && onInsert(isDisplay ? `\\[${tex.trim()}\\]` : `\\(${tex.trim()}\\)`)
  const write = (structure: string) => {
    const { selectionStart = tex.length, selectionEnd = tex.length } = field.current ?? {}
    const next = withStructure(tex, { from: selectionStart, to: selectionEnd }, structure)
    setTex(next.text)
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(next.from, next.to)
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' && !(event.key === 'Enter' && (event.ctrlKey || event.metaKey))) return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') onClose()
    else insert()
  }

  return (
    <section className={classes.panel} aria-label={t('formula.title')} onKeyDown={onKeyDown}>
      <Stack gap="xs">
        <div className={classes.palette} role="group" aria-label={t('formula.palette')}>
          {palette.map(({ name, tex: structure }) => (
            <button
              key={name}
              type="button"
              className={classes.structure}
              title={t(`formula.structure.${name}`)}
              aria-label={t(`formula.structure.${name}`)}
              onClick={() => write(structure)}
            >
              <Formula tex={shown(structure)} isDisplay={false} />
            </button>
          ))}
        </div>
        <Textarea
          ref={(element) => {
            field.current = element
            return focusOnMount(element)
          }}
          label={t('formula.source')}
          description={t('formula.sourceHint')}
          dir="ltr"
          autosize
          minRows={1}
          maxRows={6}
          maxLength={2_000}
          spellCheck={false}
          aria-describedby={previewId}
          value={tex}
          onChange={(event) => setTex(event.currentTarget.value)}
        />
        <output id={previewId} className={classes.preview} aria-label={t('formula.preview')}>
          {tex.trim() === '' ? (
            <Text span size="sm" c="var(--bdc-ink-soft)">
              {t('formula.empty')}
            </Text>
          ) : (
            <Formula tex={tex} isDisplay={isDisplay} />
          )}
        </output>
        <Group justify="space-between" gap="xs">
          <Checkbox
            size="sm"
            label={t('formula.ownLine')}
            checked={isDisplay}
            onChange={(event) => setDisplay(event.currentTarget.checked)}
          />
          <Group gap="xs">
            <Button size="xs" variant="subtle" color="gray" onClick={onClose}>
              {t('formula.close')}
            </Button>
            <Button size="xs" disabled={!isReady} onClick={insert}>
              {t('formula.insert')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </section>
  )
}

/** A button shows the structure itself, with a box for each gap. */
function shown(structure: string): string {
  return structure.replace('\\text{□}', '\\text{abc}').replace(/^\^/, '□^').replaceAll('□', '\\square ')
}
