import { Rubric } from '../../../shared/contract/questions.ts'
import { attribute } from './qti-xml.ts'
import { childNamed, childrenNamed, textWithin, type XmlElement } from './xml.ts'

/** The rubric in the list that `exports/qti-item.ts` writes for whoever scores. */
export function qtiRubricFrom(block: XmlElement): Rubric | undefined {
  const written = childrenNamed(childNamed(block, 'ul'), 'li').map((criterion) => ({
    id: attribute(criterion, 'data-id') ?? '',
    title: textWithin(childNamed(criterion, 'span')),
    weight: Number(attribute(criterion, 'data-weight')),
    levels: childrenNamed(childNamed(criterion, 'ul'), 'li').map((level) => ({
      id: attribute(level, 'data-id') ?? '',
      title: textWithin(childNamed(level, 'span')),
      share: Number(attribute(level, 'data-share')),
    })),
  }))
  return Rubric.safeParse(written).data
}
