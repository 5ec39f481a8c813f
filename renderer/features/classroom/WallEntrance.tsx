import { Paper } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import classes from './classroom.module.css'
import { RoomEntrance } from './RoomEntrance.tsx'

/** On a screen that was left while people come in: what is meant for the wall, and nothing else of the room. */
export function WallEntrance({ otherwise }: { otherwise: ReactNode }) {
  const { t } = useTranslation('classroom')
  const { data } = useQuery(
    api.classroom.entrance.queryOptions({ networkMode: 'always', refetchInterval: 3_000, retry: false }),
  )
  if (!data) return otherwise
  return (
    <Paper component="section" className={classes.wall} aria-label={t('panel.label')}>
      <RoomEntrance entrance={data} />
    </Paper>
  )
}
