import { Question } from '../../../shared/contract/questions.ts'
import { numberIn } from '../../../shared/scoring.ts'
import { changed, skipped } from './finding.ts'
import { answersFrom } from './sheet-answers.ts'
import { itemsIn, listSeparators } from './sheet-cells.ts'
import { type RowCells, rowCells, type SheetFinding, type SheetHead } from './sheet-row-cells.ts'
import { type SheetField, type SheetType, trueOrFalse, typeNamed, yesOrNo } from './sheet-words.ts'

export interface ReadRow {
  question?: Question
  findings: SheetFinding[]
}

/** The question of one row. Without one, the findings say why. */
export function rowFrom(cells: readonly string[], head: SheetHead): ReadRow {
  const row = rowCells(cells, head)
  const text = row.cell('question').trim()
  if (text === '') return { findings: [row.at('question', skipped('invalidQuestion', 'text'))] }
  const written = row.cell('type').trim()
  const named = typeNamed(written)
  if (written !== '' && !named) {
    return { findings: [row.at('type', skipped('unknownType', written.slice(0, 100).toWellFormed()))] }
  }
  const { answers, findings } = answersFrom(named ?? guessedType(row), row)
  const facts = factsOf(row)
  const obstacle = findings.find(({ effect }) => effect === 'skipped')
  if (obstacle) return { findings: [obstacle] }
  const checked = Question.safeParse({ ...answers, text, ...facts.values })
  if (checked.success) return { question: checked.data, findings: [...findings, ...facts.findings] }
  const [issue] = checked.error.issues
  return { findings: [skipped('invalidQuestion', `${issue?.path.join('.')}: ${issue?.message}`)] }
}

/** A question with options is a choice; one without is what its right answer looks like. */
function guessedType(row: RowCells): SheetType {
  if (row.options.length > 0) return 'choice'
  const right = row.cell('right').trim()
  if (right === '') return row.cell('accepted').trim() === '' ? 'essay' : 'short'
  if (numberIn(right) === undefined && trueOrFalse(right) !== undefined) return 'trueFalse'
  return numberIn(right) !== undefined || row.cell('tolerance').trim() !== '' ? 'number' : 'short'
}

function factsOf(row: RowCells): { values: object; findings: SheetFinding[] } {
  const findings: SheetFinding[] = []
  const text = (field: SheetField) => (row.cell(field).trim() === '' ? undefined : row.cell(field))
  const flag = (field: SheetField, otherwise: boolean) => {
    const written = row.cell(field).trim()
    const said = written === '' ? otherwise : yesOrNo(written)
    if (said === undefined)
      findings.push(row.at(field, changed('unreadableCell', written.slice(0, 100).toWellFormed())))
    return said ?? otherwise
  }
  const tags = [...new Set(itemsIn(row.cell('tags'), listSeparators))]
  const values = {
    points: pointsOf(row, findings),
    required: flag('required', true),
    feedback: text('feedback'),
    name: text('name')?.replace(/\s+/g, ' ').trim(),
    category: text('category'),
    tags: tags.length > 0 ? tags : undefined,
    keepOrder: flag('keepOrder', false) || undefined,
    caseMatters: flag('case', false) || undefined,
    accentsMatter: flag('accents', false) || undefined,
  }
  return { values, findings }
}

/** Half a point cannot be given here; something is never rounded to nothing. */
function pointsOf(row: RowCells, findings: SheetFinding[]): number {
  const written = row.cell('points').trim()
  if (written === '') return 1
  const number = numberIn(written)
  if (number === undefined || number < 0 || number > 1000) {
    findings.push(row.at('points', changed('unreadableCell', written.slice(0, 100).toWellFormed())))
    return 1
  }
  const points = number > 0 ? Math.max(1, Math.round(number)) : 0
  if (points !== number) findings.push(row.at('points', changed('partialCreditRounded', `${number} → ${points}`)))
  return points
}
