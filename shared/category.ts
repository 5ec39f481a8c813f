/** The names along a category's path: `Maths/Fractions` is two, `Input//output` one with a slash in it. */
export function namesOf(category: string): string[] {
  return category
    .replaceAll('//', '\0')
    .split('/')
    .map((name) => name.replaceAll('\0', '/'))
}

export function categoryOf(names: readonly string[]): string {
  return names.map((name) => name.replaceAll('/', '//')).join('/')
}

/** Whether a category is this one or below it. */
export function isWithin(category: string, ancestor: string): boolean {
  return category === ancestor || (category.startsWith(`${ancestor}/`) && !category.startsWith(`${ancestor}//`))
}

export interface CategoryNode {
  category: string
  name: string
  /** 1 for those at the top. */
  level: number
  /** Of this category and all below it. */
  count: number
}

/** All categories with their ancestors, each before what is below it, in the order of a language. */
export function categoryTree(counts: readonly { category: string; count: number }[], language: string): CategoryNode[] {
  const known = new Map<string, CategoryNode>()
  for (const { category, count } of counts) {
    const names = namesOf(category)
    for (const level of names.keys()) {
      const path = categoryOf(names.slice(0, level + 1))
      const node = known.get(path) ?? { category: path, name: names[level] ?? '', level: level + 1, count: 0 }
      known.set(path, { ...node, count: node.count + count })
    }
  }
  const { compare } = new Intl.Collator(language, { numeric: true })
  return [...known.values()].sort((one, other) => comparePaths(namesOf(one.category), namesOf(other.category), compare))
}

function comparePaths(one: string[], other: string[], compare: (a: string, b: string) => number): number {
  for (const level of one.keys()) {
    const name = other[level]
    if (name === undefined) return 1
    const order = compare(one[level] ?? '', name)
    if (order !== 0) return order
  }
  return one.length - other.length
}
