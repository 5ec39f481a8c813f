import type { QuestionFile } from '../../../shared/contract/imports.ts'

export async function readGift(_text: string): Promise<QuestionFile> {
  return { questions: [], problems: [] }
}
