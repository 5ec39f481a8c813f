import { Rubric } from '../../../shared/contract/questions.ts'
import { changed, type Finding } from './finding.ts'
import { childNamed, childrenNamed, textWithin, type XmlElement } from './xml.ts'

/** Moodle has no rubrics in its files and passes over this element; `exports/moodle-xml.ts` writes it. */
export function rubricFrom(element: XmlElement | undefined): { rubric?: Rubric; finding?: Finding } {
  if (!element) return {}
  const written = childrenNamed(element, 'criterion').map((criterion) => ({
    ...titled(criterion),
    weight: Number(criterion.attributes.get('weight')),
    levels: childrenNamed(criterion, 'level').map((level) => ({
      ...titled(level),
      share: Number(level.attributes.get('share')),
    })),
  }))
  const { success, data } = Rubric.safeParse(written)
  return success ? { rubric: data } : { finding: changed('unsupportedType', 'rubric') }
}

function titled(element: XmlElement): { id: string; title: string } {
  return { id: element.attributes.get('id') ?? '', title: textWithin(childNamed(element, 'text')) }
}
