import { existsSync } from 'node:fs'
import { openConnection } from '../database/open.ts'
import type { Check, Finding } from './check.ts'
import type { DataFolder } from './data-folder.ts'
import { type DatabaseUnderCheck, databaseChecks, restore } from './database-checks.ts'
import { folderChecks } from './folder-checks.ts'

/** Looks at a data folder from the outside in, as far as it gets, and changes nothing. BDC may be running meanwhile. */
export async function examine(data: DataFolder): Promise<Finding[]> {
  if (!existsSync(data.databasePath)) {
    const problem = `there is no BDC data in ${data.dataDir}: give the folder that has bdc.db in it.`
    return [{ check: 'data folder', problem }]
  }
  const findings = await look(folderChecks, data)
  const opened: { subject?: DatabaseUnderCheck } = {}
  findings.push(
    await finding('opens with its key', async () => {
      opened.subject = await open(data)
      return undefined
    }),
  )
  if (!opened.subject) return findings

  try {
    return [...findings, ...(await look(databaseChecks, opened.subject))]
  } finally {
    opened.subject.connection.close()
  }
}

async function open({ databasePath, keys }: DataFolder): Promise<DatabaseUnderCheck> {
  const key = await keys.load()
  if (!key) throw new Error('there is no key: put it back from where you keep a copy of it.')
  return { databasePath, connection: openConnection(databasePath, key, { readonly: true }) }
}

async function look<Subject>(checks: Readonly<Record<string, Check<Subject>>>, subject: Subject): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const [name, check] of Object.entries(checks)) findings.push(await finding(name, () => check(subject)))
  return findings
}

async function finding(check: string, look: () => string | undefined | Promise<string | undefined>): Promise<Finding> {
  try {
    return { check, problem: await look() }
  } catch (error) {
    return {
      check,
      problem: isDamage(error) ? `the file is damaged (${reasonOf(error)}): ${restore}` : reasonOf(error),
    }
  }
}

function isDamage(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB|IOERR)/.test((error as { code?: string }).code ?? '')
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
