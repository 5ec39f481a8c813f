import { useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { mayUse } from '../../../shared/permissions.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { ShellGroup, ShellLink } from '../../ui/ShellLink.tsx'
import { OpenKiosk } from '../identity/OpenKiosk.tsx'
import { type Command, useCommands } from './commands.ts'

/** The places this person may enter: the work first, and below it the centre. */
export function Places({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation()
  const kind = actorKindOf(useMe())
  const path = useLocation({ select: ({ pathname }) => pathname })
  const open = useCommands()
  const link = (place: Command) => (
    <ShellLink key={place.to} to={place.to} icon={place.icon} onClick={onLeave} {...currentWithin(place, path)}>
      {t(`nav.${place.name}`)}
    </ShellLink>
  )
  const centre = open.filter(({ group }) => group === 'centre')
  return (
    <>
      {open.filter(({ group }) => group === 'work').map(link)}
      {mayUse(kind, 'identity.openKiosk') && <OpenKiosk />}
      {centre.length > 0 && <ShellGroup label={t('nav.centre')}>{centre.map(link)}</ShellGroup>}
    </>
  )
}

/** The router marks a place and what lies below its address; a page with an address of its own is marked here. */
function currentWithin(place: Command, path: string) {
  const also: readonly string[] = 'also' in place ? place.also : []
  const isWithin = also.some((one) => path === one || path.startsWith(`${one}/`))
  return isWithin ? { 'aria-current': 'page' as const } : {}
}
