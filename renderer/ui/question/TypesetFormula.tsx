import { useLayoutEffect, useMemo, useRef } from 'react'
import type { FormulaProps } from './Formula.tsx'
import { FormulaSource } from './FormulaSource.tsx'
import { typeset } from './typeset.ts'
import 'temml/dist/Temml-Local.css'

export function TypesetFormula({ tex, isDisplay }: FormulaProps) {
  const place = useRef<HTMLSpanElement>(null)
  const math = useMemo(() => typeset(tex, isDisplay), [tex, isDisplay])
  useLayoutEffect(() => {
    if (math) place.current?.replaceChildren(math)
  }, [math])
  return math ? <span ref={place} /> : <FormulaSource tex={tex} />
}
