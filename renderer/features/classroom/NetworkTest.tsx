import { Alert, Button, Code, List } from '@mantine/core'
import { IconCheck, IconNetwork } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { client } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'

/** Says what keeps devices out, and what to do about it on this machine. */
export function NetworkTest({ address, port }: { address: string; port: number }) {
  const { t } = useTranslation('classroom')
  const test = useMutation({ mutationFn: () => client.classroom.checkNetwork({ address, port }) })
  const findings = test.data?.findings ?? []
  return (
    <div>
      <Button
        variant="default"
        leftSection={<IconNetwork size={18} aria-hidden />}
        loading={test.isPending}
        onClick={() => test.mutate()}
      >
        {t('network.test')}
      </Button>
      <div aria-live="polite">
        <FormProblem error={test.error} />
        {test.data && findings.length === 0 && (
          <Alert mt="sm" color="teal" icon={<IconCheck aria-hidden />}>
            {t('network.fine')}
          </Alert>
        )}
        {test.data && findings.length > 0 && (
          <Alert mt="sm" color="saffron">
            <List>
              {findings.map((finding) => (
                <List.Item key={finding}>{t(`network.finding.${finding}`, { count: test.data.neighbours })}</List.Item>
              ))}
            </List>
            {(findings.includes('firewall') || findings.includes('cannotConnect')) && (
              <>
                {t(`network.firewall.${test.data.system}`)}
                <Code block dir="ltr">
                  {commandFor(test.data.system, port)}
                </Code>
              </>
            )}
          </Alert>
        )}
      </div>
    </div>
  )
}

function commandFor(system: 'windows' | 'mac' | 'linux' | 'other', port: number): string {
  if (system === 'windows') {
    return `netsh advfirewall firewall add rule name="BDC" dir=in action=allow protocol=TCP localport=${port} profile=private`
  }
  if (system === 'mac') return '/usr/libexec/ApplicationFirewall/socketfilterfw --listapps'
  return `sudo ufw allow ${port}/tcp\nsudo nft add rule inet filter input tcp dport ${port} accept`
}
