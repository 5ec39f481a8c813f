import { useEffect, useState } from 'react'

/** A voice of this machine for the language, never one that speaks through the internet; undefined: there is none. */
export function useVoice(language: string): SpeechSynthesisVoice | undefined {
  const [voices, setVoices] = useState<SpeechSynthesisVoice[]>([])
  useEffect(() => {
    const { speechSynthesis } = window
    if (!speechSynthesis) return
    const look = () => setVoices(speechSynthesis.getVoices())
    look()
    speechSynthesis.addEventListener('voiceschanged', look)
    return () => speechSynthesis.removeEventListener('voiceschanged', look)
  }, [])
  return voices.find((voice) => voice.localService && voice.lang.startsWith(language.slice(0, 2)))
}
