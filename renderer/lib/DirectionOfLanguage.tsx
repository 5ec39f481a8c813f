import { useDirection } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** Turns the components around together with the text. */
export function DirectionOfLanguage() {
  const { i18n } = useTranslation()
  const { setDirection } = useDirection()
  const direction = i18n.dir()
  useEffect(() => setDirection(direction), [direction, setDirection])
  return null
}
