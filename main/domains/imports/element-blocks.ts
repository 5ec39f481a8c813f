export interface ElementBlock {
  /** Counted from 1. */
  line: number
  /** From `<name` to `</name>`. */
  xml: string
  /** The element never ends, or has no content. */
  isOpen: boolean
}

/** The elements of one name in an XML file one by one, so that a broken or large one does not take the others with it. */
export function* elementBlocks(file: string, name: string): Generator<ElementBlock> {
  const prefix = '(?:[\\w.-]+:)?'
  const signs = new RegExp(`<!--|<!\\[CDATA\\[|<${prefix}${name}(?=[\\s/>])|</${prefix}${name}\\s*>`, 'g')
  const lineAt = lines(file)
  let start: number | undefined
  for (let sign = signs.exec(file); sign; sign = signs.exec(file)) {
    const [written] = sign
    if (written === '<!--') signs.lastIndex = after(file, '-->', sign.index)
    else if (written === '<![CDATA[') signs.lastIndex = after(file, ']]>', sign.index)
    else if (!written.startsWith('</')) {
      if (start !== undefined) yield { line: lineAt(start), xml: file.slice(start, sign.index), isOpen: true }
      start = sign.index
    } else if (start !== undefined) {
      yield { line: lineAt(start), xml: file.slice(start, signs.lastIndex), isOpen: false }
      start = undefined
    }
  }
  if (start !== undefined) yield { line: lineAt(start), xml: file.slice(start), isOpen: true }
}
function after(file: string, sign: string, from: number): number {
  const at = file.indexOf(sign, from)
  return at < 0 ? file.length : at + sign.length
}

/** For offsets that only grow. */
function lines(file: string): (offset: number) => number {
  let line = 1
  let reached = 0
  return (offset) => {
    for (let at = file.indexOf('\n', reached); at >= 0 && at < offset; at = file.indexOf('\n', reached)) {
      line++
      reached = at + 1
    }
    return line
  }
}
