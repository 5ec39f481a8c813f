import encodeQR from 'qr'
import { useMemo } from 'react'
import classes from './QrCode.module.css'

interface QrCodeProps {
  text: string
  /** What it is for, to those who do not see it; '' when the text stands beside it. */
  label: string
}

/** Dark on white in every appearance, with the quiet zone around it that readers need (ISO/IEC 18004). */
export function QrCode({ text, label }: QrCodeProps) {
  const modules = useMemo(() => encodeQR(text, 'raw', { ecc: 'medium', border: 4 }), [text])
  const path = modules.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  const named = label === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return (
    <svg {...named} className={classes.code} viewBox={`0 0 ${modules.length} ${modules.length}`}>
      <path d={path} />
    </svg>
  )
}
