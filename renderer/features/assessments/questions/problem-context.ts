import { createContext, useContext } from 'react'
import type { QuestionProblem } from './question-problems.ts'

/** What is wrong with the question that the fields below belong to. */
export const ProblemsContext = createContext<readonly QuestionProblem[]>([])

/** The first problem of a field. */
export function useProblem(field: string): QuestionProblem['key'] | undefined {
  return useContext(ProblemsContext).find((problem) => problem.field === field)?.key
}
