import { type ReactNode, useState } from 'react'
import { formatDay } from '../../lib/format.ts'
import { ordinaryPaper } from '../../lib/paper-size.ts'
import { Page } from '../Page.tsx'
import { PageHeader } from '../PageHeader.tsx'
import { PrintReport } from './PrintReport.tsx'
import classes from './report.module.css'

interface Props {
  title: string
  back: ReactNode
  /** What the report is of, beside its title on paper. */
  about: string
  note: ReactNode
  actions: ReactNode
  /** Undefined: there is nothing to print. */
  children?: ReactNode
  /** What is said instead of a report. */
  instead?: ReactNode
}

/** A report on the screen and, without what belongs to the screen, on paper. */
export function ReportFrame({ title, back, about, note, actions, children, instead }: Props) {
  const [paper, setPaper] = useState(() => ordinaryPaper(navigator.language))
  const [today] = useState(() => formatDay(new Date().toISOString().slice(0, 10)))
  return (
    <Page>
      <div className={classes.screenOnly}>
        <PageHeader
          title={title}
          back={back}
          note={note}
          actions={
            <>
              {actions}
              {children && <PrintReport paper={paper} onPaper={setPaper} />}
            </>
          }
        />
      </div>
      {instead}
      {children && (
        <article className={classes.report} data-paper={paper} aria-label={title}>
          <header className={classes.head}>
            <h2 dir="auto">{`${title}: ${about}`}</h2>
            <p className={classes.note}>{today}</p>
          </header>
          {children}
        </article>
      )}
    </Page>
  )
}
