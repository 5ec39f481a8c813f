import type { Picture } from '../../../shared/contract/questions.ts'
import { type PictureType, pictureType } from '../imports/pictures.ts'
import { xmlAttribute, xmlText } from './xml-writing.ts'

export type PictureBytes = (image: string) => Uint8Array | undefined

/**
 * An element of Moodle XML whose text may be HTML. Text that no HTML could give back, such as two spaces in a row, is
 * plain text where it has neither formula nor picture.
 */
export function formattedText(
  name: string,
  text: string,
  pictures: Picture[],
  bytesOf: PictureBytes,
  more = '',
): string {
  const shown = pictures.flatMap((picture) => fileOf(picture, bytesOf) ?? [])
  const isHtml = shown.length > 0 || holdsFormula(text) || !isUneven(text)
  const images = shown.map(
    ({ picture, file }) => `<br /><img src="@@PLUGINFILE@@/${file}" alt="${xmlAttribute(picture.alt)}" />`,
  )
  const written = isHtml ? htmlOf(text) + images.join('') : text
  const format = isHtml ? 'html' : 'plain_text'
  const files = [...new Map(shown.map(({ file, bytes }) => [file, bytes]))].map(
    ([file, bytes]) =>
      `<file name="${file}" path="/" encoding="base64">${Buffer.from(bytes).toString('base64')}</file>`,
  )
  const [element = name] = name.split(' ')
  return `<${name} format="${format}"><text>${xmlText(written)}</text>${files.join('')}${more}</${element}>`
}

export function holdsFormula(text: string): boolean {
  return /\\[([]/.test(text)
}

function fileOf(picture: Picture, bytesOf: PictureBytes) {
  const bytes = bytesOf(picture.image)
  const type = bytes && pictureType(bytes)
  return bytes && type && { picture, bytes, file: `${picture.image.slice(0, 16)}.${extensions[type]}` }
}

const extensions: Record<PictureType, string> = { png: 'png', jpeg: 'jpg', gif: 'gif', webp: 'webp' }

/** Spaces and line ends that HTML does not keep, or signs that it would read as a formula. */
export function isUneven(text: string): boolean {
  return /[^\S \n\u00a0]|[\u200b\ue000]| {2}|^ | $|^\n|\n$|\n | \n|\n{3}|\$\$/.test(text)
}

function htmlOf(text: string): string {
  return xmlText(text).replaceAll('"', '&quot;').replaceAll('\n', '<br />')
}
