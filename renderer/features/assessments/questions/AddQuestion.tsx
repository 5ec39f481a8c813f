import { Button, Group, Text } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type QuestionType, questionTypes } from '../../../../shared/contract/questions.ts'
import { QuestionTypeIcon } from '../../../ui/question/QuestionTypeIcon.tsx'
import classes from './AddQuestion.module.css'

interface Props {
  isFirst: boolean
  onAdd: (type: QuestionType) => void
  onImport: () => void
}

export function AddQuestion({ isFirst, onAdd, onImport }: Props) {
  const { t } = useTranslation(['assessments', 'question'])
  return (
    <section className={classes.box} aria-label={t('add.title')}>
      <Text fw={500} size="sm">
        {t(isFirst ? 'add.first' : 'add.title')}
      </Text>
      <Group gap="xs" justify="center">
        {questionTypes.map((type) => (
          <Button
            key={type}
            variant="default"
            size="sm"
            data-add={type}
            leftSection={<QuestionTypeIcon question={{ type }} />}
            onClick={() => onAdd(type)}
          >
            {t(`question:type.${type}`)}
          </Button>
        ))}
        <Button
          variant="subtle"
          size="sm"
          leftSection={<IconFileImport size={18} stroke={1.6} aria-hidden />}
          onClick={onImport}
        >
          {t('add.import')}
        </Button>
      </Group>
    </section>
  )
}
