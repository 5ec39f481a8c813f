import { Button, Checkbox, Radio, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { type BankSelection, ExportFormat, exportFormats } from '../../../../shared/contract/exports.ts'
import { SheetLanguage } from '../../../../shared/contract/imports.ts'
import { api } from '../../../lib/client.ts'
import { saveFile } from '../../../lib/save-file.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { FilePassphrase, isFit } from '../../../ui/saving/FilePassphrase.tsx'
import { sealed } from '../../../ui/saving/sealed.ts'
import classes from './ExportDialog.module.css'
import { ExportLosses } from './ExportLosses.tsx'

interface Props {
  /** The questions of an assessment, or some of the bank. */
  what: { assessmentId: Id } | { bank: BankSelection }
  title: string
  isOpen: boolean
  onClose: () => void
}

/** The questions as a file for other programs, and beforehand what those will not read of it. */
export function ExportDialog({ isOpen, ...props }: Props) {
  const { t } = useTranslation('assessments')
  return (
    <Dialog isOpen={isOpen} onClose={props.onClose} size="36rem" title={t('export.title', { title: props.title })}>
      <ExportForm {...props} />
    </Dialog>
  )
}

function ExportForm({ what, title, onClose }: Omit<Props, 'isOpen'>) {
  const { t } = useTranslation('assessments')
  const [format, setFormat] = useState<ExportFormat>('moodle_xml')
  const file = useExport(what, title, format)
  const [passphrase, setPassphrase] = useState('')
  const [isProtected, setProtected] = useState(false)
  const isUnfit = isProtected && !isFit(passphrase)
  const save = useMutation({
    mutationFn: (written: NonNullable<typeof file.data>) => sealed(written, isProtected ? passphrase : ''),
    onSuccess(ready) {
      saveFile(ready)
      onClose()
    },
  })
  return (
    <Stack gap="md">
      <Text size="sm">{t('export.text')}</Text>
      <Radio.Group label={t('export.format')} value={format} onChange={(value) => setFormat(ExportFormat.parse(value))}>
        <Stack gap="xs" mt="xs">
          {exportFormats.map((value) => (
            <Radio key={value} value={value} label={t(`export.${value}`)} description={t(`export.${value}_hint`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Checkbox
        label={t('export.protect')}
        checked={isProtected}
        onChange={(event) => setProtected(event.currentTarget.checked)}
      />
      {isProtected && <FilePassphrase value={passphrase} onChange={setPassphrase} />}
      <FormProblem error={file.error ?? save.error} />
      {file.data && <ExportLosses losses={file.data.losses} />}
      <div className={classes.footer}>
        <Button
          loading={file.isFetching || save.isPending}
          disabled={!file.data || isUnfit}
          leftSection={<IconDownload size={18} aria-hidden />}
          onClick={() => file.data && save.mutate(file.data)}
        >
          {t('export.save')}
        </Button>
      </div>
    </Stack>
  )
}

/** The file and what is not in it; written anew each time, as the questions may have changed. */
function useExport(what: Props['what'], title: string, format: ExportFormat) {
  const { i18n } = useTranslation()
  const how = { format, language: SheetLanguage.catch('en').parse(i18n.language) }
  const always = { gcTime: 0, staleTime: 0, retry: false }
  const isAssessment = 'assessmentId' in what
  const assessment = useQuery({
    ...api.exports.assessment.queryOptions({
      input: { assessmentId: isAssessment ? what.assessmentId : 0, ...how },
      ...always,
    }),
    enabled: isAssessment,
  })
  const bank = useQuery({
    ...api.exports.bank.queryOptions({
      input: { ...(isAssessment ? {} : what.bank), fileName: title.slice(0, 200), ...how },
      ...always,
    }),
    enabled: !isAssessment,
  })
  return isAssessment ? assessment : bank
}
