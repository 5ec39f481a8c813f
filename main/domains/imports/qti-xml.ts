import type { XmlElement } from './xml.ts'

/**
 * The element as QTI 2 spells it: QTI 3 writes `qti-choice-interaction` and `max-choices` for `choiceInteraction` and
 * `maxChoices`, and means the same.
 */
export function asQti2(element: XmlElement): XmlElement {
  const isOwn = element.name.startsWith('qti-')
  return {
    name: isOwn ? camelCase(element.name.slice('qti-'.length)) : element.name,
    attributes: new Map(
      [...element.attributes].map(([name, value]) => [name.startsWith('data-') ? name : camelCase(name), value]),
    ),
    children: element.children.map((child) => (typeof child === 'string' ? child : asQti2(child))),
    line: element.line,
  }
}

/** All elements within, in the order of the file, that one of these names has. */
export function descendants(element: XmlElement, names: ReadonlySet<string>): XmlElement[] {
  return element.children.flatMap((child) => {
    if (typeof child === 'string') return []
    return names.has(child.name) ? [child, ...descendants(child, names)] : descendants(child, names)
  })
}

export function attribute(element: XmlElement | undefined, name: string): string | undefined {
  return element?.attributes.get(name)
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
