import { Kbd } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/Dialog.tsx'
import { useCommands } from './commands.ts'
import { keysText } from './keys-text.ts'
import classes from './Shortcuts.module.css'

/** Lets the keys of the commands work anywhere, and lists them when Ctrl+/ is pressed. */
export function Shortcuts() {
  const { t } = useTranslation(['palette', 'common'])
  const navigate = useNavigate()
  const [isOpen, { open, close }] = useDisclosure()
  const withKeys = useCommands().flatMap((command) => ('keys' in command ? [command] : []))
  // Alt and Shift together type nothing, so they may be pressed within a field.
  useHotkeys(
    withKeys.map(({ keys, to }) => [keys, () => void navigate({ to })]),
    [],
    true,
  )
  useHotkeys([['mod+/', open]], [], true)
  const rows = [
    { name: t('palette:title'), keys: 'mod+K' },
    { name: t('palette:sheet'), keys: 'mod+/' },
    ...withKeys.map(({ name, keys }) => ({ name: t(`common:nav.${name}`), keys })),
  ]
  return (
    <Dialog isOpen={isOpen} onClose={close} title={t('palette:sheet')}>
      <dl className={classes.sheet}>
        {rows.map(({ name, keys }) => (
          <div key={keys} className={classes.row}>
            <dt>{name}</dt>
            <dd>
              <Kbd>{keysText(keys)}</Kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
