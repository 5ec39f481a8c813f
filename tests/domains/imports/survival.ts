import { expect } from 'vitest'
import { ImportProblem, type QuestionFile } from '../../../shared/contract/imports.ts'
import { Question } from '../../../shared/contract/questions.ts'

/** Reads whatever it is given: in time, and into valid questions and problems. Says how many questions there were. */
export async function survival(read: () => Promise<QuestionFile>, lines = Number.POSITIVE_INFINITY): Promise<number> {
  const began = process.threadCpuUsage()
  const { questions, problems } = await read()
  const { user, system } = process.threadCpuUsage(began)
  const took = (user + system) / 1000
  if (took > 2000) expect(took).toBeLessThan(2000)
  for (const { line, question } of questions) {
    const { error } = Question.safeParse(question)
    if (error || line > lines)
      expect({ error, line }).toEqual({ error: undefined, line: expect.toSatisfy((n) => n <= lines) })
  }
  for (const problem of problems) {
    const { error } = ImportProblem.safeParse(problem)
    if (error || problem.line > lines)
      expect({ error, problem }).toEqual({ error: undefined, problem: `a line up to ${lines}` })
  }
  return questions.length
}
