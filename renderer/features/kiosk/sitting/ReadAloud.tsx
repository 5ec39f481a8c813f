import { Button } from '@mantine/core'
import { IconPlayerStop, IconVolume } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PaperQuestion } from '../../../../shared/contract/delivery.ts'
import { optionLetters } from '../../../ui/question/option-letters.ts'
import { useVoice } from './use-voice.ts'

/** Reads the question and its options aloud; only where the system has a voice for the language of this screen. */
export function ReadAloud({ question }: { question: PaperQuestion }) {
  const { t, i18n } = useTranslation('kiosk')
  const voice = useVoice(i18n.language)
  const [isReading, setReading] = useState(false)
  useEffect(() => () => window.speechSynthesis?.cancel(), [])
  if (!voice) return null

  function read() {
    const letters = optionLetters(i18n.language)
    const options = question.options?.map(({ text }, index) => `${letters[index]}. ${text}`) ?? []
    const speech = new SpeechSynthesisUtterance([question.text, ...options].join('.\n'))
    speech.voice = voice ?? null
    speech.lang = voice?.lang ?? i18n.language
    speech.onend = () => setReading(false)
    speech.onerror = () => setReading(false)
    window.speechSynthesis.cancel()
    window.speechSynthesis.speak(speech)
    setReading(true)
  }
  function stop() {
    window.speechSynthesis.cancel()
    setReading(false)
  }
  const Icon = isReading ? IconPlayerStop : IconVolume
  return (
    <Button size="md" variant="default" leftSection={<Icon size={20} aria-hidden />} onClick={isReading ? stop : read}>
      {t(isReading ? 'readAloud.stop' : 'readAloud.read')}
    </Button>
  )
}
