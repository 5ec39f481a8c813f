import { Textarea, type TextareaProps } from '@mantine/core'
import classes from './GrowingText.module.css'

/** A text field that grows with its text by style alone: measuring it in script lays the whole page out several times. */
export function GrowingText(props: Omit<TextareaProps, 'autosize' | 'minRows' | 'maxRows'>) {
  return <Textarea rows={2} {...props} classNames={{ input: classes.input ?? '' }} />
}
