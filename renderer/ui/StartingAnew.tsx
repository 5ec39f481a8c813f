import { Group, Loader, Text } from '@mantine/core'
import { useEffect } from 'react'
import { isThere } from '../lib/is-there.ts'

/** Waits until the program is there again. The shell opens a new window by itself; a browser asks. */
export function StartingAnew({ text }: { text: string }) {
  useEffect(() => {
    if ('bdcShell' in window) return
    const timer = setInterval(() => {
      void isThere().then((is) => {
        if (is) window.location.reload()
      })
    }, 1_000)
    return () => clearInterval(timer)
  }, [])
  return <Waiting text={text} />
}

export function Waiting({ text }: { text: string }) {
  return (
    <Group gap="md" role="status" wrap="nowrap">
      <Loader size="sm" />
      <Text>{text}</Text>
    </Group>
  )
}
