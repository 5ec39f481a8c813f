import { Button, Group, TagsInput, TextInput } from '@mantine/core'
import { IconTag } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Question } from '../../../../shared/contract/questions.ts'
import classes from './own-line.module.css'

interface Props {
  draft: Question
  onChange: (draft: Question) => void
}

/** What helps the author to find the question again; learners see none of it. */
export function ListingFields({ draft, onChange }: Props) {
  const { t } = useTranslation(['assessments', 'editor'])
  const [isOpen, setOpen] = useState(Boolean(draft.name || draft.category || draft.tags?.length))
  if (!isOpen) {
    return (
      <Button
        variant="subtle"
        size="compact-sm"
        className={classes.button}
        leftSection={<IconTag size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('editor:listing.add')}
      </Button>
    )
  }
  return (
    <Group gap="md" align="flex-start" grow preventGrowOverflow={false}>
      <TextInput
        miw={180}
        dir="auto"
        label={t('editor.name')}
        maxLength={255}
        value={draft.name ?? ''}
        onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
      />
      <TextInput
        miw={180}
        dir="auto"
        label={t('editor:listing.category')}
        placeholder={t('editor:listing.categoryExample')}
        maxLength={255}
        value={draft.category ?? ''}
        onChange={(event) => onChange({ ...draft, category: event.currentTarget.value })}
      />
      <TagsInput
        miw={180}
        dir="auto"
        label={t('editor:listing.tags')}
        placeholder={draft.tags?.length ? '' : t('editor:listing.tagsHint')}
        maxTags={20}
        maxLength={50}
        value={draft.tags ?? []}
        onChange={(tags) => onChange({ ...draft, tags })}
        onKeyDown={(event) => event.key === 'Enter' && !event.ctrlKey && event.preventDefault()}
      />
    </Group>
  )
}
