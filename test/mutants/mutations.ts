/** Small faults to put into a module: the mutants of its source. */
import { stripTypeScriptTypes } from 'node:module'
import { type AnyNode, parse } from 'acorn'
import { patternMutations } from './patterns.ts'

/** A replacement of one part of a source. */
export interface Mutant {
  start: number
  end: number
  text: string
}

/** What a visitor returns: texts for the node itself, or replacements within it. */
type Mutation = string | Mutant

const OPERATORS: Record<string, string[]> = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '+=': ['-='],
  '-=': ['+='],
  '&&=': ['||='],
  '||=': ['&&='],
  '??=': ['&&=']
}

/** Methods that are easily mistaken for each other. */
const METHODS = new Map(
  Object.entries({
    some: 'every',
    every: 'some',
    startsWith: 'endsWith',
    endsWith: 'startsWith',
    min: 'max',
    max: 'min',
    toUpperCase: 'toLowerCase',
    toLowerCase: 'toUpperCase',
    floor: 'ceil',
    ceil: 'floor',
    add: 'delete',
    find: 'findLast',
    findLast: 'find'
  })
)

/** Methods without which a chain still works on the same kind of value. */
const OPTIONAL_METHODS = new Set([
  'filter',
  'toSorted',
  'slice',
  'trim',
  'replace',
  'replaceAll',
  'normalize'
])

/** The mutations of a node, in the text `of` its parts. */
function mutationsOf(node: AnyNode, of: (part: { start: number; end: number }) => string): Mutation[] {
  const partOf = (part: AnyNode | null) => (part ? of(part) : '')
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
    case 'AssignmentExpression': {
      const [left, right] = [of(node.left), of(node.right)]
      return (OPERATORS[node.operator] ?? []).map(operator => `(${left} ${operator} ${right})`)
    }
    case 'IfStatement':
    case 'ConditionalExpression':
      return ['true', 'false'].map(text => ({ start: node.test.start, end: node.test.end, text }))
    case 'WhileStatement':
      return [{ start: node.test.start, end: node.test.end, text: 'false' }]
    case 'UnaryExpression':
      return node.operator === '!' || node.operator === '-' ? [of(node.argument)] : []
    case 'UpdateExpression':
      return [of(node).replace(/\+\+|--/, sign => (sign === '++' ? '--' : '++'))]
    case 'ChainExpression':
      return [
        of(node)
          .replaceAll(/\?\.(?=[[(])/g, '')
          .replaceAll('?.', '.')
      ]
    case 'TemplateLiteral':
      return ['``']
    case 'Literal':
      return literalMutations(node.value, 'regex' in node ? node.regex : undefined)
    case 'ArrayExpression':
      return node.elements.length > 0
        ? [...new Set(['[]', ...withoutEach(node.elements.map(partOf), ['[', ']'])])]
        : []
    case 'ObjectExpression':
      return node.properties.length > 0 ? withoutEach(node.properties.map(partOf), ['({', '})']) : []
    case 'ArrowFunctionExpression':
      return node.body.type === 'BlockStatement'
        ? []
        : [{ start: node.body.start, end: node.body.end, text: 'undefined' }]
    case 'ReturnStatement':
      return node.argument && of(node.argument) !== 'undefined' ? ['return undefined;'] : []
    case 'ExpressionStatement':
    case 'ThrowStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return [';']
    case 'CallExpression':
      return callMutations(node, of)
    default:
      return []
  }
}

/** Lists a list of parts without each of them. */
const withoutEach = (parts: readonly string[], [open, close]: [open: string, close: string]) =>
  parts.map((_, index) => open + parts.toSpliced(index, 1).join(', ') + close)

function literalMutations(value: unknown, regex: { pattern: string; flags: string } | undefined): string[] {
  if (regex) return patternMutations(regex.pattern, regex.flags)
  if (typeof value === 'number') return [String(value + 1)]
  if (typeof value === 'boolean') return [String(!value)]
  return typeof value === 'string' ? [value === '' ? '"mutant"' : '""'] : []
}

function callMutations(
  { callee }: Extract<AnyNode, { type: 'CallExpression' }>,
  of: (part: { start: number; end: number }) => string
): Mutation[] {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return []
  const { name, start, end } = callee.property
  const other = METHODS.get(name)
  if (other !== undefined) return [{ start, end, text: other }]
  return OPTIONAL_METHODS.has(name) ? [of(callee.object)] : []
}

/** Lists the nodes below a node, except names and addresses of modules. */
function* childrenOf(node: AnyNode): Generator<AnyNode> {
  if (node.type === 'ImportDeclaration') return
  for (const [key, value] of Object.entries(node)) {
    if (key === 'key' && !('computed' in node && node.computed)) continue
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null && 'type' in child) yield child as AnyNode
    }
  }
}

/** Lists the mutants of a TypeScript source, in the order of their place. Types are not mutated. */
export function mutantsOf(source: string): Mutant[] {
  // Types become spaces, so a place in the JavaScript is the same place in the source.
  const script = stripTypeScriptTypes(source)
  const of = ({ start, end }: { start: number; end: number }) => script.slice(start, end)
  const mutants: Mutant[] = []
  const visit = (node: AnyNode) => {
    for (const mutation of mutationsOf(node, of)) {
      const { start, end } = node
      mutants.push(typeof mutation === 'string' ? { start, end, text: mutation } : mutation)
    }
    for (const child of childrenOf(node)) visit(child)
  }
  visit(parse(script, { ecmaVersion: 'latest', sourceType: 'module' }))
  return mutants.toSorted((a, b) => a.start - b.start || a.end - b.end)
}

/** Returns the source with one mutant in it. */
export const mutate = (source: string, { start, end, text }: Mutant) =>
  source.slice(0, start) + text + source.slice(end)
