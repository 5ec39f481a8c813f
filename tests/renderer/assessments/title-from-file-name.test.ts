import { describe, expect, it } from 'vitest'
import { titleFromFileName } from '../../../renderer/features/assessments/question-import/title-from-file-name.ts'

describe('the title that a file name suggests', () => {
  it('leaves the ending and the underscores behind', () => {
    expect(titleFromFileName('unit_3-fractions.v2.gift')).toBe('unit 3 fractions.v2')
    expect(titleFromFileName(null)).toBe('')
  })
})
