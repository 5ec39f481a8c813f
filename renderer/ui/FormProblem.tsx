import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { explain } from '../lib/errors.ts'

/** Why a form was not saved, beside the form; `children` may offer a way on. Renders nothing while there is no error. */
export function FormProblem({ error, children }: { error: unknown; children?: ReactNode }) {
  if (!error) return null
  return (
    <Alert role="alert" color="brick" variant="light" icon={<IconAlertTriangle aria-hidden />}>
      {explain(error)}
      {children}
    </Alert>
  )
}
