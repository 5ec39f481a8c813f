import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { saveFile } from '../../lib/save-file.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Row, RowList } from '../../ui/RowList.tsx'
import { PrivacyTabs } from './PrivacyTabs.tsx'

/** The register of processing as authorities ask for it: in English, made from the program itself. */
export function RegisterScreen() {
  const { t } = useTranslation('privacy')
  const register = useQuery(api.privacy.register.queryOptions())
  const data = register.data
  return (
    <Page>
      <PageHeader
        title={t('title')}
        note={t('register.note')}
        actions={
          data && (
            <Button variant="default" onClick={() => saveFile(fileOf(data.markdown))}>
              {t('register.download')}
            </Button>
          )
        }
      />
      <PrivacyTabs />
      {register.isPending && <LoadingRows count={6} />}
      {register.isError && <ErrorState error={register.error} onRetry={() => void register.refetch()} />}
      {data && (
        <div lang="en" dir="ltr">
          <RowList>
            {data.lines.map(({ table, purpose, data: personal, kept, copy, erasure, because }) => (
              <Row
                key={table}
                name={table}
                facts={[
                  `Purpose: ${purpose}`,
                  `Personal data: ${plain(personal)}`,
                  `Kept: ${kept}`,
                  `Copy for the person: ${plain(copy)}. On erasure: ${erasure}.`,
                  ...(because === '' ? [] : [because]),
                ]}
              />
            ))}
          </RowList>
        </div>
      )}
    </Page>
  )
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '')
}

function fileOf(markdown: string) {
  const bytes = new TextEncoder().encode(markdown)
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  return { fileName: 'privacy-register.md', mimeType: 'text/markdown', base64 }
}
