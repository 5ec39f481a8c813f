import { Accordion, Button, List, Text } from '@mantine/core'
import { IconCertificate } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/client.ts'
import { formatDay } from '../../../lib/format.ts'
import { saveFile } from '../../../lib/save-file.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { Section } from '../../../ui/Section.tsx'

const systems = ['windows', 'mac', 'android', 'ios', 'linux'] as const

/** What the centre's own devices need once, so that they trust encrypted sessions, with the way there on each system. */
export function TrustSection() {
  const { t } = useTranslation('classroom')
  const download = useMutation(
    api.classroom.certificate.mutationOptions({
      onSuccess: ({ certificate }) =>
        saveFile({ fileName: 'bdc-classroom.crt', mimeType: 'application/x-x509-ca-cert', base64: btoa(certificate) }),
    }),
  )
  return (
    <Section title={t('trust.title')} note={t('trust.note')}>
      <Button
        variant="default"
        leftSection={<IconCertificate size={18} aria-hidden />}
        loading={download.isPending}
        onClick={() => download.mutate(undefined)}
      >
        {t('trust.download')}
      </Button>
      <div aria-live="polite">
        <FormProblem error={download.error} />
        {download.data && (
          <Text mt="sm">{t('trust.done', { date: formatDay(download.data.expiresAt.slice(0, 10)) })}</Text>
        )}
      </div>
      <Accordion mt="md" variant="contained" order={3}>
        {systems.map((system) => (
          <Accordion.Item key={system} value={system}>
            <Accordion.Control>
              {t('trust.system')} <bdi>{t(`trust.${system}`)}</bdi>
            </Accordion.Control>
            <Accordion.Panel>
              <List type="ordered" spacing="xs">
                {t(`trust.${system}Steps`)
                  .split('|')
                  .map((step) => (
                    <List.Item key={step}>{step}</List.Item>
                  ))}
              </List>
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Section>
  )
}
