import temml from 'temml'

/** What the typesetter builds before it becomes elements. */
interface MathTree {
  attributes?: Record<string, string>
  children?: MathTree[]
  toNode?(): Element
}

/** Longer ones are no formulas, and would keep the screen waiting. */
const longestFormula = 5_000

/** The formula as MathML elements, which screen readers read as well; undefined where the LaTeX has a mistake. */
export function typeset(tex: string, isDisplay: boolean): Element | undefined {
  if (tex.length > longestFormula) return undefined
  try {
    const tree: MathTree = temml.__renderToMathMLTree(tex, {
      displayMode: isDisplay,
      throwOnError: true,
      strict: false,
      trust: false,
      maxExpand: 500,
      maxSize: [20, 100],
    })
    withoutStyleAttributes(tree)
    return tree.toNode?.()
  } catch {
    return undefined
  }
}

/** The content security policy of the pages refuses styles in attributes; those that matter are set as properties. */
function withoutStyleAttributes(tree: MathTree) {
  delete tree.attributes?.style
  for (const child of tree.children ?? []) withoutStyleAttributes(child)
}
