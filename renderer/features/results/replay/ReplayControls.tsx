import { ActionIcon, Button, Group, SegmentedControl, Slider, Text } from '@mantine/core'
import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../../../lib/duration.ts'
import type { Moment } from './moments.ts'
import classes from './replay.module.css'
import { type Player, speeds } from './use-player.ts'

interface Props {
  player: Player
  moments: readonly Moment[]
  lengthMs: number
}

const inSeconds = (milliseconds: number) => formatDuration(Math.round(milliseconds / 1000))

/** Where in the exam time it is, and the ways through it; everything works with the keyboard. */
export function ReplayControls({ player, moments, lengthMs }: Props) {
  const { t } = useTranslation('replay')
  const { time, last, isPlaying, mayPlay, speed } = player
  return (
    <section className={classes.controls} aria-label={t('controls')}>
      <Group gap="sm">
        {mayPlay && (
          <Button
            leftSection={
              isPlaying ? (
                <IconPlayerPauseFilled size={16} aria-hidden />
              ) : (
                <IconPlayerPlayFilled size={16} aria-hidden />
              )
            }
            onClick={player.toggle}
          >
            {t(isPlaying ? 'pause' : 'play')}
          </Button>
        )}
        <Step label={t('previous')} isOff={last < 0} onGo={() => player.goToMoment(last - 1)}>
          <IconPlayerSkipBack size={18} className={classes.turns} aria-hidden />
        </Step>
        <Step label={t('next')} isOff={last >= moments.length - 1} onGo={() => player.goToMoment(last + 1)}>
          <IconPlayerSkipForward size={18} className={classes.turns} aria-hidden />
        </Step>
        {mayPlay && (
          <SegmentedControl
            aria-label={t('speed')}
            data={speeds.map((value) => ({ value: String(value), label: t('times', { times: value }) }))}
            value={String(speed)}
            onChange={(value) => player.setSpeed(speeds.find((one) => String(one) === value) ?? 10)}
          />
        )}
        <Text className={classes.time} role="status" aria-live={isPlaying ? 'off' : 'polite'}>
          {t('at', { time: inSeconds(time), length: inSeconds(lengthMs) })}
        </Text>
      </Group>
      <Slider
        min={0}
        max={Math.max(1000, lengthMs)}
        step={1000}
        value={time}
        onChange={player.goTo}
        label={inSeconds}
        thumbProps={{ 'aria-valuetext': inSeconds(time) }}
        thumbLabel={t('time')}
      />
      {!mayPlay && (
        <Text size="sm" c="var(--bdc-ink-soft)">
          {t('noMotion')}
        </Text>
      )}
    </section>
  )
}

interface StepProps {
  label: string
  isOff: boolean
  onGo: () => void
  children: React.ReactNode
}

function Step({ label, isOff, onGo, children }: StepProps) {
  return (
    <ActionIcon variant="default" size={36} aria-label={label} disabled={isOff} onClick={onGo}>
      {children}
    </ActionIcon>
  )
}
