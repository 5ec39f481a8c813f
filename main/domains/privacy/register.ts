import { annotatedTables, type Personal, type Rule } from './annotations.ts'

const classes = { identity: 'identity', contact: 'contact', special: 'special categories possible' } as const
const erasures: Record<Rule['erase'], string> = {
  keep: 'kept',
  delete: 'deleted',
  null: 'emptied',
  pseudonym: 'replaced by a pseudonym',
  shred: 'taken out',
}

/** One line for each table with personal data: the register of processing (GDPR, article 30). */
export function registerLines() {
  const personal = annotatedTables().filter(({ columns }) => columns.some(([, rule]) => rule.personal !== 'none'))
  return personal.map(({ table, purpose, retention, columns, because }) => {
    const found = columns.filter(([, rule]) => rule.personal !== 'none')
    const byClass = (Object.keys(classes) as Exclude<Personal, 'none'>[]).flatMap((personalClass) => {
      const names = found.filter(([, rule]) => rule.personal === personalClass).map(([name]) => `\`${name}\``)
      return names.length > 0 ? [`${classes[personalClass]}: ${names.join(', ')}`] : []
    })
    const withheld = found.filter(([, rule]) => !rule.isExported).map(([name]) => `\`${name}\``)
    return {
      table,
      purpose,
      data: byClass.join('; '),
      kept: retention,
      copy: withheld.length > 0 ? `all but ${withheld.join(', ')}` : 'all',
      erasure: [...new Set(found.map(([, rule]) => erasures[rule.erase]))].join(', '),
      because: because ?? '',
    }
  })
}

/** The same in Markdown, made from the annotations of the columns. */
export function processingRegister(): string {
  const rows = registerLines().map(
    ({ table, purpose, data, kept, copy, erasure, because }) =>
      `| \`${table}\` | ${purpose} | ${data} | ${kept} | ${copy} | ${erasure} | ${because} |`,
  )
  return [
    '# Register of processing',
    '',
    'Made by `bdc privacy register` from the annotations of the columns in `main/domains/privacy/annotations.ts`; a test fails when it is stale.',
    '',
    '| table | purpose | personal data | kept | copy for the person | on erasure | because |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}
