import { Anchor, type AnchorProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes } from 'react'

type TextLinkProps = AnchorProps & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps>

function TextAnchor(props: TextLinkProps) {
  return <Anchor {...props} />
}

/** A link in words to another page. */
export const TextLink = createLink(TextAnchor)
