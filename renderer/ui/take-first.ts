import type { KeyboardEvent } from 'react'
import { searchWords } from '../../shared/fold.ts'

/**
 * Enter in a field with a list, while something is typed in it: takes what the list shows first, and never sends the form
 * that the field is in. What is still shown of an earlier search is not taken.
 */
export function takeFirst(event: KeyboardEvent<HTMLInputElement>) {
  const { currentTarget: field, nativeEvent } = event
  if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || nativeEvent.isComposing) return
  if (field.readOnly || field.dataset.expanded === undefined || field.value.trim() === '') return
  event.preventDefault()
  const list = document.getElementById(field.getAttribute('aria-controls') ?? '')
  // One that the arrow keys have reached is taken anyway.
  if (!list || list.querySelector('[data-combobox-selected]')) return
  const first = list.querySelector<HTMLElement>('[data-combobox-option]:not([data-combobox-disabled])')
  const words = searchWords(first?.textContent ?? '').join(' ')
  if (searchWords(field.value).every((word) => words.includes(word))) first?.click()
}
