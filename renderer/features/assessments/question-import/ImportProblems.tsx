import { Button, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconBan } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportProblem } from '../../../../shared/contract/imports.ts'
import classes from './ImportPreview.module.css'

const shownAtFirst = 4

/** Kinds of questions that have a name outside of the parser. */
const namedKinds = ['matching', 'description', 'category'] as const

interface Props {
  problems: readonly ImportProblem[]
  /** Lines are rows. */
  isSheet: boolean
}

/** What of the file does not come in as it is, by line, so that its author finds the place. */
export function ImportProblems({ problems, isSheet }: Props) {
  const { t } = useTranslation('assessments')
  const [isOpen, setOpen] = useState(problems.length <= shownAtFirst + 1)
  const inOrder = problems.toSorted(
    (one, other) => Number(other.effect === 'skipped') - Number(one.effect === 'skipped'),
  )
  const shown = isOpen ? inOrder : inOrder.slice(0, shownAtFirst)
  return (
    <section aria-label={t('import.problems')}>
      <Title order={3} mb="xs">
        {t('import.problems')}
      </Title>
      <ul className={classes.problems}>
        {shown.map((problem) => (
          <Problem key={keyOf(problem)} problem={problem} isSheet={isSheet} />
        ))}
      </ul>
      {!isOpen && (
        <Button mt="xs" size="compact-sm" variant="subtle" onClick={() => setOpen(true)}>
          {t('import.allProblems', { count: problems.length })}
        </Button>
      )}
    </section>
  )
}

function keyOf({ line, column, kind, detail, excerpt }: ImportProblem): string {
  return [line, column, kind, detail, excerpt].join(' ')
}

function Problem({ problem, isSheet }: { problem: ImportProblem; isSheet: boolean }) {
  const { t } = useTranslation('assessments')
  const { line, column, effect, kind, detail, excerpt } = problem
  const sentence = effect === 'changed' && kind === 'unsupportedType' ? 'unsupportedPart' : kind
  const kindOfQuestion = namedKinds.find((name) => name === detail)
  const words = kindOfQuestion ? t(`importKind.${kindOfQuestion}`) : detail
  const Icon = effect === 'skipped' ? IconBan : IconAlertTriangle
  return (
    <li className={classes.problem}>
      <span className={classes[effect]}>
        <Icon size={18} stroke={1.6} aria-hidden />
      </span>
      <div>
        <Text size="sm">
          <strong>
            {t(isSheet ? 'import.row' : 'import.line', { line })}
            {column !== undefined && (
              <>
                {' · '}
                {t('import.column')} <bdi>{column}</bdi>
              </>
            )}
          </strong>{' '}
          · {t(`effect.${effect}`)} {t(`importProblem.${sentence}`)}
          {words && (
            <>
              {' '}
              <Text span c="var(--bdc-ink-soft)">
                (<bdi>{words}</bdi>)
              </Text>
            </>
          )}
        </Text>
        <span className={classes.excerpt} dir="auto">
          {excerpt}
        </span>
      </div>
    </li>
  )
}
