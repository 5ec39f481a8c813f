import { Loader, UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import classes from './ChoiceCard.module.css'

interface ChoiceCardProps {
  icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>
  title: string
  children: ReactNode
  isBusy?: boolean
  disabled?: boolean
  onChoose: () => void
}

/** One of a few ways to go on, with room to say where it leads. */
export function ChoiceCard({
  icon: Icon,
  title,
  children,
  isBusy = false,
  disabled = false,
  onChoose,
}: ChoiceCardProps) {
  return (
    <UnstyledButton className={classes.card} disabled={disabled || isBusy} aria-busy={isBusy} onClick={onChoose}>
      <span className={classes.icon}>
        <Icon size={26} stroke={1.6} aria-hidden />
      </span>
      <span className={classes.words}>
        <span className={classes.title}>{title}</span>
        <span className={classes.text}>{children}</span>
      </span>
      {isBusy ? <Loader size={20} /> : <IconChevronRight size={20} className={classes.arrow} aria-hidden />}
    </UnstyledButton>
  )
}
