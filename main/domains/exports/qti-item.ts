import type { Question, Rubric } from '../../../shared/contract/questions.ts'
import { nameFromText } from '../imports/question-name.ts'
import { entryParts } from './qti-entry.ts'
import { type ItemParts, optional } from './qti-parts.ts'
import { type PicturePaths, pictureElements, xhtml } from './qti-texts.ts'
import { xmlAttribute, xmlText } from './xml-writing.ts'

type Of<Type extends Question['type']> = Extract<Question, { type: Type }>

const schema = 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0'

/**
 * A question as an item of QTI 3.0 (https://www.imsglobal.org/spec/qti/v3p0/impl). Credits stand in percent, and SCORE
 * is their product with the points of one percent, so that partial and negative credits come back exactly.
 */
export function qtiItem(question: Question, identifier: string, paths: PicturePaths): string {
  const { text, images = [], name = nameFromText(text), points } = question
  const { response, interaction, processing, feedback } = partsOf(question, paths)
  const told = [...feedback, ['GENERAL', question.feedback] as const].filter(([, said]) => said)
  const pictures = pictureElements(images, paths)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<qti-assessment-item xmlns="${schema}" identifier="${identifier}" title="${xmlAttribute(name)}" adaptive="false" time-dependent="false">`,
    response,
    `<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float" normal-maximum="${points}"${question.type === 'essay' ? ' external-scored="human"' : ''}/>`,
    '<qti-outcome-declaration identifier="CREDIT" cardinality="single" base-type="float"/>',
    '<qti-outcome-declaration identifier="FEEDBACK" cardinality="multiple" base-type="identifier"/>',
    '<qti-item-body>',
    `<div>${xhtml(text)}</div>`,
    ...(pictures ? [`<div>${pictures}</div>`] : []),
    interaction,
    '</qti-item-body>',
    ...(processing ? [`<qti-response-processing>${processing}${scoreFrom(points)}</qti-response-processing>`] : []),
    ...told.map(([of, said]) => modalFeedback(of, said ?? '')),
    '</qti-assessment-item>\n',
  ].join('\n')
}

function modalFeedback(identifier: string, text: string): string {
  return (
    `<qti-modal-feedback outcome-identifier="FEEDBACK" identifier="${identifier}" show-hide="show">` +
    `<qti-content-body><div>${xhtml(text)}</div></qti-content-body></qti-modal-feedback>`
  )
}

function scoreFrom(points: number): string {
  return (
    '<qti-set-outcome-value identifier="SCORE"><qti-product><qti-variable identifier="CREDIT"/>' +
    `<qti-base-value base-type="float">${points / 100}</qti-base-value></qti-product></qti-set-outcome-value>` +
    '<qti-set-outcome-value identifier="FEEDBACK"><qti-multiple><qti-variable identifier="FEEDBACK"/>' +
    '<qti-base-value base-type="identifier">GENERAL</qti-base-value></qti-multiple></qti-set-outcome-value>'
  )
}

function partsOf(question: Question, paths: PicturePaths): ItemParts {
  switch (question.type) {
    case 'multiple_choice':
      return choiceParts(question, paths)
    case 'true_false':
      return trueFalseParts(question)
    case 'short_answer':
      return entryParts(question)
    case 'essay':
      return essayParts(question)
  }
}

function choiceParts(question: Of<'multiple_choice'>, paths: PicturePaths): ItemParts {
  const options = question.options.map(({ id, text, picture, credit, feedback }) => ({
    identifier: `choice_${id}`,
    content: xhtml(text) + pictureElements(picture ? [picture] : [], paths),
    credit,
    feedback,
  }))
  const isMany = question.selection === 'many'
  const right = options.filter(({ credit }) => (isMany ? credit > 0 : credit === 100))
  return choice(options, right.slice(0, isMany ? undefined : 1), {
    isMany,
    isShuffled: !question.keepOrder,
    kind: 'multiple-choice',
    required: question.required,
  })
}

function trueFalseParts({ correct, feedbackTrue, feedbackFalse, required }: Of<'true_false'>): ItemParts {
  const yes = { identifier: 'true', content: 'True', credit: correct ? 100 : 0, feedback: feedbackTrue }
  const no = { identifier: 'false', content: 'False', credit: correct ? 0 : 100, feedback: feedbackFalse }
  return choice([yes, no], [correct ? yes : no], { isMany: false, isShuffled: false, kind: 'true-false', required })
}

interface WrittenOption {
  identifier: string
  content: string
  credit: number
  feedback: string | undefined
}

interface ChoiceWay {
  isMany: boolean
  isShuffled: boolean
  kind: string
  required: boolean
}

function choice(options: WrittenOption[], right: WrittenOption[], way: ChoiceWay): ItemParts {
  const limits = way.isMany ? ' lower-bound="0" upper-bound="100"' : ''
  const entries = options.map(
    ({ identifier, credit }) => `<qti-map-entry map-key="${identifier}" mapped-value="${credit}"/>`,
  )
  const values = right.map(({ identifier }) => `<qti-value>${identifier}</qti-value>`).join('')
  return {
    response:
      `<qti-response-declaration identifier="RESPONSE" cardinality="${way.isMany ? 'multiple' : 'single'}" base-type="identifier">` +
      (values && `<qti-correct-response>${values}</qti-correct-response>`) +
      `<qti-mapping default-value="0"${limits}>${entries.join('')}</qti-mapping></qti-response-declaration>`,
    interaction:
      `<qti-choice-interaction response-identifier="RESPONSE" shuffle="${way.isShuffled}" max-choices="${way.isMany ? 0 : 1}"` +
      ` data-question-type="${way.kind}"${optional(way.required)}>` +
      options
        .map(
          ({ identifier, content }) => `<qti-simple-choice identifier="${identifier}">${content}</qti-simple-choice>`,
        )
        .join('') +
      '</qti-choice-interaction>',
    processing:
      '<qti-set-outcome-value identifier="CREDIT"><qti-map-response identifier="RESPONSE"/></qti-set-outcome-value>' +
      '<qti-set-outcome-value identifier="FEEDBACK"><qti-multiple><qti-variable identifier="RESPONSE"/></qti-multiple></qti-set-outcome-value>',
    feedback: options.map(({ identifier, feedback }) => [identifier, feedback]),
  }
}

function essayParts({ rubric, sampleAnswer, required }: Of<'essay'>): ItemParts {
  const sample = sampleAnswer
    ? `<qti-rubric-block view="scorer" use="scoring"><qti-content-body><div>${xhtml(sampleAnswer)}</div></qti-content-body></qti-rubric-block>`
    : ''
  return {
    response: '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="string"/>',
    interaction: `${sample}${rubric ? rubricBlock(rubric) : ''}<qti-extended-text-interaction response-identifier="RESPONSE"${optional(required)}/>`,
    processing: '',
    feedback: [],
  }
}

function rubricBlock(rubric: Rubric): string {
  const criteria = rubric.map(({ id, title, weight, levels }) => {
    const steps = levels.map(
      (level) => `<li data-id="${level.id}" data-share="${level.share}"><span>${xmlText(level.title)}</span></li>`,
    )
    return `<li data-id="${id}" data-weight="${weight}"><span>${xmlText(title)}</span><ul>${steps.join('')}</ul></li>`
  })
  return `<qti-rubric-block view="scorer" use="scoring" data-rubric="true"><ul>${criteria.join('')}</ul></qti-rubric-block>`
}
